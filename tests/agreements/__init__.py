"""Agreements: reading them, keeping them, measuring them."""
