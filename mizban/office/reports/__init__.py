"""The report of a month: what an office promised and what became of it, for its director to sign."""
