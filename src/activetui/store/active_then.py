"""Who was in the active base on days of the past, by any definition."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from activetui.activity.status import ACTIVE_BASE
from activetui.ledger.days import Day
from activetui.store import in_force
from activetui.store.packed import numbers
from activetui.store.progress import Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.definition import Definition


def active_on(
    conn: sqlite3.Connection, definition: Definition, days: Sequence[Day], progress: Progress | None = None
) -> list[NDArray[np.int64]]:
    """For each day the numbers of those who were active, ascending; the ledger is read once at most.

    No event after a day matters to it, except a booking that was already made. `progress` is called with
    days done and in all, and may raise.
    """
    import numpy as np

    from activetui.store.what_if import Preview

    stored = definition.text == in_force.in_force(conn).text
    preview = Preview(conn)
    found = []

    def tell() -> None:
        if progress is not None:
            progress(len(found), len(days))

    for day in days:
        if stored:
            found.append(numbers(conn.execute(_ACTIVE, (day, day, json.dumps(_BASE))).fetchone()[0]))
        else:
            look = preview.look(definition, day, tell)
            found.append(look.customers[np.isin(look.status, _BASE)])
        tell()
    return found


_BASE = sorted(int(status) for status in ACTIVE_BASE)
_ACTIVE = """
SELECT group_concat(customer_id) FROM (
  SELECT customer_id FROM span
  WHERE start <= ? AND "end" > ? AND status IN (SELECT value FROM json_each(?)) ORDER BY customer_id)"""
