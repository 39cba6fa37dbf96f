"""Events: what happened, in the past tense, in a chain per subject, never edited. The one spine of the system."""
