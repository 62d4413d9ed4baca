"""Since when someone is a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activetui.activity.block import LedgerBlock
from activetui.activity.intervals import begins_run
from activetui.ledger.kinds import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CUSTOMER_KINDS: tuple[int, ...] = (int(Kind.PURCHASE), int(Kind.VISIT), int(Kind.SUBSCRIPTION))
"""Whoever has an event of these kinds is a customer from its day on."""


def first_events(block: LedgerBlock) -> NDArray[np.int64]:
    """The position of each customer's first event of `CUSTOMER_KINDS` that counts; of several on its day
    the one with the lowest number. Customers without one are left out."""
    import numpy as np

    event = np.flatnonzero(np.isin(block.kind, CUSTOMER_KINDS) & block.counts)
    return event[begins_run(block.owner[event])]
