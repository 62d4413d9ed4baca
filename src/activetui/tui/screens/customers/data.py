"""What the Customers screen asks of the store: plain functions that run in another thread."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from activetui.activity.status import Status
from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.store.listing import people
from activetui.store.listing.people import EVERYONE, Clause, Person
from activetui.tui.reading import Connection
from activetui.tui.widgets.list_pages import PAGE

_NEAR = 60
"""Rows around the cursor that are seen at once."""


class Wanted(NamedTuple):
    """A list: who is in it, and in which order."""

    text: str
    """The filter; blank for everyone."""
    sort: str
    descending: bool
    day: Day
    """The day that the app looks from."""
    seen_from: Day
    """The day that the filter asks of, with `as-of:`; else the same."""


class Far(Enum):
    """How far the filter is that is being typed."""

    DONE = auto()
    MAYBE = auto()
    UNFINISHED = auto()


class FirstPage(NamedTuple):
    """What is seen first."""

    clause: Clause
    rows: list[Person]
    complete: bool
    """Whether these are all rows."""
    reading: str
    """How the filter was understood, in words; empty for everyone."""
    asked: int = PAGE
    """How many rows were asked for: as many as are seen, or a whole page."""


class Figures(NamedTuple):
    """How many were found, of how many, and by status."""

    found: int
    everyone: int
    by_status: dict[Status, int]
    """What the filter finds without the word for a status in it, so that another can be chosen."""


class Listing(NamedTuple):
    """A whole list: numbers in order, the place of the cursor, and the rows around it and at the end."""

    ids: array[int]
    place: int
    pages: list[tuple[int, list[Person]]]
    """Position of the first row, and the rows."""

    def place_now(self, current: Person | None, cursor: int) -> int:
        """Where the row now stands to which the cursor was moved meanwhile."""
        if current is None or (cursor < len(self.ids) and self.ids[cursor] == current.id):
            return cursor
        return self.ids.index(current.id) if current.id in self.ids else cursor


class Offer(NamedTuple):
    """A completion: what it says, and the filter and the place of the cursor after taking it."""

    word: str
    text: str
    cursor: int


def day_asked(conn: Connection, text: str, day: Day, typing_at: int | None) -> Day | None:
    """The day that the filter asks of, None while it is typed; `QueryError` if it cannot be read."""
    if _how_far(conn, text, typing_at) is Far.UNFINISHED:
        return None
    from activetui.segments.asking import day_of
    from activetui.store.kinds import own_kinds

    return day_of(text, day, own_kinds(conn))


def first_page(
    conn: Connection, wanted: Wanted, typing_at: int | None, rows: int = PAGE
) -> FirstPage | None:
    """The first `rows` of a list; `QueryError` if its filter cannot be read.

    None where the filter is just being typed, with the cursor behind `typing_at` letters, and says nothing
    yet that is worth another list.
    """
    far = _how_far(conn, wanted.text, typing_at)
    if far is Far.UNFINISHED:
        return None
    found = _first_page(conn, wanted, rows)
    return None if far is Far.MAYBE and not found.rows else found


def whole_page(conn: Connection, wanted: Wanted, found: FirstPage) -> FirstPage:
    """The whole first page of a list, of which fewer rows were asked for."""
    rows = people.page(conn, found.clause, wanted.sort, wanted.descending, PAGE)
    return found._replace(rows=rows, complete=len(rows) < PAGE, asked=PAGE)


def _first_page(conn: Connection, wanted: Wanted, asked: int) -> FirstPage:
    clause, reading = _understood(conn, wanted)
    rows = people.page(conn, clause, wanted.sort, wanted.descending, asked)
    return FirstPage(clause, rows, len(rows) < asked, reading, asked)


def same_page(
    conn: Connection, wanted: Wanted, ids: Sequence[Sequence[int]]
) -> tuple[FirstPage, list[list[Person]]]:
    """A list of which some rows are shown, after the store has changed: those rows as they are now.

    `rows` are empty where the list is longer than a page.
    """
    found = _first_page(conn, wanted, PAGE)
    return found, [] if found.complete else [people.by_ids(conn, some) for some in ids]


def figures(conn: Connection, clause: Clause, others: str | None, day: Day) -> Figures:
    """The counts beside the filter.

    `others` is the filter without the status that it asks for; None where it asks for none.
    """
    everyone = people.count(conn)
    by_status = people.status_counts(conn, clause)
    found = sum(by_status.values())
    if others is not None:
        from activetui.segments.asking import ask

        rest = ask(conn, others, day).clause if others else EVERYONE
        by_status = people.status_counts(conn, rest)
    return Figures(found, everyone, by_status)


def listing(conn: Connection, clause: Clause, wanted: Wanted, keep: int | None, cursor: int) -> Listing:
    """All that were found, in order, with the pages around the customer who has the cursor and the last one.

    `keep` is that customer; where there is none, or it is not among them, `cursor` is the position.
    """
    ids = people.ids(conn, clause, wanted.sort, wanted.descending)
    place = min(cursor, max(0, len(ids) - 1))
    if keep is not None and not (place < len(ids) and ids[place] == keep) and keep in ids:
        place = ids.index(keep)
    last = max(0, len(ids) - 1) // PAGE * PAGE
    firsts = {max(0, place - _NEAR) // PAGE * PAGE, min(last, (place + _NEAR) // PAGE * PAGE), last}
    pages = [(first, people.by_ids(conn, ids[first : first + PAGE])) for first in sorted(firsts)]
    return Listing(ids, place, pages)


def page(
    conn: Connection, clause: Clause, wanted: Wanted, ids: array[int], first: int, total: int
) -> list[Person]:
    """The rows from position `first` on: by their numbers where the list is known, else by position."""
    if ids:
        return people.by_ids(conn, ids[first : first + PAGE])
    if first + PAGE >= total:
        return people.last_page(conn, clause, wanted.sort, wanted.descending, total - first)
    return people.page(conn, clause, wanted.sort, wanted.descending, PAGE, first)


def place_of(conn: Connection, clause: Clause, wanted: Wanted, beginning: str) -> int | None:
    """Where in the list the texts begin that begin so; None if none does."""
    return people.place_of(conn, clause, wanted.sort, wanted.descending, beginning)


def offers(conn: Connection, text: str, cursor: int) -> list[Offer]:
    """What may come next while the filter is typed."""
    from activetui.segments.complete import complete, completed

    return [
        Offer(one_line(word), *completed(text, cursor, word)) for word in complete(text, cursor, conn)
    ]


def _how_far(conn: Connection, text: str, typing_at: int | None) -> Far:
    if typing_at is None or not text.strip():
        return Far.DONE
    from activetui.segments.complete import how_far

    return Far[how_far(text, typing_at, conn).name]


def _understood(conn: Connection, wanted: Wanted) -> tuple[Clause, str]:
    if not wanted.text.strip():
        return EVERYONE, ""
    from activetui.segments.asking import ask
    from activetui.segments.words import reading

    asked = ask(conn, wanted.text, wanted.day)
    return asked.clause, one_line(reading(asked.query, asked.currency))
