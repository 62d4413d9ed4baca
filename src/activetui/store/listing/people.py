"""Lists of customers with their figures as of the day that the connection looks from (`other_days.as_of`).

A list is asked for in two steps: the numbers in order (`lists`), from as few columns as possible, then the
rows of one page by their numbers. So a page far down costs as much as the first one.
"""

# ruff: noqa: S608 - only fixed texts and compiled clauses are put together; values are bound
from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from activetui.activity.status import ACTIVE_BASE, Status
from activetui.activity.types import TYPES
from activetui.ledger import money
from activetui.ledger.days import Day, is_bounded, iso
from activetui.ledger.text import fold
from activetui.store import settings
from activetui.store.listing import lists
from activetui.store.listing.sorts import EVERYONE, SORTS, Clause, without_customer
from activetui.store.opening.connection import one_view

__all__ = [
    "EVERYONE", "MACHINE_FIELDS", "SORTS", "Clause", "Person", "Total", "by_ids", "count", "count_among",
    "counts", "ids", "last_page", "machine_row", "page", "place_of", "some", "status_counts", "totals",
    "types_of",
]

SEPARATOR = "\x1f"
_CHUNK = 500


class Person(NamedTuple):
    """One customer of a list. Money in minor units of `currency`; days as numbers."""

    id: int
    key: str
    """The id that the source gave; empty if none."""
    name: str
    email: str
    phone: str
    company: str
    country: str
    status: Status
    status_since: Day | None
    """First day of the status; None if it has always held."""
    status_until: Day | None
    """The day on which the status flips if nothing happens; None if time alone never ends it."""
    active: bool
    first_purchase: Day | None
    last_purchase: Day | None
    purchases: int
    spend: int
    currency: str
    types: tuple[str, ...]
    tags: tuple[str, ...]
    rhythm: float | None
    """The usual number of days between purchase days."""
    next_expected: Day | None
    year_spend: int
    """What the customer spent in the year up to the day."""
    next_status: Status
    """The status from `status_until` on."""

    @property
    def called(self) -> str:
        """What an owner knows the customer by: the name, else the next best; never empty."""
        known = self.name or self.company or self.email or self.phone or self.key
        return known or f"#{self.id}"


class Total(NamedTuple):
    """How many customers a clause finds, and what they have spent."""

    customers: int
    spend: int
    year_spend: int


_TAGS = f"(SELECT group_concat(name, '{SEPARATOR}') FROM tag WHERE tag.customer_id = customer.id)"
_LETTERS = ("name", "key", "email", "phone", "company", "country")
"""The sorts by text, in which one can go to a letter."""

_COLUMNS = f"""
customer.id, customer.key, customer.name, customer.email, customer.phone, customer.company, customer.country,
fact.status, fact.since, fact.until, fact.first_purchase, fact.last_purchase, fact.purchases, fact.spend,
fact.types, {_TAGS}, fact.rhythm, fact.next_expected, fact.year_spend, fact.next_status
"""

MACHINE_FIELDS = Person._fields[: Person._fields.index("tags") + 1]
"""The fields of a customer in JSON and CSV, in their order."""


def page(
    conn: sqlite3.Connection,
    clause: Clause = EVERYONE,
    sort: str = "name",
    descending: bool = False,
    limit: int = 200,
    offset: int = 0,
) -> list[Person]:
    """The customers of one page of a list; `limit` -1 is all of them. `UsageError` for an unknown sort."""
    return by_ids(conn, lists.numbers(conn, clause, sort, descending, limit, offset))


def last_page(
    conn: sqlite3.Connection,
    clause: Clause = EVERYONE,
    sort: str = "name",
    descending: bool = False,
    limit: int = 200,
) -> list[Person]:
    """The last `limit` customers of a list, in its order."""
    return by_ids(conn, lists.numbers(conn, clause, sort, descending, limit, from_end=True))


def some(conn: sqlite3.Connection, clause: Clause = EVERYONE, limit: int = 5) -> list[Person]:
    """A few of the customers that the clause finds, in the order of their numbers."""
    return page(conn, clause, "id", limit=limit)


def place_of(
    conn: sqlite3.Connection, clause: Clause, sort: str, descending: bool, beginning: str
) -> int | None:
    """The position of the first customer of a list whose `sort` text begins with `beginning`.

    None if there is none, or if the list is sorted by something else than text.
    """
    wanted = fold(beginning) if sort == "name" else beginning
    if sort not in _LETTERS or not wanted:
        return None
    text, past = SORTS[sort].sql, wanted + "\U0010ffff"
    begins = Clause(f"({clause.sql}) AND {text} BETWEEN ? AND ?", (*clause.params, wanted, past))
    if not lists.numbers(conn, begins, sort, descending, 1):
        return None
    before, limit = (f"{text} > ?", past) if descending else (f"{text} < ?", wanted)
    known = SORTS[sort].known or "TRUE"
    return count(conn, Clause(f"({clause.sql}) AND {known} AND {before}", (*clause.params, limit)))


def ids(
    conn: sqlite3.Connection, clause: Clause = EVERYONE, sort: str = "name", descending: bool = False
) -> array[int]:
    """The numbers of all customers that the clause finds, in order (eight bytes each)."""
    return array("q", lists.all_numbers(conn, clause, sort, descending))


def by_ids(conn: sqlite3.Connection, ids: Sequence[int]) -> list[Person]:
    """The customers of these numbers in the same order; without those that do not exist."""
    currency = settings.currency(conn)
    found: dict[int, Person] = {}
    for start in range(0, len(ids), _CHUNK):
        some = [int(number) for number in ids[start : start + _CHUNK]]
        marks = ", ".join("?" * len(some))
        rows = conn.execute(
            f"SELECT {_COLUMNS} FROM customer JOIN fact ON fact.customer_id = customer.id "
            f"WHERE customer.id IN ({marks})",
            some,
        )
        for row in rows:
            found[row[0]] = _person(row, currency)
    return [found[number] for number in ids if number in found]


def count(conn: sqlite3.Connection, clause: Clause = EVERYONE) -> int:
    """How many customers the clause finds."""
    return int(conn.execute(f"SELECT count(*) {_where(clause)}", clause.params).fetchone()[0])


def count_among(conn: sqlite3.Connection, clause: Clause, narrower: Clause) -> tuple[int, int]:
    """How many customers the clause finds, and for how many of them the narrower one holds too."""
    found = conn.execute(
        f"SELECT count(*), count(CASE WHEN {narrower.sql} THEN 1 END) {_where(clause, narrower.sql)}",
        (*narrower.params, *clause.params),
    ).fetchone()
    return int(found[0]), int(found[1])


def status_counts(conn: sqlite3.Connection, clause: Clause = EVERYONE) -> dict[Status, int]:
    """How many of the customers that the clause finds have each status; every status is there."""
    rows = conn.execute(
        f"SELECT fact.status, count(*) {_where(clause, 'fact.status')} GROUP BY fact.status", clause.params
    )
    counts = dict.fromkeys(Status, 0)
    counts.update((Status(status), number) for status, number in rows)
    return counts


def counts(conn: sqlite3.Connection, clauses: Sequence[Clause]) -> list[int]:
    """How many customers each clause finds, alone."""
    with one_view(conn):
        return [count(conn, clause) for clause in clauses]


def totals(conn: sqlite3.Connection, clauses: Sequence[Clause]) -> list[Total]:
    """Number and spend of the customers that each clause finds.

    A statement each: so every one reads only the tables and indexes that it needs, which is quicker than to
    ask everything of everyone in one pass.
    """
    found: list[Total] = []
    with one_view(conn):
        for clause in clauses:
            number, spend, year = conn.execute(
                "SELECT count(*), total(fact.spend), total(fact.year_spend) "
                f"{_where(clause, 'fact.spend')}",
                clause.params,
            ).fetchone()
            found.append(Total(number, int(spend), int(year)))
    return found


def machine_row(person: Person) -> dict[str, object]:
    """The customer as JSON and CSV have it: ISO dates, decimal strings, None for what is not known."""
    return {
        "id": person.id,
        "key": person.key or None,
        "name": person.name or None,
        "email": person.email or None,
        "phone": person.phone or None,
        "company": person.company or None,
        "country": person.country or None,
        "status": person.status.word,
        "status_since": iso(person.status_since),
        "status_until": iso(person.status_until),
        "active": person.active,
        "first_purchase": iso(person.first_purchase),
        "last_purchase": iso(person.last_purchase),
        "purchases": person.purchases,
        "spend": money.plain(person.spend, person.currency),
        "currency": person.currency,
        "types": list(person.types),
        "tags": list(person.tags),
    }


@lru_cache(1 << len(TYPES))
def types_of(bits: int) -> tuple[str, ...]:
    """The types that `fact.types` stands for."""
    return tuple(name for place, name in enumerate(TYPES) if bits >> place & 1)


def _person(row: Iterable[Any], currency: str) -> Person:
    (
        number, key, name, email, phone, company, country,
        status, since, until, first, last, purchases, spend,
        types, tags, rhythm, expected, year_spend, next_status,
    ) = row  # fmt: skip
    return Person(
        number, key, name, email, phone, company, country,
        Status(status), since if is_bounded(since) else None, until if is_bounded(until) else None,
        status in ACTIVE_BASE, first, last, purchases, spend, currency,
        types_of(types), tuple(sorted(tags.split(SEPARATOR))) if tags else (),
        rhythm, expected, year_spend, Status(next_status),
    )


def _where(clause: Clause, also: str = "") -> str:
    sql = without_customer(clause.sql)
    return f"FROM {lists.tables(f'{sql} {also}')} WHERE {sql}"
