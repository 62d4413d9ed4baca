"""Which figure to trust, in a sentence: what the test on the own past allows to say, and no more."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.insights.models.beta_geometric import BG_NBD
from activetui.insights.models.forecast import Forecast
from activetui.insights.models.gain import Gain
from activetui.insights.models.own_past import FREQUENCY, RECENCY, OwnPast, Ranking
from activetui.locales import _
from activetui.locales.formats import days_words, format_decimals

PLACES = 3
"""Decimal places of an AUC for people."""
CORRELATED = 0.3
"""Correlation of how often and how much from which the amounts are said to be less sure."""


def advice(found: Forecast) -> str:
    """Whether a model, or a plain figure, should decide whom to look after first."""
    tested = None
    if found.past and found.best:
        tested = found.past.ranking(found.best.opinion.model.name, "expected")
    plain = found.past.ranking(RECENCY, "days_since_last_purchase") if found.past else None
    if found.best is None:
        said = _("No model can be used here: go by the days since the last purchase.")
    elif not found.past or not plain or not tested or tested.gain is None:
        said = _(
            "No model could be tested on your own past yet: until one can, go by the days since the last "
            "purchase."
        )
    else:
        said = _verdict(tested.gain).format(
            name=tested.name, horizon=days_words(found.past.horizon), figures=_figures(tested, plain)
        )
    number = _of_the_number(found.past, tested, plain)
    return f"{said} {number}" if number else said


def _of_the_number(past: OwnPast | None, tested: Ranking | None, plain: Ranking | None) -> str:
    """That the number of purchases did better than all else, where it did; else empty."""
    number = past.ranking(FREQUENCY, "purchase_days") if past else None
    if not number or not plain or number.auc is None or number.gain is None or number.gain.low <= 0:
        return ""
    if tested and tested.auc is not None and tested.auc >= number.auc:
        return ""
    return _(
        "Here the plain number of purchase days told who buys better than the days since the last purchase "
        "({figures})."
    ).format(figures=_figures(number, plain))


def _figures(ranking: Ranking, plain: Ranking) -> str:
    assert ranking.gain is not None
    return _("AUC {one} against {other}; difference {gain}, 95 % interval {low} to {high}").format(
        one=format_decimals(ranking.auc, PLACES), other=format_decimals(plain.auc, PLACES),
        gain=signed(ranking.gain.value), low=signed(ranking.gain.low), high=signed(ranking.gain.high),
    )


def _verdict(gain: Gain) -> str:
    if gain.low > 0:
        return _(
            "{name} told who buys within {horizon} better than the days since the last purchase did "
            "({figures}): worth a second look, beside your own rules."
        )
    if gain.value > 0:
        return _(
            "{name} told who buys within {horizon} no better than the days since the last purchase, beyond "
            "chance ({figures}): go by your own rules, and use the models for totals."
        )
    return _(
        "No model told who buys within {horizon} better than the days since the last purchase; the nearest "
        "was {name} ({figures}): go by your own rules."
    )


def warnings(found: Forecast) -> Iterator[str]:
    """What must be known before a figure is used."""
    if found.outlook(BG_NBD.name).opinion.usable:
        yield _(
            "The chance to be alive by BG/NBD is 1 for everyone who bought only once: it cannot rank "
            "one-time buyers."
        )
    correlation = found.spend.correlation
    if not found.spend.usable or correlation is None or abs(correlation) < CORRELATED:
        return
    if correlation > 0:
        yield _(
            "Who buys more often spends more a day (correlation {correlation}); Gamma–Gamma takes them for "
            "independent, so its amounts are less sure."
        ).format(correlation=signed(correlation))
    else:
        yield _(
            "Who buys more often spends less a day (correlation {correlation}); Gamma–Gamma takes them for "
            "independent, so its amounts are less sure."
        ).format(correlation=signed(correlation))


def signed(value: float) -> str:
    """A difference with its sign, to the places of an AUC."""
    return ("−" if value < 0 else "+") + format_decimals(abs(value), PLACES)
