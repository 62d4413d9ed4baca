"""The models fitted to one history, and whether what came out can be used; if not, why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from activetui.insights.models import gamma_gamma
from activetui.insights.models.beta_geometric import BG_NBD, MBG_NBD
from activetui.insights.models.fitting import Optimum, Tick, likeliest
from activetui.insights.models.pareto_nbd import PARETO_NBD
from activetui.insights.models.purchase_model import Parameters, PurchaseModel
from activetui.insights.models.sample import Sample
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number

if TYPE_CHECKING:
    from activetui.activity.past.purchase_history import PurchaseHistory

PURCHASE_MODELS: tuple[PurchaseModel, ...] = (BG_NBD, MBG_NBD, PARETO_NBD)
FEWEST = 500
"""Customers below which nothing is fitted. Of 60 random draws from the 2,357 customers of a music shop, 26
gave a degenerate BG/NBD with 50 customers, 18 of 60 with 100, 9 of 60 with 200, and none with 500."""
MOST_UNCERTAIN = 4.0
"""Standard error of the logarithm of a parameter above which the data do not settle it: one standard error up
or down is then a factor of 55."""
_ROUGHLY = 1_500
"""Customers on whom the region of the likeliest parameters is looked for, where there are many more."""


@dataclass(frozen=True)
class Opinion:
    """A model of when customers buy, fitted to a sample; or why it was not, or may not be used."""

    model: PurchaseModel
    sample: Sample
    optimum: Optimum | None
    """None if nothing was fitted."""
    objection: str
    """Why it cannot be used, in a sentence; empty if it can."""

    @property
    def usable(self) -> bool:
        """Whether anything may be foretold with it."""
        return not self.objection

    @property
    def parameters(self) -> Parameters:
        """In the order of the model's letters; empty if nothing was fitted."""
        return () if self.optimum is None else self.optimum.parameters


@dataclass(frozen=True)
class SpendOpinion:
    """The model of what customers spend on a purchase day; or why there is none."""

    optimum: Optimum | None
    parameters: Parameters
    """p, q and γ, the last in minor units; empty if nothing was fitted."""
    log_likelihood: float | None
    """As a density of the mean spend in minor units."""
    customers: int
    """Those it rests on: with money on repeat purchase days."""
    correlation: float | None
    """Of how often and how much a day customers buy; the model takes it for 0."""
    objection: str

    @property
    def usable(self) -> bool:
        """Whether anything may be foretold with it."""
        return not self.objection


def fit(model: PurchaseModel, sample: Sample, tick: Tick | None = None) -> Opinion:
    """The likeliest parameters of a model, unless the sample is too small; `tick` may raise to cancel."""
    too_little = _too_little(sample)
    if too_little:
        return Opinion(model, sample, None, too_little)
    thin = sample.thinned(_ROUGHLY) if sample.customers > 2 * _ROUGHLY else None
    optimum = likeliest(
        _total(model, sample), model.starts(sample), sample.customers,
        None if thin is None else _total(model, thin, sample.customers / thin.customers), tick,
    )
    return Opinion(model, sample, optimum, objection_to(optimum, model.letters))


def fit_spend(history: PurchaseHistory, sample: Sample, tick: Tick | None = None) -> SpendOpinion:
    """The likeliest parameters of Gamma–Gamma, unless the sample is too small."""
    import numpy as np

    spending = gamma_gamma.spending_of(history)
    number = len(spending.x)
    too_little = _too_little(sample)
    if not too_little and not number:
        too_little = _("No repeat purchase has an amount in the store's currency.")
    if too_little:
        return SpendOpinion(None, (), None, number, spending.correlation, too_little)
    optimum = likeliest(
        lambda parameters: gamma_gamma.log_likelihood(parameters, spending),
        gamma_gamma.STARTS, number, None, tick,
    )
    p, q, gamma = optimum.parameters
    objection = objection_to(optimum, gamma_gamma.LETTERS)
    if not objection and q <= 1:
        objection = _("Spend varies so widely between customers that it has no mean (q is not above 1).")
    return SpendOpinion(
        optimum, (p, q, gamma * spending.unit),
        optimum.log_likelihood - number * float(np.log(spending.unit)),
        number, spending.correlation, objection,
    )


def objection_to(optimum: Optimum, letters: tuple[str, ...]) -> str:
    """Why the end of a search is no sound fit, in a sentence; empty if it is one."""
    edge = [letter for letter, at_edge in zip(letters, optimum.at_edge, strict=True) if at_edge]
    if edge:
        return _("The fit is degenerate: the likeliest {letters} lies beyond every bound.").format(
            letters=", ".join(edge)
        )
    loose = [
        letter for letter, error in zip(letters, optimum.uncertainty, strict=True) if error > MOST_UNCERTAIN
    ]
    if loose:
        return _("The fit is degenerate: very different values of {letters} are as likely.").format(
            letters=", ".join(loose)
        )
    if not optimum.settled:
        return _("The search for the likeliest parameters did not come to rest.")
    return ""


def _too_little(sample: Sample) -> str:
    number = sample.customers
    if number < FEWEST:
        return ngettext(
            "Too few data: {n} customer has bought, and it takes {fewest}.",
            "Too few data: {n} customers have bought, and it takes {fewest}.",
            number,
        ).format(n=format_number(number), fewest=format_number(FEWEST))
    if not sample.x.any():
        return _("Nobody has bought on a second day yet.")
    return ""


def _total(model: PurchaseModel, sample: Sample, times: float = 1.0) -> Callable[[Parameters], float]:
    # not as a product of vectors: its threads would wait for each other where the processors are busy
    return lambda parameters: times * float((model.log_likelihood(parameters, sample) * sample.number).sum())
