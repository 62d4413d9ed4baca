"""What customers pay for subscriptions in a year, as far as the ledger tells: their running amounts.

A subscription's amount is the price of one period. That is no purchase, so it is in nobody's spend; but it
is what the business loses with the customer. Taken are the subscriptions that run on the day, or, of who has
none that runs, what ended last. Of each the last start or renewal says the price.

How long a period is, is told by its last day, or by the gap to the charge before. A list of subscriptions as
they stand names the first day and the end of the present period; then the shortest period of the same product
and price counts. Where no usual period (`_TERMS`) comes of it, the amount a year is not known, and left out.

What is paid for a subscription may stand in the ledger as a purchase too, because invoices were imported.
Such a customer's purchases hold the money already, so nothing is added: `_IS_BOUGHT`.
"""

# ruff: noqa: S608 - only fixed texts are put together; values are bound
from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from activetui.ledger.days import FAR_FUTURE, Day
from activetui.ledger.kinds import Kind
from activetui.store import settings
from activetui.store.listing.kept_beside import is_kept, keep, moment
from activetui.store.listing.numbers import LISTED, parts
from activetui.store.listing.sorts import Clause, speaks


class Subscription(NamedTuple):
    """A subscription of which it is known what it costs. Money in minor units of the store's currency."""

    product: str
    amount: int
    """The price of one period."""
    days: int
    """How long a period is: one of `TERMS`."""
    year: int
    """What that makes in a year."""
    last: Day | None
    """The last day that is paid for; None where there is no end."""
    runs: bool
    """Whether it is in force on the day."""
    cancelled: bool
    """Whether it is known that it will not be renewed."""
    ended: int
    """How many periods as long have ended, of all customers: the past from which the chance is."""
    lost: int
    """How many of these were not renewed within `GRACE` days."""
    at_stake: int
    """What of the year is at stake: by that chance, or all of it where the chance is not known."""

    @property
    def chance_is_known(self) -> bool:
        """Whether it goes on, and enough periods have ended to say how many are not renewed."""
        return self.runs and not self.cancelled and self.ended >= ENOUGH


class _Term(NamedTuple):
    shortest: int
    longest: int
    days: int
    year: str


_TERMS = (
    _Term(6, 8, 7, "amount * 52"),
    _Term(13, 15, 14, "amount * 26"),
    _Term(27, 32, 30, "amount * 12"),
    _Term(58, 63, 61, "amount * 6"),
    _Term(88, 93, 91, "amount * 4"),
    _Term(118, 124, 122, "amount * 3"),
    _Term(179, 186, 182, "amount * 2"),
    _Term(360, 370, 365, "amount"),
    _Term(725, 735, 730, "amount / 2"),
)
"""The usual periods, with the days that months and years of different lengths make, and a year's price."""

TERMS = tuple(term.days for term in _TERMS)
GRACE = 30
"""So many days after its end a period that has not been renewed counts as lost."""
ENOUGH = 30
"""Of so many periods on a share is taken."""
_TABLE, _MARK = "subscription_year", "subscription_year_mark"
_TAXES = (
    50, 55, 60, 70, 77, 80, 81, 90, 100, 120, 130, 150, 170, 190, 200, 210, 220, 230, 240, 250, 255, 270,
)
"""Rates of taxes on sales, in thousandths: a price without tax is charged, an invoice is with it."""


def _term_of(days: str) -> str:
    """SQL of the usual period that a number of days is; NULL if it is none."""
    return " ".join((
        "CASE",
        *(f"WHEN {days} BETWEEN {term.shortest} AND {term.longest} THEN {term.days}" for term in _TERMS),
        "END",
    ))


def with_tax(amount: str, price: str) -> str:
    """SQL for whether an amount is a price with the tax of some country on it, to the smallest coin."""
    rates = ", ".join(f"({1000 + rate})" for rate in _TAXES)
    return (
        f"({amount} > {price} AND EXISTS (SELECT 1 FROM (VALUES {rates})"
        f" WHERE abs({amount} * 1000 - {price} * column1) <= 1000))"
    )


_IS_SUBSCRIPTION = f"event.kind = {Kind.SUBSCRIPTION} AND event.kind <> {Kind.PURCHASE}"
"""Said twice, so that SQLite takes the index of events by kind, which leaves purchases out."""
_IS_CHARGE = (
    f"{_IS_SUBSCRIPTION} AND event.counts"
    " AND event.customer_id IS NOT NULL AND event.action NOT IN ('pause', 'cancel')"
)
_IS_BOUGHT = f"""EXISTS (SELECT 1 FROM event AS bought
  WHERE bought.customer_id = last.customer_id AND bought.kind = {Kind.PURCHASE} AND bought.counts
  AND bought.day BETWEEN last.day - 400 AND :day AND bought.currency IN ('', :home)
  AND (bought.amount = last.amount
    OR (last.product <> '' AND fold(bought.product) = fold(last.product))
    OR ({with_tax("bought.amount", "last.amount")}
      AND EXISTS (SELECT 1 FROM event WHERE {_IS_CHARGE} AND event.customer_id = last.customer_id
        AND event.day BETWEEN bought.day - 3 AND bought.day + 3))))"""
"""Whether a customer's purchases of the last year or so are payments of the subscription: of the same amount,
or of the same product, or, within three days of a charge, of the amount with tax."""

_SELECT = f"""
WITH charge AS (
  SELECT event.id, customer_id, product, day, amount, currency, until,
    day - lag(day) OVER charges AS gap, lead(day) OVER charges AS next
  FROM event WHERE {_IS_CHARGE} AND day <= :day
  WINDOW charges AS (PARTITION BY customer_id, product ORDER BY day, event.id)
), last AS (
  SELECT charge.customer_id, charge.product, charge.day, charge.gap, charge.currency,
    subscription.last_day, subscription.last_day >= :day AS runs,
    EXISTS (SELECT 1 FROM event WHERE {_IS_SUBSCRIPTION} AND event.action = 'cancel' AND event.counts
      AND event.customer_id = charge.customer_id AND event.product = charge.product
      AND event.day BETWEEN charge.day AND :day) AS cancelled,
    coalesce(charge.amount, (SELECT event.amount FROM event
      WHERE {_IS_CHARGE} AND event.customer_id = charge.customer_id AND event.product = charge.product
      AND event.day <= charge.day AND event.amount IS NOT NULL ORDER BY event.day DESC, event.id DESC LIMIT 1
    )) AS amount,
    coalesce({_term_of("charge.until + 1 - charge.day")}, {_term_of("charge.gap")}) AS own
  FROM charge JOIN subscription ON subscription.customer_id = charge.customer_id
    AND subscription.product = charge.product AND subscription.first_day = charge.day
  WHERE charge.next IS NULL
), ended AS (
  SELECT coalesce({_term_of("until + 1 - day")}, {_term_of("gap")}) AS days, count(*) AS ended,
    count(*) FILTER (WHERE next IS NULL OR next > until + {GRACE}) AS lost
  FROM charge WHERE until + {GRACE} < (SELECT max(day) FROM charge) GROUP BY 1
), timed AS (
  SELECT *, max(runs) OVER customers AS any_runs, max(last_day) OVER customers AS latest,
    CASE WHEN gap IS NULL OR own IS NULL THEN min(own) OVER (PARTITION BY product, amount)
      ELSE own END AS days
  FROM last WINDOW customers AS (PARTITION BY customer_id)
)
SELECT customer_id, product, amount, days, year, last_day, runs, cancelled, ended, lost,
  CASE WHEN runs AND NOT cancelled AND ended >= {ENOUGH}
    THEN (2 * year * lost + ended) / (2 * ended) ELSE year END AS at_stake
FROM (
  SELECT last.*, coalesce(ended.ended, 0) AS ended, coalesce(ended.lost, 0) AS lost,
    CASE last.days {" ".join(f"WHEN {term.days} THEN {term.year}" for term in _TERMS)} END AS year
  FROM timed AS last LEFT JOIN ended ON ended.days = last.days
) AS last
WHERE amount > 0 AND currency IN ('', :home) AND days IS NOT NULL
  AND (runs OR (NOT any_runs AND last_day = latest)) AND NOT {_IS_BOUGHT}
ORDER BY customer_id, product"""


def subscriptions(
    conn: sqlite3.Connection, customers: Sequence[int], day: Day
) -> dict[int, tuple[Subscription, ...]]:
    """What some customers pay for subscriptions, on the day that the connection looks from, which is `day`.

    Only those of whom something is known.
    """
    found: dict[int, list[Subscription]] = defaultdict(list)
    table = _table(conn, day)
    if table is None:
        return {}
    statement = (
        "SELECT customer_id, product, amount, days, year, last_day, runs, cancelled, ended, lost, at_stake"
        f" FROM {table.from_number(2)}"
        f" WHERE customer_id IN ({LISTED.replace('?', '?1')})"
    )
    for _at, part in parts(customers):
        rows = conn.execute(statement, (json.dumps(part), *table.params))
        for number, product, amount, days, year, last, runs, cancelled, *chance in rows:
            ends = None if last >= FAR_FUTURE - 1 else last
            found[number].append(
                Subscription(product, amount, days, year, ends, bool(runs), bool(cancelled), *chance)
            )
    return {number: tuple(theirs) for number, theirs in found.items()}


class Table(NamedTuple):
    """A table of SQL, with the values of its parameters."""

    sql: str
    params: tuple[object, ...]

    def from_number(self, number: int) -> str:
        """The table in a statement whose parameters are named by numbers; its own begin with `number`."""
        return self.sql.replace(":day", f"?{number}").replace(":home", f"?{number + 1}")


def by_year(conn: sqlite3.Connection, day: Day) -> Table | None:
    """What everyone pays for subscriptions in a year: `customer_id`, `year` and `at_stake`, a row a customer.

    None where nobody pays for any, as far as is known.
    """
    table = _table(conn, day)
    if table is None:
        return None
    sums = "sum(year) AS year, sum(at_stake) AS at_stake"
    return Table(f"(SELECT customer_id, {sums} FROM {table.sql} GROUP BY customer_id)", table.params)


def dearest(conn: sqlite3.Connection, clause: Clause, day: Day, most: int) -> list[int]:
    """The numbers of those whom a clause finds who pay most for subscriptions in a year, dearest first."""
    dearest_first = "ORDER BY paid.year DESC, fact.customer_id LIMIT ?"
    found = _of(conn, clause, day, "fact.customer_id", dearest_first, most)
    return [int(number) for (number,) in found if number is not None]


def total(conn: sqlite3.Connection, clause: Clause, day: Day) -> int:
    """What all whom a clause finds pay for subscriptions in a year, in minor units."""
    return sum(int(year or 0) for (year,) in _of(conn, clause, day, "sum(paid.year)"))


def _of(
    conn: sqlite3.Connection, clause: Clause, day: Day, columns: str, rest: str = "", *values: int
) -> list[tuple[int | None]]:
    paid = by_year(conn, day)
    if paid is None:
        return []
    tables = f"{paid.from_number(1)} AS paid CROSS JOIN fact ON fact.customer_id = paid.customer_id"
    if speaks(clause.sql, "customer"):
        tables += " CROSS JOIN customer ON customer.id = fact.customer_id"
    return conn.execute(
        f"SELECT {columns} FROM {tables} WHERE {clause.sql} {rest}", (*paid.params, *clause.params, *values)
    ).fetchall()


def _table(conn: sqlite3.Connection, day: Day) -> Table | None:
    """Where all of them stand: a table kept beside the connection, else a statement with its values."""
    if not conn.execute("SELECT EXISTS (SELECT 1 FROM subscription)").fetchone()[0]:
        return None
    values, now = (day, settings.currency(conn)), moment(conn)
    everyone = Table(f"({_SELECT})", values)
    if now is None:                             # another ledger, with which nothing is kept
        return everyone
    mark = (*values, *now)
    if not (is_kept(conn, _MARK) and conn.execute(
        f"SELECT 1 FROM temp.{_MARK} WHERE (day, home, version, changes) = (?, ?, ?, ?)", mark
    ).fetchone()):
        conn.execute(f"DROP TABLE IF EXISTS temp.{_MARK}")
        keep(conn, _TABLE, f"SELECT * FROM {everyone.from_number(1)}", values)
        conn.execute(f"CREATE INDEX temp.{_TABLE}_of_customer ON {_TABLE}(customer_id)")
        keep(conn, _MARK, "SELECT ? AS day, ? AS home, ? AS version, ? AS changes", mark)
    some = conn.execute(f"SELECT EXISTS (SELECT 1 FROM temp.{_TABLE})").fetchone()[0]
    return Table(f"temp.{_TABLE}", ()) if some else None
