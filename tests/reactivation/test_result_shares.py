"""Shares, differences and how many more it takes, against published values and against counting."""

from __future__ import annotations

from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.reactivation.results.shares import (
    Compared,
    more_needed,
    needed,
    newcombe,
    share,
    together,
    wilson,
)


@pytest.mark.parametrize(("groups", "difference", "low", "high"), [
    ((12, 60, 3, 30), 0.1, -0.0763, 0.2348),
    ((30, 200, 5, 50), 0.05, -0.0714, 0.1296),
    ((18, 90, 2, 30), 0.1333, -0.0289, 0.2391),
    # Newcombe 1998, table II, method 10
    ((56, 70, 48, 80), 0.2, 0.0524, 0.3339),
    ((9, 10, 3, 10), 0.6, 0.1705, 0.8090),
    ((5, 56, 0, 29), 0.0893, -0.0381, 0.1926),
    ((10, 10, 0, 10), 1.0, 0.6075, 1.0),
])
def test_differences_are_those_of_the_literature(
    groups: tuple[int, int, int, int], difference: float, low: float, high: float
) -> None:
    found = newcombe(*groups)
    assert found is not None
    assert found == pytest.approx((difference, low, high), abs=6e-5)
    assert found.is_proven == (low > 0)


def test_one_share_is_that_of_the_literature() -> None:
    assert share(12, 60) == pytest.approx((12, 60, 0.2, 0.1183, 0.3178), abs=5e-5)
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == 1.0
    assert share(0, 0) is None


def test_without_anybody_on_a_side_there_is_no_difference() -> None:
    assert newcombe(3, 10, 0, 0) is None
    assert newcombe(0, 0, 3, 10) is None
    assert together([]) is None
    assert together([Compared(3, 10, 0, 0)]) is None
    assert more_needed(Compared(0, 0, 3, 10)) is None


@st.composite
def groups(draw: st.DrawFn) -> Compared:
    n, other = draw(st.integers(1, 400)), draw(st.integers(1, 400))
    return Compared(draw(st.integers(0, n)), n, draw(st.integers(0, other)), other)


@given(groups())
def test_an_interval_holds_its_difference_and_turns_round_with_the_groups(pair: Compared) -> None:
    found, turned = newcombe(*pair), newcombe(pair.other_number, pair.other_n, pair.number, pair.n)
    assert found is not None and turned is not None
    assert -1 <= found.low <= found.value + 1e-12 and found.value <= found.high + 1e-12 <= 1 + 1e-12
    assert turned == pytest.approx((-found.value, -found.high, -found.low), abs=1e-12)


@given(groups())
def test_one_comparison_put_together_is_itself(pair: Compared) -> None:
    assert together([pair]) == pytest.approx(newcombe(*pair), abs=1e-12)


@given(st.lists(groups(), min_size=2, max_size=4))
def test_several_comparisons_lie_between_the_single_ones(pairs: list[Compared]) -> None:
    single = [newcombe(*pair) for pair in pairs]
    found = together(pairs)
    assert found is not None
    values = [each.value for each in single if each is not None]
    assert min(values) - 1e-12 <= found.value <= max(values) + 1e-12
    widest = max(each.high - each.low for each in single if each is not None)
    assert found.high - found.low <= widest + 1e-9


def test_hold_outs_of_other_sizes_make_no_difference_by_themselves() -> None:
    """A good season with few held out, a bad one with many: within each, nothing was won."""
    good, bad = Compared(90, 180, 10, 20), Compared(10, 100, 10, 100)
    thrown_together = newcombe(100, 280, 20, 120)
    assert thrown_together is not None and thrown_together.is_proven
    assert together([good, bad]) == pytest.approx((0.0, *together([good, bad])[1:]))  # type: ignore[index]


def test_how_many_it_takes_is_what_the_textbook_says() -> None:
    """Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions, before continuity correction."""
    assert needed(0.6, 0.7) == 2 * 356
    assert needed(0.25, 0.4) == 2 * 152
    assert needed(0.3, 0.3) is None
    assert needed(0.3, 0.2) == needed(0.2, 0.3)
    assert needed(0.3, 0.2, 0.25) > needed(0.3, 0.2)  # type: ignore[operator]


def power(one: float, other: float, n: int) -> float:
    """How often groups of n differ with an interval that leaves out zero: counted, not approximated."""
    total = 0.0
    for a, b in product(range(n + 1), range(n + 1)):
        found = newcombe(a, n, b, n)
        if found is not None and found.low > 0:
            total += (
                comb(n, a) * one**a * (1 - one) ** (n - a) * comb(n, b) * other**b * (1 - other) ** (n - b)
            )
    return total


def test_with_so_many_a_difference_is_shown_in_about_four_of_five_tries() -> None:
    n = needed(0.6, 0.3)
    assert n is not None
    assert power(0.6, 0.3, n // 2) == pytest.approx(0.8, abs=0.04)


@given(groups())
def test_what_is_not_proven_takes_more_unless_nothing_proves_it(pair: Compared) -> None:
    found, more = newcombe(*pair), more_needed(pair)
    assert found is not None
    if more is None:
        assert abs(found.value) < 0.01
    elif min(pair.n, pair.other_n) >= 20 and not found.is_proven:
        assert more > 0


def claimed_by_chance(n: int, other_n: int, chance: float) -> float:
    """How often two groups of the same chance are said to differ: counted over everything that can happen."""
    def odds(many: int, of: int) -> float:
        return comb(of, many) * chance**many * (1 - chance) ** (of - many)

    total = 0.0
    for a, b in product(range(n + 1), range(other_n + 1)):
        found = newcombe(a, n, b, other_n)
        if found is not None and found.is_proven:
            total += odds(a, n) * odds(b, other_n)
    return total


@pytest.mark.parametrize(("n", "other_n"), [(40, 10), (10, 10), (60, 30), (80, 20)])
@pytest.mark.parametrize("chance", [0.05, 0.2, 0.5])
def test_where_nothing_works_hardly_more_than_one_round_in_twenty_seems_to(
    n: int, other_n: int, chance: float
) -> None:
    assert claimed_by_chance(n, other_n, chance) < 0.065
