"""What is at stake with many customers: figured by SQL, so that a million of them take no longer than a list.

`reactivation.ranking.stakes` says what a stake is; here stands the same sum for all customers at once.
"""

# ruff: noqa: S608 - only fixed texts and compiled clauses are put together; values are bound
from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from activetui.activity.past.natural_return import SO_FAR
from activetui.activity.status import Status
from activetui.ledger.days import Day
from activetui.store.listing import list_indexes, lists, subscription_years
from activetui.store.listing.sorts import EVERYONE, Clause, speaks

YEAR = 365
"""Days of a year, and the fewest over which a customer's spend is spread."""
_DIGITS = 12


class Odds(NamedTuple):
    """The chance of losing a customer, after so many purchases and so long a silence."""

    longest: int
    """The longest silence of which the chance is known for itself, in days."""
    width: int
    """How many chances there are for each step of `SO_FAR`: of 0 days, of 1 day, and so on to the longest, of
    up to twice as many days, and of longer silences."""
    packed: bytes
    """Made by `packed`; SQL finds a number by its place, whichever way it takes through the customers."""


def packed(lost_of: Iterable[tuple[int, int]]) -> bytes:
    """Pairs of numbers, one step after the other: the lost ones of all. 0 of 0 where the chance is not known,
    which counts as 1.
    """
    return b"".join(b"%0*d%0*d" % (_DIGITS, lost, _DIGITS, n) for lost, n in lost_of)


class AtStake(NamedTuple):
    """What is at stake with the customers that a clause finds. Money in minor units."""

    customers: int
    usual_year: int
    """What they usually spend in a year."""
    at_stake: int
    """What of it is at stake."""
    by_subscription: int = 0
    """How much of the usual year they pay for subscriptions."""


def dearest_numbers(
    conn: sqlite3.Connection, clause: Clause, day: Day, odds: Odds, most: int, at_least: int = 0
) -> list[int]:
    """The numbers of the customers with whom most is at stake, dearest first, then by number.

    With `at_least` (minor units, from `spend_at` or more), only those who have spent so much: whoever has not
    has less at stake, unless they pay for a subscription (`subscribers`).
    """
    from_tables = _tables(clause)
    if at_least > 0:
        # every status is named for the index, which begins with it
        condition = f"({clause.sql}) AND fact.spend >= ? AND fact.status IN ({_EVERY_STATUS})"
        clause = Clause(condition, (*clause.params, at_least))
        from_tables = f"fact INDEXED BY {list_indexes.NAMES['spend']}"
        if speaks(clause.sql, "customer"):
            from_tables += " CROSS JOIN customer ON customer.id = fact.customer_id"
    figured = _figured(conn, from_tables, clause, odds, day)
    rows = conn.execute(
        f"SELECT number FROM ({figured.sql}) ORDER BY {_ALL} DESC, number LIMIT ?",
        (*figured.params, most),
    )
    return [number for (number,) in rows]


def subscribers(conn: sqlite3.Connection, clause: Clause, day: Day, odds: Odds, most: int) -> list[int]:
    """As `dearest_numbers`, of those alone of whom it is known what they pay for a subscription in a year."""
    if subscription_years.by_year(conn, day) is None:
        return []
    figured = _figured(conn, _tables(clause), clause, odds, day)
    rows = conn.execute(
        f"SELECT number FROM ({figured.sql}) WHERE paid > 0 ORDER BY {_ALL} DESC, number LIMIT ?",
        (*figured.params, most),
    )
    return [number for (number,) in rows]


def spend_at(conn: sqlite3.Connection, place: int) -> int:
    """What the customer at a place of the list by spend has spent; 0 where there is no such list at hand."""
    if not list_indexes.ready(conn, "spend"):
        return 0
    there = lists.numbers(conn, EVERYONE, "spend", True, 1, place)
    row = conn.execute("SELECT spend FROM fact WHERE customer_id = ?", there).fetchone() if there else None
    return int(row[0]) if row else 0


def are_named(conn: sqlite3.Connection, clause: Clause) -> bool:
    """Whether SQLite knows by their numbers who may fit: then it looks at nobody else."""
    statement = f"EXPLAIN QUERY PLAN SELECT 1 FROM {_tables(clause)} WHERE {clause.sql}"
    first = conn.execute(statement, clause.params).fetchone()
    return first is not None and str(first[3]).endswith("(rowid=?)")


def at_stake(conn: sqlite3.Connection, clause: Clause, day: Day, odds: Odds) -> AtStake:
    """What is at stake with all of them together."""
    figured = _figured(conn, _tables(clause), clause, odds, day)
    row = conn.execute(
        f"SELECT count(*), coalesce(sum(usual + paid), 0), coalesce(sum({_ALL}), 0), coalesce(sum(paid), 0)"
        f" FROM ({figured.sql})",
        figured.params,
    ).fetchone()
    return AtStake(*row)


def _tables(clause: Clause) -> str:
    return lists.tables(f"{clause.sql} fact.spend")


class _Figured(NamedTuple):
    """A statement with its values."""

    sql: str
    params: tuple[object, ...]


def _figured(
    conn: sqlite3.Connection, from_tables: str, clause: Clause, odds: Odds, day: Day
) -> _Figured:
    """The customers that a clause finds: what they usually buy in a year, what is known of their chance, what
    they pay for subscriptions in a year and what of that is at stake."""
    values: tuple[object, ...] = _values(odds, day)
    paid = "0 AS paid, 0 AS at_stake"
    subscribed = subscription_years.by_year(conn, day)
    if subscribed is not None:
        paid = "coalesce(subscribed.year, 0) AS paid, coalesce(subscribed.at_stake, 0) AS at_stake"
        table = subscribed.from_number(len(values) + 1)
        from_tables += f" LEFT JOIN {table} AS subscribed ON subscribed.customer_id = fact.customer_id"
        values += subscribed.params
    return _Figured(
        f"SELECT fact.customer_id AS number, {_USUAL} AS usual, {_LOST} AS lost, {_N} AS n, {paid}"
        f" FROM {from_tables} WHERE {clause.sql}",
        (*values, *clause.params),
    )


def _values(odds: Odds, day: Day) -> tuple[object, ...]:
    """The first parameters of a statement, which are named by their numbers; those of the clause follow."""
    return odds.packed, odds.width, day, odds.longest


_EVERY_STATUS = ", ".join(str(int(status)) for status in Status)
_YEARS = f"max(fact.last_purchase - fact.first_purchase, {YEAR})"
_USUAL = (
    "CASE WHEN fact.last_purchase IS NULL THEN 0"
    f" ELSE (2 * {YEAR} * max(fact.spend, 0) + {_YEARS}) / (2 * {_YEARS}) END"
)
_STAKE = "CASE WHEN n > 0 THEN (2 * usual * lost + n) / (2 * n) ELSE usual END"
_ALL = f"({_STAKE} + at_stake)"
"""What is at stake in purchases, and for subscriptions."""
_STEP = " + ".join(f"(fact.purchases >= {least})" for least in SO_FAR[1:])
_SILENT = "max(?3 - fact.last_purchase, 0)"
_PLACE = (
    f"(({_STEP}) * ?2 + CASE WHEN {_SILENT} <= ?4 THEN {_SILENT}"
    f" WHEN {_SILENT} <= 2 * ?4 THEN ?4 + 1 ELSE ?4 + 2 END)"
)
_LOST, _N = (
    f"CAST(substr(?1, {_PLACE} * {2 * _DIGITS} + {first}, {_DIGITS}) AS INTEGER)"
    for first in (1, 1 + _DIGITS)
)
