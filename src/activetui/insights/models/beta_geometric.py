"""BG/NBD and MBG/NBD: customers buy at random times, and may leave after any purchase.

BG/NBD: Fader, Hardie & Lee 2005, "Counting your customers" the easy way (Marketing Science 24). Purchases
of a customer come at a constant rate λ ~ Gamma(r, α); after each repeat purchase the customer leaves for good
with probability p ~ Beta(a, b). Nobody can leave before: whoever bought only once is alive for certain.

MBG/NBD: Batislam, Denizel & Filiztekin 2007 and Hoppe & Wagner 2007. The same, but a customer may leave after
the first purchase too.

Everything is worked out in logarithms, and the Gauss hypergeometric function after Euler's transformation, in
which x, however large, stands where it does not make the series grow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activetui.insights.models.purchase_model import Parameters
from activetui.insights.models.sample import Sample
from activetui.insights.models.scipy_extra import special

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NODES = 32
_NEAR_A_POLE = 1e-4
"""So near to a = 1, the closed form would lose digits by cancellation."""
_LEAST_C = 0.1
"""Below this, the hypergeometric function of the closed form nears its pole at 0."""


@dataclass(frozen=True)
class BetaGeometric:
    """Either of the two: `after_first` says whether a customer may leave after the first purchase."""

    name: str
    after_first: bool

    @property
    def letters(self) -> tuple[str, ...]:
        """r and alpha (weeks) of the rates, a and b of the probabilities to leave."""
        return ("r", "alpha", "a", "b")

    def starts(self, sample: Sample) -> list[tuple[float, ...]]:
        """Few and many leavers, each at the time scale of the sample."""
        scale = float((sample.t * sample.number).sum() / sample.customers) or 1.0
        return [(0.5, scale / 4, 0.8, 2.0), (1.0, scale, 0.1, 1.0), (0.3, scale / 8, 2.0, 3.0)]

    def log_likelihood(self, parameters: Parameters, sample: Sample) -> NDArray[np.float64]:
        """ln L of one customer of each row, to which both "still alive" and "left at t_x" add."""
        import numpy as np

        r, alpha, a, b = parameters
        functions = special()
        by_x = sample.by_x
        of_x = (
            functions.gammaln(r + by_x.value) - functions.gammaln(r)
            + functions.betaln(a, b + by_x.value + self.after_first) - functions.betaln(a, b)
        )
        alive = -r * np.log1p(sample.t / alpha) - sample.x * np.log(alpha + sample.t)
        left = np.logaddexp(0.0, self._odds(parameters, sample))
        found: NDArray[np.float64] = of_x[by_x.place] + alive + left
        return found

    def p_alive(self, parameters: Parameters, sample: Sample) -> NDArray[np.float64]:
        """1 / (1 + a / (b + x − 1) · ((α + T) / (α + t_x))^(r + x)), for MBG/NBD with b + x instead.

        In BG/NBD this is 1 for everyone without a repeat purchase, so it ranks no one-time buyers.
        """
        found: NDArray[np.float64] = special().expit(-self._odds(parameters, sample))
        return found

    def expected(self, parameters: Parameters, sample: Sample, weeks: float) -> NDArray[np.float64]:
        """The chance to be alive, times the purchases to expect of one who is."""
        return self.p_alive(parameters, sample) * self._while_alive(parameters, sample, weeks)

    def _odds(self, parameters: Parameters, sample: Sample) -> NDArray[np.float64]:
        """The logarithm of the odds of having left; −∞ for whoever cannot have."""
        import numpy as np

        r, alpha, a, b = parameters
        chances = b + sample.x - (not self.after_first)
        can_leave = (sample.x > 0) | self.after_first
        chances = np.where(can_leave, chances, 1.0)
        silence = np.log((alpha + sample.t) / (alpha + sample.t_x))
        return np.where(can_leave, np.log(a / chances) + (r + sample.x) * silence, -np.inf)

    def _while_alive(self, parameters: Parameters, sample: Sample, weeks: float) -> NDArray[np.float64]:
        """Purchases to expect of a customer who is alive, for whom λ ~ Gamma(r + x, α + T), p ~ Beta(a, b′).

        E[(1 − exp(−λpt)) / p] = (a + b′ − 1) / (a − 1) ·
        (1 − (1 − z)^(a − 1) · ₂F₁(a − 1, a + b′ − 1 − r − x; a + b′ − 1; z)), z = t / (α + T + t).
        """
        import numpy as np

        r, alpha, a, b = parameters
        rows = sample.at_end
        stayed = b + rows.x + self.after_first
        reach = weeks / (alpha + rows.weeks)
        c = a + stayed - 1
        closed = (c >= _LEAST_C) & (abs(a - 1) >= _NEAR_A_POLE)
        found = np.empty(len(rows.x))
        z = reach[closed] / (1 + reach[closed])
        rest = special().hyp2f1(a - 1, a + b + self.after_first - 1 - r, c[closed], z)
        with np.errstate(divide="ignore"):
            found[closed] = c[closed] / (a - 1) * (1 - (1 - z) ** (a - 1) * rest)
        found[~closed] = _by_quadrature(r + rows.x[~closed], a, stayed[~closed], reach[~closed])
        return found[rows.place]


def _by_quadrature(
    shape: NDArray[np.float64], a: float, stayed: NDArray[np.float64], reach: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The same expectation as an integral that has no pole, by Gauss and Legendre.

    ∫ E[λ exp(−λps)] ds over the time ahead, with 1 + s / (α + T) = exp(v):
    k ∫ exp((1 − a)v) · ₂F₁(a, a + b′ − k − 1; a + b′; 1 − exp(−v)) dv from 0 to ln(1 + t / (α + T)).
    """
    import numpy as np

    places, weights = np.polynomial.legendre.leggauss(_NODES)
    half = np.log1p(reach) / 2
    total = np.zeros(len(shape))
    for place, weight in zip(places.tolist(), weights.tolist(), strict=True):
        v = half * (1 + place)
        inner = special().hyp2f1(a, a + stayed - shape - 1, a + stayed, -np.expm1(-v))
        total += weight * np.exp((1 - a) * v) * inner
    found: NDArray[np.float64] = shape * half * total
    return found


BG_NBD = BetaGeometric("BG/NBD", after_first=False)
MBG_NBD = BetaGeometric("MBG/NBD", after_first=True)
