"""The public pages of the offices: find a service, file, follow, read the agreements."""
