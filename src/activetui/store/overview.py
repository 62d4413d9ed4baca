"""What a screen must know of a store before it shows anything else."""

from __future__ import annotations

import sqlite3


def has_customers(conn: sqlite3.Connection) -> bool:
    """Whether the store has any customer; quick at any size."""
    return conn.execute("SELECT 1 FROM customer LIMIT 1").fetchone() is not None
