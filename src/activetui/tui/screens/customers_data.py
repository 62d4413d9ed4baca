"""What the Customers screen asks of the store: plain functions that run in a worker thread."""

from __future__ import annotations

from array import array
from typing import NamedTuple

from activetui.activity.status import Status
from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.store import people
from activetui.store.people import EVERYONE, Clause, Person
from activetui.tui.reading import Connection


class FirstPage(NamedTuple):
    """What is seen first."""

    clause: Clause
    rows: list[Person]
    complete: bool
    """Whether these are all rows."""


class Figures(NamedTuple):
    """How many were found, of how many, and by status."""

    found: int
    everyone: int
    by_status: dict[Status, int]


class Understood(NamedTuple):
    """How the filter was read, and what each of its clauses finds alone."""

    words: str
    clauses: list[tuple[str, int]]
    """Label and count; empty where there is only one clause."""


class Offer(NamedTuple):
    """A completion: what it says, and the filter and the place of the cursor after taking it."""

    word: str
    text: str
    cursor: int


def first_page(
    conn: Connection, text: str, day: Day, sort: str, descending: bool, limit: int
) -> FirstPage:
    """The first rows that the filter finds; `QueryError` if it cannot be read."""
    clause = EVERYONE
    if text.strip():
        from activetui.segments.asking import ask

        clause = ask(conn, text, day).clause
    rows = people.page(conn, clause, sort, descending, limit)
    return FirstPage(clause, rows, len(rows) < limit)


def figures(conn: Connection, clause: Clause) -> Figures:
    """The counts beside the filter."""
    by_status = people.status_counts(conn, clause)
    found = sum(by_status.values())
    return Figures(found, found if clause == EVERYONE else people.count(conn), by_status)


def all_ids(conn: Connection, clause: Clause, sort: str, descending: bool) -> array[int]:
    """The numbers of all that were found, in order."""
    return people.ids(conn, clause, sort, descending)


def understood(conn: Connection, text: str, day: Day) -> Understood:
    """How the filter is read; `QueryError` if it cannot be."""
    from activetui.segments.asking import ask
    from activetui.segments.count import per_clause
    from activetui.segments.words import reading

    asked = ask(conn, text, day)
    counts = per_clause(conn, asked.query, day) if len(asked.query.parts) > 1 else []
    clauses = [(one_line(each.label), each.customers) for each in counts]
    return Understood(one_line(reading(asked.query, asked.currency)), clauses)


def offers(conn: Connection, text: str, cursor: int) -> list[Offer]:
    """What may come next while the filter is typed."""
    from activetui.segments.complete import complete, completed

    return [
        Offer(one_line(word), *completed(text, cursor, word)) for word in complete(text, cursor, conn)
    ]
