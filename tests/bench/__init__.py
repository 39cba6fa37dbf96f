"""`make bench`: what a page of the product costs, beside the least that any page on the same engine can cost."""
