"""Agreements at the desk: from an uploaded text to signatures, the life of a version, and its end."""
