"""What the shop's own past says: how long customers wait, what window fits, how often a rule was right."""
