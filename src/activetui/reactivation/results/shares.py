"""Shares of few customers with their 95 % intervals, differences of two shares, and how many more it takes.

Wilson's interval of one share (E. B. Wilson, JASA 22, 1927) and Newcombe's hybrid of two of them for their
difference (R. G. Newcombe, Statistics in Medicine 17, 1998, method 10) hold for small numbers, and for shares
of 0 and 100 %, where the usual formula fails. Differences of several rounds are put together as weighted sums
whose intervals follow from theirs (MOVER: G. Y. Zou & A. Donner, Statistics in Medicine 27, 2008).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt
from typing import NamedTuple

Z = 1.959963984540054
"""The 97.5 % point of the normal distribution: two sides of 2.5 % leave 95 %."""
_Z_POWER = 0.8416212335729143
"""Its 80 % point: a difference of the size that is there shall be shown in four of five tries."""
MOST = 1_000_000
"""Beyond so many, how many more are needed is not said: no business has them."""


class Share(NamedTuple):
    """So many of so many, with the interval that holds the true share in 95 of 100 cases."""

    number: float
    """Whole, but for an expected number."""
    n: int
    value: float
    low: float
    high: float


class Difference(NamedTuple):
    """One share less another, with its 95 % interval. -1 ≤ low ≤ value ≤ high ≤ 1."""

    value: float
    low: float
    high: float

    @property
    def is_proven(self) -> bool:
        """Whether the interval leaves out zero: chance alone hardly makes a difference of this sign."""
        return self.low > 0 or self.high < 0


class Compared(NamedTuple):
    """Two groups of which some did something: the treated ones, and those they are compared with."""

    number: float
    n: float
    other_number: float
    other_n: float


def wilson(number: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, 0 < n; `number` of an expectation need not be whole."""
    share, square = number / n, Z * Z / n
    middle = (share + square / 2) / (1 + square)
    half = Z / (1 + square) * sqrt(share * (1 - share) / n + square / (4 * n))
    low = 0.0 if number <= 0 else max(middle - half, 0.0)
    return low, 1.0 if number >= n else min(middle + half, 1.0)


def share(number: float, n: int) -> Share | None:
    """The share of `number` in `n` with its interval; None where there is nobody."""
    return Share(number, n, number / n, *wilson(number, n)) if n else None


def newcombe(number: float, n: float, other_number: float, other_n: float) -> Difference | None:
    """number/n − other_number/other_n with Newcombe's 95 % interval; None where either has nobody."""
    if not n or not other_n:
        return None
    one, other = number / n, other_number / other_n
    (low, high), (other_low, other_high) = wilson(number, n), wilson(other_number, other_n)
    down = sqrt((one - low) ** 2 + (other_high - other) ** 2)
    up = sqrt((high - one) ** 2 + (other - other_low) ** 2)
    difference = one - other
    return Difference(difference, max(difference - down, -1.0), min(difference + up, 1.0))


def together(pairs: Sequence[Compared]) -> Difference | None:
    """The difference over several comparisons, each within itself; None where none has both sides.

    Each weighs n·m/(n + m), as in the Cochran–Mantel–Haenszel test, so that hold-outs of other sizes do not
    make a difference by themselves. Of one comparison it is `newcombe`.
    """
    found = [
        (pair.n * pair.other_n / (pair.n + pair.other_n), difference)
        for pair in pairs if (difference := newcombe(*pair)) is not None
    ]
    whole = sum(weight for weight, _difference in found)
    if not whole:
        return None
    parts = [(weight / whole, each) for weight, each in found]
    value = sum(weight * each.value for weight, each in parts)
    down = sqrt(sum((weight * (each.value - each.low)) ** 2 for weight, each in parts))
    up = sqrt(sum((weight * (each.high - each.value)) ** 2 for weight, each in parts))
    return Difference(value, max(value - down, -1.0), min(value + up, 1.0))


def needed(one: float, other: float, other_per_one: float = 1.0) -> int | None:
    """How many it takes in all, on both sides, to show that two shares differ; None if no number does.

    `other_per_one` is how many of the second group there are for each of the first. Two-sided test at 5 %,
    80 % power, normal approximation without continuity correction (J. L. Fleiss, A. Tytun & H. K. Ury,
    Biometrics 36, 1980), each group rounded up.
    """
    difference = one - other
    if not difference or other_per_one <= 0:
        return None
    common = (one + other_per_one * other) / (1 + other_per_one)
    by_chance = Z * sqrt((1 + 1 / other_per_one) * common * (1 - common))
    as_it_is = _Z_POWER * sqrt(one * (1 - one) + other * (1 - other) / other_per_one)
    first = ((by_chance + as_it_is) / difference) ** 2
    return ceil(first) + ceil(first * other_per_one)


def more_needed(pair: Compared) -> int | None:
    """About how many more customers, on both sides together, would prove the difference that is there.

    They are shared out to the two sides as those there are. None if there is no difference to prove, or if
    it takes more than `MOST`; 0 if there are enough.
    """
    if not pair.n or not pair.other_n:
        return None
    whole = needed(pair.number / pair.n, pair.other_number / pair.other_n, pair.other_n / pair.n)
    if whole is None or whole > MOST:
        return None
    return max(whole - ceil(pair.n + pair.other_n), 0)


def smallest_shown(other: float, n: int, other_n: int) -> float | None:
    """The smallest difference, in whole points of a hundred, that so many customers would show.

    More on the first side than the share `other` of the second one, in four of five tries (`needed`). None
    if no difference is large enough.
    """
    if not n or not other_n:
        return None
    for points in range(1, 101):
        one = other + points / 100
        if one > 1:
            break
        whole = needed(one, other, other_n / n)
        if whole is not None and whole <= n + other_n:
            return points / 100
    return None
