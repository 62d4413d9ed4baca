"""Plain types that everyone shares: days, money, event kinds, records, owner errors, clean text."""
