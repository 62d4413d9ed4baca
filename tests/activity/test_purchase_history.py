"""Purchase days: several purchases of a day are one, and a history of an earlier day knows nothing later."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from activetui.activity.past.purchase_history import PurchaseHistory, history_of

purchases = st.lists(
    st.tuples(st.sampled_from((1, 2, 5)), st.integers(-3, 12), st.integers(-20, 20)), max_size=25
)


def by_hand(rows: list[tuple[int, int, int]]) -> dict[int, dict[int, int]]:
    """Customer, day, money."""
    days: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for customer, day, spend in rows:
        days[customer][day] += spend
    return days


def as_days(history: PurchaseHistory) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for owner, day, spend in zip(
        history.owner.tolist(), history.day.tolist(), history.spend.tolist(), strict=True
    ):
        found[int(history.customers[owner])][day] = spend
    return found


@given(purchases)
def test_the_purchases_of_a_day_are_one_purchase_day(rows: list[tuple[int, int, int]]) -> None:
    history, expected = history_of(rows), by_hand(rows)
    assert as_days(history) == expected
    assert history.customers.tolist() == sorted(expected)
    order = list(zip(history.owner.tolist(), history.day.tolist(), strict=True))
    assert order == sorted(set(order))
    assert history.end == max((day for _customer, day, _spend in rows), default=None)


@given(purchases)
def test_figures_of_each_customer(rows: list[tuple[int, int, int]]) -> None:
    history, expected = history_of(rows), by_hand(rows)
    people = history.customers.tolist()
    assert history.first_days().tolist() == [min(expected[who]) for who in people]
    assert history.last_days().tolist() == [max(expected[who]) for who in people]
    assert history.number().tolist() == [len(expected[who]) for who in people]


@given(purchases, st.integers(-4, 13))
def test_a_history_up_to_a_day_is_that_of_the_purchases_up_to_it(
    rows: list[tuple[int, int, int]], day: int
) -> None:
    earlier = history_of(rows).up_to(day)
    expected = history_of([row for row in rows if row[1] <= day])
    assert as_days(earlier) == as_days(expected)
    assert earlier.customers.tolist() == expected.customers.tolist()


@given(purchases, st.integers(-4, 13), st.integers(0, 9))
def test_who_bought_between_two_days(rows: list[tuple[int, int, int]], first: int, length: int) -> None:
    history, expected = history_of(rows), by_hand(rows)
    last = first + length

    def number(who: int) -> int:
        return sum(first <= day <= last for day in expected.get(who, ()))

    assert history.number_in(first, last).tolist() == [number(who) for who in history.customers.tolist()]
    asked = np.array([1, 3, 5, 9])
    assert history.number_in(first, last, asked).tolist() == [number(who) for who in asked.tolist()]
    assert history.bought_in(first, last, asked).tolist() == [number(who) > 0 for who in asked.tolist()]
