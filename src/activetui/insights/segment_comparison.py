"""Two lists of customers side by side: how many, what they are worth, how they buy, and who is in both."""

from __future__ import annotations

import sqlite3
from array import array
from dataclasses import dataclass, field, replace
from statistics import median
from typing import NamedTuple

from activetui.activity.status import Status
from activetui.activity.words import status_word
from activetui.ledger.days import Day
from activetui.locales import _
from activetui.locales.formats import NOTHING, days_words, format_money, format_number, format_share
from activetui.store.listing import membership, people, subscription_years
from activetui.store.listing.membership import Figures
from activetui.store.listing.people import Clause, Total


class Middle(NamedTuple):
    """The figure that half of some customers lie below, and of how many it is; None where there are none."""

    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Profile:
    """What a list of customers comes to on a day. Money in minor units."""

    total: Total
    of: int
    """All customers, for the share."""
    purchases: int
    year_each: Middle
    """What a customer spends in a year."""
    rhythm: Middle
    """Days between purchase days, of those who have a rhythm."""
    silent: Middle
    """Days since the last purchase, of those who have bought."""
    statuses: dict[Status, int]
    """Every status is there."""
    by_subscription: int = 0
    """What they pay for subscriptions in a year, which is no purchase; of who has none, the last one."""

    @property
    def share(self) -> float | None:
        """The share of all customers."""
        return self.total.customers / self.of if self.of else None


class Comparison(NamedTuple):
    """Two lists, a and b."""

    a: Profile
    b: Profile
    only_a: Total
    both: Total
    only_b: Total

    @property
    def either(self) -> int:
        """How many are in a, in b or in both."""
        return self.only_a.customers + self.both.customers + self.only_b.customers


def compare(conn: sqlite3.Connection, a: Clause, b: Clause, day: Day) -> Comparison:
    """Both lists as of `day`, from which the connection looks."""
    sides = [_Gathered(), _Gathered()]
    parts = {1: _Gathered(), 2: _Gathered(), 3: _Gathered()}
    for found in membership.figures(conn, [a, b]):
        parts[found.lists].count(found)
        for place, side in enumerate(sides):
            if found.lists >> place & 1:
                side.add(found, day)
    of = people.count(conn)
    profiles = [
        replace(side.profile(of), by_subscription=subscription_years.total(conn, clause, day))
        for side, clause in zip(sides, (a, b), strict=True)
    ]
    return Comparison(
        profiles[0], profiles[1], parts[1].total, parts[3].total, parts[2].total
    )


def _numbers() -> array[int]:
    return array("q")


@dataclass(slots=True)
class _Gathered:
    """The figures of one list as they come."""

    customers: int = 0
    spend: int = 0
    purchases: int = 0
    years: array[int] = field(default_factory=_numbers)
    year_spend: int = 0
    rhythms: array[float] = field(default_factory=lambda: array("d"))
    silences: array[int] = field(default_factory=_numbers)
    statuses: dict[int, int] = field(default_factory=lambda: dict.fromkeys(map(int, Status), 0))

    def count(self, found: Figures) -> None:
        self.customers += 1
        self.spend += found.spend
        self.year_spend += found.year_spend

    def add(self, found: Figures, day: Day) -> None:
        self.count(found)
        self.purchases += found.purchases
        self.years.append(found.year_spend)
        self.statuses[found.status] += 1
        if found.rhythm is not None:
            self.rhythms.append(found.rhythm)
        if found.last_purchase is not None:
            self.silences.append(day - found.last_purchase)

    @property
    def total(self) -> Total:
        return Total(self.customers, self.spend, self.year_spend)

    def profile(self, of: int) -> Profile:
        return Profile(
            self.total, of, self.purchases, _middle(self.years), _middle(self.rhythms),
            _middle(self.silences), {Status(code): number for code, number in self.statuses.items()},
        )


def _middle(values: array[int] | array[float]) -> Middle:
    return Middle(median(values) if values else None, len(values))


_AFTER_MONEY = 4
"""The place after what was bought in a year."""


def compared_figures(found: Comparison, currency: str) -> list[tuple[str, str, str]]:
    """The figures of both for people: what it is, that of a, that of b. A middle figure carries its n."""
    a, b = _figures(found.a, currency), _figures(found.b, currency)
    rows = [(what, said, other) for (what, said), (_what, other) in zip(a, b, strict=True)]
    if found.a.by_subscription or found.b.by_subscription:
        paid, other = (format_money(side.by_subscription, currency) for side in (found.a, found.b))
        rows.insert(_AFTER_MONEY, (_("By subscription"), paid, other))
    for status in Status:
        if found.a.statuses[status] or found.b.statuses[status]:
            rows.append((status_word(status), _of(found.a, status), _of(found.b, status)))
    return rows


def _figures(side: Profile, currency: str) -> list[tuple[str, str]]:
    return [
        (_("Customers"), format_number(side.total.customers)),
        (_("Share"), format_share(side.share)),
        (_("Revenue"), format_money(side.total.spend, currency)),
        (_("In a year"), format_money(side.total.year_spend, currency)),
        (_("Each in a year"), _money(side.year_each, currency)),
        (_("Purchases"), format_number(side.purchases)),
        (_("Rhythm"), _days(side.rhythm)),
        (_("Silent for"), _days(side.silent)),
    ]


def _money(middle: Middle, currency: str) -> str:
    return NOTHING if middle.value is None else format_money(round(middle.value), currency)


def _days(middle: Middle) -> str:
    if middle.value is None:
        return NOTHING
    return f"{days_words(round(middle.value))} (n {format_number(middle.n)})"


def _of(side: Profile, status: Status) -> str:
    number = side.statuses[status]
    share = number / side.total.customers if side.total.customers else None
    return f"{format_number(number)} ({format_share(share)})" if number else NOTHING
