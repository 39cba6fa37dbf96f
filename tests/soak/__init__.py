"""Kills and scale: long and bounded under `make soak`, a small sample of each in `make test`."""
