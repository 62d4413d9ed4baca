"""Which part of a condition makes it hold on a day, and which event stands behind it.

Looks at the very windows and days from which the statuses are made (`holding`), for one customer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from activetui.activity import intervals
from activetui.activity.conditions import AllOf, AnyOf, Condition, EventCondition, NoneOf, WindowUsed
from activetui.activity.holding import Holding
from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day

if TYPE_CHECKING:
    from activetui.activity.intervals import Line


class Prefer(Enum):
    """Which of several reasons to name."""

    LONGEST = auto()
    """The one that will hold longest: it decides until when."""
    EARLIEST = auto()
    """The one that has held longest: it decides since when."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A condition that holds, the event behind it, and the days of that event's window."""

    condition: Condition
    event: int | None
    """Position in the block; None where no one event makes the condition hold."""
    start: Day
    end: Day
    ended_by: int | None
    """The event that ends the window; None where time alone does."""


def evidence(holding: Holding, condition: Condition, day: Day, prefer: Prefer) -> Evidence:
    """What makes a condition hold that holds on `day`, for a block of one customer."""
    match condition:
        case AnyOf(parts):
            held = [part for part in parts if run_around(holding, part, day)]
            return evidence(holding, _chosen(holding, held or list(parts), day, prefer), day, prefer)
        case AllOf(parts):
            return evidence(holding, _deciding(holding, parts, day, prefer), day, prefer)
        case NoneOf(parts):
            start, end = run_around(holding, condition, day) or (FAR_PAST, FAR_FUTURE)
            return Evidence(
                condition, _last_before(holding, AnyOf(parts), start), start, end,
                _first_of(holding, AnyOf(parts), end),
            )
        case WindowUsed():
            start, end = run_around(holding, condition, day) or (FAR_PAST, FAR_FUTURE)
            kept = evidence(holding, holding.active, day, Prefer.LONGEST)
            return Evidence(condition, kept.event, start, end, kept.ended_by)
        case _:
            pass
    windows = holding.windows(condition)
    starts, ends = intervals.day_of(windows.start).tolist(), intervals.day_of(windows.end).tolist()
    covering = [
        (ends[number], starts[number], number) for number in range(len(starts))
        if starts[number] <= day < ends[number]
    ]
    if isinstance(condition, EventCondition) and condition.spend is not None:
        covering = [found for found in covering if holding.block.net[windows.event[found[2]]] > 0]
    if not covering:
        return Evidence(condition, None, FAR_PAST, FAR_FUTURE, None)
    end, start, number = max(covering)
    if isinstance(condition, EventCondition) and (condition.count > 1 or condition.spend is not None):
        start, end = run_around(holding, condition, day) or (start, end)      # no one window decides
    ender = int(windows.ended_by[number])
    return Evidence(condition, int(windows.event[number]), start, end, None if ender < 0 else ender)


def run_around(holding: Holding, condition: Condition, day: Day) -> tuple[Day, Day] | None:
    """The days `[start, end)` without a break in which a condition holds around `day`; None if not then."""
    return span_around(holding.days(condition), day)


def span_around(days: Line, day: Day) -> tuple[Day, Day] | None:
    """The span of one customer's days in which `day` lies; None if it lies in none."""
    starts, ends = intervals.day_of(days.start).tolist(), intervals.day_of(days.end).tolist()
    return next(((start, end) for start, end in zip(starts, ends, strict=True) if start <= day < end), None)


def _chosen(holding: Holding, parts: list[Condition], day: Day, prefer: Prefer) -> Condition:
    """Of parts of which one is enough, the last to end, or the first to have begun."""
    runs = [run_around(holding, part, day) or (day, day) for part in parts]
    if prefer is Prefer.LONGEST:
        return parts[max(range(len(parts)), key=lambda part: runs[part][1])]
    return parts[min(range(len(parts)), key=lambda part: runs[part][0])]


def _deciding(holding: Holding, parts: tuple[Condition, ...], day: Day, prefer: Prefer) -> Condition:
    """Of parts that must all hold, the first to end (it decides until when), or the last to have begun."""
    runs = [run_around(holding, part, day) or (day, day) for part in parts]
    if prefer is Prefer.LONGEST:
        return parts[min(range(len(parts)), key=lambda part: runs[part][1])]
    return parts[max(range(len(parts)), key=lambda part: runs[part][0])]


def _last_before(holding: Holding, condition: Condition, day: Day) -> int | None:
    """The event by which a condition held until `day`."""
    if not run_around(holding, condition, day - 1):
        return None
    return evidence(holding, condition, day - 1, Prefer.LONGEST).event


def _first_of(holding: Holding, condition: Condition, day: Day) -> int | None:
    """The event by which a condition holds from `day` on; None where only time has passed since it."""
    if not run_around(holding, condition, day):
        return None
    event = evidence(holding, condition, day, Prefer.EARLIEST).event
    return event if event is not None and holding.block.day[event] >= day else None
