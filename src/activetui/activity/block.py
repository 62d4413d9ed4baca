"""A block of customers with their events, as arrays: what the evaluator works on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class LedgerBlock:
    """Some customers and all their events, sorted by customer, day, event number.

    The event arrays have one element an event; `owner[i]` is the position of its customer in `customers`.
    Columns that no condition asks for may be None.
    """

    customers: NDArray[np.int64]
    """Customer numbers, ascending; also those without events."""
    owner: NDArray[np.int32]
    day: NDArray[np.int32]
    kind: NDArray[np.int16]
    counts: NDArray[np.bool_]
    """Whether the event is activity (`ledger.settlement`)."""
    net: NDArray[np.int64]
    """Minor units in the store's currency that remain of a purchase; negative for a refund on its own."""
    until: NDArray[np.int32]
    """Last day of a subscription; FAR_FUTURE where it has no end."""
    known: NDArray[np.int32]
    """Day on which the business knew of the event (a booking is known before its day)."""
    action: NDArray[np.int8]
    """`ledger.kinds.ACTION_CODES`, 0 for none."""
    nature: NDArray[np.int8]
    """`ledger.kinds.NATURES`, 0 for unknown."""
    rating: NDArray[np.int16]
    """Stars or points; -1 for none."""
    product: NDArray[np.object_] | None = None
    """Product, service or feature as folded text."""
    channel: NDArray[np.object_] | None = None
    vip: NDArray[np.bool_] | None = None
    """One element a customer: tagged as VIP by the owner."""
