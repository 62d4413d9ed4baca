"""The SQLite file: the ledger and what is derived from it. SQL lives here and in the segment compiler."""
