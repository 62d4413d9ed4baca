"""What follows from the ledger and the definition: spans and facts, worked out and kept up to date."""
