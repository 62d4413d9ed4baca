"""The test on the own past: published figures, and an interval that holds what it promises."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.activity.past.purchase_history import history_of
from activetui.activity.past.ranking import auc
from activetui.insights.models.advice import advice, warnings
from activetui.insights.models.forecast import Forecast, forecast
from activetui.insights.models.gain import gain
from activetui.insights.models.own_past import FREQUENCY, RECENCY, day_to_test
from tests.insights.cdnow import CUT, WEEKS, whole


@pytest.fixture(scope="module")
def at_the_cut() -> Forecast:
    return forecast(whole(), CUT, WEEKS, 90)


@pytest.fixture(scope="module")
def at_the_end() -> Forecast:
    """Long after the last purchase that is known."""
    end = whole().end
    assert end is not None
    return forecast(whole(), end + 400, 13, 90)


PUBLISHED = [
    (RECENCY, "days_since_last_purchase", 0.7843, 0.7241),
    (FREQUENCY, "purchase_days", 0.7683, None),
    ("BG/NBD", "expected", 0.7892, 0.7460),
    ("Pareto/NBD", "expected", 0.7942, 0.7454),
    ("MBG/NBD", "p_alive", 0.7241, None),
    ("Pareto/NBD", "p_alive", 0.7494, None),
    ("BG/NBD", "p_alive", 0.3351, None),
]


@pytest.mark.parametrize(("name", "figure", "all_customers", "repeaters"), PUBLISHED)
def test_the_published_rankings(
    name: str, figure: str, all_customers: float, repeaters: float | None, at_the_cut: Forecast
) -> None:
    assert at_the_cut.past is not None
    found = at_the_cut.past.ranking(name, figure)
    assert found is not None
    assert found.auc is not None
    assert round(found.auc, 4) == all_customers
    if repeaters is not None:
        assert found.auc_repeaters is not None
        assert round(found.auc_repeaters, 4) == repeaters


def test_the_published_totals_and_what_came(at_the_cut: Forecast) -> None:
    totals = {each.opinion.model.name: each.expected_total for each in at_the_cut.outlooks}
    assert round(totals["BG/NBD"] or 0, 1) == 1653.4
    assert round(totals["Pareto/NBD"] or 0, 1) == 1665.5
    assert at_the_cut.actual is not None
    assert (at_the_cut.actual.purchase_days, at_the_cut.actual.customers) == (1882, 684)
    assert at_the_cut.past is not None
    assert (at_the_cut.past.buyers, at_the_cut.past.of) == (398, 2357)


def test_the_test_looks_at_no_later_day_than_it_may(at_the_end: Forecast) -> None:
    end = whole().end
    assert end is not None
    assert at_the_end.observed_to == end
    assert at_the_end.actual is None
    assert at_the_end.past is not None
    assert at_the_end.past.day == end - 90
    assert at_the_end.past.of == 2357
    assert day_to_test(CUT, end, 90) == CUT


def test_days_after_the_last_known_purchase_change_no_forecast(at_the_end: Forecast) -> None:
    end = whole().end
    assert end is not None
    on_the_day = forecast(whole(), end, 13, 90)
    for late, then in zip(at_the_end.outlooks, on_the_day.outlooks, strict=True):
        assert late.expected_total == then.expected_total


def test_what_comes_later_changes_no_fit(at_the_cut: Forecast) -> None:
    blind = forecast(whole().up_to(CUT), CUT, WEEKS, 90)
    for knowing, unknowing in zip(at_the_cut.outlooks, blind.outlooks, strict=True):
        assert knowing.opinion.parameters == unknowing.opinion.parameters
        assert knowing.expected_total == unknowing.expected_total
    assert blind.actual is None
    assert blind.past is not None
    assert blind.past.day == CUT - 90


def test_expected_value_is_expected_purchases_times_expected_spend(at_the_cut: Forecast) -> None:
    outlook = at_the_cut.outlook("BG/NBD")
    assert outlook.value is not None
    p, q, gamma = at_the_cut.spend.parameters
    once = np.flatnonzero(at_the_cut.sample.x[at_the_cut.sample.row] == 0)
    assert outlook.value[once] / outlook.expected[once] == pytest.approx(p * gamma / (q - 1))
    assert at_the_cut.mean_spend == pytest.approx(p * gamma / (q - 1))
    assert outlook.value_total == pytest.approx(outlook.value.sum())


def test_the_best_is_the_one_that_ranked_best(at_the_cut: Forecast) -> None:
    assert at_the_cut.best is not None
    assert at_the_cut.best.opinion.model.name == "Pareto/NBD"
    assert "Pareto/NBD" in advice(at_the_cut)
    assert "better than" in advice(at_the_cut)


def test_a_gain_that_may_be_chance_is_said_to_be_none(at_the_end: Forecast) -> None:
    assert at_the_end.best is not None
    assert at_the_end.past is not None
    ranking = at_the_end.past.ranking(at_the_end.best.opinion.model.name, "expected")
    assert ranking is not None
    assert ranking.gain is not None
    assert ranking.gain.value > 0 > ranking.gain.low
    assert "no better than" in advice(at_the_end)
    assert "your own rules" in advice(at_the_end)


def test_bg_nbd_never_goes_without_its_warning(at_the_cut: Forecast) -> None:
    [warning] = warnings(at_the_cut)
    assert "BG/NBD" in warning
    assert "one-time" in warning


def test_too_few_customers_get_the_plain_figures_only() -> None:
    history = whole()
    few = history._only(history.owner < 300)
    found = forecast(few, CUT, WEEKS, 90)
    assert found.best is None
    assert found.data.customers == 300
    assert all(each.expected_total is None for each in found.outlooks)
    assert found.past is not None
    assert [each.name for each in found.past.rankings] == [RECENCY, FREQUENCY]
    assert set(found.past.objections) == {"BG/NBD", "MBG/NBD", "Pareto/NBD"}
    assert "days since the last purchase" in advice(found)


def test_where_regulars_are_told_by_number_the_advice_says_so() -> None:
    """Half buy every week, half every 60 days, from years ago to the end; nobody leaves."""
    rng = np.random.default_rng(2)
    every = np.where(np.arange(300) < 150, 7, 60)
    rows = [
        (customer, int(day), 100)
        for customer, gap in enumerate(every)
        for day in np.cumsum(rng.exponential(gap, size=2000 // gap))
    ]
    found = forecast(history_of(rows), 1200, 13, 14)
    assert found.best is None
    assert "number of purchase days told who buys better" in advice(found)


@pytest.mark.parametrize("as_of", [0, CUT - 400])
def test_a_day_before_the_first_purchase_has_nothing(as_of: int) -> None:
    found = forecast(whole(), as_of, WEEKS, 90)
    assert found.observed_to is None
    assert found.data.customers == 0
    assert found.data.t_min is None
    assert found.past is None
    assert found.best is None


def test_no_purchases_at_all_are_no_error() -> None:
    nothing = whole().up_to(0)
    found = forecast(nothing, CUT, WEEKS, 90)
    assert (found.best, found.past, found.actual, found.data.customers) == (None, None, None, 0)


SCORES = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.booleans()), min_size=6, max_size=60
).filter(lambda rows: 2 <= sum(row[2] for row in rows) <= len(rows) - 2)


@settings(max_examples=100, deadline=None)
@given(SCORES)
def test_the_gain_is_the_difference_of_the_two(rows: list[tuple[int, int, bool]]) -> None:
    one, other, happened = (np.array(column) for column in zip(*rows, strict=True))
    found = gain(one.astype(float), other.astype(float), happened)
    assert found is not None
    both = [auc(score, happened) for score in (one, other)]
    assert found.value == pytest.approx((both[0] or 0) - (both[1] or 0), abs=1e-12)
    assert found.low <= found.value <= found.high


def test_a_figure_gains_nothing_over_itself() -> None:
    score, happened = np.arange(10.0), np.arange(10) % 3 == 0
    found = gain(score, score, happened)
    assert found is not None
    assert (found.value, found.low, found.high) == (0, 0, 0)
    assert gain(score, score, np.zeros(10, dtype=np.bool_)) is None


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """Two noisy looks at the same thing: the truth is from very many customers, the rounds have 200 each."""
    rng = np.random.default_rng(11)

    def looks(number: int) -> tuple[Any, Any, Any]:
        happened = rng.random(number) < 0.3
        shared = rng.normal(size=number)
        one = 1.2 * happened + shared + 0.6 * rng.normal(size=number)
        other = 0.9 * happened + shared + 0.6 * rng.normal(size=number)
        return one, other, happened

    truth = gain(*looks(200_000))
    assert truth is not None
    held = 0
    for _round in range(400):
        found = gain(*looks(200))
        assert found is not None
        held += found.low <= truth.value <= found.high
    assert 0.90 <= held / 400 <= 0.985
