"""Subscription events → the periods in which a subscription is in force."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from activetui.activity.block import LedgerBlock
from activetui.activity.intervals import begins_run
from activetui.ledger.days import FAR_FUTURE
from activetui.ledger.kinds import ACTION_CODES, Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ENDLESS = FAR_FUTURE - 1
"""The last day of a period without an end."""


@dataclass(frozen=True, slots=True)
class Periods:
    """Subscriptions in force from `first` to `last`, both included, by customer and first day.

    A renewal before the old one ends is a period of its own that overlaps the old one.
    """

    owner: NDArray[np.int32]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    """`ENDLESS` where there is no end."""
    event: NDArray[np.int64]
    """Position in the block of the event that began the period."""
    until: NDArray[np.int32]
    """The last day as it was known before a pause or cancellation cut the period."""
    cut_on: NDArray[np.int32]
    """Day of the pause or cancellation; FAR_FUTURE where there is none."""
    cut_by: NDArray[np.int64]
    """Position of the pause or cancellation in the block; -1 where there is none."""


def periods(block: LedgerBlock) -> Periods:
    """The subscription periods of a block, at most one a customer, product and first day: the longest."""
    import numpy as np

    found, product = _found(block)
    order = np.lexsort((-found.last, product, found.first, found.owner))
    longest = begins_run(found.owner[order], found.first[order], product[order])
    return _picked(found, order[longest])


def all_periods(block: LedgerBlock) -> Periods:
    """The subscription periods of a block, in no particular order, also several of one day.

    A start or renewal on day d begins a period from d to its `until`, or without an end. The next pause of
    the same customer and product ends it on the day before; the next cancellation on its own `until`, or
    else on the day before. An event without an action counts as a start. A cancellation is never known
    before its day, so a period lasts at least until the day before it.
    """
    return _found(block)[0]


def _found(block: LedgerBlock) -> tuple[Periods, NDArray[np.int64]]:
    """All periods that have a day, and a number for the product of each."""
    import numpy as np

    picked = np.flatnonzero((block.kind == Kind.SUBSCRIPTION) & block.counts)
    if block.product is not None:
        numbers: dict[str, int] = {}
        texts = block.product[picked]
        product = np.fromiter(map(numbers.setdefault, texts, count()), dtype=np.int64, count=len(picked))
        picked_order = np.lexsort((product, block.owner[picked]))      # stable: days stay in order
    else:
        product = np.zeros(len(picked), dtype=np.int64)
        picked_order = np.arange(len(picked))
    picked, product = picked[picked_order], product[picked_order]
    owner, day, action = block.owner[picked], block.day[picked], block.action[picked]

    stops = (action == ACTION_CODES["pause"]) | (action == ACTION_CODES["cancel"])
    stop = _next_of_group(stops, owner, product)
    begun = np.flatnonzero(~stops)
    stop = stop[begun]
    is_cut = stop >= 0
    until = np.minimum(block.until[picked][begun], ENDLESS).astype(np.int32)
    cut_on = np.where(is_cut, day[stop], FAR_FUTURE).astype(np.int32)
    cancelled = is_cut & (action[stop] == ACTION_CODES["cancel"])
    said = np.where(cancelled, block.until[picked][stop], FAR_FUTURE)
    cut_last = np.where(said < FAR_FUTURE, np.maximum(said, cut_on - 1), cut_on - 1)
    last = np.minimum(until, cut_last).astype(np.int32)
    found = Periods(
        owner=owner[begun],
        first=day[begun],
        last=last,
        event=picked[begun],
        until=until,
        cut_on=cut_on,
        cut_by=np.where(is_cut, picked[stop], -1),
    )
    real = np.flatnonzero(found.last >= found.first)
    return _picked(found, real), product[begun][real]


def _next_of_group(
    wanted: NDArray[np.bool_], owner: NDArray[np.int32], product: NDArray[np.int64]
) -> NDArray[np.int64]:
    """For each element, the position of the next wanted one of the same owner and product, or -1."""
    import numpy as np

    places = np.arange(len(wanted), dtype=np.int64)
    none = len(wanted)
    following = np.minimum.accumulate(np.where(wanted, places, none)[::-1])[::-1]
    found = following < none
    at = np.where(found, following, 0)
    if len(wanted):
        found &= (owner[at] == owner) & (product[at] == product)
    return np.where(found, at, -1)


def _picked(found: Periods, which: NDArray[np.int64]) -> Periods:
    """Some of the periods, in the order asked for."""
    return Periods(
        owner=found.owner[which],
        first=found.first[which],
        last=found.last[which],
        event=found.event[which],
        until=found.until[which],
        cut_on=found.cut_on[which],
        cut_by=found.cut_by[which],
    )
