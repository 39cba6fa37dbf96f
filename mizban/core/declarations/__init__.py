"""What a service declares: identity, form, steps, targets. Read from YAML, checked, and used by every case."""
