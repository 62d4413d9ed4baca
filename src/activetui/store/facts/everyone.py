"""Everyone's statuses and figures from scratch, worked out beside where SQLite is busy with something else.

Nothing here commits, as in `refresh`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain

from activetui.ledger.days import Day
from activetui.store import settings
from activetui.store.facts.aside import Aside, aside
from activetui.store.facts.blocks import run_of, runs, ticks
from activetui.store.facts.derived import Derived, append, count, derive, together
from activetui.store.facts.indexes import indexes_after
from activetui.store.facts.packed import Packed
from activetui.store.in_force import in_force
from activetui.store.ledger_start import follow, follow_whole, ledger_start
from activetui.store.other_days import as_of
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
        self._beside: Aside | None = None
        self._ledger: Packed | None = None
        self._found: Iterator[Derived] | None = None

    def __enter__(self) -> Everyone:
        return self

    def __exit__(self, *_error: object) -> None:
        self._ends.close()

    def begin(self, ledger: Packed | None = None) -> None:
        """Let another thread work while this one has SQLite do something long; not needed before `write`.

        `ledger` is all that the ledger is going to hold, where that is known already; else it is read. After
        the transaction, `aside.detach` the connection.
        """
        self._ledger = ledger
        parts = self._parts()
        first = next(parts, None)
        self._found = chain.from_iterable(parts)
        if first is not None:
            self._beside = aside(self._conn, first)
            if self._beside is None:
                self._found = chain(first, self._found)
            else:
                self._ends.enter_context(self._beside)

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
            if self._beside is not None:
                changes += self._beside.bring(lambda blocks: self._steps.more(blocks * _STEPS_A_BLOCK))
            for derived in chain.from_iterable(self._parts()) if self._found is None else self._found:
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
        if self._ledger is None:
            follow(conn, definition, None)
            everyone = runs(conn, definition, lambda: self._steps.more())
        else:
            follow_whole(conn, definition, self._ledger)
            everyone = iter([run_of(conn, definition, self._ledger)])
            self._ledger = None
        start = ledger_start(conn, definition)
        for run in everyone:
            yield (derive(definition, reading, start, today) for reading in run.readings(_BLOCK))


_EMPTY = (
    "DELETE FROM life", "DELETE FROM status_change", "DELETE FROM subscription", "DELETE FROM main.fact",
)


@contextmanager
def _emptied(conn: sqlite3.Connection) -> Iterator[None]:
    """The derived tables without rows; the indexes on facts are made again at the end."""
    with indexes_after(conn, "fact"):
        for statement in _EMPTY:
            conn.execute(statement)
        yield
