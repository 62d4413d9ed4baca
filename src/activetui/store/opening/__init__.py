"""The data file: recognised, opened, made, and brought up to the schema of today."""
