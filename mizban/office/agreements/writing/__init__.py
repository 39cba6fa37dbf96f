"""From what services declare to the agreement in the official seven-part form: one pure function, `writer.write`."""
