"""From a definition and a block of the ledger to the status of every customer on every day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activetui.activity.block import LedgerBlock
from activetui.activity.definition import Definition
from activetui.ledger.days import Day

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class DaySpans:
    """Days `[start, end)` in which something holds, sorted by owner and day, disjoint, never touching.

    `owner` is the position of the customer in `LedgerBlock.customers`.
    """

    owner: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Spans:
    """Status spans: for every customer without a gap from FAR_PAST to FAR_FUTURE, neighbours different."""

    owner: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    status: NDArray[np.int8]


def evaluate(definition: Definition, block: LedgerBlock, ledger_start: Day | None) -> Spans:
    """The status of every customer of the block on every day.

    `ledger_start` is the first day, over the whole ledger, of an event of `definition.active_kinds`; None
    if there is none yet.
    """
    raise NotImplementedError


def type_spans(definition: Definition, block: LedgerBlock) -> dict[str, DaySpans]:
    """For each type, the days on which each customer is of it."""
    raise NotImplementedError
