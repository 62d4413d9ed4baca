"""The purchase days of every customer who has bought: what all figures about the past rest on.

Suggestion, regularity, back-test, natural return and the models look at nothing else. Several purchases of a
customer on one day are one purchase day. A purchase of no value counts; one that is cancelled, failed,
unpaid or wholly refunded does not, and a walk-in's is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from activetui.activity.intervals import ends_run
from activetui.ledger.days import Day

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class PurchaseHistory:
    """Customers with at least one purchase, and their purchase days by customer and day."""

    customers: NDArray[np.int64]
    """Customer numbers, ascending."""
    owner: NDArray[np.int32]
    """One element a purchase day: the position of its customer in `customers`."""
    day: NDArray[np.int32]
    spend: NDArray[np.int64]
    """Net of the day's purchases in minor units of the store's currency (0 for money in another)."""

    @cached_property
    def edges(self) -> NDArray[np.int64]:
        """The purchase days of customer i are those at the places `edges[i]` to `edges[i + 1] - 1`."""
        import numpy as np

        return np.searchsorted(self.owner, np.arange(len(self.customers) + 1))

    @property
    def end(self) -> Day | None:
        """The last purchase day of all; None without purchases."""
        return int(self.day.max()) if len(self.day) else None

    def first_days(self) -> NDArray[np.int32]:
        """Each customer's first purchase day."""
        return self.day[self.edges[:-1]]

    def last_days(self) -> NDArray[np.int32]:
        """Each customer's last purchase day."""
        return self.day[self.edges[1:] - 1]

    def number(self) -> NDArray[np.int64]:
        """How many purchase days each customer has: one or more."""
        return self.edges[1:] - self.edges[:-1]

    def up_to(self, day: Day) -> PurchaseHistory:
        """The history as it was at the end of a day; who had not bought by then is left out."""
        return self._only(self.day <= day)

    def number_in(
        self, first: Day, last: Day, customers: NDArray[np.int64] | None = None
    ) -> NDArray[np.int64]:
        """How many purchase days each customer has from `first` to `last`, both included.

        For `customers` (numbers; 0 for one who has no purchase), else for all in their order.
        """
        import numpy as np

        within = self.owner[(self.day >= first) & (self.day <= last)]
        number = np.bincount(within, minlength=len(self.customers)).astype(np.int64)
        if customers is None:
            return number
        if not len(self.customers):
            return np.zeros(len(customers), dtype=np.int64)
        place = np.minimum(np.searchsorted(self.customers, customers), len(self.customers) - 1)
        return np.where(self.customers[place] == customers, number[place], 0)

    def bought_in(
        self, first: Day, last: Day, customers: NDArray[np.int64] | None = None
    ) -> NDArray[np.bool_]:
        """Whether each customer bought from `first` to `last`, both included; as `number_in`."""
        return self.number_in(first, last, customers) > 0

    def first_in(self, first: Day, last: Day) -> dict[int, Day]:
        """By customer number, the first purchase day from `first` to `last`, of those who have one."""
        import numpy as np

        within = (self.day >= first) & (self.day <= last)
        owner, place = np.unique(self.owner[within], return_index=True)
        return dict(zip(self.customers[owner].tolist(), self.day[within][place].tolist(), strict=True))

    def _only(self, kept: NDArray[np.bool_]) -> PurchaseHistory:
        import numpy as np

        owners, owner = np.unique(self.owner[kept], return_inverse=True)
        return PurchaseHistory(
            self.customers[owners], owner.astype(np.int32), self.day[kept], self.spend[kept]
        )


def history_from(
    customer: NDArray[np.int64], day: NDArray[np.int64], spend: NDArray[np.int64]
) -> PurchaseHistory:
    """The history that purchases make: one element a purchase, in any order."""
    import numpy as np

    order = np.lexsort((day, customer))
    customer, day, total = customer[order], day[order], np.cumsum(spend[order])
    closes = ends_run(customer, day)
    customers, owner = np.unique(customer[closes], return_inverse=True)
    return PurchaseHistory(
        customers.astype(np.int64),
        owner.astype(np.int32),
        day[closes].astype(np.int32),
        np.diff(total[closes], prepend=0).astype(np.int64),
    )


def history_of(purchases: Iterable[tuple[int, Day, int]]) -> PurchaseHistory:
    """The history of purchases given as customer number, day and minor units."""
    import numpy as np

    rows = np.array(list(purchases), dtype=np.int64).reshape(-1, 3)
    return history_from(rows[:, 0], rows[:, 1], rows[:, 2])
