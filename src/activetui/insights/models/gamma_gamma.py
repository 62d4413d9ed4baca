"""Gamma–Gamma: what a customer spends on a purchase day.

Fader & Hardie 2013, "The Gamma-Gamma model of monetary value". Spend on one day is Gamma(p, ν) distributed,
and ν ~ Gamma(q, γ) over the customers; whoever has few purchase days is thus pulled towards the mean of all.
It holds only if those who buy often spend neither more nor less on a day: the correlation is told beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activetui.insights.models.purchase_model import Parameters
from activetui.insights.models.sample import by_value
from activetui.insights.models.scipy_extra import special

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.past.purchase_history import PurchaseHistory
    from activetui.insights.models.sample import Values

NAME = "Gamma–Gamma"
LETTERS = ("p", "q", "gamma")
STARTS: list[tuple[float, ...]] = [(2.0, 3.0, 1.0), (6.0, 4.0, 0.5), (1.0, 2.0, 1.0), (1.0, 8.0, 8.0)]
"""Where the search begins, in units of the mean spend."""


@dataclass(frozen=True)
class Spending:
    """Repeat purchase days and mean spend on one; the first purchase day is left out, as in the paper."""

    x: NDArray[np.float64]
    mean: NDArray[np.float64]
    """In units of the mean over the customers, so that no currency is too small or too large to fit."""
    unit: float
    """The mean over the customers, in minor units."""
    by_x: Values

    @property
    def correlation(self) -> float | None:
        """Pearson's, of how often and how much a day; None where one of them does not vary."""
        import numpy as np

        if len(self.x) < 2 or not self.x.std() or not self.mean.std():
            return None
        return float(np.corrcoef(self.x, self.mean)[0, 1])


def spending_of(history: PurchaseHistory) -> Spending:
    """Of everyone whose repeat purchase days brought money; others say nothing of how much."""

    x, mean = repeat_spend(history)
    earning = (x > 0) & (mean > 0)
    x, mean = x[earning], mean[earning]
    unit = float(mean.mean()) if len(mean) else 1.0
    return Spending(x, mean / unit, unit, by_value(x))


def repeat_spend(history: PurchaseHistory) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For every customer: repeat purchase days, and the mean spend on one in minor units (0 without any)."""
    import numpy as np

    x = (history.number() - 1).astype(np.float64)
    spend = history.spend.astype(np.float64)
    total = np.bincount(history.owner, spend, len(x)) - spend[history.edges[:-1]]
    mean = np.divide(total, x, out=np.zeros_like(total), where=x > 0)
    return x, mean


def log_likelihood(parameters: Parameters, spending: Spending) -> float:
    """ln L of all together, as a density of the mean spend in units of `spending.unit`."""
    import numpy as np

    p, q, gamma = parameters
    functions = special()
    by_x = spending.by_x
    shape = p * by_x.value
    of_x = functions.gammaln(shape + q) - functions.gammaln(shape) - functions.gammaln(q)
    shape = shape[by_x.place]
    total = spending.x * spending.mean
    found = (
        of_x[by_x.place] + q * np.log(gamma / (gamma + total))
        + shape * np.log(total / (gamma + total)) - np.log(spending.mean)
    )
    return float(found.sum())


def mean_spend(
    parameters: Parameters, x: NDArray[np.float64], mean: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What to expect on a purchase day of customers with that past: p(γ + x·z̄) / (p·x + q − 1).

    Money in the unit of γ. Needs q > 1: without it spend has no mean.
    """
    p, q, gamma = parameters
    found: NDArray[np.float64] = p * (gamma + x * mean) / (p * x + q - 1)
    return found
