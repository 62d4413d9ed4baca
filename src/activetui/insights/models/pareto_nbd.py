"""Pareto/NBD: customers buy at random times, and may leave at any time.

Schmittlein, Morrison & Colombo 1987, "Counting your customers" (Management Science 33); the likelihood as in
Fader & Hardie 2005, "A note on deriving the Pareto/NBD model". Purchases of a customer come at a constant
rate λ ~ Gamma(r, α), leaving at a constant rate μ ~ Gamma(s, β).

What the likelihood needs is S(y) = ∫ (α + u)^−(r + x) · (β + u)^−(s + 1) du from y to ∞, a Gauss
hypergeometric function in one of two orders of its arguments, depending on which of α and β is the larger;
both are taken after Euler's transformation, in which the first argument is 1 and nothing grows with x.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activetui.insights.models.purchase_model import Parameters
from activetui.insights.models.sample import Different, Sample
from activetui.insights.models.scipy_extra import special

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class ParetoNBD:
    """The model; it has no variants."""

    name: str = "Pareto/NBD"

    @property
    def letters(self) -> tuple[str, ...]:
        """r and alpha (weeks) of the rates of buying, s and beta (weeks) of the rates of leaving."""
        return ("r", "alpha", "s", "beta")

    def starts(self, sample: Sample) -> list[tuple[float, ...]]:
        """Either of the two time scales the larger."""
        scale = float((sample.t * sample.number).sum() / sample.customers) or 1.0
        return [(0.5, scale / 4, 0.5, scale / 2), (1.0, scale, 0.5, scale / 4)]

    def log_likelihood(self, parameters: Parameters, sample: Sample) -> NDArray[np.float64]:
        """ln L of one customer of each row, to which both "still alive" and "left since t_x" add."""
        import numpy as np

        r, alpha, s, beta = parameters
        by_x = sample.by_x
        of_x = special().gammaln(r + by_x.value) - special().gammaln(r)
        alive = (
            -r * np.log1p(sample.t / alpha) - sample.x * np.log(alpha + sample.t)
            - s * np.log1p(sample.t / beta)
        )
        left = np.logaddexp(0.0, self._odds(parameters, sample))
        found: NDArray[np.float64] = of_x[by_x.place] + alive + left
        return found

    def p_alive(self, parameters: Parameters, sample: Sample) -> NDArray[np.float64]:
        """1 / (1 + s · (α + T)^(r + x) · (β + T)^s · (S(t_x) − S(T)))."""
        found: NDArray[np.float64] = special().expit(-self._odds(parameters, sample))
        return found

    def expected(self, parameters: Parameters, sample: Sample, weeks: float) -> NDArray[np.float64]:
        """P(alive) · (r + x)(β + T) / ((α + T)(s − 1)) · (1 − ((β + T) / (β + T + t))^(s − 1))."""
        import numpy as np

        r, alpha, s, beta = parameters
        reach = np.log1p(weeks / (beta + sample.t))
        # (1 − exp(−(s − 1)·reach)) / (s − 1), which at s = 1 is `reach` itself
        stay = reach * special().exprel(-(s - 1) * reach)
        rate = (r + sample.x) / (alpha + sample.t)
        found: NDArray[np.float64] = self.p_alive(parameters, sample) * rate * (beta + sample.t) * stay
        return found

    def _odds(self, parameters: Parameters, sample: Sample) -> NDArray[np.float64]:
        """The logarithm of the odds of having left; −∞ where the last purchase was on the last day."""
        import numpy as np

        r, alpha, s, beta = parameters
        since_last = _log_tail(parameters, sample.at_last)[sample.at_last.place]
        since_end = _log_tail(parameters, sample.at_end)[sample.at_end.place]
        with np.errstate(divide="ignore"):
            between = since_last + np.log(-np.expm1(np.minimum(since_end - since_last, 0.0)))
        found: NDArray[np.float64] = (
            np.log(s) + (r + sample.x) * np.log(alpha + sample.t) + s * np.log(beta + sample.t) + between
        )
        return found


def _log_tail(parameters: Parameters, rows: Different) -> NDArray[np.float64]:
    """ln S(y) for pairs of x and y."""
    import numpy as np

    r, alpha, s, beta = parameters
    a, b = alpha + rows.weeks, beta + rows.weeks
    c = r + s + rows.x
    if alpha >= beta:
        lead = -(r + rows.x) * np.log(a) - s * np.log(b)
        series = special().hyp2f1(1.0, r + rows.x, c + 1, (alpha - beta) / a)
    else:
        lead = (1 - r - rows.x) * np.log(a) - (s + 1) * np.log(b)
        series = special().hyp2f1(1.0, s + 1, c + 1, (beta - alpha) / b)
    found: NDArray[np.float64] = lead + np.log(series) - np.log(c)
    return found


PARETO_NBD = ParetoNBD()
