"""Writing facts of which most columns stay as they are, as from one day to the next."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Any


def write_changes(conn: sqlite3.Connection, rows: Iterable[tuple[Any, ...]]) -> None:
    """Bring rows of the stored facts up to date (`rows` as in the table); the caller owns the transaction.

    Only columns that differ are written, because each written one costs a place in every index that holds it.
    """
    wanted = {row[0]: row for row in rows}
    cursor = conn.execute(
        "SELECT * FROM main.fact WHERE customer_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(wanted)),),
    )
    names = [part[0] for part in cursor.description]
    alike: defaultdict[tuple[int, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for stored in cursor.fetchall():
        row = wanted.pop(stored[0])
        places = tuple(place for place, value in enumerate(row) if value != stored[place])
        alike[places].append((*(row[place] for place in places), row[0]))
    for places, values in alike.items():
        if places:
            columns = ", ".join(f"{names[place]} = ?" for place in places)
            conn.executemany(f"UPDATE main.fact SET {columns} WHERE customer_id = ?", values)  # noqa: S608
    marks = ", ".join("?" * len(names))
    conn.executemany(f"INSERT INTO main.fact VALUES ({marks})", wanted.values())  # noqa: S608
