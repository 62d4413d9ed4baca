"""How many come back by themselves, after how long a silence: what a campaign has to beat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from activetui.activity.past.purchase_history import PurchaseHistory
from activetui.ledger.days import Day

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SILENCES = (15, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 365)
"""Days of silence that are looked at where nobody asks for others."""

SO_FAR = (1, 2, 4, 10)
"""Silences are told apart by the purchases before them: one, 2 or 3, 4 to 9, 10 and more. Who has bought more
often comes back more often, but every further purchase says less."""


_BLOCK = 1_000_000
"""Purchases looked at together: so the memory that is needed does not grow with the ledger."""
_NO_END = 1 << 40
"""Days to a next purchase that has not come."""


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


class Silences(NamedTuple):
    """What became of the silences after a certain number of purchases, for every number of days."""

    n: tuple[int, ...]
    """At place d, the silences that lasted d days, and long enough ago to know what came of them."""
    returned: tuple[int, ...]
    """At place d, those of them that ended with a purchase within the horizon."""


def natural_return(
    history: PurchaseHistory, silences: Sequence[int], horizon: int, end: Day
) -> list[NaturalReturn]:
    """For each number of days of silence, how many bought within the `horizon` days after it.

    A silence of d days is a purchase day without another one in the d days after it. It is looked at where
    the whole horizon after it had passed at `end`, the last day that was watched. Nobody was contacted or
    everybody was: the ledger's own past is taken as it is.
    """
    every = together(silences_of(history.owner, history.day, horizon, end))
    return [
        NaturalReturn(silent, every.n[silent], every.returned[silent])
        if 0 <= silent < len(every.n) else NaturalReturn(silent, 0, 0)
        for silent in silences
    ]


def silences_of(
    customer: NDArray[np.integer], day: NDArray[np.integer], horizon: int, end: Day
) -> tuple[Silences, ...]:
    """What became of every silence, for each step of `SO_FAR`; as `natural_return` counts them.

    The arrays have one element a purchase, by customer and day. Several purchases of a customer on one day
    begin one silence.
    """
    import numpy as np

    found = [_Counted(horizon, end) for _step in SO_FAR]
    begins = np.concatenate(([0], np.flatnonzero(customer[1:] != customer[:-1]) + 1))
    edges = begins[np.searchsorted(begins, np.arange(0, len(customer), _BLOCK), side="right") - 1]
    for first, last in pairwise(dict.fromkeys([*edges.tolist(), len(customer)])):
        who, when, so_far = _purchase_days(customer[first:last], day[first:last])
        gap = np.full(len(when), _NO_END, dtype=np.int64)
        same = who[1:] == who[:-1]
        gap[:-1][same] = np.diff(when)[same]
        step = np.searchsorted(SO_FAR, so_far, side="right") - 1
        for place, counted in enumerate(found):
            counted.add(when[step == place], gap[step == place])
    days = max(len(counted.lasted) for counted in found)
    return tuple(counted.silences(days) for counted in found)


def _purchase_days(
    customer: NDArray[np.integer], day: NDArray[np.integer]
) -> tuple[NDArray[np.integer], NDArray[np.int64], NDArray[np.int64]]:
    """Customer and day of each purchase day, and the customer's purchases up to its end."""
    import numpy as np

    closes = np.ones(len(day), dtype=bool)
    closes[:-1] = (customer[1:] != customer[:-1]) | (day[1:] != day[:-1])
    begins = np.ones(len(customer), dtype=bool)
    begins[1:] = customer[1:] != customer[:-1]
    last = np.flatnonzero(closes)
    first = np.flatnonzero(begins)[np.cumsum(begins)[last] - 1]
    return customer[last], day[last].astype(np.int64), last - first + 1


class _Counted:
    """Silences counted by the longest one of each purchase day."""

    def __init__(self, horizon: int, end: Day) -> None:
        import numpy as np

        self._horizon, self._end = horizon, end
        self.lasted = np.zeros(0, dtype=np.int64)
        """At place d, the purchase days whose longest silence that can be looked at has d days."""
        self._away = np.zeros(0, dtype=np.int64)
        """At place d, those whose longest one that no purchase ended within the horizon has d days."""

    def add(self, day: NDArray[np.int64], gap: NDArray[np.int64]) -> None:
        """Count purchase days with the days up to the next one."""
        import numpy as np

        known = self._end - self._horizon - day
        self.lasted = _added(self.lasted, np.minimum(gap - 1, known))
        self._away = _added(self._away, np.minimum(gap - 1 - self._horizon, known))

    def silences(self, days: int) -> Silences:
        """The numbers for every silence of less than so many days."""
        n, away = _at_least(self.lasted, days), _at_least(self._away, days)
        return Silences(tuple(n.tolist()), tuple((n - away).tolist()))


def _added(counts: NDArray[np.int64], reached: NDArray[np.int64]) -> NDArray[np.int64]:
    import numpy as np

    more = np.bincount(reached[reached >= 0], minlength=len(counts))
    more[: len(counts)] += counts
    return more


def _at_least(counts: NDArray[np.int64], days: int) -> NDArray[np.int64]:
    import numpy as np

    return np.pad(counts, (0, days - len(counts)))[::-1].cumsum()[::-1]


def together(parts: Sequence[Silences]) -> Silences:
    """All silences of some groups, which know equally many days."""
    return Silences(*(
        tuple(map(sum, zip(*columns, strict=True))) for columns in zip(*parts, strict=True)
    ))
