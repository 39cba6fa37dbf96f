"""Lists taken away as sheets: who asked for what, how far it is, and the sealed file, kept for a day."""
