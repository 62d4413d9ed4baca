"""Whether one figure ranks customers better than another by more than chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_Z = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True)
class Gain:
    """By how much the AUC of one figure exceeds that of another, with its 95 % interval."""

    value: float
    low: float
    high: float


def gain(
    score: NDArray[np.float64], over: NDArray[np.float64], happened: NDArray[np.bool_]
) -> Gain | None:
    """The gain of `score` over `over` on the same customers; higher scores are for those who did.

    DeLong, DeLong & Clarke-Pearson 1988 (Biometrics 44): both are means over customers with and without the
    outcome, so the variance of their difference follows from those of the single customers' shares in it.
    None where fewer than two have the outcome, or have it not.
    """
    import numpy as np

    positive, negative = int(happened.sum()), int((~happened).sum())
    if min(positive, negative) < 2:
        return None
    with_it, without = _shares(score, happened)
    other_with, other_without = _shares(over, happened)
    with_it, without = with_it - other_with, without - other_without
    value = float(with_it.mean())
    error = float(np.sqrt(with_it.var(ddof=1) / positive + without.var(ddof=1) / negative))
    return Gain(value, value - _Z * error, value + _Z * error)


def _shares(
    score: NDArray[np.float64], happened: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Of each with the outcome, the share of those without who score lower; of each without, those higher."""
    with_it, without = score[happened], score[~happened]
    return _share_below(with_it, without), 1 - _share_below(without, with_it)


def _share_below(score: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    ordered = np.sort(others)
    below = np.searchsorted(ordered, score, "left") + np.searchsorted(ordered, score, "right")
    found: NDArray[np.float64] = below / (2 * len(others))
    return found
