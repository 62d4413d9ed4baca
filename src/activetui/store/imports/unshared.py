"""Writing very much into a store that holds nothing yet, for which nobody waits.

A write-ahead log lets others read while much is written, and has every page written twice. Nobody misses
what an empty ledger says; with a rollback journal, which holds only the few pages that were there before,
each page goes where it stays. Whenever the program dies, the store is as it was once it is opened again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def straight_into(conn: sqlite3.Connection) -> Iterator[None]:
    """Let transactions in the block do without the write-ahead log, where the ledger is empty and no other
    connection has the store open; not within a transaction."""
    if not _is_empty(conn) or not _journal(conn, "DELETE"):
        yield
        return
    # with such a journal, only this makes sure of it in a power cut as well
    before = conn.execute("PRAGMA main.synchronous").fetchone()[0]
    conn.execute("PRAGMA main.synchronous = FULL")
    try:
        yield
    finally:
        conn.execute(f"PRAGMA main.synchronous = {before}")
        _journal(conn, "WAL")  # where others have it open by now, whoever opens it next does it


def _is_empty(conn: sqlite3.Connection) -> bool:
    return conn.execute("SELECT 1 FROM main.event LIMIT 1").fetchone() is None


def _journal(conn: sqlite3.Connection, mode: str) -> bool:
    """Have the store written in that way, if nobody else has it open; whether it is."""
    patience = conn.execute("PRAGMA busy_timeout").fetchone()[0]
    conn.execute("PRAGMA busy_timeout = 0")
    found = ""
    with suppress(sqlite3.OperationalError):
        found = str(conn.execute(f"PRAGMA main.journal_mode = {mode}").fetchone()[0])
    conn.execute(f"PRAGMA busy_timeout = {patience}")
    return found == mode.lower()
