"""The paid purchases of a first file, kept as numbers while they are staged.

All statuses follow from these: they need not be read back from the ledger, of which this is all.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from activetui.ledger.days import Day

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.store.facts.packed import Packed

_MOST = 2_500_000
"""So many fit into memory beside everything else."""


class PaidSales:
    """Customer, day and amount of purchases, in the order of their numbers."""

    def __init__(self) -> None:
        self._hint, self._day, self._amount = array("i"), array("q"), array("q")

    def __len__(self) -> int:
        return len(self._hint)

    @property
    def full(self) -> bool:
        """Whether there are so many that no more are kept."""
        return len(self._hint) > _MOST

    def add(self, hints: Sequence[int | None], days: Sequence[Day], amounts: Sequence[int]) -> None:
        """Some more; None is nobody."""
        self._hint.extend([hint or 0 for hint in hints])
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

    def take(self, customer_of: NDArray[np.int64], first_hint: int, day: Day) -> Packed | None:
        """All of them, once; None if there were too many, or the last day is after `day`.

        `customer_of` has the customer of each hint from `first_hint` on; 0 is nobody.
        """
        import numpy as np

        from activetui.store.facts.packed import paid_purchases

        hints, days, amounts = self._hint, self._day, self._amount
        self._hint, self._day, self._amount = array("i"), array("q"), array("q")
        if not 0 < len(hints) <= _MOST or not len(customer_of) or max(days) > day:
            return None
        hint = np.frombuffer(hints, np.int32) - np.int32(first_hint)
        del hints
        who = customer_of[np.maximum(hint, 0)]
        who[hint < 0] = 0
        del hint
        columns = [who, np.frombuffer(days, np.int64), np.frombuffer(amounts, np.int64)]
        del who, days, amounts
        return paid_purchases(columns)
