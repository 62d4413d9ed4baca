"""What the owner sees in the morning: the base and its change, what is at stake, who turns when.

`look_at` is what stands there at once; the rest may take longer where there are very many customers.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from activetui.insights.bridge import base, month_ends
from activetui.insights.lacking import Lack, What, lack_of
from activetui.insights.summary import Summary, summarise
from activetui.ledger.days import Day, iso, to_date, to_day
from activetui.reactivation.ranking.stakes import AT_RISK
from activetui.segments.asking import ask
from activetui.store import settings
from activetui.store.facts import spans
from activetui.store.ledger_start import ledger_start
from activetui.store.listing import people, subscription_years
from activetui.store.listing.people import Person

__all__ = [
    "AT_RISK", "HORIZON", "MISSED", "MONTHS", "TURNING", "Ahead", "Missed", "Since", "Today", "ahead",
    "look_at", "missed", "turning_on",
]

MONTHS = 24
HORIZON = 7
"""Days ahead for which turning customers are counted."""
TURNING = f"turns:inactive until<={HORIZON}d"
MISSED = "active:yes next<today"
"""Active customers whose usual day has passed without them."""
MOST = 40
"""So many customers of a list are named, the dearest."""


class Since(NamedTuple):
    """The active base of an earlier day, to compare with."""

    day: Day
    base: int
    change: int
    """How many more are active now; negative for fewer."""

    @property
    def query(self) -> str:
        """Finds who was active then."""
        return f"active:yes as-of:{iso(self.day)}"


@dataclass(frozen=True, slots=True)
class Today:
    """How the business stands."""

    summary: Summary
    definition_words: str
    trend: list[tuple[Day, int]]
    """Active base at the ends of the last 24 months, and on the day."""
    told_from: Day | None
    """The first day of which the ledger can tell who was active; None where it has nothing to tell."""
    month: Since | None
    """Against the last day of the month before; None where the ledger does not reach back so far."""
    year: Since | None
    """Against the same day a year ago."""
    lack: Lack | None = None
    """What the store lacks before anything can be told."""

    def can_tell(self, day: Day) -> bool:
        """Whether the ledger reaches back far enough to tell who was active on a day."""
        return self.told_from is not None and day >= self.told_from

    @property
    def without_deeds(self) -> bool:
        """Whether nothing is known of anybody that could make a customer active: no figure says anything."""
        return self.lack is not None and self.lack.what == What.DEEDS

    @property
    def told(self) -> list[tuple[Day, int | None]]:
        """The trend with None where the ledger cannot tell; of the day itself it says who is known to be."""
        *earlier, (today, base_now) = self.trend
        known = [(day, number if self.can_tell(day) else None) for day, number in earlier]
        return [*known, (today, base_now)]


class Worth(NamedTuple):
    """A customer, and what they spend in a year: in the last one with purchases, and for subscriptions."""

    person: Person
    year: int


class Ahead(NamedTuple):
    """Who turns inactive within `HORIZON` days if nothing happens. Money in minor units of `currency`."""

    customers: int
    year: int
    """What they spend in a year, in purchases and for subscriptions."""
    currency: str
    by_day: list[tuple[Day, int]]
    """How many on each of the days ahead."""
    first: list[Worth]
    """Those of them who spend most."""


class Missed(NamedTuple):
    """Who is normally here by now, and is not."""

    customers: int
    first: list[Worth]
    """Those of them who spend most."""


def look_at(conn: sqlite3.Connection, day: Day) -> Today:
    """How the business stands, as of the day that the connection looks from."""
    from activetui.store import definitions

    definition = definitions.in_force(conn)
    start = ledger_start(conn, definition)
    told_from = None if start is None else start + definition.reach
    trend_days = month_ends(day, MONTHS)
    year_ago = _year_before(day)
    *bases, then = [base(counts) for counts in spans.counts_over(conn, [*trend_days, year_ago])]

    def since(earlier: Day, number: int) -> Since | None:
        known = told_from is not None and earlier >= told_from
        return Since(earlier, number, bases[-1] - number) if known else None

    return Today(
        summary=summarise(conn, day),
        definition_words=definition.in_words(),
        trend=list(zip(trend_days, bases, strict=True)),
        told_from=told_from,
        month=since(trend_days[-2], bases[-2]),
        year=since(year_ago, then),
        lack=lack_of(conn, day),
    )


def ahead(conn: sqlite3.Connection, day: Day, *, most: int = MOST) -> Ahead:
    """Who turns inactive next, as of the day that the connection looks from."""
    days = range(day + 1, day + 1 + HORIZON)
    turning = ask(conn, TURNING, day).clause
    [total] = people.totals(conn, [turning])
    numbers = people.counts(conn, [ask(conn, turning_on(each), day).clause for each in days])
    year = total.year_spend + subscription_years.total(conn, turning, day)
    by_day = list(zip(days, numbers, strict=True))
    return Ahead(
        total.customers, year, settings.currency(conn), by_day, _dearest(conn, turning, day, most)
    )


def turning_on(day: Day) -> str:
    """The query for those who turn inactive on a day."""
    return f"turns:inactive until:{iso(day)}"


def missed(conn: sqlite3.Connection, day: Day, *, most: int = MOST) -> Missed:
    """Who is normally here by now, as of the day that the connection looks from."""
    clause = ask(conn, MISSED, day).clause
    return Missed(people.count(conn, clause), _dearest(conn, clause, day, most))


def _dearest(conn: sqlite3.Connection, clause: people.Clause, day: Day, most: int) -> list[Worth]:
    """Those of the customers whom a clause finds who spend most in a year, the dearest first."""
    found = people.page(conn, clause, "year_spend", True, most)
    listed = {person.id for person in found}
    others = [each for each in subscription_years.dearest(conn, clause, day, most) if each not in listed]
    found += people.by_ids(conn, others)
    paid = subscription_years.subscriptions(conn, [person.id for person in found], day)
    worths = [
        Worth(person, person.year_spend + sum(each.year for each in paid.get(person.id, ())))
        for person in found
    ]
    return sorted(worths, key=lambda each: -each.year)[:most]


def _year_before(day: Day) -> Day:
    """The same day a year ago; 28 February for the 29th."""
    then = to_date(day)
    try:
        return to_day(then.replace(year=then.year - 1))
    except ValueError:
        return to_day(date(then.year - 1, 2, 28))
