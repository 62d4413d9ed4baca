"""What is worked out once and kept beside a connection, in TEMP tables, until the store changes."""

from __future__ import annotations

import sqlite3
from typing import TypeAlias

Moment: TypeAlias = tuple[int, int]
"""A state of the store as one connection sees it: of the changes of others, and of its own."""


def moment(conn: sqlite3.Connection) -> Moment | None:
    """The present state; None where nothing can be kept, because the connection sees what was known then."""
    if conn.execute("PRAGMA query_only").fetchone()[0]:
        return None
    return conn.execute("PRAGMA main.data_version").fetchone()[0], conn.total_changes


def is_kept(conn: sqlite3.Connection, table: str) -> bool:
    """Whether there is a TEMP table of this name."""
    found = conn.execute("SELECT 1 FROM sqlite_temp_schema WHERE name = ?", (table,))
    return found.fetchone() is not None


def keep(conn: sqlite3.Connection, table: str, select: str, params: tuple[object, ...] = ()) -> None:
    """Keep what a SELECT finds as the TEMP table of this name; it counts as no change.

    Neither statement begins a transaction, which would keep other programs from writing.
    """
    conn.execute(f"DROP TABLE IF EXISTS temp.{table}")
    conn.execute(f"CREATE TABLE temp.{table} AS {select}", params)
