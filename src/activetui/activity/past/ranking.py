"""How well a figure ranks customers by what they did afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray


def auc(score: ArrayLike, outcome: ArrayLike) -> float | None:
    """The chance that one with the outcome scores higher than one without it; a tie counts half.

    0.5 is a coin. It is the area under the ROC curve, and the Mann–Whitney statistic over the number of
    pairs. `score`: a number a customer, higher for those in whom the outcome is expected (for recency, the
    negative of the days of silence); `outcome`: true or false for the same customers. None where all have
    the outcome, or nobody has, or a score is not a number.
    """
    import numpy as np

    scores = np.asarray(score, dtype=np.float64)
    happened = np.asarray(outcome, dtype=np.bool_)
    positive = int(happened.sum())
    negative = len(happened) - positive
    if not positive or not negative or np.isnan(scores).any():
        return None
    ranks = _mid_ranks(scores)
    above = float(ranks[happened].sum()) - positive * (positive + 1) / 2
    return above / (positive * negative)


def _mid_ranks(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rank of each from 1 for the lowest; those that tie share the middle of their ranks."""
    import numpy as np

    _values, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return ((last - count + 1 + last) / 2)[place]
