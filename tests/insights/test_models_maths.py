"""The formulas of the models: published figures, independent integrals, and where numbers get hard."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, special

from activetui.insights.models.beta_geometric import BG_NBD, MBG_NBD, BetaGeometric
from activetui.insights.models.gamma_gamma import mean_spend
from activetui.insights.models.pareto_nbd import PARETO_NBD
from activetui.insights.models.purchase_model import PurchaseModel
from activetui.insights.models.sample import Sample, sample_of
from tests.insights.cdnow import CUT, WEEKS, calibration

BG = (0.2426, 4.4136, 0.7929, 2.4259)
MBG = (0.5248, 6.1831, 0.8914, 1.6140)
PARETO = (0.5533, 10.5777, 0.6062, 11.6687)
"""The likeliest parameters to four decimals, with which the published table was made."""

MODELS: list[tuple[PurchaseModel, tuple[float, ...]]] = [(BG_NBD, BG), (MBG_NBD, MBG), (PARETO_NBD, PARETO)]


def of(x: float, t_x: float, t: float) -> Sample:
    """One customer, in weeks."""
    one = np.array([0])
    return Sample(np.array([float(x)]), np.array([float(t_x)]), np.array([float(t)]), one + 1, one)


TABLE = [
    ((2, 30.43, 38.86), 0.7266, 1.226, 0.8691, 1.4551, 0.7061),
    ((1, 1.71, 38.86), 0.2122, 0.2033, 0.1679, 0.1710, 0.1708),
    ((0, 0, 38.86), 1, 0.1948, 0.2951, 0.1071, 0.3897),
    ((10, 35, 38.86), 0.8470, 6.1638, 0.9273, 6.4170, None),
]


@pytest.mark.parametrize(("who", "bg_alive", "bg", "pareto_alive", "pareto", "mbg_alive"), TABLE)
def test_the_published_customers(
    who: tuple[float, float, float], bg_alive: float, bg: float,
    pareto_alive: float, pareto: float, mbg_alive: float | None,
) -> None:
    one = of(*who)
    assert round(BG_NBD.p_alive(BG, one)[0], 4) == bg_alive
    assert round(BG_NBD.expected(BG, one, WEEKS)[0], 3 if bg == 1.226 else 4) == bg
    assert round(PARETO_NBD.p_alive(PARETO, one)[0], 4) == pareto_alive
    assert round(PARETO_NBD.expected(PARETO, one, WEEKS)[0], 4) == pareto
    if mbg_alive is not None:
        assert round(MBG_NBD.p_alive(MBG, one)[0], 4) == mbg_alive


def test_the_order_of_customers_and_how_many_are_alike_change_nothing() -> None:
    sample = sample_of(calibration(), CUT)
    each = Sample(
        sample.x[sample.row], sample.t_x[sample.row], sample.t[sample.row],
        np.ones(sample.customers, dtype=np.int64), np.arange(sample.customers),
    )
    for model, parameters in MODELS:
        together = float(model.log_likelihood(parameters, sample) @ sample.number)
        assert together == pytest.approx(float(model.log_likelihood(parameters, each).sum()), abs=1e-6)
        assert np.allclose(
            model.expected(parameters, sample, WEEKS)[sample.row], model.expected(parameters, each, WEEKS)
        )


SHAPE = st.floats(0.05, 20)
SCALE = st.floats(0.2, 200)
TIMES = st.tuples(st.integers(0, 40), st.floats(0, 1), st.floats(0.2, 150))


def customer(times: tuple[int, float, float]) -> Sample:
    x, share, t = times
    return of(x, t * share if x else 0.0, t)


def by_rates(parameters: tuple[float, ...], one: Sample) -> tuple[float, float]:
    """Pareto/NBD: the likelihood, and its part "still alive"; over the days of leaving by quadrature."""
    r, alpha, s, beta = parameters
    x, t_x, t = float(one.x[0]), float(one.t_x[0]), float(one.t[0])

    def left_at(u: float) -> float:
        log = (
            special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha) - (r + x) * np.log(alpha + u)
            + np.log(s) + s * np.log(beta) - (s + 1) * np.log(beta + u)
        )
        return float(np.exp(log))

    left = integrate.quad(left_at, t_x, t, epsabs=0, epsrel=1e-11, limit=200)[0] if t > t_x else 0.0
    alive = float(np.exp(
        special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha) - (r + x) * np.log(alpha + t)
        + s * (np.log(beta) - np.log(beta + t))
    ))
    return alive + left, alive


@settings(max_examples=150, deadline=None)
@given(st.tuples(SHAPE, SCALE, SHAPE, SCALE), TIMES)
def test_pareto_nbd_is_the_integral_over_the_day_of_leaving(
    parameters: tuple[float, ...], times: tuple[int, float, float]
) -> None:
    one = customer(times)
    likelihood, alive = by_rates(parameters, one)
    assert PARETO_NBD.log_likelihood(parameters, one)[0] == pytest.approx(np.log(likelihood), abs=1e-7)
    assert PARETO_NBD.p_alive(parameters, one)[0] == pytest.approx(alive / likelihood, abs=1e-7)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([BG_NBD, MBG_NBD]), st.tuples(SHAPE, SCALE, SHAPE, SHAPE), TIMES, st.floats(0.5, 200))
def test_the_beta_geometric_forecast_is_the_integral_over_the_chance_to_leave(
    model: BetaGeometric, parameters: tuple[float, ...], times: tuple[int, float, float], weeks: float
) -> None:
    """E[(1 − (1 + p·t/(α + T))^−(r + x)) / p] over p ~ Beta(a, b′), given that the customer is alive."""
    r, alpha, a, b = parameters
    one = customer(times)
    shape, reach = r + one.x[0], weeks / (alpha + one.t[0])
    stayed = b + one.x[0] + model.after_first

    def bought(p: float) -> float:
        return float(-np.expm1(-shape * np.log1p(p * reach)) / p) if p else shape * reach

    whole = integrate.quad(bought, 0, 1, weight="alg", wvar=(a - 1, stayed - 1), epsabs=0, limit=400)[0]
    wanted = whole / special.beta(a, stayed)
    found = model.expected(parameters, one, weeks)[0] / model.p_alive(parameters, one)[0]
    assert found == pytest.approx(wanted, rel=1e-6)


@pytest.mark.parametrize("model", [BG_NBD, MBG_NBD])
@pytest.mark.parametrize("pole", [1.0, 1 - 1e-9, 1 + 1e-9, 1 - 1e-4, 1 + 1e-4])
def test_nothing_jumps_where_a_is_one(model: BetaGeometric, pole: float) -> None:
    near = [model.expected((0.5, 6, a, 2.0), of(3, 20, 30), 39)[0] for a in (pole - 1e-3, pole, pole + 1e-3)]
    assert near[1] == pytest.approx((near[0] + near[2]) / 2, rel=1e-6)
    assert near[0] > near[1] > near[2]


@pytest.mark.parametrize("s", [1.0, 1 - 1e-12, 1 + 1e-9])
def test_nothing_jumps_where_s_is_one(s: float) -> None:
    one = of(3, 20, 30)
    near = [PARETO_NBD.expected((0.5, 6, each, 9.0), one, 39)[0] for each in (s - 1e-3, s, s + 1e-3)]
    assert near[1] == pytest.approx((near[0] + near[2]) / 2, rel=1e-6)


@pytest.mark.parametrize("shift", [0.0, 1e-9, -1e-9])
def test_both_orders_of_the_arguments_meet_where_alpha_is_beta(shift: float) -> None:
    one, before, after = of(3, 20, 30), (0.5, 8 - 1e-4, 0.6, 8), (0.5, 8 + 1e-4, 0.6, 8)
    here = PARETO_NBD.log_likelihood((0.5, 8 + shift, 0.6, 8), one)[0]
    around = [PARETO_NBD.log_likelihood(each, one)[0] for each in (before, after)]
    assert here == pytest.approx(sum(around) / 2, abs=1e-8)


@pytest.mark.parametrize(("model", "parameters"), MODELS)
@pytest.mark.parametrize(
    "who", [(700, 800, 800), (700, 3, 800), (350, 350, 1500), (0, 0, 0), (0, 0, 2500), (1, 0.15, 0.15)]
)
def test_extreme_customers_have_sensible_figures(
    model: PurchaseModel, parameters: tuple[float, ...], who: tuple[float, float, float]
) -> None:
    one = of(*who)
    alive, expected = model.p_alive(parameters, one)[0], model.expected(parameters, one, 52)[0]
    assert np.isfinite(model.log_likelihood(parameters, one)[0])
    assert 0 <= alive <= 1
    assert 0 <= expected <= 52 * (parameters[0] + who[0]) / (parameters[1] + who[2]) + 1e-9


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(MODELS), TIMES)
def test_silence_never_speaks_for_being_alive(
    model_and_parameters: tuple[PurchaseModel, tuple[float, ...]], times: tuple[int, float, float]
) -> None:
    model, parameters = model_and_parameters
    one = customer(times)
    later = of(one.x[0], one.t_x[0], one.t[0] + 5)
    assert model.p_alive(parameters, later)[0] <= model.p_alive(parameters, one)[0] + 1e-12
    assert model.expected(parameters, one, 20)[0] <= model.expected(parameters, one, 30)[0] + 1e-12


def test_one_time_buyers_are_alive_for_certain_in_bg_nbd_only() -> None:
    silent = of(0, 0, 500)
    assert BG_NBD.p_alive(BG, silent)[0] == 1
    assert MBG_NBD.p_alive(MBG, silent)[0] < 0.2
    assert PARETO_NBD.p_alive(PARETO, silent)[0] < 0.2


def test_mean_spend_is_pulled_towards_that_of_all() -> None:
    p, q, gamma = 6.25, 3.74, 15.44
    x, mean = np.array([0.0, 1, 5, 1000]), np.array([0.0, 100, 100, 100])
    found = mean_spend((p, q, gamma), x, mean)
    assert found[0] == pytest.approx(p * gamma / (q - 1))
    assert found[0] < found[1] < found[2] < found[3]
    assert found[3] == pytest.approx(100, rel=1e-3)
