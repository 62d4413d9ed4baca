"""The checklist: what waits, and what the owner does with it."""
