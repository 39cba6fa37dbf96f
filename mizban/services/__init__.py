"""What offices offer, a folder each. No service imports another; the web floor finds them through their declarations."""
