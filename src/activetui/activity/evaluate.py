"""From a definition and a block of the ledger to the status of every customer on every day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activetui.activity import intervals
from activetui.activity.block import LedgerBlock
from activetui.activity.definition import Definition
from activetui.activity.holding import Holding
from activetui.activity.intervals import Line
from activetui.activity.status import Status
from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activetui.activity.intervals import Points


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
    return spans_from(definition, Holding(block, definition.active), ledger_start)


def type_spans(definition: Definition, block: LedgerBlock) -> dict[str, DaySpans]:
    """For each type, the days on which each customer is of it."""
    import numpy as np

    holding = Holding(block)
    found = {name: holding.days(condition) for name, condition in definition.types.items()}
    if block.vip is not None and "vip" in found:
        tagged = np.flatnonzero(block.vip)
        always = Line(intervals.at(tagged, FAR_PAST), intervals.at(tagged, FAR_FUTURE))
        found["vip"] = intervals.union(found["vip"], always)
    return {name: _day_spans(days) for name, days in found.items()}


def spans_from(definition: Definition, holding: Holding, ledger_start: Day | None) -> Spans:
    """As `evaluate`, from conditions already looked at."""
    active = holding.days(definition.active)
    known = known_from(definition, holding.block, ledger_start)
    start, status = _without_risk(definition, active, holding.customers, known)
    if definition.at_risk is not None:
        risk = intervals.intersection(active, holding.days(definition.at_risk))
        start, status = _overlaid(start, status, risk)
    return _status_spans(start, status)


def statuses_on(spans: Spans, day: Day) -> list[Status]:
    """The status of each customer on a day."""
    then = (spans.start <= day) & (day < spans.end)
    return [Status(status) for status in spans.status[then].tolist()]


def known_from(
    definition: Definition, block: LedgerBlock, ledger_start: Day | None
) -> NDArray[np.int64]:
    """For each customer, the day from which the ledger reaches back far enough to call them inactive.

    FAR_FUTURE where nothing in the ledger could make anyone active yet.
    """
    import numpy as np

    if ledger_start is None:
        return np.full(len(block.customers), FAR_FUTURE, dtype=np.int64)
    start = np.full(len(block.customers), ledger_start, dtype=np.int64)
    if block.history is not None:
        start = np.maximum(start, block.history)
    return start + definition.reach


def _without_risk(
    definition: Definition, active: Line, customers: int, known: NDArray[np.int64]
) -> tuple[Points, NDArray[np.int8]]:
    """Where each status begins on the line, ascending, as if no customer were ever at risk."""
    import numpy as np

    gaps = intervals.complement(active, customers)
    whose, before = intervals.owner_of(gaps.start), intervals.day_of(gaps.start) == FAR_PAST
    known_place = np.clip(intervals.at(whose, known[whose]), gaps.start, gaps.end)
    told = known_place < gaps.end               # some days of the gap are known to be without activity
    end_of_unknown = known_place[told]
    lost = definition.lost_days if definition.lost_days is not None else FAR_FUTURE - FAR_PAST
    lost_start = end_of_unknown + lost
    is_lost = ~before[told] & (lost_start < gaps.end[told])

    # A span after a gap without one inactive day goes on where the last one stopped.
    first_of_customer = intervals.begins_run(intervals.owner_of(active.start))
    gap_before = np.searchsorted(gaps.end, active.start)
    returned = np.zeros(len(active), dtype=np.bool_)
    later = ~first_of_customer
    returned[later] = told[gap_before[later]]
    fresh_days = np.where(first_of_customer, definition.new_days, definition.reactivated_days * returned)
    fresh_days[intervals.day_of(active.start) == FAR_PAST] = 0     # nobody is new who has always been active
    fresh = np.where(first_of_customer, Status.NEW, Status.REACTIVATED)
    fresh_end = active.start + fresh_days
    settled = fresh_end < active.end

    parts = (
        (gaps.start[known_place > gaps.start], Status.UNKNOWN),
        (end_of_unknown, np.where(before[told], Status.PROSPECT, Status.INACTIVE)),
        (lost_start[is_lost], Status.LOST),
        (active.start[fresh_days > 0], fresh[fresh_days > 0]),
        (fresh_end[settled], Status.ACTIVE),
    )
    start = np.concatenate([begins for begins, _ in parts])
    status = np.concatenate([np.broadcast_to(what, begins.shape) for begins, what in parts]).astype(np.int8)
    order = np.argsort(start, kind="stable")
    return start[order], status[order]


def _overlaid(
    start: Points, status: NDArray[np.int8], risk: Line
) -> tuple[Points, NDArray[np.int8]]:
    """The statuses with those days at risk."""
    import numpy as np

    edges = np.sort(np.concatenate((start, risk.start, risk.end)), kind="stable")
    beneath = status[np.searchsorted(start, edges, side="right") - 1]
    return edges, np.where(risk.holds_at(edges), np.int8(Status.AT_RISK), beneath)


def _status_spans(start: Points, status: NDArray[np.int8]) -> Spans:
    """Spans from the places where statuses begin; each lasts until the next or the end of the customer."""
    import numpy as np

    owner, day = intervals.owner_of(start), intervals.day_of(start)
    within = day < FAR_FUTURE
    owner, day, status = owner[within], day[within], status[within]
    # Of several that begin on one place the last counts; neighbours of one status are one span.
    final = intervals.ends_run(owner, day)
    owner, day, status = owner[final], day[final], status[final]
    differs = intervals.begins_run(owner, status)
    owner, day, status = owner[differs], day[differs], status[differs]
    end = np.full_like(day, FAR_FUTURE)
    end[:-1] = np.where(intervals.ends_run(owner)[:-1], FAR_FUTURE, day[1:])
    return Spans(owner, day, end, status)


def _day_spans(days: Line) -> DaySpans:
    return DaySpans(
        intervals.owner_of(days.start), intervals.day_of(days.start), intervals.day_of(days.end)
    )
