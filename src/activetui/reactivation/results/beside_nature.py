"""Results beside nature: how many of those contacted would have come back anyway, as far as the past tells.

Each customer with whom the owner tried is set beside the silences that were as long, after about as many
purchases, and what became of these before the first of the tries (`natural`). Everyone tried counts, whether
a step reached them or not, and so does every return after the first try: leaving out those who did not answer
would leave the better ones. It is no proof all the same, for the owner chose whom to contact.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from activetui.reactivation.ranking.natural import Chance, chances
from activetui.reactivation.results.shares import Difference, newcombe
from activetui.reactivation.results.won_back import Aim, Course, Tried
from activetui.store import returns
from activetui.store.progress import Progress, Steps


class Beside(NamedTuple):
    """Returns beside those to be expected without any contact."""

    n: int
    """With whom was tried, whose window is over, and of whom natural return can be said."""
    returned: int
    """Of them, those who came back within the window after the first try."""
    expected: float
    """How many of them come back by themselves, going by silences as long."""
    silences: int
    """The fewest silences that a chance among them is from."""
    not_known: int
    """With whom was tried, whose window is over, but of whom natural return cannot be said."""
    difference: Difference
    """Of the two shares, with the uncertainty of both."""


class Nature:
    """What is known of natural return for the customers of some courses."""

    def __init__(self, told: Mapping[int, tuple[Tried, Chance]]) -> None:
        """`told` is by the number of the enrolment."""
        self._told = told

    def of(self, courses: Iterable[Course]) -> Beside | None:
        """The returns of some of the courses beside natural ones; None where none can be."""
        found = [self._told[course.begun.id] for course in courses if course.begun.id in self._told]
        known = [(tried, chance) for tried, chance in found if chance.known]
        if not known:
            return None
        n, returned = len(known), sum(tried.returned for tried, _chance in known)
        shares = [(chance.returned / chance.n, chance.n) for _tried, chance in known]
        expected = sum(value for value, _of in shares)
        silences = _worth(expected / n, shares)
        difference = newcombe(returned, n, expected / n * silences, silences)
        assert difference is not None
        fewest = min(chance.n for _tried, chance in known)
        return Beside(n, returned, expected, fewest, len(found) - n, difference)


def beside_nature(
    conn: sqlite3.Connection,
    courses: Sequence[Course],
    aims: Mapping[int, Aim],
    progress: Progress | None = None,
) -> Nature:
    """What the past says of the customers of the courses; `aims` are by the number of the enrolment.

    Only of playbooks that aim at purchases, and only where the window after the first try is over. Of several
    tries with one customer whose windows overlap the first one counts.
    """
    tries = _apart(courses, aims)
    steps = Steps(progress, 2 * len(tries))
    pasts = returns.pasts(
        conn, {number: (course.begun.customer_id, tried.day) for number, (course, tried) in tries.items()},
        steps,
    )
    told: dict[int, tuple[Tried, Chance]] = {}
    by_window: dict[int, list[int]] = defaultdict(list)
    for number in tries:
        by_window[aims[number].within_days].append(number)
    for window, numbers in by_window.items():
        # who is tried on a day can still buy on it: the window has that day, and so has the natural one
        known = chances(conn, min(tries[number][1].day for number in numbers), window + 1)
        for number in numbers:
            tried, past = tries[number][1], pasts.get(number)
            silent, purchases = (tried.day - 1 - past.last, past.purchases) if past else (None, 0)
            told[number] = tried, known.of(silent, purchases)
        steps.more(len(numbers))
    steps.end()
    return Nature(told)


def _apart(courses: Sequence[Course], aims: Mapping[int, Aim]) -> dict[int, tuple[Course, Tried]]:
    """The tries that can be compared, by the number of the enrolment."""
    found: dict[int, tuple[Course, Tried]] = {}
    ends: dict[int, int] = {}
    there = [(course.tried, course) for course in courses if course.tried is not None]
    for tried, course in sorted(there, key=lambda each: (each[0].day, each[1].begun.id)):
        number, customer = course.begun.id, course.begun.customer_id
        if not (tried.is_over and aims[number].is_purchase) or tried.day <= ends.get(customer, tried.day - 1):
            continue
        ends[customer] = tried.day + aims[number].within_days
        found[number] = course, tried
    return found


def _worth(expected: float, shares: Sequence[tuple[float, int]]) -> float:
    """Of how many silences the expected share is as uncertain as the shares that it is the mean of.

    Neighbouring lengths of silence share most of their silences, so their errors are taken to go together:
    the standard errors are added, which makes the interval rather too wide than too narrow.
    """
    error = sum(sqrt(value * (1 - value) / of) for value, of in shares) / len(shares)
    fewest = float(min(of for _value, of in shares))
    return expected * (1 - expected) / error**2 if error else fewest
