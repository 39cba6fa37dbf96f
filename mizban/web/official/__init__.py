"""The official papers of offices, as every door hands them out: what each says, and its PDF."""
