"""The interval algebra on which every condition and status rests.

All customers of a block share one line of whole numbers: a customer's days lie side by side on a stretch
of its own (`at`), with room between two customers. So a set of days of every customer is one sorted array
of starts and one of ends, and union, intersection, complement and thresholds are the same few operations
whether the block holds one customer or all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from activetui.ledger.days import FAR_FUTURE, FAR_PAST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.int64]
    """Places on the line."""

STRETCH_BITS = 21
"""Each customer has 2^21 places, more than the days from FAR_PAST to FAR_FUTURE."""
_ZERO = 1 << (STRETCH_BITS - 1)
assert FAR_FUTURE - FAR_PAST < 1 << STRETCH_BITS


@dataclass(frozen=True, slots=True)
class Line:
    """Disjoint spans `[start, end)` on the line, ascending, never touching."""

    start: Points
    end: Points

    def __len__(self) -> int:
        return len(self.start)

    def holds_at(self, points: Points) -> NDArray[np.bool_]:
        """Whether each of the points lies in a span."""
        import numpy as np

        before = np.searchsorted(self.start, points, side="right")
        return before > np.searchsorted(self.end, points, side="right")


def begins_run(*columns: NDArray[Any]) -> NDArray[np.bool_]:
    """For each row, whether it is the first, or differs from the one before in some column."""
    import numpy as np

    begins = np.ones(len(columns[0]), dtype=np.bool_)
    begins[1:] = columns[0][1:] != columns[0][:-1]
    for column in columns[1:]:
        begins[1:] |= column[1:] != column[:-1]
    return begins


def ends_run(*columns: NDArray[Any]) -> NDArray[np.bool_]:
    """For each row, whether it is the last, or differs from the one after it in some column."""
    import numpy as np

    ends = np.ones(len(columns[0]), dtype=np.bool_)
    ends[:-1] = begins_run(*columns)[1:]
    return ends


def at(owner: Any, day: Any) -> Points:
    """The places of days of customers; days beyond the two far ends are moved to them."""
    import numpy as np

    inside = np.minimum(np.maximum(np.asarray(day, dtype=np.int64), FAR_PAST), FAR_FUTURE)
    return (np.asarray(owner, dtype=np.int64) << STRETCH_BITS) + inside + _ZERO


def owner_of(points: Points) -> NDArray[np.int32]:
    """The customer to whom each place belongs."""
    import numpy as np

    return (points >> STRETCH_BITS).astype(np.int32)


def day_of(points: Points) -> NDArray[np.int32]:
    """The day that each place stands for."""
    import numpy as np

    return ((points & ((1 << STRETCH_BITS) - 1)) - _ZERO).astype(np.int32)


def nothing() -> Line:
    """No days at all."""
    import numpy as np

    empty = np.empty(0, dtype=np.int64)
    return Line(empty, empty)


def always(customers: int) -> Line:
    """Every day of so many customers."""
    import numpy as np

    owners = np.arange(customers, dtype=np.int64)
    return Line(at(owners, FAR_PAST), at(owners, FAR_FUTURE))


def covered(start: Points, end: Points, times: int = 1) -> Line:
    """The days that lie in at least `times` of the windows `[start, end)`, given in any order.

    With all starts in order and all ends in order, a day lies in at least k windows just when it lies in
    one of [start[i + k - 1], end[i]): i windows are over by then, and i + k have begun.
    """
    import numpy as np

    real = start < end
    if not real.all():
        start, end = start[real], end[real]
    starts, ends = _in_order(start), _in_order(end)
    if times > 1:
        starts, ends = starts[times - 1 :], ends[: max(0, len(ends) - times + 1)]
        real = starts < ends
        starts, ends = starts[real], ends[real]
    if len(starts) == 0:
        return nothing()
    first, last = np.ones(len(starts), dtype=np.bool_), np.ones(len(starts), dtype=np.bool_)
    first[1:] = last[:-1] = starts[1:] > ends[:-1]
    return Line(starts[first], ends[last])


def reaching(start: Points, end: Points, weight: NDArray[np.int64], least: int) -> Line:
    """The days on which the weights of the windows around them add up to `least` (above 0) or more."""
    import numpy as np

    edges = np.concatenate((start, end))
    order = np.argsort(edges, kind="stable")
    edges = edges[order]
    level = np.cumsum(np.concatenate((weight, -weight))[order])
    settled = ends_run(edges)                   # all windows that begin or end at a place are counted
    edges, enough = edges[settled], level[settled] >= least
    changes = np.zeros(len(enough), dtype=np.bool_)
    changes[:1], changes[1:] = enough[:1], enough[1:] != enough[:-1]
    return Line(edges[changes & enough], edges[changes & ~enough])


def union(*sets: Line) -> Line:
    """The days in any of the sets."""
    if len(sets) == 1:
        return sets[0]
    return _combined(sets, 1)


def intersection(*sets: Line) -> Line:
    """The days in every one of the sets (at least one set)."""
    if len(sets) == 1:
        return sets[0]
    return _combined(sets, len(sets))


def complement(days: Line, customers: int) -> Line:
    """The days of so many customers that are not in the set."""
    import numpy as np

    whole = always(customers)
    start = _in_order(np.concatenate((whole.start, days.end)))
    end = _in_order(np.concatenate((days.start, whole.end)))
    real = start < end
    return Line(start[real], end[real])


def difference(days: Line, without: Line, customers: int) -> Line:
    """The days of the first set that are not in the second."""
    if not len(without) or not len(days):
        return days
    return intersection(days, complement(without, customers))


def _combined(sets: tuple[Line, ...], times: int) -> Line:
    import numpy as np

    if not sets:
        return nothing()
    return covered(np.concatenate([s.start for s in sets]), np.concatenate([s.end for s in sets]), times)


def _in_order(points: Points) -> Points:
    """The points, ascending; those of one kind of event are already."""
    import numpy as np

    if len(points) < 2 or bool((points[1:] >= points[:-1]).all()):
        return points
    return np.sort(points, kind="stable")
