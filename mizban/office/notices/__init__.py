"""What an office, or the whole site, tells everybody: news, planned maintenance, outages."""
