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
from activetui.tui.widgets.virtual_list import PAGE

_NEAR = 60
"""Rows around the cursor that are seen at once."""


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


class Listing(NamedTuple):
    """A whole list: numbers in order, the place of the cursor, and the rows around it."""

    ids: array[int]
    place: int
    pages: list[tuple[int, list[Person]]]
    """Position of the first row, and the rows."""


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


def listing(
    conn: Connection, clause: Clause, sort: str, descending: bool, keep: int | None, cursor: int
) -> Listing:
    """All that were found, in order, with the pages around the customer who has the cursor.

    `keep` is that customer; where there is none, or it is not among them, `cursor` is the position.
    """
    ids = people.ids(conn, clause, sort, descending)
    place = min(cursor, max(0, len(ids) - 1))
    if keep is not None and keep in ids:
        place = ids.index(keep)
    firsts = sorted({max(0, place - _NEAR) // PAGE * PAGE, (place + _NEAR) // PAGE * PAGE})
    pages = [(first, people.by_ids(conn, ids[first : first + PAGE])) for first in firsts if first < len(ids)]
    return Listing(ids, place, pages)


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
