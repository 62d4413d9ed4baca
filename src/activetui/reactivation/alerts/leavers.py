"""Whether those who left lately bought one thing last, more often than chance would have it.

They are compared with active customers who bought at the same time and came again: what these had bought then
did not drive them away. Fisher's exact test (R. A. Fisher, Statistical Methods for Research Workers, 1934),
one-sided, with the share of error divided among the products looked at (Bonferroni).
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from math import exp, lgamma
from typing import NamedTuple

from activetui.ledger.days import Day, iso
from activetui.reactivation.alerts.types import Leavers
from activetui.store.alerts import whole

_ERROR = 0.05
"""One false alarm in twenty looks, over all products together."""
_MOST = 4_000
"""Of more leavers about so many are asked, and of those who stayed."""
_MOST_STAYED = 12_000
"""Of so many customers; not all of them are active, or bought at that time."""


class AfterProduct(NamedTuple):
    """Many who left bought this last."""

    product: str
    customers: tuple[int, ...]
    """They, by number."""
    of: int
    """All who left, of whom it is known what they bought last."""
    share: float
    others: float
    """The share of those who came again who had bought it at that time."""
    since: Day
    """The day on which the last of them left."""
    occasion: str


def leavers(conn: sqlite3.Connection, wanted: Leavers, day: Day) -> list[AfterProduct]:
    """The products that more of those who turned inactive in the last days bought last, the most first.

    The connection looks from `day`.
    """
    left = whole.left_lately(conn, day - wanted.days, day, _MOST)
    if len(left) < wanted.least:
        return []
    bought = {number: found for number, found in whole.last_bought(conn, left).items() if found[1]}
    counts = Counter(product for _day, goods in bought.values() for product in goods)
    often = {product: n for product, n in counts.items() if n >= wanted.least}
    if not often:
        return []
    days = sorted(last for last, _goods in bought.values())
    stayed = whole.came_again(conn, days[len(days) // 20], days[-1 - len(days) // 20], _MOST_STAYED)
    others = Counter(product for goods in stayed.values() for product in goods)
    found = []
    for product, n in often.items():
        by_chance = chance_of_so_many(n, len(bought), others[product], len(stayed))
        if not stayed or by_chance * len(often) >= _ERROR:
            continue
        who = tuple(sorted(number for number, (_day, goods) in bought.items() if product in goods))
        found.append(AfterProduct(
            product, who, len(bought), n / len(bought), others[product] / len(stayed),
            max(left[number] for number in who), f"{product}:{(iso(day) or '')[:7]}",
        ))
    days_of = [(number, bought[number][0]) for each in found for number in each.customers]
    names = whole.product_names(conn, days_of)
    return [
        each._replace(product=names.get(each.product, each.product))
        for each in sorted(found, key=lambda each: (-len(each.customers), each.product))
    ]


def chance_of_so_many(n: int, of: int, other_n: int, other_of: int) -> float:
    """How often at least `n` of `of` have something by chance alone, where `other_n` of `other_of` do too.

    The upper tail of the hypergeometric distribution: 0 < p ≤ 1.
    """
    having, everyone = n + other_n, of + other_of
    most = min(of, having)
    return min(1.0, sum(
        exp(_choices(having, k) + _choices(everyone - having, of - k) - _choices(everyone, of))
        for k in range(n, most + 1) if of - k <= everyone - having
    ))


def _choices(n: int, k: int) -> float:
    """The logarithm of the number of ways to choose k of n."""
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
