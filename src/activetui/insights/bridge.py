"""The bridge: how the active base came from one day to another. It reconciles to the customer."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from activetui.activity.status import ACTIVE_BASE, Status
from activetui.ledger.days import Day, iso, month_start
from activetui.store.facts import spans


@dataclass(frozen=True, slots=True)
class Bridge:
    """start + new + reactivated − lapsed = end, for the days from `first` to `last`, both included."""

    first: Day
    last: Day
    start: int
    """Active base on the day before `first`."""
    new: int
    """Customers who became active without having lapsed before."""
    reactivated: int
    """Returns of customers who had been inactive or lost."""
    lapsed: int
    """Times that an active customer stopped being active."""
    end: int
    """Active base on `last`."""

    @property
    def queries(self) -> dict[str, str]:
        """For each figure by its name, the query that finds the customers behind it.

        Who came or went twice in these days counts twice in the figure, and is found once.
        """
        days = f"{iso(self.first)}..{iso(self.last)}"
        seen = f"as-of:{iso(self.last)}"
        return {
            "start": f"active:yes as-of:{iso(self.first - 1)}",
            "new": f"joined:{days} {seen}",
            "reactivated": f"returned:{days} {seen}",
            "lapsed": f"lapsed:{days} {seen}",
            "end": f"active:yes {seen}",
        }


_LAPSED = frozenset({Status.INACTIVE, Status.LOST})


def bridge(conn: sqlite3.Connection, first: Day, last: Day) -> Bridge:
    """The bridge over a stretch of days, from the stored spans."""
    before, after = spans.counts_over(conn, [first - 1, last])
    new, reactivated, lapsed = _flows(spans.flips_counted(conn, first, last))
    return Bridge(first, last, base(before), new, reactivated, lapsed, base(after))


def _flows(flips: Mapping[tuple[Status, Status], int]) -> tuple[int, int, int]:
    """(new, reactivated, lapsed) among some flips."""
    new = reactivated = lapsed = 0
    for (before, after), number in flips.items():
        was, now = before in ACTIVE_BASE, after in ACTIVE_BASE
        if now and not was:
            returns = before in _LAPSED
            reactivated += number * returns
            new += number * (not returns)
        elif was and not now:
            lapsed += number
    return new, reactivated, lapsed


def base(counts: dict[Status, int]) -> int:
    """The active base among the counts of all statuses."""
    return sum(number for status, number in counts.items() if status in ACTIVE_BASE)


def month_ends(day: Day, months: int) -> list[Day]:
    """The last days of the `months` months before the day's month, and the day itself."""
    ends = [day]
    start = month_start(day)
    for _month in range(months):
        ends.append(start - 1)
        start = month_start(start - 1)
    return ends[::-1]
