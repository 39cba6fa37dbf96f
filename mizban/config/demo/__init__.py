"""A living demo: both offices with their people, calendars and agreements. Loaded in demo mode only."""
