"""Alerts: what has just begun and wants an answer, from rules in TOML."""
