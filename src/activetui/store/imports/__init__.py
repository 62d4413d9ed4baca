"""One import: staged beside the ledger, planned, written whole, kept, and undone."""
