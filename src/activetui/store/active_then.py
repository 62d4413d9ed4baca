"""Who was in the active base on a day of the past, by any definition."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

from activetui.activity.status import ACTIVE_BASE
from activetui.ledger.days import Day
from activetui.store import in_force
from activetui.store.packed import numbers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.definition import Definition
    from activetui.store.what_if import Preview, Tick


class ActiveThen:
    """The active base by one definition on one day after another; the ledger is read once at most."""

    def __init__(
        self, conn: sqlite3.Connection, definition: Definition, preview: Preview | None = None
    ) -> None:
        """`preview`: the ledger already read for other questions, if there is one."""
        self._conn = conn
        self._definition = definition
        self._preview = preview

    def on(self, day: Day, tick: Tick | None = None) -> NDArray[np.int64]:
        """The numbers of those who were active on the day, ascending.

        No event after the day matters to it, except a booking that was already made. `tick` is called now
        and then while the ledger is read, and may raise.
        """
        import numpy as np

        from activetui.store.what_if import Preview

        if self._definition.text == in_force.in_force(self._conn).text:
            wanted = (day, day, json.dumps(_BASE))
            return numbers(self._conn.execute(_ACTIVE, wanted).fetchone()[0])
        if self._preview is None:
            self._preview = Preview(self._conn)
        look = self._preview.look(self._definition, day, tick)
        return look.customers[np.isin(look.status, _BASE)]


_BASE = sorted(int(status) for status in ACTIVE_BASE)
_ACTIVE = """
SELECT group_concat(customer_id) FROM (
  SELECT customer_id FROM span
  WHERE start <= ? AND "end" > ? AND status IN (SELECT value FROM json_each(?)) ORDER BY customer_id)"""
