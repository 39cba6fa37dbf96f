"""The end of an agreement: backup of its users' data, trial restore, signature, retention, erasure."""
