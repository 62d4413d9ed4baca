"""Which figure to trust, in a sentence: what the test on the own past allows to say, and no more."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.insights.models.beta_geometric import BG_NBD
from activetui.insights.models.forecast import Forecast
from activetui.insights.models.gain import Gain
from activetui.insights.models.own_past import RECENCY
from activetui.locales import _
from activetui.locales.formats import days_words, format_decimals

PLACES = 3
"""Decimal places of an AUC for people."""
CORRELATED = 0.3
"""Correlation of how often and how much from which the amounts are said to be less sure."""


def advice(found: Forecast) -> str:
    """Whether a model, or the plain days since the last purchase, should decide whom to look after first."""
    if found.best is None:
        return _("No model can be used here: go by the days since the last purchase.")
    name = found.best.opinion.model.name
    plain = found.past and found.past.ranking(RECENCY, "days_since_last_purchase")
    tested = found.past and found.past.ranking(name, "expected")
    if not found.past or not plain or not tested or tested.gain is None:
        return _(
            "No model could be tested on your own past yet: until one can, go by the days since the last "
            "purchase."
        )
    figures = _("AUC {model} against {plain}; difference {gain}, 95 % interval {low} to {high}").format(
        model=format_decimals(tested.auc, PLACES), plain=format_decimals(plain.auc, PLACES),
        gain=signed(tested.gain.value), low=signed(tested.gain.low), high=signed(tested.gain.high),
    )
    return _verdict(tested.gain).format(name=name, figures=figures, horizon=days_words(found.past.horizon))


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
