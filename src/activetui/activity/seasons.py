"""Customers who come at the same time every year, whom a plain window takes for gone.

Whether an event is one of a season is told from the customer's days up to that event alone, so that a day
of the past is never judged by what came after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activetui.activity import intervals
from activetui.activity.intervals import at

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.intervals import Points

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class SeasonalDays:
    """The event days of a season, and the last day on which each of them still speaks for its customer."""

    owner: NDArray[np.int32]
    day: NDArray[np.int32]
    last: NDArray[np.int32]
    """The same date of the following year, and the days around it."""
    event: NDArray[np.int64]
    """The last event of the day."""


def anniversary(day: NDArray[np.int32], years: int) -> NDArray[np.int32]:
    """The same date so many years later (or earlier, where negative); 28 February for the 29th."""
    import numpy as np

    if not len(day):
        return day
    first = day.min()
    date = np.arange(first, day.max() + 1).astype("datetime64[D]")     # few days, on which many come
    month = date.astype("datetime64[M]")
    there = month + _MONTHS * years
    last_of_month = (there + 1).astype("datetime64[D]") - 1
    moved = np.minimum(there.astype("datetime64[D]") + (date - month), last_of_month)
    found: NDArray[np.int32] = moved.astype(np.int32)[day - first]
    return found


def seasonal_days(
    event: NDArray[np.int64], owner: NDArray[np.int32], day: NDArray[np.int32], years: int, around: int
) -> SeasonalDays:
    """Which event days are those of a season that has come back for so many years.

    `event` are positions in a block, `owner` and `day` those of the events, in the order of the block. A
    day d is one where each season holds a day with an event: d ± around days of the same date of each of the
    `years - 1` years before, and the days d - around to d; and where the days with events since the first
    season began lie inside the seasons at least as often as outside.
    """
    import numpy as np

    place = at(owner, day)
    closes_day = intervals.ends_run(place)
    place, event = place[closes_day], event[closes_day]
    owner, day, days = owner[closes_day], day[closes_day], place

    def days_between(first: Points, last: Points) -> NDArray[np.int64]:
        return np.searchsorted(days, last, side="right") - np.searchsorted(days, first, side="left")

    left = np.arange(len(place))                # the days that no year looked at so far rules out
    earlier = np.zeros(len(place), dtype=np.int64)
    begins = day - around
    for back in range(1, years):
        same_date = anniversary(day[left], -back)
        begins = same_date - around
        found = days_between(at(owner[left], begins), at(owner[left], same_date + around))
        held = found > 0
        left, begins, earlier = left[held], begins[held], earlier[held] + found[held]
    owner, day, place, event = owner[left], day[left], place[left], event[left]
    inside = earlier + days_between(at(owner, day - around), place)
    kept = 2 * inside >= days_between(at(owner, begins), place)
    owner, day, event = owner[kept], day[kept], event[kept]
    return SeasonalDays(owner, day, anniversary(day, 1) + around, event)
