"""A declared form as JSON Schema (2020-12), with examples that can be filed as they stand."""
