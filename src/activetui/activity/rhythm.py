"""A customer's rhythm: the median of the last gaps between purchase days.

A median of whole numbers may end in a half, so rhythms are held doubled, and everything stays exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activetui.activity.block import LedgerBlock
from activetui.activity.intervals import STRETCH_BITS, at, begins_run, ends_run, owner_of
from activetui.ledger.kinds import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.intervals import Points

LAST_GAPS = 12
"""How many of the latest gaps the rhythm rests on."""
FEWEST_GAPS = 2
"""With fewer gaps nobody has a rhythm."""


@dataclass(frozen=True, slots=True)
class PurchaseDays:
    """Every day on which a customer bought something that counts, once, by customer and day."""

    place: Points
    """Customer and day on the line (`intervals.at`)."""
    number: NDArray[np.int32]
    """1 for the customer's first purchase day, 2 for the second …"""
    last_event: NDArray[np.int64]
    """Position in the block of the last purchase of the day."""


def purchase_days(block: LedgerBlock) -> PurchaseDays:
    """The purchase days of a block: several purchases on one day are one."""
    import numpy as np

    events = np.flatnonzero((block.kind == Kind.PURCHASE) & block.counts)
    place = at(block.owner[events], block.day[events])
    closes_day = ends_run(place)
    place, events = place[closes_day], events[closes_day]
    positions = np.arange(len(place))
    first = np.maximum.accumulate(np.where(begins_run(owner_of(place)), positions, 0))
    return PurchaseDays(place, (positions - first + 1).astype(np.int32), events)


def doubled_rhythms(days: PurchaseDays, which: NDArray[np.int64]) -> NDArray[np.int64]:
    """Twice the rhythm in days, as known on those purchase days (positions in `days`); 0 where none.

    The median of the last `LAST_GAPS` gaps that end on or before that day.
    """
    import numpy as np

    gaps_known = np.minimum(days.number[which] - 1, LAST_GAPS)
    rhythmic = gaps_known >= FEWEST_GAPS
    which, gaps_known = which[rhythmic], gaps_known[rhythmic]
    gap = np.zeros(len(days.place), dtype=np.int32)
    gap[1:] = np.minimum(days.place[1:] - days.place[:-1], _NO_GAP)
    back = np.arange(LAST_GAPS)
    window = gap[np.maximum(which[:, None] - back, 0)]
    window[back[None, :] >= gaps_known[:, None]] = _NO_GAP      # sorts behind every real gap
    window.sort(axis=1)
    row = np.arange(len(which))
    doubled = np.zeros(len(rhythmic), dtype=np.int64)
    doubled[rhythmic] = (
        window[row, (gaps_known - 1) // 2].astype(np.int64) + window[row, gaps_known // 2]
    )
    return doubled


_NO_GAP = 1 << STRETCH_BITS
