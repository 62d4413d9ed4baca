"""Likeliest parameters: the published ones, those that made the data, and none where there are none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from activetui.activity.past.purchase_history import PurchaseHistory, history_from
from activetui.insights.models.beta_geometric import BG_NBD, MBG_NBD
from activetui.insights.models.fitting import Optimum, likeliest
from activetui.insights.models.opinions import (
    FEWEST,
    PURCHASE_MODELS,
    fit,
    fit_spend,
    objection_to,
)
from activetui.insights.models.pareto_nbd import PARETO_NBD
from activetui.insights.models.purchase_model import PurchaseModel
from activetui.insights.models.sample import Sample, sample_from, sample_of
from tests.insights.cdnow import CUT, calibration

PUBLISHED = [
    (BG_NBD, (0.243, 4.414, 0.793, 2.426), -9582.4292),
    (PARETO_NBD, (0.553, 10.578, 0.606, 11.669), -9594.976),
    (MBG_NBD, (0.525, 6.183, 0.891, 1.614), -9582.1357),
]


@pytest.fixture(scope="module")
def cdnow() -> Sample:
    return sample_of(calibration(), CUT)


def in_days(sample: Sample) -> tuple[Any, Any, Any]:
    """x, t_x and T of every customer, as whole numbers."""
    columns = (sample.x, 1), (sample.t_x, 7), (sample.t, 7)
    x, t_x, t = (np.rint(by * column[sample.row]) for column, by in columns)
    return x, t_x, t


@pytest.mark.parametrize(("model", "parameters", "log_likelihood"), PUBLISHED)
def test_the_published_fits(
    model: PurchaseModel, parameters: tuple[float, ...], log_likelihood: float, cdnow: Sample
) -> None:
    found = fit(model, cdnow)
    assert found.usable
    assert found.optimum is not None
    assert tuple(round(value, 3) for value in found.parameters) == parameters
    assert found.optimum.log_likelihood == pytest.approx(log_likelihood, abs=6e-4)


def test_the_published_fit_of_spend(cdnow: Sample) -> None:
    found = fit_spend(calibration(), cdnow)
    assert found.usable
    assert found.customers == 946
    p, q, gamma = found.parameters
    assert (round(p, 2), round(q, 2), round(gamma / 100, 2)) == (6.25, 3.74, 15.44)
    assert found.log_likelihood is not None
    assert found.log_likelihood + 946 * np.log(100) == pytest.approx(-4055.92, abs=0.005)


def test_money_may_be_counted_in_any_unit(cdnow: Sample) -> None:
    history = calibration()
    in_yen = PurchaseHistory(history.customers, history.owner, history.day, history.spend * 150)
    p, q, gamma = fit_spend(in_yen, cdnow).parameters
    assert (p, q, gamma / 150) == pytest.approx(fit_spend(history, cdnow).parameters, rel=1e-5)


@pytest.mark.parametrize("model", PURCHASE_MODELS)
def test_where_the_search_begins_does_not_matter(model: PurchaseModel, cdnow: Sample) -> None:
    def total(parameters: object) -> float:
        return float(model.log_likelihood(parameters, cdnow) @ cdnow.number)  # type: ignore[arg-type]

    found = [likeliest(total, [start], cdnow.customers) for start in model.starts(cdnow)]
    for each in found[1:]:
        assert each.parameters == pytest.approx(found[0].parameters, rel=1e-5)
    assert all(each.settled for each in found)


def test_a_search_that_begins_with_a_part_ends_in_the_same_place(cdnow: Sample) -> None:
    part = cdnow.thinned(600)

    def total(sample: Sample) -> object:
        return lambda parameters: float(BG_NBD.log_likelihood(parameters, sample) @ sample.number)

    whole = likeliest(total(cdnow), BG_NBD.starts(cdnow), cdnow.customers)  # type: ignore[arg-type]
    by_part = likeliest(
        total(cdnow), BG_NBD.starts(cdnow), cdnow.customers, total(part)  # type: ignore[arg-type]
    )
    assert by_part.parameters == pytest.approx(whole.parameters, rel=1e-6)


def made_by(model: PurchaseModel, number: int, seed: int) -> Sample:
    """Customers who behave as the model has it, in whole days, with r = 1, α = 8 weeks and dropouts."""
    rng = np.random.default_rng(seed)
    rows = []
    for _customer in range(number):
        t, day, x, last = int(rng.integers(200, 500)), 0.0, 0, 0
        rate = rng.gamma(1.0, 1 / 56)
        leaves = rng.exponential(1 / rng.gamma(0.8, 1 / 70)) if model is PARETO_NBD else np.inf
        p = rng.beta(1.0, 2.5) if model is not PARETO_NBD else 0.0
        gone = model is MBG_NBD and rng.random() < p
        while not gone:
            day += rng.exponential(1 / rate)
            if day > min(t, leaves):
                break
            here = int(np.ceil(day))
            x, last = x + (here > last), here
            gone = rng.random() < p
        rows.append((x, min(last, t), t))
    x_, t_x, t_ = np.array(rows).T
    return sample_from(x_, t_x, t_)


@pytest.mark.parametrize(
    ("model", "truth"),
    [(BG_NBD, (1, 8, 1, 2.5)), (MBG_NBD, (1, 8, 1, 2.5)), (PARETO_NBD, (1, 8, 0.8, 10))],
)
def test_the_parameters_that_made_the_data_are_found(model: PurchaseModel, truth: tuple[float, ...]) -> None:
    found = fit(model, made_by(model, 6000, seed=4))
    assert found.usable
    assert found.optimum is not None
    apart = np.abs(np.log(found.parameters) - np.log(truth)) / found.optimum.uncertainty
    assert (apart < 4).all(), (found.parameters, found.optimum.uncertainty)


def test_fewer_than_five_hundred_customers_are_refused(cdnow: Sample) -> None:
    x, t_x, t = in_days(cdnow)
    few, enough = (sample_from(x[:n], t_x[:n], t[:n]) for n in (FEWEST - 1, FEWEST))
    for model in PURCHASE_MODELS:
        refused = fit(model, few)
        assert not refused.usable
        assert refused.optimum is None
        assert "499" in refused.objection
        assert "500" in refused.objection
    assert fit(BG_NBD, enough).usable
    assert "499" in fit_spend(calibration(), few).objection


def test_customers_who_never_return_are_refused() -> None:
    nobody = np.zeros(600, dtype=np.int64)
    found = fit(BG_NBD, sample_from(nobody, nobody, nobody + 100))
    assert not found.usable
    assert "second day" in found.objection


def test_data_that_do_not_settle_the_parameters_are_refused() -> None:
    """Five weeks of a new shop: nobody can have left for certain, so any chance to leave is as likely."""
    early = calibration().up_to(CUT - 237)
    sample = sample_of(early, CUT - 237)
    assert sample.customers > FEWEST
    for model in PURCHASE_MODELS:
        found = fit(model, sample)
        assert not found.usable, model.name
        assert "degenerate" in found.objection


def test_customers_who_all_buy_alike_are_refused() -> None:
    """Rates that do not differ at all push r and α up without end."""
    rng = np.random.default_rng(7)
    x = rng.poisson(20, 800)
    found = fit(PARETO_NBD, sample_from(x, np.full(800, 364), np.full(800, 364)))
    assert not found.usable
    assert "degenerate" in found.objection


def test_spend_that_does_not_differ_between_customers_is_refused() -> None:
    rng = np.random.default_rng(3)
    owner = np.repeat(np.arange(700), 4)
    day = np.tile([0, 30, 60, 90], 700)
    history = history_from(owner, day, rng.integers(900, 1100, len(owner)))
    found = fit_spend(history, sample_of(history, 100))
    assert not found.usable
    assert "degenerate" in found.objection


def test_purchases_without_money_say_nothing_of_spend() -> None:
    owner = np.repeat(np.arange(600), 2)
    history = history_from(owner, np.tile([0, 30], 600), np.zeros(1200, dtype=np.int64))
    found = fit_spend(history, sample_of(history, 100))
    assert not found.usable
    assert found.optimum is None
    assert found.customers == 0


SOUND = Optimum((1.0, 2.0), -10.0, True, (False, False), (0.1, 0.2))


@pytest.mark.parametrize(
    ("optimum", "word"),
    [
        (SOUND, ""),
        (Optimum((1.0, 1e5), -10.0, True, (False, True), (0.1, 0.2)), "b lies beyond"),
        (Optimum((1.0, 2.0), -10.0, True, (False, False), (0.1, 9.0)), "values of b"),
        (Optimum((1.0, 2.0), -10.0, True, (False, False), (float("inf"),) * 2), "values of a, b"),
        (Optimum((1.0, 2.0), -10.0, False, (False, False), (0.1, 0.2)), "come to rest"),
    ],
)
def test_every_unsound_end_has_its_reason(optimum: Optimum, word: str) -> None:
    objection = objection_to(optimum, ("a", "b"))
    assert bool(objection) == bool(word)
    assert word in objection


def test_small_draws_are_often_degenerate_and_draws_of_five_hundred_hardly_ever(cdnow: Sample) -> None:
    rng = np.random.default_rng(1)
    x, t_x, t = in_days(cdnow)

    def degenerate(number: int, draws: int) -> int:
        found = 0
        for _draw in range(draws):
            who = rng.choice(len(x), number, replace=False)
            part = sample_from(x[who], t_x[who], t[who])
            optimum = likeliest(
                lambda parameters, part=part: float(  # type: ignore[misc]
                    BG_NBD.log_likelihood(parameters, part) @ part.number
                ),
                BG_NBD.starts(part), number,
            )
            found += bool(objection_to(optimum, BG_NBD.letters))
        return found

    assert degenerate(50, 10) >= 2
    assert degenerate(500, 5) <= 1


def test_a_fit_can_be_stopped(cdnow: Sample) -> None:
    asked = 0

    def tick() -> None:
        nonlocal asked
        asked += 1
        if asked == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fit(BG_NBD, cdnow, tick)
    assert asked == 20
