"""The same sale from two programs: the shop's order, the payment service's charge, the till's receipt.

Two records are taken for one sale where a number of one names the other: the payment of an order, the order
of a payment. Numbers so short that they may be anybody's (`1001`) count only where amount and day agree, too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from activetui.store.imports.settling import PURCHASE_KEY

_LONG, _LONG_NAMED = 8, 6
"""From so many signs on a number is one sale's own: any number, one that is said to be a payment's."""
_ONE_DAY, _FEW_DAYS, _MONTH, _YEAR = 1, 3, 31, 366
_SIGNS = 200
_PURCHASE = int(Kind.PURCHASE)


@dataclass(frozen=True, slots=True)
class Known:
    """A sale that the ledger has, as far as another record of it must agree."""

    event_id: int
    source: str
    order_ref: str
    day: Day
    amount: int | None
    currency: str


def normal(number: str) -> str:
    """A number as it is compared: `#1001` is `1001`."""
    return "".join(number.split()).lstrip("#").casefold()[:_SIGNS]


def keep_payment_refs(conn: sqlite3.Connection, batch_id: int) -> None:
    """Keep the numbers of payments of the events that a batch has brought.

    To be asked while the file is staged; the caller owns the transaction.
    """
    conn.execute(
        "INSERT OR IGNORE INTO main.payment_ref (value, event_id)"
        " SELECT said.value, event.id FROM staging.payment_ref AS said"
        " CROSS JOIN staging.event AS staged ON staged.seq = said.seq"
        " CROSS JOIN staging.source ON source.local = staged.source"
        " CROSS JOIN main.event ON event.source_id = source.id AND event.key = staged.key"
        " WHERE said.value <> '' AND event.batch_id = ?",
        (batch_id,),
    )


def other_sources(conn: sqlite3.Connection, source: str) -> list[int]:
    """The other sources from which events have come."""
    return [
        number for number, name in conn.execute("SELECT id, name FROM source").fetchall()
        if name != source
        and conn.execute("SELECT 1 FROM event WHERE source_id = ? LIMIT 1", (number,)).fetchone()
    ]


def numbers_of(conn: sqlite3.Connection, source_ids: Sequence[int]) -> Iterator[str]:
    """The numbers of all purchases of sources, compared as `normal` gives them."""
    for number in source_ids:
        rows = conn.execute(
            "SELECT order_ref FROM event WHERE source_id = ? AND kind = 1 AND order_ref <> ''", (number,)
        )
        yield from (normal(order_ref) for (order_ref,) in rows)


def payment_numbers(conn: sqlite3.Connection) -> Iterator[str]:
    """The numbers by which other programs may know the purchases of the ledger."""
    return (value for (value,) in conn.execute("SELECT DISTINCT value FROM payment_ref"))


def source_ids(conn: sqlite3.Connection, source: str) -> list[int]:
    """The number of a source, if anything has come from there."""
    return [number for (number,) in conn.execute("SELECT id FROM source WHERE name = ?", (source,))]


def is_known(conn: sqlite3.Connection, source: str, key: str) -> bool:
    """Whether the ledger has this very event of this source."""
    return conn.execute(
        "SELECT 1 FROM event WHERE key = ? AND source_id = (SELECT id FROM source WHERE name = ?)",
        (key, source),
    ).fetchone() is not None


def find(
    conn: sqlite3.Connection, record: EventRecord, source: str, numbers: Sequence[str], named: Sequence[str]
) -> Known | None:
    """The purchase of the ledger that a record of a source tells of once more.

    `numbers` are the record's own (of its order, of the sale that it gives back), `named` those under which
    other programs may know it; both as `normal` gives them.
    """
    for number in dict.fromkeys((*numbers, *named)):
        said = number in named
        for known, theirs in _candidates(conn, source, number, said=said, own=number in numbers):
            if _agree(record, known, number, named=said or theirs):
                return known
    return None


def _candidates(
    conn: sqlite3.Connection, source: str, number: str, *, said: bool, own: bool
) -> list[tuple[Known, bool]]:
    """Purchases that a number may mean, each with whether it is the number of the purchase's payment.

    Within one source a payment can pay an order of another export; two of its orders are two sales.
    """
    columns = "event.id, source.name, event.order_ref, event.day, event.amount, event.currency"
    rows = conn.execute(
        f"SELECT {columns}, 1 FROM payment_ref JOIN event ON event.id = payment_ref.event_id"  # noqa: S608
        " JOIN source ON source.id = event.source_id"
        " WHERE payment_ref.value = ?1 AND event.kind = 1 AND (source.name <> ?2 OR ?3)",
        (number, source, own),
    ).fetchall()
    for source_id, name in conn.execute("SELECT id, name FROM source").fetchall():
        if name == source and not said:
            continue
        spellings = _spellings(number)
        rows += conn.execute(
            f"SELECT {columns}, 0 FROM event JOIN source ON source.id = event.source_id"  # noqa: S608
            " WHERE event.source_id = ?1 AND event.kind = 1 AND event.key IN (?2, ?3, ?4, ?5)",
            (source_id, *(PURCHASE_KEY + text for text in spellings)),
        ).fetchall()
        rows += conn.execute(
            f"SELECT {columns}, 0 FROM event JOIN source ON source.id = event.source_id"  # noqa: S608
            " WHERE event.source_id = ?1 AND event.kind = 1 AND event.order_ref <> ''"
            " AND event.key <> 'purchase:' || event.order_ref AND event.order_ref IN (?2, ?3, ?4, ?5)",
            (source_id, *spellings),
        ).fetchall()
    return [(Known(*row[:-1]), bool(row[-1])) for row in rows]


def _spellings(number: str) -> tuple[str, str, str, str]:
    """How programs write a number that is compared without sign and case."""
    return number, f"#{number}", number.upper(), f"#{number.upper()}"


def _agree(record: EventRecord, known: Known, number: str, *, named: bool) -> bool:
    apart = abs(record.day - known.day)
    length = len(number) if any(map(str.isdigit, number)) else 0
    if record.kind != _PURCHASE:
        return named and length >= _LONG_NAMED and apart <= _YEAR
    same = record.amount == known.amount and record.currency == known.currency
    if named:
        return (length >= _LONG_NAMED and apart <= _YEAR) or (same and apart <= _FEW_DAYS)
    return (length >= _LONG and apart <= _MONTH) or (same and apart <= _ONE_DAY)


def alike(conn: sqlite3.Connection, source: str) -> list[tuple[int, Known]]:
    """New staged purchases like one of another source: the same customer and amount, at most a day apart.

    Each with its line in the file. To be asked of a plan, while it stands.
    """
    if not other_sources(conn, source):
        return []
    rows = conn.execute(
        "SELECT said.line, event.id, source.name, event.order_ref, event.day, event.amount, event.currency"
        " FROM staging.event AS said CROSS JOIN staging.person ON person.hint = said.hint"
        " CROSS JOIN main.event ON event.customer_id = person.customer_id"
        " AND event.day BETWEEN said.day - 1 AND said.day + 1"
        " JOIN main.source ON source.id = event.source_id"
        " WHERE said.kind = 1 AND event.kind = 1 AND said.amount > 0 AND event.amount = said.amount"
        " AND event.currency = said.currency AND said.counts AND event.counts AND source.name <> ?"
        " AND said.seq NOT IN (SELECT seq FROM staging.known)"
        " GROUP BY said.seq ORDER BY said.seq",
        (source,),
    )
    return [(row[0], Known(*row[1:])) for row in rows]
