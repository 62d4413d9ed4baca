"""What the models know of each customer: x, t_x and T (Fader, Hardie & Lee 2005), in weeks.

x is the number of repeat purchase days, t_x the time from the first to the last purchase day, T the time from
the first purchase day to the end of what is observed. Customers who are alike in all three are one row: a
likelihood then costs what the different ones cost, however many customers there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from activetui.ledger.days import Day

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.past.purchase_history import PurchaseHistory

DAYS_A_WEEK = 7
_DAY_BITS = 22


@dataclass(frozen=True)
class Different:
    """The different pairs of x and a time among the rows, so that what rests on both is worked out once."""

    x: NDArray[np.float64]
    weeks: NDArray[np.float64]
    place: NDArray[np.int64]
    """For every row, which pair is its own."""


@dataclass(frozen=True)
class Values:
    """The different values of x among the rows."""

    value: NDArray[np.float64]
    place: NDArray[np.int64]
    """For every row, which value is its own."""


@dataclass(frozen=True)
class Sample:
    """Rows of customers who are alike; times in weeks."""

    x: NDArray[np.float64]
    """Repeat purchase days."""
    t_x: NDArray[np.float64]
    """From the first to the last purchase day."""
    t: NDArray[np.float64]
    """From the first purchase day to the end of what is observed."""
    number: NDArray[np.int64]
    """How many customers are so."""
    row: NDArray[np.int64]
    """For every customer, in the order of the history, which row is theirs."""

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return int(self.number.sum())

    @cached_property
    def by_x(self) -> Values:
        """The different values of x."""
        return by_value(self.x)

    @cached_property
    def at_last(self) -> Different:
        """The different pairs of x and t_x."""
        return _different(self.x, self.t_x)

    @cached_property
    def at_end(self) -> Different:
        """The different pairs of x and T."""
        return _different(self.x, self.t)

    def thinned(self, most: int) -> Sample:
        """About `most` customers, every so many-th in the order of the rows: enough to find the region."""
        import numpy as np

        step = -(-self.customers // most)
        if step <= 1:
            return self
        chosen = np.arange(step // 2, self.customers, step)
        places, number = np.unique(
            np.searchsorted(np.cumsum(self.number), chosen, side="right"), return_counts=True
        )
        row = np.repeat(np.arange(len(places)), number)
        return Sample(self.x[places], self.t_x[places], self.t[places], number, row)


def sample_of(history: PurchaseHistory, end: Day) -> Sample:
    """What is known of each customer at the end of a day; the history must not go beyond it."""
    import numpy as np

    first, last = (days.astype(np.int64) for days in (history.first_days(), history.last_days()))
    return sample_from(history.number() - 1, last - first, end - first)


def sample_from(
    x: NDArray[np.int64], t_x_days: NDArray[np.int64], t_days: NDArray[np.int64]
) -> Sample:
    """The sample of customers given by whole numbers: repeat purchase days, t_x and T in days."""
    import numpy as np

    order = np.lexsort((t_x_days, t_days, x))
    ordered = np.stack((x, t_x_days, t_days)).astype(np.int64)[:, order]
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = (ordered[:, 1:] != ordered[:, :-1]).any(axis=0)
    row = np.empty(len(order), dtype=np.int64)
    row[order] = np.cumsum(begins) - 1
    rows = ordered[:, begins].astype(np.float64)
    return Sample(
        rows[0], rows[1] / DAYS_A_WEEK, rows[2] / DAYS_A_WEEK, np.bincount(row).astype(np.int64), row
    )


def by_value(x: NDArray[np.float64]) -> Values:
    """The different values of x, and which is whose."""
    import numpy as np

    value, place = np.unique(x, return_inverse=True)
    return Values(value, place)


def _different(x: NDArray[np.float64], weeks: NDArray[np.float64]) -> Different:
    import numpy as np

    key = (x.astype(np.int64) << _DAY_BITS) | np.rint(weeks * DAYS_A_WEEK).astype(np.int64)
    _keys, first, place = np.unique(key, return_index=True, return_inverse=True)
    return Different(x[first], weeks[first], place)
