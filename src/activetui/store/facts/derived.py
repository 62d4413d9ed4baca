"""What follows from the ledger and the definition in force, for some customers, and how it is written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from activetui.activity.evaluate import Spans, evaluate, type_spans
from activetui.activity.facts import Facts, facts
from activetui.activity.subscriptions import periods
from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day
from activetui.ledger.kinds import NATURES
from activetui.store.collector import few_collections
from activetui.store.facts.blocks import Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.definition import Definition

FACT_ROW = "INSERT INTO main.fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_NATURE_WORDS = {0: "", **{code: word for word, code in NATURES.items()}}
_DAY_BITS = 32
_MANY_DAYS = 50_000


class Derived(NamedTuple):
    """Statuses on every day and figures as of one, for the customers of one block."""

    customers: NDArray[np.int64]
    spans: Spans
    facts: Facts
    subscriptions: list[tuple[int, str, str, int, int]]
    """The rows of the table `subscription`."""

    def changes(self) -> Changes:
        """What the spans add to the table `status_change`."""
        spans = self.spans
        return changes_of(spans.start, spans.end, spans.status)


def derive(definition: Definition, reading: Reading, start: Day | None, day: Day) -> Derived:
    """Work out a block: spans for all days, facts as of `day`."""
    block = reading.block
    spans = evaluate(definition, block, start)
    figures = facts(block, spans, type_spans(definition, block), day)
    return Derived(block.customers, spans, figures, _subscriptions(reading))


def _subscriptions(reading: Reading) -> list[tuple[int, str, str, int, int]]:
    block, found = reading.block, periods(reading.block)
    return list(zip(
        block.customers[found.owner].tolist(),
        reading.products.whole(len(block.day))[found.event].tolist(),
        [_NATURE_WORDS[code] for code in block.nature[found.event].tolist()],
        found.first.tolist(),
        found.last.tolist(),
        strict=True,
    ))


class Changes(NamedTuple):
    """How many customers enter (or, negative, leave) a status on a day: sums that are not zero."""

    place: NDArray[np.int64]
    """Status and day in one number, ascending."""
    change: NDArray[np.int64]

    def rows(self) -> Iterator[tuple[int, int, int]]:
        """(status, day, change)"""
        days = (self.place & ((1 << _DAY_BITS) - 1)) + FAR_PAST
        return zip((self.place >> _DAY_BITS).tolist(), days.tolist(), self.change.tolist(), strict=True)


def changes_of(
    start: NDArray[np.integer], end: NDArray[np.integer], status: NDArray[np.integer]
) -> Changes:
    """The changes that spans make: one more at their start, one less at their end, the far ends included."""
    import numpy as np

    days = np.concatenate((start, end)).astype(np.int64)
    bounded = days[(days > FAR_PAST) & (days < FAR_FUTURE)]
    low, high = (int(bounded.min()), int(bounded.max())) if len(bounded) else (0, 0)
    if high - low < _MANY_DAYS:  # counting in a grid is quicker than sorting millions of edges
        distinct = np.concatenate(([FAR_PAST], np.arange(low, high + 1), [FAR_FUTURE]))
        column = np.clip(days - low + 1, 0, len(distinct) - 1)
    else:
        distinct, column = np.unique(days, return_inverse=True)
    cell = np.tile(status.astype(np.int64) * len(distinct), 2) + column
    begun, ended = (np.bincount(part, minlength=8 * len(distinct)) for part in np.split(cell, 2))
    found = np.flatnonzero(begun != ended)
    day = distinct[found % len(distinct)]
    return Changes((found // len(distinct)) << _DAY_BITS | (day - FAR_PAST), (begun - ended)[found])


def together(parts: Iterable[Changes], less: Iterable[Changes] = ()) -> Changes:
    """All `parts` added up, and those of `less` taken away."""
    import numpy as np

    added, taken = list(parts), list(less)
    return _sum(
        np.concatenate([np.empty(0, np.int64), *(part.place for part in added + taken)]),
        np.concatenate([
            np.empty(0, np.int64), *(part.change for part in added), *(-part.change for part in taken)
        ]),
    )


def _sum(places: NDArray[np.int64], changes: NDArray[np.int64]) -> Changes:
    import numpy as np

    place, owner = np.unique(places, return_inverse=True)
    change = np.zeros(len(place), dtype=np.int64)
    np.add.at(change, owner, changes)
    return Changes(place[change != 0], change[change != 0])


def replace(conn: sqlite3.Connection, customers: Iterable[int], found: Iterable[Derived]) -> None:
    """Write what was found of `customers` in the place of what stood there; who was not found has nothing."""
    from activetui.store.facts import life_arrays

    numbers = json.dumps(list(customers))
    rows = conn.execute(
        "SELECT customer_id, spans FROM life WHERE customer_id IN (SELECT value FROM json_each(?))",
        (numbers,),
    )
    old, _damaged = life_arrays.of_rows(rows.fetchall())
    for forget in (
        "DELETE FROM life WHERE customer_id IN (SELECT value FROM json_each(?))",
        "DELETE FROM subscription WHERE customer_id IN (SELECT value FROM json_each(?))",
        "DELETE FROM main.fact WHERE customer_id IN (SELECT value FROM json_each(?))",
    ):
        conn.execute(forget, (numbers,))
    new = []
    for derived in found:
        append(conn, derived)
        new.append(derived.changes())
    count(conn, together(new, less=[changes_of(old.start, old.end, old.status)]))


def append(conn: sqlite3.Connection, derived: Derived, facts_in: str = "main") -> None:
    """Write what was found of customers of whom nothing stands in the derived tables yet."""
    from activetui.store.facts.life_arrays import packed

    with few_collections():
        conn.executemany("INSERT INTO life VALUES (?, ?)", packed(derived.customers, derived.spans))
        conn.executemany("INSERT INTO subscription VALUES (?, ?, ?, ?, ?)", derived.subscriptions)
        conn.executemany(FACT_ROW.replace("main", facts_in, 1), derived.facts.rows())


def count(conn: sqlite3.Connection, changes: Changes) -> None:
    """Add changes to those that stand in `status_change`, which keeps no zeros."""
    conn.executemany(
        "INSERT INTO status_change VALUES (?, ?, ?) "
        "ON CONFLICT (status, day) DO UPDATE SET change = change + excluded.change",
        changes.rows(),
    )
    conn.executemany(
        "DELETE FROM status_change WHERE status = ? AND day = ? AND change = 0",
        ((status, day) for status, day, _change in changes.rows()),
    )
