"""Events of some kinds that happened lately, or were learned of lately, as rows and as a block.

A file may come late: then what it tells counts from the day on which the store learned of it. So does a
change of what was known, such as a subscription that is unpaid by now. What the very first file told counts
from its own day, or a first import would tell of years past.
"""

# ruff: noqa: S608 - only fixed texts of this module are put together; values are bound

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.store.facts import lives_in_sql

if TYPE_CHECKING:
    from activetui.activity.block import LedgerBlock


class Happening(NamedTuple):
    """One event with what an alert says of it. Money in minor units of `currency`."""

    event_id: int
    customer_id: int
    day: Day
    learned: Day
    """The day from which it counts: its own, or a later one on which the store learned of it."""
    kind: int
    counts: bool
    until: Day | None
    recorded: Day
    action: str
    nature: str
    rating: int | None
    product: str
    channel: str
    amount: int | None
    currency: str
    state: str
    source_id: int
    key: str

    @property
    def occasion(self) -> str:
        """What tells the event from all others, also after its file was imported anew."""
        return f"{self.source_id}:{self.key}"


class Reach(NamedTuple):
    """The days of which something is told."""

    since: Day
    day: Day
    late: int
    """How many days before `since` an event may lie that the store learned of later."""
    only: frozenset[int] | None = None
    """The customers who are looked at; None: everyone."""

    @property
    def first(self) -> Day:
        """The earliest day that an event may lie on."""
        return self.since - self.late


_COLUMNS = (
    "event.id, event.customer_id, event.day, {learned}, event.kind, {counts}, event.until, event.recorded,"
    " event.action, event.nature, event.rating, event.product, event.channel, event.amount, event.currency,"
    " event.state, event.source_id, event.key"
)
_LEARNED = (
    "CASE WHEN event.entered > ?1 AND event.entered <= ?2 THEN max(event.day, event.entered)"
    " ELSE event.day END"
)
"""Parameters: the day of the first import, and the day looked from."""


def happened(
    conn: sqlite3.Connection, kinds: Collection[int], reach: Reach, *, also: Collection[int] = ()
) -> list[Happening]:
    """Events of these kinds that count from a day within reach, by customer, day and number.

    Those that are no activity, such as a cancelled booking, are there too, and say so. Kinds that are wanted
    `also` are there from the first day within reach on, whenever they were learned of.
    """
    first_import = first_day(conn)
    columns = _COLUMNS.format(learned=_LEARNED, counts="event.counts <> 0")
    found: list[Happening] = []
    for kind in sorted({*kinds, *also}):
        where = _OF_PURCHASES if kind == Kind.PURCHASE else _OF_OTHERS
        if reach.only is not None:
            where = f"+event.kind = ?3 AND {_OF_SOME}"
        rows = conn.execute(
            f"SELECT {columns} FROM event WHERE {where} AND event.day BETWEEN ?4 AND ?2"
            " AND (event.day >= ?5 OR event.entered >= ?5)",
            (first_import, reach.day, kind, reach.first, reach.first if kind in also else reach.since,
             *_some(reach)),
        )
        found += (Happening(*row) for row in rows)
    lately = [each for each in found if each.learned >= reach.since or each.kind in also]
    return sorted(lately, key=lambda each: (each.customer_id, each.day, each.event_id))


def _some(reach: Reach) -> tuple[str, ...]:
    return () if reach.only is None else (json.dumps(sorted(reach.only)),)


_OF_SOME = "event.customer_id IN (SELECT value FROM json_each(?6))"
_OF_OTHERS = f"event.kind = ?3 AND event.kind <> {Kind.PURCHASE:d} AND event.customer_id IS NOT NULL"
_OF_PURCHASES = (
    "event.customer_id IN (SELECT fact.customer_id FROM fact WHERE fact.last_event >= ?4)"
    " AND +event.kind = ?3"
)


def in_state(
    conn: sqlite3.Connection, kinds: Collection[int], states: Collection[str], reach: Reach
) -> list[Happening]:
    """Events of these kinds in one of these states, new ones and those that came to it by a later file."""
    new = [each for each in happened(conn, kinds, reach) if each.state in states]
    changed = _changed(
        conn, kinds, reach, "event.state IN (SELECT value FROM json_each(?4))"
        " AND json_extract(before_image.row, '$.state') <> event.state", json.dumps(sorted(states)),
    )
    return _each_once([*changed, *new])


def given_back(conn: sqlite3.Connection, reach: Reach) -> list[Happening]:
    """Purchases of which money was given back without a refund of its own telling so.

    As a refund: its day is the one on which the store learned of it, its amount what was given back.
    """
    changed = _changed(
        conn, (int(Kind.PURCHASE),), reach,
        f"{_REFUNDED} AND NOT ({_REFUNDED_BEFORE}) AND {_NOT_TOLD} AND ?4 = ''", "",
    )
    found = _each_once([*changed, *_new_given_back(conn, reach)])
    amounts = dict(conn.execute(
        "SELECT id, CASE WHEN refunded > 0 THEN refunded ELSE amount END FROM event"
        " WHERE id IN (SELECT value FROM json_each(?))", (json.dumps([each.event_id for each in found]),)
    ))
    return [
        each._replace(day=each.learned, amount=amounts[each.event_id], key=f"refund of {each.key}")
        for each in found
    ]


def _new_given_back(conn: sqlite3.Connection, reach: Reach) -> list[Happening]:
    """The purchases that came into the store within reach with something given back already."""
    columns = _COLUMNS.format(learned=_LEARNED, counts="event.counts <> 0")
    new: list[Happening] = []
    runs, where = _new_numbers(conn, reach), "event.id BETWEEN ?3 AND ?4"
    if reach.only is not None:
        runs, where = [(0, 0)], _OF_SOME
    for low, high in runs:
        rows = conn.execute(
            f"SELECT {columns} FROM event WHERE {where}"
            f" AND +event.kind = {Kind.PURCHASE:d} AND {_REFUNDED} AND {_NOT_TOLD}"
            " AND event.customer_id IS NOT NULL AND event.day BETWEEN ?5 AND ?2",
            (first_day(conn), reach.day, low, high, reach.first, *_some(reach)),
        )
        new += (each for each in map(Happening._make, rows) if each.learned >= reach.since)
    return new


_REFUNDED = "(event.refunded > 0 OR event.state IN ('refunded', 'partially_refunded'))"
_REFUNDED_BEFORE = (
    "json_extract(before_image.row, '$.refunded') >= event.refunded"
    " AND (json_extract(before_image.row, '$.refunded') > 0"
    " OR json_extract(before_image.row, '$.state') IN ('refunded', 'partially_refunded'))"
)
_NOT_TOLD = (
    f"NOT EXISTS (SELECT 1 FROM event AS refund WHERE refund.kind = {Kind.REFUND:d}"
    " AND refund.source_id = event.source_id AND refund.order_ref <> ''"
    " AND refund.order_ref = event.order_ref)"
)


def _new_numbers(conn: sqlite3.Connection, reach: Reach) -> Sequence[tuple[int, int]]:
    """The numbers of the events that imports within reach have brought, as runs."""
    return conn.execute(
        "SELECT batch.first_event, batch.last_event FROM batch"
        " JOIN operation ON operation.batch_id = batch.id WHERE operation.day BETWEEN ? AND ?"
        " AND batch.undone_at IS NULL AND batch.first_event IS NOT NULL ORDER BY batch.id",
        (reach.since, reach.day),
    ).fetchall()


def _changed(
    conn: sqlite3.Connection, kinds: Collection[int], reach: Reach, how: str, value: str
) -> list[Happening]:
    """Events that changes within reach have brought to what they are now; `how` may ask for ?4, the value."""
    columns = _COLUMNS.format(learned="max(event.day, operation.day)", counts="event.counts <> 0")
    rows = conn.execute(
        f"SELECT {columns} FROM operation"
        " CROSS JOIN before_image ON before_image.operation_id = operation.id"
        " CROSS JOIN event ON event.id = json_extract(before_image.row_key, '$[0]')"
        " WHERE operation.day BETWEEN ?1 AND ?2 AND operation.undone_at IS NULL"
        " AND before_image.table_name = 'event' AND before_image.row IS NOT NULL"
        f" AND event.kind IN (SELECT value FROM json_each(?3)) AND event.customer_id IS NOT NULL AND {how}"
        " AND event.day <= ?2 ORDER BY operation.id DESC",
        (reach.since, reach.day, json.dumps(sorted(kinds)), value),
    )
    found = map(Happening._make, rows)
    return [each for each in found if reach.only is None or each.customer_id in reach.only]


def _each_once(found: Sequence[Happening]) -> list[Happening]:
    once = {each.event_id: each for each in reversed(found)}
    return sorted(once.values(), key=lambda each: (each.customer_id, each.day, each.event_id))


def block_of_happenings(found: Sequence[Happening]) -> LedgerBlock:
    """The events (by customer, day and number) as a block: the positions in both are the same."""
    from activetui.activity.block import BlockEvent, block_of

    return block_of(
        {each.customer_id for each in found},
        [
            BlockEvent(
                each.customer_id, each.day, each.kind, each.counts, 0, each.until, each.recorded, each.action,
                each.nature, each.rating, each.product, each.channel,
            )
            for each in found
        ],
    )


def first_day(conn: sqlite3.Connection) -> Day:
    """The day on which the store learned the first things; what it learned then counts from its own day."""
    days = conn.execute(
        "SELECT min(day) FROM operation WHERE batch_id IS NOT NULL AND day > 0"
        " UNION ALL SELECT entered FROM (SELECT entered FROM customer ORDER BY id LIMIT 1)"
    ).fetchall()
    return min((int(day) for (day,) in days if day is not None), default=0)


def known_until(conn: sqlite3.Connection, since: Day, day: Day) -> Day | None:
    """Up to which day it was known on `since` what had happened; None where nothing was learned since.

    That is the last day of the newest import before; where one of `since` to `day` brought what came after,
    it tells of days before `since` too.
    """
    came, last = conn.execute(
        "SELECT max(operation.day > ?1), max(batch.last_day) FILTER (WHERE operation.day <= ?1)"
        " FROM batch JOIN operation ON operation.batch_id = batch.id"
        " WHERE operation.day <= ?2 AND batch.undone_at IS NULL", (since, day),
    ).fetchone()
    return int(last) if came and last is not None else None


def statuses_on(conn: sqlite3.Connection, days: Collection[tuple[int, Day]]) -> dict[tuple[int, Day], int]:
    """The status of customers on days, as far as there are such customers."""
    wanted = json.dumps(sorted(days))
    rows = conn.execute(
        f"SELECT wanted.customer, wanted.day, {lives_in_sql.then('wanted.customer', 'wanted.day')}"
        " FROM (SELECT json_extract(value, '$[0]') AS customer, json_extract(value, '$[1]') AS day"
        "  FROM json_each(?)) AS wanted", (wanted,),
    )
    return {(customer, day): status for customer, day, status in rows if status is not None}
