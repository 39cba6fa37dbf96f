"""The director-general's view: what is late and why, which clause is in danger; and the reports of months."""
