"""What the models know of each customer."""

from __future__ import annotations

import random

import numpy as np

from activetui.activity.past.purchase_history import history_of
from activetui.insights.models.gamma_gamma import repeat_spend
from activetui.insights.models.sample import sample_from, sample_of
from activetui.ledger.days import from_iso
from tests.insights.cdnow import CUT, calibration

FIXTURE = """
1: 01-01 1, 02-06 2 · 2: 01-01 2 · 3: 01-01 3, 01-02 1, 01-05 5 · 4: 01-16 6, 02-02 3, 02-05 3, 02-05 6
· 5: 01-16 3, 01-17 1, 01-18 8 · 6: 02-02 5
"""
KNOWN = [(1, 36, 37, 2), (0, 0, 37, 0), (2, 4, 37, 3), (2, 20, 22, 6), (2, 2, 22, 4.5), (0, 0, 5, 0)]
"""Frequency, recency, T and monetary value of the six, in days, observed until 2015-02-07."""


def fixture() -> list[tuple[int, int, int]]:
    rows = []
    for part in FIXTURE.split("·"):
        customer, purchases = part.split(":")
        for purchase in purchases.split(","):
            date, amount = purchase.split()
            rows.append((int(customer), from_iso(f"2015-{date}"), int(amount) * 100))
    return rows


def test_the_small_fixture_in_any_order() -> None:
    rows, end = fixture(), from_iso("2015-02-07")
    for seed in range(6):
        random.Random(seed).shuffle(rows)
        history = history_of(rows)
        sample = sample_of(history, end)
        frequency, monetary = repeat_spend(history)
        found = zip(
            frequency, (sample.t_x * 7)[sample.row], (sample.t * 7)[sample.row], monetary / 100, strict=True
        )
        assert [tuple(row) for row in np.round(list(found), 9).tolist()] == KNOWN
        assert history.customers.tolist() == [1, 2, 3, 4, 5, 6]


def test_cdnow_at_the_cut() -> None:
    sample = sample_of(calibration(), CUT)
    assert sample.customers == 2357
    assert sample.x @ sample.number == 2457
    assert sample.number[sample.x == 0].sum() == 1411
    assert sample.number[sample.x > 0].sum() == 946
    assert (sample.t.min(), round(sample.t.max(), 2), sample.x.max()) == (27, 38.86, 29)


def test_customers_who_are_alike_are_one_row() -> None:
    sample = sample_from(np.array([0, 2, 0, 2]), np.array([0, 9, 0, 9]), np.array([21, 30, 21, 31]))
    assert len(sample.x) == 3
    assert sample.number.sum() == sample.customers == 4
    assert sample.x[sample.row].tolist() == [0, 2, 0, 2]
    assert (sample.t[sample.row] * 7).round().tolist() == [21, 30, 21, 31]


def test_thinning_keeps_the_proportions() -> None:
    whole = sample_of(calibration(), CUT)
    part = whole.thinned(500)
    assert 450 <= part.customers <= 500
    share = part.number[part.x == 0].sum() / part.customers
    assert abs(share - 1411 / 2357) < 0.01
    assert whole.thinned(2357) is whole
