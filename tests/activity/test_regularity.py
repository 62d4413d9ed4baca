"""Whether customers have a rhythm of their own."""

from __future__ import annotations

import random

import pytest

from activetui.activity.past.purchase_history import PurchaseHistory, history_of
from activetui.activity.past.regularity import regularity
from tests.activity.shops import random_shop, shop


def gamma_shop(customers: int, shape: float) -> PurchaseHistory:
    """Customers of different pace, whose gaps follow a gamma distribution."""
    chance = random.Random(3)
    rows = []
    for who in range(customers):
        pace, day = chance.choice((40, 100, 250)), 0.0
        for _turn in range(3):
            rows.append((who, int(day), 100))
            day += 1 + chance.gammavariate(shape, pace / shape)
    return history_of(rows)


@pytest.mark.parametrize("shape", [1, 2, 4])
def test_the_shape_of_the_gaps_is_found_whatever_the_pace(shape: float) -> None:
    found = regularity(gamma_shop(3000, shape))
    assert found.customers == 3000
    assert found.k is not None
    assert abs(found.k - shape) < 0.1 * shape
    assert found.variance is not None
    assert abs(found.variance - 1 / (4 * (2 * shape + 1))) < 0.01


def test_chance_is_no_rhythm() -> None:
    found = regularity(random_shop(300, 40))
    assert found.regular is False
    assert "300 customers" in found.in_words()
    assert "harm" in found.in_words()


def test_a_monthly_habit_is_a_rhythm() -> None:
    found = regularity(shop(80, 30, spread=5))
    assert found.regular is True
    assert "80 customers" in found.in_words()


def test_equal_gaps_are_as_regular_as_can_be() -> None:
    found = regularity(shop(80, 30))
    assert (found.variance, found.k, found.regular) == (0.0, None, True)
    assert "∞" in found.in_words()


@pytest.mark.parametrize(("customers", "known"), [(0, False), (1, False), (49, True)])
def test_too_few_customers_give_no_verdict(customers: int, known: bool) -> None:
    found = regularity(shop(customers, 30, spread=5))
    assert found.customers == customers
    assert found.regular is None
    assert (found.variance is not None) is known
    assert "cannot be said yet" in found.in_words()


def test_only_the_last_two_gaps_count() -> None:
    late = [(who, day, 1) for who in range(2) for day in (100, 110 + who, 120)]
    early = [(who, day, 1) for who in range(2) for day in (0, 1, 50)]
    assert regularity(history_of(late + early)) == regularity(history_of(late))
