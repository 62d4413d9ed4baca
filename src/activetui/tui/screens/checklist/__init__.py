"""Checklist: whom to contact and why, what came of it, rounds of many at once, the playbooks behind it."""
