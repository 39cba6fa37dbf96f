"""The site officer's part of availability: outages, maintenance and notices."""
