"""From a condition to the days on which it holds: the one place that gives conditions their meaning.

Each simple condition opens a window for each event that matters to it; the windows give the days by
interval algebra, and the receipts look at the same windows to name the event.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from activetui.activity import intervals
from activetui.activity.block import LedgerBlock
from activetui.activity.conditions import (
    AllOf,
    AnyOf,
    BookingAhead,
    Condition,
    EventCondition,
    NoneOf,
    RhythmCondition,
    SeasonalCondition,
    SubscriptionCondition,
    TenureCondition,
    Windowed,
    WindowUsed,
)
from activetui.activity.intervals import Line, at
from activetui.activity.rhythm import FEWEST_GAPS, PurchaseDays, doubled_rhythms, purchase_days
from activetui.activity.seasons import SeasonalDays, seasonal_days
from activetui.activity.subscriptions import ENDLESS, Periods, all_periods
from activetui.activity.tenure import first_events
from activetui.ledger.days import FAR_FUTURE
from activetui.ledger.kinds import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.intervals import Points


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows `[start, end)` on the line, and the events behind them: positions in the block, -1 for none."""

    start: Points
    end: Points
    event: NDArray[np.int64]
    """The event that opens the window."""
    ended_by: NDArray[np.int64]
    """The event that ends it; -1 where time alone does."""


class Holding:
    """The days on which conditions hold for the customers of one block; every answer is kept."""

    def __init__(self, block: LedgerBlock, active: Condition | None = None) -> None:
        """`active` is the condition that `window_used` speaks of."""
        self.block = block
        self.customers = len(block.customers)
        self._active = active
        self._known: dict[tuple[Condition, Fraction | None], Line] = {}
        self._periods: Periods | None = None
        self._purchase_days: PurchaseDays | None = None
        self._seasonal_days: dict[SeasonalCondition, SeasonalDays] = {}

    @property
    def active(self) -> Condition:
        """The condition that `window_used` speaks of; `ValueError` where none was given."""
        if self._active is None:
            raise ValueError("window_used needs the active condition")
        return self._active

    @property
    def purchase_days(self) -> PurchaseDays:
        """The purchase days of the block."""
        if self._purchase_days is None:
            self._purchase_days = purchase_days(self.block)
        return self._purchase_days

    @property
    def periods(self) -> Periods:
        """The subscription periods of the block."""
        if self._periods is None:
            self._periods = all_periods(self.block)
        return self._periods

    def days(self, condition: Condition, share: Fraction | None = None) -> Line:
        """The days on which a condition holds.

        With a `share`, the days on which it would hold with every window cut to that share of its length:
        `within_days = N` then means t - d < share * N, a subscription holds while t - first is less than
        the share of its length with the grace days, a season while t - d is less than the share of the days
        from d to its last one. Bookings ahead, rhythms, tenure and `none` are not cut.
        """
        key = (condition, share)
        if key not in self._known:
            self._known[key] = self._days(condition, share)
        return self._known[key]

    def _days(self, condition: Condition, share: Fraction | None) -> Line:
        match condition:
            case AnyOf(parts):
                return intervals.union(*(self.days(part, share) for part in parts))
            case AllOf(parts):
                return intervals.intersection(*(self.days(part, share) for part in parts))
            case NoneOf(parts):
                held = intervals.union(*(self.days(part) for part in parts))
                return intervals.complement(held, self.customers)
            case WindowUsed(used):
                return self._window_used(used)
            case EventCondition():
                windows = self.windows(condition, share)
                if condition.spend is None:
                    return intervals.covered(windows.start, windows.end, condition.count)
                weights = self.block.net[windows.event]
                spent = intervals.reaching(windows.start, windows.end, weights, condition.spend)
                if condition.count == 1:
                    return spent
                often = intervals.covered(windows.start, windows.end, condition.count)
                return intervals.intersection(spent, often)
            case _:
                windows = self.windows(condition, share)
                return intervals.covered(windows.start, windows.end)

    def windows(self, leaf: Windowed, share: Fraction | None = None) -> Windows:
        """The window of each event that matters to a simple condition, in no particular order."""
        match leaf:
            case EventCondition():
                return self._event_windows(leaf, share)
            case SubscriptionCondition():
                return self._subscription_windows(leaf, share)
            case BookingAhead():
                return self._booking_windows()
            case RhythmCondition():
                return self._silences(leaf)
            case TenureCondition():
                return self._tenure(leaf)
            case SeasonalCondition():
                return self._seasons(leaf, share)

    def _window_used(self, share: Fraction) -> Line:
        active = self.days(self.active)
        return intervals.difference(active, self.days(self.active, share), self.customers)

    def _event_windows(self, leaf: EventCondition, share: Fraction | None) -> Windows:
        import numpy as np

        event = self._matching(leaf)
        owner, day = self.block.owner[event], self.block.day[event]
        start, end = at(owner, day), at(owner, day + length_of(leaf.within_days, share))
        ended_by = np.full(len(event), -1, dtype=np.int64)
        if leaf.unless_resolved:
            resolved, cure = self._first_resolved(start)
            earlier = resolved < end
            end = np.where(earlier, resolved, end)
            ended_by = np.where(earlier, cure, -1)
        return Windows(start, end, event, ended_by)

    def _first_resolved(self, complaint: Points) -> tuple[Points, NDArray[np.int64]]:
        """Place and event of the first `complaint_resolved` on or after each complaint of the customer.

        Where there is none, a place behind every day of the customer.
        """
        import numpy as np

        cures = np.flatnonzero((self.block.kind == Kind.COMPLAINT_RESOLVED) & self.block.counts)
        place = at(self.block.owner[cures], self.block.day[cures])
        never = at(intervals.owner_of(complaint), FAR_FUTURE) + 1
        following = np.searchsorted(place, complaint, side="left")
        place, cures = np.append(place, np.iinfo(np.int64).max), np.append(cures, -1)
        return np.minimum(place[following], never), cures[following]

    def _subscription_windows(self, leaf: SubscriptionCondition, share: Fraction | None) -> Windows:
        import numpy as np

        found = self.periods
        wanted = np.ones(len(found.event), dtype=np.bool_)
        if leaf.nature:
            wanted &= self.block.nature[found.event] == leaf.nature
        if leaf.products:
            wanted &= _one_of(self.block.product, found.event, leaf.products)
        owner, first, event = found.owner[wanted], found.first[wanted], found.event[wanted]
        until, last = found.until[wanted], found.last[wanted]
        cut_on, cut_by = found.cut_on[wanted], found.cut_by[wanted]
        if share is None:
            end = _after(last, last + 1 + leaf.grace_days)
            return Windows(at(owner, first), at(owner, end), event, np.where(last < until, cut_by, -1))
        # A cancellation still to come is not known yet: until it comes the period has its first length.
        whole = 1 + leaf.grace_days - first
        at_first = np.minimum(cut_on, _after(until, first + _part(until + whole, share)))
        cut = cut_by >= 0
        at_last = _after(last, first + _part(last + whole, share))
        return Windows(
            start=np.concatenate((at(owner, first), at(owner[cut], cut_on[cut]))),
            end=np.concatenate((at(owner, at_first), at(owner[cut], at_last[cut]))),
            event=np.concatenate((event, event[cut])),
            ended_by=np.concatenate((np.where(at_first == cut_on, cut_by, -1), cut_by[cut])),
        )

    def _booking_windows(self) -> Windows:
        import numpy as np

        event = np.flatnonzero((self.block.kind == Kind.BOOKING) & self.block.counts)
        owner, day = self.block.owner[event], self.block.day[event]
        known = np.minimum(self.block.known[event], day)
        return Windows(at(owner, known), at(owner, day + 1), event, np.full(len(event), -1, dtype=np.int64))

    def _silences(self, leaf: RhythmCondition) -> Windows:
        """From `times` × the rhythm after a purchase day to the next purchase day."""
        import numpy as np

        days = self.purchase_days
        regular = np.flatnonzero(days.number >= max(leaf.min_purchases, FEWEST_GAPS + 1))
        doubled = doubled_rhythms(days, regular)
        wait = -(-leaf.times.numerator * doubled // (2 * leaf.times.denominator))
        owner = intervals.owner_of(days.place)
        is_last = intervals.ends_run(owner)[regular]
        following = (regular + 1) % max(1, len(days.place))
        return Windows(
            start=at(owner[regular], intervals.day_of(days.place[regular]) + wait),
            end=np.where(is_last, at(owner[regular], FAR_FUTURE), days.place[following]),
            event=days.last_event[regular],
            ended_by=np.where(is_last, -1, days.last_event[following]),
        )

    def _tenure(self, leaf: TenureCondition) -> Windows:
        import numpy as np

        event = first_events(self.block)
        owner, day = self.block.owner[event], self.block.day[event]
        start = at(owner, day + (leaf.at_least or 0))
        end = at(owner, FAR_FUTURE if leaf.at_most is None else day + leaf.at_most + 1)
        return Windows(start, end, event, np.full(len(event), -1, dtype=np.int64))

    def _seasons(self, leaf: SeasonalCondition, share: Fraction | None) -> Windows:
        import numpy as np

        if leaf not in self._seasonal_days:
            block = self.block
            event = np.flatnonzero(np.isin(block.kind, leaf.kinds) & block.counts)
            owner, day = block.owner[event], block.day[event]
            self._seasonal_days[leaf] = seasonal_days(event, owner, day, leaf.years, leaf.around_days)
        found = self._seasonal_days[leaf]
        length = found.last - found.day
        days = length + 1 if share is None else _part(length, share)
        return Windows(
            start=at(found.owner, found.day),
            end=at(found.owner, found.day + days),
            event=found.event,
            ended_by=np.full(len(found.event), -1, dtype=np.int64),
        )

    def _matching(self, leaf: EventCondition) -> NDArray[np.int64]:
        """Positions of the events that a condition asks for, whatever their day."""
        import numpy as np

        block = self.block
        wanted = np.zeros(len(block.kind), dtype=np.bool_)
        for kind in leaf.kinds:
            # A refund is never activity, but a definition may ask for it by name.
            wanted |= (block.kind == kind) if kind == Kind.REFUND else (block.kind == kind) & block.counts
        if leaf.rating_at_most is not None:
            wanted &= (block.rating >= 0) & (block.rating <= leaf.rating_at_most)
        if leaf.rating_at_least is not None:
            wanted &= block.rating >= max(leaf.rating_at_least, 0)
        if leaf.actions:
            wanted &= np.isin(block.action, leaf.actions)
        if leaf.nature:
            wanted &= block.nature == leaf.nature
        events = np.flatnonzero(wanted)
        if leaf.products:
            events = events[_one_of(block.product, events, leaf.products)]
        if leaf.channels:
            events = events[_one_of(block.channel, events, leaf.channels)]
        return events


def length_of(within_days: int, share: Fraction | None) -> int:
    """How many days a window of `within_days` has, the event's own day included, cut to a share if given."""
    return within_days + 1 if share is None else ceil(share * within_days)


def _part(days: NDArray[np.int32], share: Fraction) -> NDArray[np.int64]:
    """The number of whole days t - first that are less than the share of a length."""
    return -(-share.numerator * days.astype("int64") // share.denominator)


def _after(last: NDArray[np.int32], end: NDArray[Any]) -> NDArray[Any]:
    """The end of each period, FAR_FUTURE for those without one."""
    import numpy as np

    return np.where(last >= ENDLESS, FAR_FUTURE, end)


def _one_of(
    column: NDArray[np.object_] | None, events: NDArray[np.int64], texts: tuple[str, ...]
) -> NDArray[np.bool_]:
    """Which of the events have one of the texts; a column that the block lacks is an error of the caller."""
    import numpy as np

    if column is None:
        raise ValueError("the block lacks a column that the definition asks for")
    return np.fromiter(map(set(texts).__contains__, column[events]), dtype=np.bool_, count=len(events))
