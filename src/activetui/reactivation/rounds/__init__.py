"""Rounds: a playbook begun for many at once, with a part left in peace."""
