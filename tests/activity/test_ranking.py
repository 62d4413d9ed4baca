"""The chance that a buyer scores higher than one who did not buy."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.activity.past.ranking import auc

scored = st.lists(st.tuples(st.integers(-3, 3), st.booleans()), max_size=30)


def by_pairs(rows: list[tuple[int, bool]]) -> float | None:
    """Every pair compared."""
    with_it = [score for score, outcome in rows if outcome]
    without = [score for score, outcome in rows if not outcome]
    if not with_it or not without:
        return None
    won = sum((one > other) + (one == other) / 2 for one in with_it for other in without)
    return won / (len(with_it) * len(without))


@given(scored)
def test_every_pair_is_counted_and_ties_half(rows: list[tuple[int, bool]]) -> None:
    found = auc([score for score, _ in rows], [outcome for _, outcome in rows])
    expected = by_pairs(rows)
    assert (found is None) == (expected is None)
    if found is not None and expected is not None:
        assert math.isclose(found, expected, abs_tol=1e-12)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [([1, 2, 3, 4], 1.0), ([4, 3, 2, 1], 0.0), ([5, 5, 5, 5], 0.5), ([1, math.nan, 3, 4], None)],
)
def test_the_ends_and_the_middle(scores: list[float], expected: float | None) -> None:
    assert auc(scores, [False, False, True, True]) == expected
