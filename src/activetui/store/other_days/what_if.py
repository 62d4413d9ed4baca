"""What would be if another definition counted: everyone looked at with it, and nothing written.

The ledger is read once and kept as blocks of arrays, so that looking again costs no reading: a definition
can be tried with every key that its owner presses. A ledger too large to be kept is read for each look.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, NamedTuple

from activetui.activity.definition import Definition
from activetui.activity.difference import Difference, difference_of
from activetui.activity.evaluate import evaluate
from activetui.activity.facts import year_spend_on
from activetui.ledger.days import Day
from activetui.store.facts.blocks import readings, ticks
from activetui.store.ledger_start import ledger_start
from activetui.store.opening.connection import one_view
from activetui.store.progress import Progress, Steps

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.block import LedgerBlock

Tick = Callable[[], None]
"""Called now and then; it may raise to cancel, and the error passes through."""

_BLOCK = 20_000
"""Customers of a block: what is evaluated between two ticks."""
_MOST_EVENTS_KEPT = 5_000_000
"""About forty bytes each."""
_MOST_LOOKS_KEPT = 8
_SAYS_NO_STATUS = frozenset({"name", "text", "version", "types", "agreed"})


class Look(NamedTuple):
    """Everyone on one day by one definition: one element a customer, in the order of their numbers."""

    customers: NDArray[np.int64]
    status: NDArray[np.int8]
    year_spend: NDArray[np.int64]
    """What they spent in the year up to their last purchase, in minor units of the store's currency."""


class Preview:
    """The ledger of a connection, to be looked at with one definition after another.

    It stays as it was at the first look: once `serves` says no, another one is needed.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._mark = _mark_of(conn)
        self._columns: frozenset[str] = frozenset()
        self._blocks: list[LedgerBlock] | None = None
        self._seen: OrderedDict[tuple[Any, ...], Look] = OrderedDict()

    def serves(self, conn: sqlite3.Connection) -> bool:
        """Whether this connection would still read the same ledger."""
        return conn is self._conn and _mark_of(conn) == self._mark

    def look(self, definition: Definition, day: Day, tick: Tick | None = None) -> Look:
        """Everyone's status on `day` by a definition."""
        return self._looks([definition], day, tick or _go_on)[0]

    def difference(
        self, before: Definition, after: Definition, day: Day, progress: Progress | None = None
    ) -> Difference:
        """Who moves on `day` when `after` counts in the place of `before`.

        `progress` is called with steps done and in all; if it raises, the error passes through.
        """
        steps = Steps(progress, self._steps([before, after]))
        old, new = self._looks([before, after], day, steps.more)
        steps.end()
        return difference_of(old.customers, old.status, new.status, old.year_spend)

    def _looks(self, definitions: Sequence[Definition], day: Day, tick: Tick) -> list[Look]:
        """As `look` by each of the definitions; what has to be read is read once for all of them."""
        keys = [_key(definition, day) for definition in definitions]
        new = {
            key: definition for key, definition in zip(keys, definitions, strict=True)
            if key not in self._seen
        }
        if new:
            self._seen.update(zip(new, self._worked_out(list(new.values()), day, tick), strict=True))
        asked = [self._seen[key] for key in keys]
        for key in keys:
            self._seen.move_to_end(key)
        while len(self._seen) > _MOST_LOOKS_KEPT:
            self._seen.popitem(last=False)
        return asked

    def _worked_out(self, definitions: list[Definition], day: Day, tick: Tick) -> list[Look]:
        import numpy as np

        customers: list[NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]
        spent: list[NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]
        status: list[list[NDArray[np.int8]]] = [[np.empty(0, dtype=np.int8)] for _ in definitions]
        with one_view(self._conn):
            columns = frozenset[str]().union(*(definition.columns for definition in definitions))
            blocks = self._everyone(columns, definitions[0], tick)
            starts = [self._ledger_start(definition) for definition in definitions]
            for block in blocks:
                customers.append(block.customers)
                spent.append(year_spend_on(block, day))
                for found, definition, start in zip(status, definitions, starts, strict=True):
                    spans = evaluate(definition, block, start)
                    found.append(spans.status[(spans.start <= day) & (day < spans.end)])
                    tick()
        who, worth = np.concatenate(customers), np.concatenate(spent)
        return [Look(who, np.concatenate(found), worth) for found in status]

    def _everyone(
        self, columns: frozenset[str], definition: Definition, tick: Tick
    ) -> Iterator[LedgerBlock]:
        """The blocks of the whole ledger with these optional columns, kept or (large ledgers) read anew."""
        if self._blocks is not None and columns <= self._columns:
            return iter(self._blocks)
        self._columns |= columns
        self._blocks = None
        blocks = (
            reading.block
            for reading in readings(self._conn, definition, size=_BLOCK, tick=tick, also=self._columns)
        )
        if self._events() > _MOST_EVENTS_KEPT:
            return blocks
        self._blocks = list(blocks)
        return iter(self._blocks)

    def _ledger_start(self, definition: Definition) -> Day | None:
        """As `store.ledger_start`, from the blocks where they are kept: that is much quicker."""
        import numpy as np

        if self._blocks is None:
            return ledger_start(self._conn, definition)
        kinds = sorted(definition.active_kinds)
        days = [block.day[np.isin(block.kind, kinds)] for block in self._blocks]
        return min((int(part.min()) for part in days if len(part)), default=None)

    def _steps(self, definitions: Sequence[Definition]) -> int:
        """How often looking with these definitions calls `tick`, about."""
        columns = self._columns.union(*(definition.columns for definition in definitions))
        customers = int(self._conn.execute("SELECT count(*) FROM customer").fetchone()[0])
        reading = 0 if self._blocks is not None and columns <= self._columns else ticks(self._conn, columns)
        return reading + -(-customers // _BLOCK) * len(definitions)

    def _events(self) -> int:
        return int(self._conn.execute("SELECT count(*) FROM event").fetchone()[0])


def difference(
    conn: sqlite3.Connection,
    before: Definition,
    after: Definition,
    day: Day,
    progress: Progress | None = None,
) -> Difference:
    """Who moves on `day` when `after` counts in the place of `before`; see `Preview.difference`."""
    return Preview(conn).difference(before, after, day, progress)


def _go_on() -> None:
    """Nothing to do between two blocks."""


def _key(definition: Definition, day: Day) -> tuple[Any, ...]:
    """What a status depends on: the name, the notes and the types of a definition change none."""
    names = (field.name for field in fields(definition))
    return (day, *(getattr(definition, name) for name in names if name not in _SAYS_NO_STATUS))


def _mark_of(conn: sqlite3.Connection) -> tuple[int, int, int]:
    """Another value after any change of the data by this connection or by another program."""
    [others], [shadows] = (
        conn.execute(pragma).fetchone() for pragma in ("PRAGMA data_version", "PRAGMA temp.schema_version")
    )
    return others, shadows, conn.total_changes
