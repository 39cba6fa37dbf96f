"""Mizban (میزبان): government services run under their published service-level agreements."""
