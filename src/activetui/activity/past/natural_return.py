"""How many come back by themselves, after how long a silence: what a campaign has to beat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from activetui.activity.past.purchase_history import PurchaseHistory
from activetui.ledger.days import Day

SILENCES = (15, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 365)
"""Days of silence that are looked at where nobody asks for others."""


@dataclass(frozen=True, slots=True)
class NaturalReturn:
    """What became of those who had been silent for so many days."""

    silent_days: int
    n: int
    """Silences that lasted so long, and long enough ago to know what came of them; a customer may have
    several."""
    returned: int
    """Those that ended with a purchase within the horizon."""

    @property
    def share(self) -> float | None:
        """Returned of all; None where there are none."""
        return self.returned / self.n if self.n else None


def natural_return(
    history: PurchaseHistory, silences: Sequence[int], horizon: int, end: Day
) -> list[NaturalReturn]:
    """For each number of days of silence, how many bought within the `horizon` days after it.

    A silence of d days is a purchase day without another one in the d days after it. It is looked at where
    the whole horizon after it had passed at `end`, the last day that was watched. Nobody was contacted or
    everybody was: the ledger's own past is taken as it is.
    """
    import numpy as np

    gap = np.full(len(history.day), np.iinfo(np.int32).max, dtype=np.int64)
    same = history.owner[1:] == history.owner[:-1]
    gap[:-1][same] = np.diff(history.day)[same]
    rows = []
    for silent in silences:
        silence = (gap > silent) & (history.day + silent + horizon <= end)
        returned = silence & (gap <= silent + horizon)
        rows.append(NaturalReturn(silent, int(silence.sum()), int(returned.sum())))
    return rows
