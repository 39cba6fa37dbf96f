"""The desk: where clerks, heads and site officers work."""
