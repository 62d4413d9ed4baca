"""Plain purchases into the staging table: most of what all of them say alike stands in the statement."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.ledger.records import PaidPurchases
from activetui.store.imports.settling import PURCHASE_KEY
from activetui.store.imports.staged_tables import insert_event

AT_ONCE = (50, 10, 1)
"""Rows of one statement: each by itself takes half as long again, and more than fifty are read no sooner."""
_FIXED = 3
"""Values that are bound once for all rows of a statement."""


def insert_purchases(
    conn: sqlite3.Connection,
    many: PaidPurchases,
    hints: array[int],
    first: int,
    told: tuple[int, int, Day],
    *,
    ahead: bool,
) -> None:
    """Stage these purchases, numbered from `first` on; the caller owns the transaction.

    `hints` say who bought, 0 is nobody. `told` is what holds for all of them: the numbers of their source and
    of the batch, and today; `ahead` is whether one of them is after that. All of a paid purchase remains: its
    net is its amount, and it counts. It is known on its day, or today if that is earlier.
    """
    columns = {
        "hint": [hint or None for hint in hints] if 0 in hints else hints.tolist(),
        # a list is gone through sooner than an array
        "day": list(many.day), "amount": list(many.amount), "order_ref": many.order_ref,
        "state": many.state if any(many.state) else (), "product": many.product, "time": many.time,
        "quantity": many.quantity, "key": many.key,
        "line": () if _one_by_one(many.line) else many.line,
    }
    said = {name: column for name, column in columns.items() if column}
    wide, rows = len(said), len(many)
    flat: list[object] = [None] * (wide * rows)
    for place, column in enumerate(said.values()):
        flat[place::wide] = column

    def values(start: int, end: int, size: int) -> Iterator[list[object]]:
        for at in range(start, end, size):
            yield [first + at, many.currency, many.line[at], *flat[wide * at : wide * (at + size)]]

    start = 0
    for size in AT_ONCE:
        end = rows - (rows - start) % size
        if start < end:
            conn.executemany(_statement(tuple(said), size, ahead, told), values(start, end, size))
            start = end


@lru_cache(maxsize=32)
def _statement(said: tuple[str, ...], rows: int, ahead: bool, told: tuple[int, int, Day]) -> str:
    """The statement for so many purchases of which the columns `said` are bound, in this order."""
    source, batch, today = told
    columns: tuple[str, ...] = ()
    values = []
    for row in range(rows):
        bound = {name: f"?{_FIXED + len(said) * row + place}" for place, name in enumerate(said, start=1)}
        says = {
            "seq": f"?1 + {row:d}", "kind": f"{Kind.PURCHASE:d}", "currency": "?2", "line": f"?3 + {row:d}",
            "net": bound["amount"], "counts": "1", "source": f"{source:d}", "entered": f"{today:d}",
            "recorded": f"min({bound['day']}, {today:d})" if ahead else bound["day"],
            "batch_id": f"{batch:d}", "key": f"'{PURCHASE_KEY}' || {bound['order_ref']}", **bound,
        }
        columns = tuple(says)
        values.append(says.values())
    return insert_event(columns, *values)


def _one_by_one(lines: Sequence[int]) -> bool:
    return isinstance(lines, range) and lines.step == 1


def mark_of(key: str) -> int:
    """What is remembered of a key: of a purchase that is a whole order, only of the order's number."""
    return hash(key.removeprefix(PURCHASE_KEY))


def marks_of(many: PaidPurchases) -> Iterable[int]:
    """The marks of the keys of purchases."""
    return map(mark_of, many.key) if many.key else map(hash, many.order_ref)
