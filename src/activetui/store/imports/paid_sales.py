"""The paid purchases of a first file, kept as numbers while they are staged.

All statuses follow from these: they need not be read back from the ledger, of which this is all.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from threading import Thread
from typing import TYPE_CHECKING

from activetui.ledger.days import FAR_PAST, Day

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.store.facts.packed import Packed

_MOST = 2_500_000
"""So many fit into memory beside everything else."""
_DAY_BITS = 22


class PaidSales:
    """Customer, day and amount of purchases, in the order of their numbers."""

    def __init__(self) -> None:
        self._hint, self._day, self._amount = array("i"), array("q"), array("q")
        self._order: NDArray[np.int64] | None = None
        self._sorting: Thread | None = None

    def __len__(self) -> int:
        return len(self._hint)

    @property
    def full(self) -> bool:
        """Whether there are so many that no more are kept."""
        return len(self._hint) > _MOST

    def add(self, hints: array[int], days: Sequence[Day], amounts: Sequence[int]) -> None:
        """Some more; 0 is nobody."""
        self._hint.extend(hints)
        self._day.extend(days)
        self._amount.extend(amounts)

    def bring_up(self, last: array[int], first_hint: int) -> None:
        """Let `last`, which has the last day of each hint from `first_hint` on, know of these purchases."""
        if not len(self) or not len(last):
            return
        import numpy as np

        hint, day = np.frombuffer(self._hint, np.int32), np.frombuffer(self._day, np.int64)
        somebody = hint > 0
        np.maximum.at(np.frombuffer(last, np.int64), hint[somebody] - first_hint, day[somebody])

    def begin_sorting(self) -> None:
        """Let another thread put all of them in order, while it is found out who the hints are."""
        if self._sorting is None and not self.full:
            self._sorting = Thread(target=self._sort, name="sorting sales", daemon=True)
            self._sorting.start()

    def _sort(self) -> None:
        import numpy as np

        key = np.frombuffer(self._hint, np.int32).astype(np.int64) << _DAY_BITS
        key += np.frombuffer(self._day, np.int64)
        key -= FAR_PAST
        self._order = np.argsort(key, kind="stable")

    def take(self, customer_of: NDArray[np.int64], first_hint: int, day: Day) -> Packed | None:
        """All of them, once; None if there were too many, or the last day is after `day`.

        `customer_of` has the customer of each hint from `first_hint` on; 0 is nobody.
        """
        import numpy as np

        from activetui.store.facts.packed import paid_purchases

        if self._sorting is not None:
            self._sorting.join()
        hints, days, amounts, order = self._hint, self._day, self._amount, self._order
        self._hint, self._day, self._amount, self._order = array("i"), array("q"), array("q"), None
        if not 0 < len(hints) <= _MOST or not len(customer_of) or max(days) > day:
            return None
        as_hints = order is not None and bool((np.diff(customer_of, prepend=0) > 0).all())
        hint = np.frombuffer(hints, np.int32) - np.int32(first_hint)
        del hints
        who = customer_of[np.maximum(hint, 0)]
        who[hint < 0] = 0
        del hint
        columns = [who, np.frombuffer(days, np.int64), np.frombuffer(amounts, np.int64)]
        del who, days, amounts
        return paid_purchases(columns, order if as_hints else None)
