"""A copy of the data file without the room that old versions of rows have left."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from activetui.store.opening.guard import owner_errors


def compact(conn: sqlite3.Connection, target: Path, made_at: str) -> None:
    """Write the data file anew as `target`, which must not exist; slower than a backup, and smaller.

    The tables are said to have been made at `made_at`, so that the same content gives the same bytes.
    """
    with owner_errors(target):
        conn.execute("UPDATE _sqlite_migrations SET applied_at = ?", (made_at,))
        conn.commit()
        conn.execute("VACUUM INTO ?", (str(target),))
