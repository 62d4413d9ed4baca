"""Telling whether the store says something else than a moment ago, whoever changed it."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple


class StateMark(NamedTuple):
    """Two marks of one store are equal where nothing was changed, imported, undone or forgotten between."""

    changes: int
    undone: int
    imports: int
    imports_undone: int
    definition: int
    forgotten: int


def state_mark(conn: sqlite3.Connection) -> StateMark:
    """The mark of the store as it is now; what is only worked out from the ledger does not show in it."""
    row = conn.execute(
        "SELECT coalesce((SELECT max(id) FROM main.operation), 0), "
        "(SELECT count(undone_at) FROM main.operation), "
        "coalesce((SELECT max(id) FROM main.batch), 0), "
        "(SELECT count(undone_at) FROM main.batch), "
        "coalesce((SELECT CAST(value AS INTEGER) FROM main.meta WHERE key = 'definition_version'), 0), "
        "(SELECT count(*) FROM main.forgotten_person)"
    ).fetchone()
    return StateMark(*row)
