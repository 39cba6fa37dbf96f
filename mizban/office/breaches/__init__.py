"""What follows a breach by itself: warnings, an apology with a new date, escalation; a forecast, a detector."""
