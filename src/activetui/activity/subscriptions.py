"""Subscription events → the periods in which a subscription is in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activetui.activity.block import LedgerBlock

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Periods:
    """Subscriptions in force from `first` to `last`, both included.

    At most one a customer, product and first day.
    """

    owner: NDArray[np.int32]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    """FAR_FUTURE - 1 where there is no end."""
    event: NDArray[np.int64]
    """Position in the block of the event that began the period."""


def periods(block: LedgerBlock) -> Periods:
    """The subscription periods of a block, by customer and first day."""
    raise NotImplementedError
