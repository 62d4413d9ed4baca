"""Everyone's statuses and figures from scratch, worked out ahead where SQLite is busy with something else.

Nothing here commits, as in `refresh`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain

from activetui.ledger.days import Day
from activetui.store import as_of, settings
from activetui.store.ahead import Ahead
from activetui.store.blocks import runs, ticks
from activetui.store.derived import Derived, append, count, derive, together
from activetui.store.in_force import in_force
from activetui.store.indexes import indexes_after
from activetui.store.ledger_start import follow, ledger_start
from activetui.store.progress import Progress, Steps

_BLOCK = 5_000
"""Customers that are worked out between two steps of progress."""
_STEPS_A_BLOCK = 3
"""Working out and writing a block takes about three times as long as one step of reading the ledger."""


class Everyone:
    """All customers on their way into the derived tables. Use it in a `with` block, within a transaction.

    From `begin` to `write` nothing may change on which statuses depend; otherwise begin anew.
    """

    def __init__(self, conn: sqlite3.Connection, today: Day) -> None:
        self._conn, self._today = conn, today
        self._definition = in_force(conn)
        self._steps = Steps(None, 1)
        self._ends = ExitStack()
        self._found: Iterator[Derived] | None = None

    def __enter__(self) -> Everyone:
        return self

    def __exit__(self, *_error: object) -> None:
        self._ends.close()

    def begin(self) -> None:
        """Let another thread work while this one has SQLite do something long; not needed before `write`."""
        parts = self._parts()
        first = next(parts, None)
        if first is not None:
            ahead = self._ends.enter_context(Ahead(first))
            self._found = chain(ahead, chain.from_iterable(parts))

    def write(self, progress: Progress | None = None) -> None:
        """Write what was found in the place of what stood in the derived tables.

        `progress` is called as in `refresh_all`.
        """
        conn = self._conn
        customers = int(conn.execute("SELECT count(*) FROM customer").fetchone()[0])
        steps = ticks(conn, self._definition.columns) + _STEPS_A_BLOCK * -(-customers // _BLOCK)
        self._steps = Steps(progress, steps)
        self._steps.more(0)
        changes = []
        with _emptied(conn):
            for derived in self._found or chain.from_iterable(self._parts()):
                append(conn, derived)
                changes.append(derived.changes())
                self._steps.more(_STEPS_A_BLOCK)
            count(conn, together(changes))
        self._steps.end()
        settings.put(conn, "facts_day", str(self._today))
        as_of.look_again(conn)

    def _parts(self) -> Iterator[Iterator[Derived]]:
        """Everyone, as many at a time as fit into memory with their events."""
        conn, definition, today = self._conn, self._definition, self._today
        follow(conn, definition, None)
        start = ledger_start(conn, definition)
        for run in runs(conn, definition, lambda: self._steps.more()):
            yield (derive(definition, reading, start, today) for reading in run.readings(_BLOCK))


_EMPTY = (
    "DELETE FROM span", "DELETE FROM status_change", "DELETE FROM subscription", "DELETE FROM main.fact",
)


@contextmanager
def _emptied(conn: sqlite3.Connection) -> Iterator[None]:
    """The derived tables without rows; the indexes on facts are made again at the end."""
    with indexes_after(conn, "fact"):
        for statement in _EMPTY:
            conn.execute(statement)
        yield
