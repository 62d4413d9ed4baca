"""The forecast under the names of the JSON contract; times in weeks, money as decimal strings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from activetui.cli.stamp import Stamp
from activetui.insights.models.advice import advice, warnings
from activetui.insights.models.forecast import Forecast, Outlook
from activetui.insights.models.gain import Gain
from activetui.insights.models.gamma_gamma import LETTERS, NAME
from activetui.insights.models.own_past import FREQUENCY, RECENCY, OwnPast, Ranking
from activetui.insights.models.sample import Sample
from activetui.ledger.days import iso
from activetui.ledger.money import digits, plain

if TYPE_CHECKING:
    from activetui.insights.models.opinions import Opinion

MODEL_FIELDS = (
    "name", "usable", "why", "parameters", "log_likelihood", "expected_total", "expected_value", "currency",
    "auc", "auc_repeaters", "p_alive_auc", "p_alive_auc_repeaters", "better_than_recency",
)
_BY_MODEL = {"BG/NBD": "bg_nbd", "MBG/NBD": "mbg_nbd", "Pareto/NBD": "pareto_nbd"}
CUSTOMER_FIELDS = (
    "id", "x", "t_x", "t", "p_alive", "expected", "expected_value", "currency",
    *(f"{figure}_{word}" for word in _BY_MODEL.values() for figure in ("p_alive", "expected")),
)
_DIGITS = 6


def forecast_row(found: Forecast, made: Stamp, currency: str) -> dict[str, Any]:
    """All but the customers."""
    past = found.past
    return {
        "as_of": iso(found.as_of),
        **made.fields(),
        "observed_to": iso(found.observed_to),
        "weeks": found.weeks,
        "horizon_days": past.horizon if past else None,
        "data": _data(found),
        "models": model_rows(found, currency),
        "recency_auc": _auc(past, RECENCY),
        "recency_auc_repeaters": _auc(past, RECENCY, repeaters=True),
        "frequency_auc": _auc(past, FREQUENCY),
        "actual": found.actual and {
            "purchase_days": found.actual.purchase_days, "customers": found.actual.customers,
        },
        "test": past and _test(past),
        "best": found.best and found.best.opinion.model.name,
        "advice": advice(found),
        "warnings": list(warnings(found)),
    }


def _data(found: Forecast) -> dict[str, Any]:
    data = found.data
    return {
        "customers": data.customers,
        "repeat_purchases": data.repeat_purchases,
        "x_zero": data.one_time,
        "x_positive": data.repeaters,
        "repeat_rate": _rounded(data.repeat_rate),
        "t_min": _rounded(data.t_min),
        "t_max": _rounded(data.t_max),
        "x_max": data.x_max,
    }


def model_rows(found: Forecast, currency: str) -> list[dict[str, Any]]:
    """One row a model, with the fields of `MODEL_FIELDS`; the model of spend is the last."""
    rows = [_model_row(found, outlook, currency) for outlook in found.outlooks]
    spend, best = found.spend, found.best
    scale = 10 ** digits(currency)
    values = dict(zip(LETTERS, spend.parameters, strict=False))
    if values:
        values["gamma"] /= scale
    per_unit = None
    if spend.log_likelihood is not None:
        from math import log

        per_unit = spend.log_likelihood + spend.customers * log(scale)
    rows.append(dict.fromkeys(MODEL_FIELDS) | {
        "name": NAME,
        "usable": spend.usable,
        "why": spend.objection or None,
        "parameters": {name: _rounded(value) for name, value in values.items()} or None,
        "log_likelihood": _rounded(per_unit),
        "expected_value": _money(best.value_total if best else None, currency),
        "currency": currency,
        "customers": spend.customers,
        "correlation": _rounded(spend.correlation),
        "mean_value": _money(found.mean_spend, currency),
    })
    return rows


def _model_row(found: Forecast, outlook: Outlook, currency: str) -> dict[str, Any]:
    opinion: Opinion = outlook.opinion
    name, past = opinion.model.name, found.past
    expected = past.ranking(name, "expected") if past else None
    alive = past.ranking(name, "p_alive") if past else None
    parameters = dict(zip(opinion.model.letters, opinion.parameters, strict=False))
    return {
        "name": name,
        "usable": opinion.usable,
        "why": opinion.objection or None,
        "parameters": {letter: _rounded(value) for letter, value in parameters.items()} or None,
        "log_likelihood": _rounded(opinion.optimum.log_likelihood if opinion.optimum else None),
        "expected_total": _rounded(outlook.expected_total),
        "expected_value": _money(outlook.value_total, currency),
        "currency": currency,
        "auc": _rounded(expected.auc if expected else None),
        "auc_repeaters": _rounded(expected.auc_repeaters if expected else None),
        "p_alive_auc": _rounded(alive.auc if alive else None),
        "p_alive_auc_repeaters": _rounded(alive.auc_repeaters if alive else None),
        "better_than_recency": expected.gain.low > 0 if expected and expected.gain else None,
    }


def _test(past: OwnPast) -> dict[str, Any]:
    return {
        "as_of": iso(past.day),
        "horizon_days": past.horizon,
        "ranked_by_weeks": past.weeks,
        "buyers": past.buyers,
        "of": past.of,
        "repeat_buyers": past.repeat_buyers,
        "of_repeaters": past.repeaters,
        "purchase_days": past.purchase_days,
        "rankings": [_ranking(each) for each in past.rankings],
        "foretold": [{"name": each.name, "expected": _rounded(each.expected)} for each in past.foretold],
        "not_tested": [{"name": name, "why": why} for name, why in past.objections.items()],
    }


def _ranking(found: Ranking) -> dict[str, Any]:
    gain: Gain | None = found.gain
    return {
        "name": found.name,
        "figure": found.figure,
        "auc": _rounded(found.auc),
        "auc_repeaters": _rounded(found.auc_repeaters),
        "gain": _rounded(gain.value if gain else None),
        "gain_low": _rounded(gain.low if gain else None),
        "gain_high": _rounded(gain.high if gain else None),
    }


def customer_rows(
    found: Forecast, chosen: Outlook | None, currency: str, limit: int | None
) -> list[dict[str, Any]]:
    """The customers with the fields of `CUSTOMER_FIELDS`, those of whom most is expected first."""
    import numpy as np

    sample = found.sample
    usable = chosen if chosen and chosen.opinion.usable else None
    order = np.arange(len(found.customers))
    if usable:
        order = np.lexsort((order, -usable.expected))
    figures = {
        word: found.outlook(name) for name, word in _BY_MODEL.items() if found.outlook(name).opinion.usable
    }
    rows = []
    for at in order[:limit].tolist():
        row: dict[str, Any] = dict.fromkeys(CUSTOMER_FIELDS)
        place = sample.row[at]
        row |= {"id": int(found.customers[at]), "currency": currency} | _past_of(sample, int(place))
        if usable:
            row |= _figures(usable, at, "p_alive", "expected")
            row["expected_value"] = _money(None if usable.value is None else usable.value[at], currency)
        for word, outlook in figures.items():
            row |= _figures(outlook, at, f"p_alive_{word}", f"expected_{word}")
        rows.append(row)
    return rows


def like_rows(
    found: Forecast, chosen: Outlook | None, alike: Sequence[tuple[int, float, float]]
) -> list[dict[str, Any]]:
    """What the models say of customers with such a past, who need not exist."""
    import numpy as np

    one = np.zeros(1, dtype=np.int64)
    rows = []
    for x, t_x, t in alike:
        sample = Sample(np.array([float(x)]), np.array([t_x]), np.array([t]), one + 1, one)
        row: dict[str, Any] = dict.fromkeys(CUSTOMER_FIELDS) | _past_of(sample, 0)
        for outlook in found.outlooks:
            opinion, word = outlook.opinion, _BY_MODEL[outlook.opinion.model.name]
            if not opinion.usable:
                continue
            alive = opinion.model.p_alive(opinion.parameters, sample)[0]
            expected = opinion.model.expected(opinion.parameters, sample, found.weeks)[0]
            row |= {f"p_alive_{word}": _rounded(alive), f"expected_{word}": _rounded(expected)}
            if outlook is chosen:
                row |= {"p_alive": _rounded(alive), "expected": _rounded(expected)}
        rows.append(row)
    return rows


def _past_of(sample: Sample, place: int) -> dict[str, Any]:
    return {
        "x": int(sample.x[place]), "t_x": _rounded(sample.t_x[place]), "t": _rounded(sample.t[place]),
    }


def _figures(outlook: Outlook, at: int, alive: str, expected: str) -> dict[str, Any]:
    return {alive: _rounded(outlook.p_alive[at]), expected: _rounded(outlook.expected[at])}


def _auc(past: OwnPast | None, name: str, *, repeaters: bool = False) -> float | None:
    found = next((each for each in past.rankings if each.name == name), None) if past else None
    return None if found is None else _rounded(found.auc_repeaters if repeaters else found.auc)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), _DIGITS)


def _money(minor: float | None, currency: str) -> str | None:
    return None if minor is None else plain(round(float(minor)), currency)
