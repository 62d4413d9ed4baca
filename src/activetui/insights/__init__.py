"""What the ledger and the spans add up to: summaries, bridge, trends."""
