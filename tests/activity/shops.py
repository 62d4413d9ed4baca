"""Purchase histories of invented shops."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from activetui.activity.past.purchase_history import PurchaseHistory, history_of
from activetui.ledger.days import Day

Purchases = list[tuple[int, Day, int]]

purchases: st.SearchStrategy[Purchases] = st.lists(
    st.tuples(st.sampled_from((1, 2, 5, 9)), st.integers(0, 60), st.just(100)), min_size=1, max_size=30
)
"""A few customers in two months."""


def days_by_customer(rows: Purchases) -> dict[int, list[Day]]:
    """Each customer's purchase days, ascending."""
    return {who: sorted({day for one, day, _ in rows if one == who}) for who, _, _ in sorted(rows)}


def shop(
    customers: int, gap: int, *, spread: int = 0, length: int = 700, leaves: float = 0
) -> PurchaseHistory:
    """Customers who come every `gap` days, give or take `spread`; after each purchase they stay away for good
    with the chance `leaves`. The same call gives the same shop.
    """
    chance = random.Random(7)
    rows: Purchases = []
    for who in range(1, customers + 1):
        day = chance.randrange(gap)
        while day < length:
            rows.append((who, day, 1000))
            if chance.random() < leaves:
                break
            day += max(1, gap + chance.randint(-spread, spread))
    return history_of(rows)


def random_shop(customers: int, mean_gap: float, *, length: int = 700) -> PurchaseHistory:
    """Customers who come by chance alone, about every `mean_gap` days."""
    chance = random.Random(7)
    rows: Purchases = []
    for who in range(1, customers + 1):
        day = 0
        while day < length:
            rows.append((who, day, 1000))
            day += 1 + int(chance.expovariate(1 / mean_gap))
    return history_of(rows)
