"""When a case is due, why, and what happens to it by itself."""
