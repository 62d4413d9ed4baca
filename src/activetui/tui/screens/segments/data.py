"""What the Segments screen asks the store, in a worker thread."""

from __future__ import annotations

from typing import NamedTuple

from activetui.insights.segment_comparison import Comparison, compare
from activetui.ledger.days import Day
from activetui.segments import library
from activetui.segments.asking import ask, ask_beside
from activetui.segments.errors import QueryError
from activetui.segments.library import Segment, Worth
from activetui.segments.words import reading
from activetui.store import settings
from activetui.store.listing import membership, people, subscription_years
from activetui.store.listing.people import Person, Total
from activetui.tui.reading import Connection


class Known(NamedTuple):
    """All segments with what they come to."""

    worths: list[Worth]
    customers: int
    """Everyone in the store, for the shares."""
    currency: str
    days: dict[str, Day]
    """By query: the day that it is asked of, where that is not the day looked at."""
    readings: dict[str, str]
    """By query: what it finds, in plain words."""


class Beside(NamedTuple):
    """Two segments side by side; `b` None is everyone."""

    a: Segment
    b: Segment | None
    found: Comparison
    currency: str


class Overlap(NamedTuple):
    """Who is in which of some segments: by the bits of their places, none of them left out."""

    segments: tuple[Segment, ...]
    regions: dict[int, Total]
    currency: str


def names(conn: Connection) -> list[Worth]:
    """All segments, without what they come to: at once, however many customers there are."""
    return [Worth(segment, None) for segment in library.segments(conn)]


def known(conn: Connection, day: Day) -> Known:
    """All segments as of the day that the connection looks from."""
    worths = library.worth(conn, day)
    currency = settings.currency(conn)
    days, readings = {}, {}
    for worth in worths:
        text = worth.segment.query
        try:
            asked = ask(conn, text, day)
        except QueryError:
            continue
        readings[text] = reading(asked.query, currency)
        if asked.day != day:
            days[text] = asked.day
    return Known(worths, people.count(conn), currency, days, readings)


def paid(conn: Connection, query: str, day: Day) -> int:
    """What a segment's customers pay for subscriptions in a year, which is in no revenue."""
    return subscription_years.total(conn, ask(conn, query, day).clause, day)


def members(conn: Connection, query: str, day: Day, limit: int, offset: int) -> list[Person]:
    """A page of a segment's customers, the dearest first."""
    return people.page(conn, ask(conn, query, day).clause, "year_spend", True, limit=limit, offset=offset)


def size(conn: Connection, query: str, day: Day) -> int:
    """How many customers a segment has that is asked of a day of its own."""
    return people.count(conn, ask(conn, query, day).clause)


def beside(conn: Connection, a: Segment, b: Segment | None, day: Day) -> Beside:
    """Two segments side by side; `OwnerError` where one is of a day of its own."""
    first = ask_beside(conn, a.query, day, a.title)
    second = people.EVERYONE if b is None else ask_beside(conn, b.query, day, b.title)
    return Beside(a, b, compare(conn, first, second, day), settings.currency(conn))


def overlap(conn: Connection, segments: tuple[Segment, ...], day: Day) -> Overlap:
    """Who is in which of the segments; `OwnerError` where one is of a day of its own."""
    clauses = [ask_beside(conn, segment.query, day, segment.title) for segment in segments]
    return Overlap(segments, membership.overlaps(conn, clauses), settings.currency(conn))
