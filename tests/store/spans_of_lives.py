"""The spans of everybody as rows, so that tests can ask for them in SQL."""

from __future__ import annotations

import sqlite3

from activetui.store.facts.lives import spans_in


def unfold(conn: sqlite3.Connection) -> None:
    """Make a TEMP table `span`: the customer, the first day, the day after the last, and the status."""
    conn.execute("DROP TABLE IF EXISTS temp.span")
    conn.execute('CREATE TEMP TABLE span (customer_id INTEGER, start INTEGER, "end" INTEGER, status INTEGER)')
    conn.executemany(
        "INSERT INTO temp.span VALUES (?, ?, ?, ?)",
        [
            (customer, start, end, status)
            for customer, life in conn.execute("SELECT customer_id, spans FROM life").fetchall()
            for status, start, end in spans_in(life)
        ],
    )
