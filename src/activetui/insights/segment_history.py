"""Segments over time: what they came to at the ends of the last months, who entered and left, and why.

Every day is asked as `customers QUERY --as-of DAY` is, so a figure of the past and the list behind it agree.
Where the ledger does not reach back far enough for a query, nothing is told.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from activetui.insights.bridge import month_ends
from activetui.ledger.days import FAR_PAST, Day, month_start
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.segments.asking import Asked, ask, clauses_of
from activetui.segments.errors import QueryError
from activetui.segments.nested import asks_for_segments
from activetui.segments.past import Reach, leaves_of, notes, reach_of
from activetui.segments.reasons import Cause, Moved, cause_label, cause_words, causes
from activetui.store.in_force import in_force
from activetui.store.ledger_start import ledger_start
from activetui.store.listing import membership, people
from activetui.store.listing.people import Person, Total
from activetui.store.opening.connection import one_view
from activetui.store.other_days import as_of
from activetui.store.progress import Progress

MONTHS = 12
"""Months of a trend, beside the day itself."""
MOST_NAMED = 200
"""Customers who entered, and who left, that are told by name."""


class Point(NamedTuple):
    """What a segment came to on a day; None where that can't be said, or has not been asked yet."""

    day: Day
    total: Total | None


class Trend(NamedTuple):
    """A segment at the ends of the last months, oldest first, and on the day itself."""

    points: tuple[Point, ...]
    reach: Reach | None
    """How its query depends on the day; None where it cannot be read."""
    told_from: Day | None
    """The first day that can be told; None where no day but the present one can."""

    @property
    def change(self) -> int | None:
        """Customers more (or, negative, fewer) than at the first point that can be told."""
        known = [point.total.customers for point in self.points if point.total is not None]
        return known[-1] - known[0] if len(known) > 1 else None


class Move(NamedTuple):
    """A customer who entered or left."""

    person: Person
    """As the customer is on the later day."""
    before: Person | None
    causes: tuple[Cause, ...]
    words: tuple[str, ...]
    """The causes in words."""


class Side(NamedTuple):
    """All who entered, or all who left. Money as of the later day."""

    total: Total
    by_cause: tuple[tuple[str, int], ...]
    """A condition in a word or two, and how many customers it moved, the most first. A customer whom two
    conditions moved together is counted for each."""
    named: tuple[Move, ...]
    """The dearest of them, at most `MOST_NAMED`."""


class Changes(NamedTuple):
    """before + entered − left = after, for the members on two days."""

    since: Day
    day: Day
    before: Total
    """Money as of `since`."""
    after: Total
    entered: Side
    left: Side
    notes: tuple[str, ...] = ()
    """What must be known of `before`, in sentences: above all, that the ledger does not reach back so far."""


def changes_since(day: Day) -> Day:
    """The day with which `day` is compared: the end of the month before."""
    return month_start(day) - 1


# -- trends -----------------------------------------------------------------------------------------------


class History:
    """The trends of some queries, asked for a day at a time, so that the work can be shown and stopped.

    What has been asked once is kept: other queries can be followed later without asking all anew.
    """

    def __init__(self, conn: sqlite3.Connection, day: Day, months: int = MONTHS) -> None:
        """`conn` may look from any day."""
        self.days = month_ends(day, months)
        self._definition = in_force(conn)
        self._start = ledger_start(conn, self._definition)
        self._queries: tuple[str, ...] = ()
        self._reaches: dict[str, Reach | None] = {}
        self._totals: dict[str, dict[Day, Total]] = {}

    def follow(self, conn: sqlite3.Connection, queries: Sequence[str]) -> None:
        """From now on these queries are meant; queries with other segments in them are asked anew."""
        before = self._totals
        self._queries, self._reaches, self._totals = tuple(queries), {}, {}
        for text in queries:
            try:
                asked = ask(conn, text, self.days[-1])
            except QueryError:
                self._reaches[text], self._totals[text] = None, {}
                continue
            self._reaches[text] = reach_of(
                asked.query, self._definition.reach, self._definition.reach_of_types
            )
            self._totals[text] = {} if asks_for_segments(asked.query) else before.get(text, {})

    @property
    def missing(self) -> list[Day]:
        """The days that are still to be asked of, the latest first."""
        return [day for day in reversed(self.days) if self._unasked(day)]

    def look(self, conn: sqlite3.Connection, day: Day) -> None:
        """Ask everything of one of `days`; the connection looks from it, and its facts are of that day."""
        texts = self._unasked(day)
        clauses = [ask(conn, text, day).clause for text in texts]
        for text, total in zip(texts, people.totals(conn, clauses), strict=True):
            self._totals[text][day] = total

    def trend(self, text: str) -> Trend:
        """What is known so far of one of the queries."""
        reach, totals = self._reaches[text], self._totals[text]
        points = tuple(Point(day, totals.get(day)) for day in self.days)
        return Trend(points, reach, None if reach is None else reach.told_from(self._start))

    @property
    def trends(self) -> dict[str, Trend]:
        """What is known so far of each query."""
        return {text: self.trend(text) for text in self._queries}

    def _unasked(self, day: Day) -> list[str]:
        return [
            text for text in dict.fromkeys(self._queries)
            if day not in self._totals[text] and self._can_be_told(text, day)
        ]

    def _can_be_told(self, text: str, day: Day) -> bool:
        reach = self._reaches[text]
        if reach is None or reach.own_day:
            return False
        told_from = reach.told_from(self._start)
        return day == self.days[-1] or (told_from is not None and told_from <= day)


def trends(
    conn: sqlite3.Connection,
    queries: Sequence[str],
    day: Day,
    *,
    months: int = MONTHS,
    progress: Progress | None = None,
) -> list[Trend]:
    """The trends of the queries; the connection looks from one day after the other, at last from `day`."""
    history = History(conn, day, months)
    history.follow(conn, queries)
    days = history.missing[::-1]
    for done, each in enumerate(days):
        if progress:
            progress(done, len(days))
        if as_of.day_of(conn) != each:
            as_of.look_from(conn, each)
        history.look(conn, each)
    return [history.trend(text) for text in queries]


# -- changes ----------------------------------------------------------------------------------------------


def changes(
    then: sqlite3.Connection,
    now: sqlite3.Connection,
    text: str,
    since: Day,
    day: Day,
    *,
    most: int = MOST_NAMED,
) -> Changes:
    """Who is in the list of a query on `day` and was not on `since`, and the other way round, and why.

    `then` looks from `since` and `now` from `day`; both see the same ledger. `QueryError` where the query
    cannot be read, `OwnerError` where it is of a day of its own.
    """
    _refuse_own_day(now, text, day)
    with one_view(then), one_view(now):
        asked_then, asked = ask(then, text, since), ask(now, text, day)
        before, after = set(people.ids(then, asked_then.clause, "id")), people.ids(now, asked.clause, "id")
        entered = [number for number in after if number not in before]
        left = sorted(before.difference(after))
        explained = _Explained(then, now, asked, since, day)
        return Changes(
            since, day,
            people.totals(then, [asked_then.clause])[0], people.totals(now, [asked.clause])[0],
            explained.side(entered, most), explained.side(left, most), tuple(_notes(now, asked, since)),
        )


def _notes(conn: sqlite3.Connection, asked: Asked, since: Day) -> list[str]:
    definition = in_force(conn)
    reach = reach_of(asked.query, definition.reach, definition.reach_of_types)
    return notes(reach, reach.told_from(ledger_start(conn, definition)), since)


def _refuse_own_day(conn: sqlite3.Connection, text: str, day: Day) -> None:
    if ask(conn, text, day).query.as_of is not None:
        raise OwnerError(
            _("This query is of a day of its own, so nobody enters it or leaves it."),
            _("Take as-of: out of it to see what changed."),
        )


class _Explained:
    """The two days side by side, for some customers."""

    def __init__(
        self, then: sqlite3.Connection, now: sqlite3.Connection, asked: Asked, since: Day, day: Day
    ) -> None:
        self._then, self._now = then, now
        self._query, self._currency = asked.query, asked.currency
        self._since, self._day = since, day
        leaves = [] if asked.query.root is None else list(leaves_of(asked.query.root))

        self._types = in_force(now).kinds_of_types
        self._clauses_then = clauses_of(then, asked.query, leaves, since)
        self._clauses = clauses_of(now, asked.query, leaves, day)

    def side(self, customers: Sequence[int], most: int) -> Side:
        """All of these customers, who entered or left."""
        found = self._causes(customers)
        counts: dict[str, int] = {}
        for each in found.values():
            for words in {cause_label(cause) for cause in each}:
                counts[words] = counts.get(words, 0) + 1
        by_cause = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        named = self._named(membership.dearest(self._now, customers, most), found)
        return Side(membership.total_of(self._now, customers), tuple(by_cause), named)

    def _causes(self, customers: Sequence[int]) -> dict[int, tuple[Cause, ...]]:
        nothing = (False,) * len(self._clauses)
        before = membership.holding(self._then, customers, self._clauses_then)
        after = membership.holding(self._now, customers, self._clauses)
        return {
            number: tuple(causes(self._query, before.get(number, nothing), holds))
            for number, holds in after.items()
        }

    def _named(
        self, customers: Sequence[int], found: dict[int, tuple[Cause, ...]]
    ) -> tuple[Move, ...]:
        before = {person.id: person for person in people.by_ids(self._then, customers)}
        happened = membership.happened(self._now, customers, self._since + 1, self._day)
        ever = membership.happened(self._now, customers, FAR_PAST, self._day)
        came = membership.came(self._now, customers, self._since + 1, self._day)
        moves = []
        for person in people.by_ids(self._now, customers):
            moved = Moved(
                before.get(person.id), person, happened.get(person.id, {}), ever.get(person.id, {}),
                came.get(person.id),
            )
            why = found.get(person.id, ())
            words = [cause_words(cause, moved, self._day, self._currency, self._types) for cause in why]
            moves.append(Move(person, moved.before, why, tuple(dict.fromkeys(words))))
        return tuple(moves)
