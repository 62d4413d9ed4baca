"""How many come back unasked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from activetui.activity.past.natural_return import NaturalReturn, natural_return
from activetui.activity.past.purchase_history import history_of
from tests.activity.shops import Purchases, days_by_customer, purchases


def by_hand(rows: Purchases, silent: int, horizon: int, end: int) -> tuple[int, int]:
    """Every silence looked at day by day."""
    silences = returned = 0
    for days in days_by_customer(rows).values():
        for day in days:
            asked = day + silent
            if asked + horizon > end or any(day < other <= asked for other in days):
                continue
            silences += 1
            returned += any(asked < other <= asked + horizon for other in days)
    return silences, returned


@given(purchases, st.integers(0, 30), st.integers(1, 30), st.integers(0, 10))
def test_every_silence_whose_horizon_has_passed_counts_once(
    rows: Purchases, silent: int, horizon: int, later: int
) -> None:
    end = max(day for _, day, _ in rows) + later
    [found] = natural_return(history_of(rows), [silent], horizon, end)
    assert (found.silent_days, found.n, found.returned) == (silent, *by_hand(rows, silent, horizon, end))


def test_a_share_of_nobody_is_not_known() -> None:
    assert natural_return(history_of([]), [30], 90, 0) == [NaturalReturn(30, 0, 0)]
    assert NaturalReturn(30, 0, 0).share is None
    assert NaturalReturn(30, 8, 2).share == 0.25
