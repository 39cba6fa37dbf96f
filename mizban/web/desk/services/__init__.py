"""Services at the desk: a site officer writes, tries, draws, compares, publishes and withdraws them."""
