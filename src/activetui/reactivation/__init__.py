"""Winning customers back: playbooks, checklist, ranking, outcomes."""
