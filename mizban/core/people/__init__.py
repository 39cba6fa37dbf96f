"""People who work with Mizban, their roles, and the actors on whose behalf anything is read or done."""
