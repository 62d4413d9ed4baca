"""Writing the data file anew, so that nothing that was deleted is left in it or beside it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from activetui.store.opening.file import path_of
from activetui.store.opening.guard import owner_errors

_IN_USE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def erase(conn: sqlite3.Connection) -> bool:
    """Write the data file anew, without what was deleted; not within a transaction.

    False if another program is using it: then this is to be done again later. What other copies of the file
    hold is not touched (`copies`).
    """
    with owner_errors(path_of(conn)):
        try:
            conn.execute("PRAGMA secure_delete = ON")
            conn.execute("VACUUM")
            busy, _pages, _done = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in _IN_USE:
                return False
            raise
    return not busy


def copies(conn: sqlite3.Connection) -> list[Path]:
    """Copies of the data file beside it that the program itself has made before larger changes."""
    path = path_of(conn)
    if not path.name:
        return []
    beginning = f"{path.name}.before-"
    return sorted(
        file for file in path.parent.iterdir()
        if file.name.startswith(beginning) and not file.name.endswith(("-wal", "-shm", "-journal"))
    )
