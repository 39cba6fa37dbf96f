"""Who works at an office: people, roles with dates, deputies, absences, leavers, units. Each change is an event."""
