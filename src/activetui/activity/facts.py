"""The figures of every customer as of one day: the columns of the table `fact`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from activetui.activity.block import LedgerBlock
from activetui.activity.evaluate import DaySpans, Spans
from activetui.ledger.days import FAR_PAST, Day

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NO_DAY: Day = FAR_PAST
"""Stands for "none" in the day columns of `Facts`; `Facts.rows` turns it into None."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One element a customer, in the order of `LedgerBlock.customers`; fields in the order of the table."""

    customer_id: NDArray[np.int64]
    status: NDArray[np.int8]
    since: NDArray[np.int32]
    """First day of the status span; FAR_PAST if it has always held."""
    until: NDArray[np.int32]
    """End of the status span (the day of the flip); FAR_FUTURE if time alone never ends it."""
    next_status: NDArray[np.int8]
    """The status from `until` on; the same status where `until` is FAR_FUTURE."""
    next_change: NDArray[np.int32]
    """First day after the as-of day on which any column changes though no event is added."""
    first_purchase: NDArray[np.int32]
    last_purchase: NDArray[np.int32]
    purchases: NDArray[np.int32]
    purchase_days: NDArray[np.int32]
    spend: NDArray[np.int64]
    year_spend: NDArray[np.int64]
    rhythm: NDArray[np.float64]
    """NaN where there are fewer than two gaps."""
    next_expected: NDArray[np.int32]
    last_event: NDArray[np.int32]
    last_contact: NDArray[np.int32]
    types: NDArray[np.int16]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows of the table `fact`, in its column order, with None for what does not exist."""
        raise NotImplementedError


def facts(block: LedgerBlock, spans: Spans, types: Mapping[str, DaySpans], day: Day) -> Facts:
    """The figures as of `day`, from events up to it (`next_change` also from later ones)."""
    raise NotImplementedError
