"""A copy of the data file without the room that old versions of rows have left."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from activetui.store.guard import owner_errors


def compact(conn: sqlite3.Connection, target: Path) -> None:
    """Write the data file anew as `target`, which must not exist; for packing it, slower than a backup."""
    with owner_errors(target):
        conn.execute("VACUUM INTO ?", (str(target),))
