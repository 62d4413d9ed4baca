"""How long it takes until the next purchase, told from closed and from open gaps.

A gap is open where the next purchase has not come yet. Counting closed gaps alone makes customers look
quicker than they are: the long gaps are the ones that are still open. The estimate of Kaplan and Meier (1958)
lets every open gap count for as long as it has been watched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from activetui.activity.past.purchase_history import PurchaseHistory
from activetui.ledger.days import Day

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Gaps:
    """The days from each purchase day to the next, and those that have passed since the last."""

    closed: NDArray[np.int32]
    owner: NDArray[np.int32]
    """One element a closed gap: the position of its customer among the customers of the history."""
    open: NDArray[np.int32]
    """One element a customer: days from the last purchase to the end of what was watched."""

    def percentiles(self, at: Sequence[float]) -> list[float | None]:
        """Percentiles of the closed gaps in days, between two gaps in proportion; None without any."""
        import numpy as np

        if not len(self.closed):
            return [None for _percent in at]
        return [float(value) for value in np.percentile(self.closed, list(at))]


def gaps_of(history: PurchaseHistory, end: Day) -> Gaps:
    """The gaps of a history that holds no purchase after `end`, the last day that was watched."""
    import numpy as np

    same = history.owner[1:] == history.owner[:-1]
    return Gaps(
        closed=np.diff(history.day)[same],
        owner=history.owner[1:][same],
        open=(end - history.last_days()).astype(np.int32),
    )


@dataclass(frozen=True)
class Curve:
    """The share of purchases that still wait for the next one, by days of silence."""

    share: NDArray[np.float64]
    """Element d: the share without a next purchase within d days; the first is 1."""
    watched: NDArray[np.int64]
    """Element d: the gaps that were still open, and still watched, when d days had passed."""

    def share_without(self, days: int) -> float | None:
        """The share without a next purchase within so many days; None beyond what was watched."""
        return float(self.share[days]) if 0 <= days < len(self.share) else None

    def share_within(self, days: int) -> float | None:
        """The share whose next purchase comes within so many days; None beyond what was watched."""
        without = self.share_without(days)
        return None if without is None else 1 - without

    def longest(self, fewest: int) -> int:
        """The most days of silence at which `fewest` gaps or more were still watched; 0 if there are none."""
        import numpy as np

        enough = np.flatnonzero(self.watched >= fewest)
        return int(enough[-1]) if len(enough) else 0

    def days_until(self, part: float, horizon: int) -> int | None:
        """Days by which that part of the returns within `horizon` has come; None where nobody returned."""
        import numpy as np

        come = 1 - self.share[: horizon + 1]
        if not len(come) or come[-1] <= 0:
            return None
        return int(np.argmax(come >= part * come[-1] - 1e-12))


def curve_of(
    closed: NDArray[np.int32], open_: NDArray[np.int32], weight: NDArray[np.float64] | None = None
) -> Curve:
    """The estimate of Kaplan and Meier from closed and open gaps in days (0 or more).

    A gap that was watched for d days and is open is at risk of closing on day d itself. `weight`: how often
    each gap counts, the closed ones before the open ones; once where None.
    """
    import numpy as np

    every = np.concatenate((closed, open_))
    length = int(every.max()) + 1 if len(every) else 1
    ended = np.bincount(every, weight, minlength=length)
    returned = np.bincount(closed, None if weight is None else weight[: len(closed)], minlength=length)
    watched = ended[::-1].cumsum()[::-1]
    chance = np.divide(returned, watched, out=np.zeros(length), where=watched > 0)
    return Curve(np.cumprod(1 - chance), watched.astype(np.int64))
