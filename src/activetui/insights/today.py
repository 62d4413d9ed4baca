"""What the owner sees in the morning: the base and its change, what is at stake, who turns when."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from activetui.insights.bridge import Bridge, base, bridge, month_ends, month_start
from activetui.insights.summary import Summary, summarise
from activetui.ledger.days import Day
from activetui.segments.asking import ask
from activetui.store import settings
from activetui.store.facts import spans
from activetui.store.listing import people
from activetui.store.listing.people import Person, Total

MONTHS = 24
HORIZON = 7
"""Days ahead for which turning customers are counted."""
TURNING = f"turns:inactive until<={HORIZON}d"
AT_STAKE = "status:at_risk"
USUALLY_HERE = "active:yes next<today"


@dataclass(frozen=True, slots=True)
class Today:
    """How the business stands. Money in minor units of `currency`."""

    summary: Summary
    definition_words: str
    currency: str
    trend: list[tuple[Day, int]]
    """Active base at the ends of the last 24 months, and on the day."""
    at_stake: Total
    """Customers at risk, and what they spend in a year."""


@dataclass(frozen=True, slots=True)
class Moving:
    """Who came, went, and is about to; takes longer than `Today` where there are very many."""

    bridge: Bridge
    """Of the month up to the day."""
    currency: str
    turning: int
    """Customers who turn inactive within `HORIZON` days."""
    turning_spend: int
    """What they spend in a year."""
    turning_by_day: list[tuple[Day, int]]
    turning_first: list[Person]
    """The dearest of them."""
    usually_here: list[Person]
    """Active customers whose usual day has passed without them, dearest first."""


def look_at(conn: sqlite3.Connection, day: Day) -> Today:
    """How the business stands, as of the day that the connection looks from."""
    from activetui.store import definitions

    [at_stake] = people.totals(conn, [ask(conn, AT_STAKE, day).clause])
    return Today(
        summary=summarise(conn, day),
        definition_words=definitions.in_force(conn).in_words(),
        currency=settings.currency(conn),
        trend=trend(conn, day),
        at_stake=at_stake,
    )


def moving(conn: sqlite3.Connection, day: Day, *, most: int = 40) -> Moving:
    """Who came, went, and is about to, as of the day that the connection looks from; `most` names a list."""
    ahead = people.page(conn, ask(conn, TURNING, day).clause, "status_until", limit=-1)
    missed = ask(conn, USUALLY_HERE, day).clause
    return Moving(
        bridge=bridge(conn, month_start(day), day),
        currency=settings.currency(conn),
        turning=len(ahead),
        turning_spend=sum(person.year_spend for person in ahead),
        turning_by_day=_by_day(ahead, day),
        turning_first=sorted(ahead, key=lambda person: -person.year_spend)[:most],
        usually_here=people.page(conn, missed, "year_spend", True, limit=most),
    )


def trend(conn: sqlite3.Connection, day: Day, months: int = MONTHS) -> list[tuple[Day, int]]:
    """The active base at the end of each of the last months, and on the day itself."""
    days = month_ends(day, months)
    return [(each, base(counts)) for each, counts in zip(days, spans.counts_over(conn, days), strict=True)]


def _by_day(ahead: list[Person], day: Day) -> list[tuple[Day, int]]:
    counts = dict.fromkeys(range(day + 1, day + 1 + HORIZON), 0)
    for person in ahead:
        if person.status_until in counts:
            counts[person.status_until] += 1
    return list(counts.items())
