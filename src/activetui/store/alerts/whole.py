"""What alerts ask of the whole store: which files come, which subscriptions end, what leavers bought last."""

# ruff: noqa: S608 - only fixed texts are put together; values are bound
from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from typing import NamedTuple

from activetui.activity.status import ACTIVE_BASE, Status
from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.ledger.text import fold
from activetui.store.alerts.happened import statuses_on
from activetui.store.listing.people import Clause
from activetui.store.listing.renewals import EXPIRING, FAILED, UNRENEWING, WITH


class Delivery(NamedTuple):
    """A source whose files are imported."""

    source_id: int
    name: str
    times: int
    """On how many days one was."""
    last: Day
    """The last of them."""


class Ending(NamedTuple):
    """A subscription that ends, or has ended, and is not renewed."""

    event_id: int
    customer_id: int
    day: Day
    """The day of the start or renewal that it rests on."""
    until: Day
    product: str
    occasion: str


def deliveries(conn: sqlite3.Connection, day: Day) -> list[Delivery]:
    """The sources of imports up to a day that still stand, by number."""
    rows = conn.execute(
        "SELECT source.id, source.name, count(DISTINCT operation.day), max(operation.day) FROM batch"
        " JOIN operation ON operation.batch_id = batch.id JOIN source ON source.id = batch.source_id"
        " WHERE operation.day <= ? AND batch.undone_at IS NULL GROUP BY source.id ORDER BY source.id",
        (day,),
    )
    return [Delivery(*row) for row in rows]


def endings(conn: sqlite3.Connection, clause: Clause, day: Day, within: int) -> list[Ending]:
    """The subscriptions of a clause's customers that end within so many days of `day`, the first first.

    They are those of whom the query `expires<=Nd` speaks; a customer may have several.
    """
    return _endings(conn, clause, day, f"{EXPIRING} AND event.until <=", day + within)


def unrenewed(conn: sqlite3.Connection, clause: Clause, day: Day, within: int) -> list[Ending]:
    """Those that ended at most so many days before `day` and were not renewed, the first first.

    They are those of whom the query `unrenewed<=Nd` speaks, but for those whose renewal failed, of which the
    failed payment tells.
    """
    return _endings(conn, clause, day, f"{UNRENEWING} AND NOT {FAILED} AND event.until >=", day - within)


def _endings(conn: sqlite3.Connection, clause: Clause, day: Day, found: str, limit: Day) -> list[Ending]:
    """`found` is FROM event WHERE …, ends with what is compared to `limit`, and every `?` is the day."""
    sql = (
        f"{WITH} SELECT event.id, event.customer_id, event.day, event.until, event.product,"
        f" event.source_id || ':' || event.key {found}"
    )
    rows = conn.execute(
        f"{sql} ? AND event.customer_id IN (SELECT customer.id FROM customer"
        f" JOIN fact ON fact.customer_id = customer.id WHERE {clause.sql}) ORDER BY event.until, event.id",
        (*[day] * sql.count("?"), limit, *clause.params),
    )
    return [Ending(*row) for row in rows]


def left_lately(conn: sqlite3.Connection, since: Day, day: Day, most: int) -> dict[int, Day]:
    """Who has turned inactive (or lost) on these days and was active before, with the day.

    The connection looks from `day`. Of very many customers some are asked, spread evenly.
    """
    rows = conn.execute(
        "SELECT customer_id, since FROM fact WHERE status IN (?, ?) AND since BETWEEN ? AND ? ORDER BY 1",
        (Status.INACTIVE, Status.LOST, since, day),
    ).fetchall()
    some = rows[:: max(1, len(rows) // most)]
    before = statuses_on(conn, [(number, first - 1) for number, first in some])
    return {number: first for number, first in some if before.get((number, first - 1)) in ACTIVE_BASE}


def not_to_contact(conn: sqlite3.Connection, customers: Collection[int]) -> frozenset[int]:
    """Those of the customers who do not want to be contacted."""
    rows = conn.execute(
        "SELECT id FROM customer WHERE do_not_contact AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(customers)),),
    )
    return frozenset(number for (number,) in rows)


def last_bought(
    conn: sqlite3.Connection, customers: Collection[int]
) -> dict[int, tuple[Day, frozenset[str]]]:
    """The last purchase day of customers, as of the day looked from, and what they bought on it (folded)."""
    wanted = json.dumps(sorted(customers))
    days = dict(conn.execute(
        "SELECT customer_id, last_purchase FROM fact WHERE last_purchase IS NOT NULL"
        " AND customer_id IN (SELECT value FROM json_each(?))", (wanted,),
    ).fetchall())
    goods = _goods(conn, list(days.items()))
    return {number: (day, goods.get(number, frozenset())) for number, day in days.items()}


def came_again(
    conn: sqlite3.Connection, first: Day, last: Day, most: int
) -> dict[int, frozenset[str]]:
    """What active customers bought on a day of that time after which they came again (folded).

    Of each the first such day. Of very many customers some are asked, spread evenly.
    """
    statuses = ", ".join(str(int(status)) for status in sorted(ACTIVE_BASE))
    highest = conn.execute("SELECT max(customer_id) FROM fact").fetchone()[0] or 0
    rows = conn.execute(
        f"SELECT customer_id FROM fact WHERE status IN ({statuses}) AND first_purchase <= ?"
        " AND last_purchase > ? AND customer_id IN (SELECT value FROM json_each(?))",
        (last, first, json.dumps(list(range(1, highest + 1, max(1, highest // most))))),
    ).fetchall()
    days = conn.execute(
        "SELECT fact.customer_id, (SELECT min(event.day) FROM event"
        " WHERE event.customer_id = fact.customer_id AND event.day BETWEEN ? AND ?"
        f" AND event.kind = {Kind.PURCHASE:d} AND event.counts) AS day, fact.last_purchase"
        " FROM fact WHERE fact.customer_id IN (SELECT value FROM json_each(?))",
        (first, last, json.dumps([number for (number,) in rows])),
    )
    found = [(number, day) for number, day, latest in days if day is not None and day < latest]
    goods = _goods(conn, found)
    return {number: goods.get(number, frozenset()) for number, _day in found}


def product_names(conn: sqlite3.Connection, event_day: Sequence[tuple[int, Day]]) -> dict[str, str]:
    """How the products that customers bought on days are written, by their folded names."""
    return {fold(name): name for _number, name in _rows(conn, event_day)}


def _goods(conn: sqlite3.Connection, days: Sequence[tuple[int, Day]]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for number, name in _rows(conn, days):
        found.setdefault(number, set()).add(fold(name))
    return {number: frozenset(names) for number, names in found.items()}


def _rows(conn: sqlite3.Connection, days: Sequence[tuple[int, Day]]) -> list[tuple[int, str]]:
    """Customers with the name of each thing that they bought on their day."""
    return conn.execute(
        "WITH bought AS (SELECT event.id AS id, event.customer_id AS who, event.product AS product FROM"
        " (SELECT json_extract(value, '$[0]') AS who, json_extract(value, '$[1]') AS day FROM json_each(?))"
        " AS wanted CROSS JOIN event ON event.customer_id = wanted.who AND event.day = wanted.day"
        f" WHERE event.kind = {Kind.PURCHASE:d} AND event.counts)"
        " SELECT who, product FROM bought WHERE product <> ''"
        " UNION SELECT who, line.product FROM bought JOIN line ON line.event_id = bought.id"
        " WHERE line.product <> ''",
        (json.dumps(list(days)),),
    ).fetchall()
