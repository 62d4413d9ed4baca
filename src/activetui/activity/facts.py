"""The figures of every customer as of one day: the columns of the table `fact`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from activetui.activity.block import LedgerBlock
from activetui.activity.evaluate import DaySpans, Spans
from activetui.activity.intervals import at, day_of, owner_of
from activetui.activity.rhythm import doubled_rhythms, purchase_days
from activetui.activity.types import TYPES
from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day
from activetui.ledger.kinds import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.intervals import Points

NO_DAY: Day = FAR_PAST
"""Stands for "none" in the day columns of `Facts`; `Facts.rows` turns it into None."""
YEAR = 365
"""Days, up to and including the last purchase day, whose spend is `year_spend`."""


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
    """Purchases that count, also several on one day."""
    purchase_days: NDArray[np.int32]
    spend: NDArray[np.int64]
    """Minor units: the net of all purchases and of refunds on their own."""
    year_spend: NDArray[np.int64]
    """The part of `spend` of the `YEAR` days up to and including the last purchase day."""
    rhythm: NDArray[np.float64]
    """NaN where there are fewer than two gaps."""
    next_expected: NDArray[np.int32]
    """The last purchase day and the rhythm, rounded (half to even)."""
    last_event: NDArray[np.int32]
    last_contact: NDArray[np.int32]
    types: NDArray[np.int16]
    """Bit i is `TYPES[i]`."""

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows of the table `fact`, in its column order, with None for what does not exist."""
        import numpy as np

        columns = []
        for name in _COLUMNS:
            column = getattr(self, name)
            values = column.tolist()
            if name in _MAY_BE_NONE:
                missing = np.isnan(column) if name == "rhythm" else column == NO_DAY
                for position in np.flatnonzero(missing).tolist():
                    values[position] = None
            columns.append(values)
        return zip(*columns, strict=True)


_COLUMNS = tuple(field.name for field in fields(Facts))
_MAY_BE_NONE = frozenset(
    ("first_purchase", "last_purchase", "rhythm", "next_expected", "last_event", "last_contact")
)


def facts(block: LedgerBlock, spans: Spans, types: Mapping[str, DaySpans], day: Day) -> Facts:
    """The figures as of `day`, from events up to it (`next_change` also from later ones)."""
    import numpy as np

    owners = np.arange(len(block.customers))
    first_place, today = at(owners, FAR_PAST), at(owners, day)
    span = np.searchsorted(at(spans.owner, spans.start), today, side="right") - 1
    until = spans.end[span]
    next_status = spans.status[np.where(until < FAR_FUTURE, span + 1, span)]
    bits, type_change = _types_on(types, today)

    every = _History.of(block, np.ones(len(block.day), dtype=np.bool_), first_place, today)
    bought = _History.of(block, _purchases(block), first_place, today)
    contacts = _History.of(block, (block.kind == Kind.CONTACT) & block.counts, first_place, today)
    last_purchase = bought.last_day()
    spend, year_spend = _spends(block, first_place, today, last_purchase)
    days, doubled = _rhythm_on(block, first_place, today)
    rhythm = np.where(doubled > 0, doubled / 2, np.nan)
    return Facts(
        customer_id=block.customers,
        status=spans.status[span],
        since=spans.start[span],
        until=until,
        next_status=next_status,
        next_change=np.minimum(np.minimum(until, type_change), every.next_day()),
        first_purchase=bought.first_day(),
        last_purchase=last_purchase,
        purchases=(bought.end - bought.begin).astype(np.int32),
        purchase_days=days,
        spend=spend,
        year_spend=year_spend,
        rhythm=rhythm,
        next_expected=np.where(
            doubled > 0, last_purchase + np.rint(np.nan_to_num(rhythm)), NO_DAY
        ).astype(np.int32),
        last_event=every.last_day(),
        last_contact=contacts.last_day(),
        types=bits,
    )


def year_spend_on(block: LedgerBlock, day: Day) -> NDArray[np.int64]:
    """The column `Facts.year_spend` as of `day`, which needs no definition."""
    import numpy as np

    owners = np.arange(len(block.customers))
    first_place, today = at(owners, FAR_PAST), at(owners, day)
    last_purchase = _History.of(block, _purchases(block), first_place, today).last_day()
    return _spends(block, first_place, today, last_purchase)[1]


def _purchases(block: LedgerBlock) -> NDArray[np.bool_]:
    bought: NDArray[np.bool_] = (block.kind == Kind.PURCHASE) & block.counts
    return bought


def _spends(
    block: LedgerBlock, first_place: Points, today: Points, last_purchase: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """`spend` and `year_spend`."""
    import numpy as np

    owners = np.arange(len(block.customers))
    paid = _History.of(block, _purchases(block) | (block.kind == Kind.REFUND), first_place, today)
    total = np.append(0, np.cumsum(block.net[paid.event]))
    year_begin = np.searchsorted(paid.place, at(owners, last_purchase - (YEAR - 1)))
    year_end = np.searchsorted(paid.place, at(owners, last_purchase), side="right")
    return total[paid.end] - total[paid.begin], total[year_end] - total[year_begin]


@dataclass(frozen=True, slots=True)
class _History:
    """Some of the events on the line, and for each customer where those up to the day begin and end."""

    event: NDArray[np.int64]
    place: Points
    begin: NDArray[np.int64]
    end: NDArray[np.int64]

    @classmethod
    def of(
        cls, block: LedgerBlock, wanted: NDArray[np.bool_], first_place: Points, today: Points
    ) -> _History:
        import numpy as np

        event = np.flatnonzero(wanted)
        place = at(block.owner[event], block.day[event])
        return cls(
            event, place, np.searchsorted(place, first_place), np.searchsorted(place, today, side="right")
        )

    def first_day(self) -> NDArray[np.int32]:
        return self._day(self.begin, self.end > self.begin, NO_DAY)

    def last_day(self) -> NDArray[np.int32]:
        return self._day(self.end - 1, self.end > self.begin, NO_DAY)

    def next_day(self) -> NDArray[np.int32]:
        """Day of the first event after the as-of day, FAR_FUTURE for none."""
        import numpy as np

        ends = np.append(self.begin[1:], len(self.place))[: len(self.begin)]
        return self._day(self.end, self.end < ends, FAR_FUTURE)

    def _day(self, which: NDArray[np.int64], exists: NDArray[np.bool_], none: Day) -> NDArray[np.int32]:
        import numpy as np

        day = np.full(len(which), none, dtype=np.int32)
        day[exists] = day_of(self.place[which[exists]])
        return day


def _rhythm_on(
    block: LedgerBlock, first_place: Points, today: Points
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Each customer's number of purchase days up to the day, and twice the rhythm known then (0: none)."""
    import numpy as np

    known = purchase_days(block)
    end = np.searchsorted(known.place, today, side="right")
    number = (end - np.searchsorted(known.place, first_place)).astype(np.int32)
    doubled = np.zeros(len(today), dtype=np.int64)
    some = number > 0
    doubled[some] = doubled_rhythms(known, end[some] - 1)
    return number, doubled


def _types_on(
    types: Mapping[str, DaySpans], today: Points
) -> tuple[NDArray[np.int16], NDArray[np.int32]]:
    """The types of each customer on the day as bits, and the next day on which one begins or ends."""
    import numpy as np

    bits = np.zeros(len(today), dtype=np.int16)
    change = np.full(len(today), FAR_FUTURE, dtype=np.int32)
    owners = owner_of(today)
    for bit, name in enumerate(TYPES):
        if name not in types or not len(types[name].owner):
            continue
        held = types[name]
        edges = np.column_stack((at(held.owner, held.start), at(held.owner, held.end))).ravel()
        passed = np.searchsorted(edges, today, side="right")
        bits |= ((passed % 2) << bit).astype(np.int16)
        following = edges[np.minimum(passed, len(edges) - 1)]
        own = (passed < len(edges)) & (owner_of(following) == owners)
        change = np.where(own, np.minimum(change, day_of(following)), change)
    return bits, change
