"""What alerts ask of the ledger: since when a condition holds, and which events are of a sort.

An alert is a span that starts: it is told as long as it holds, from its first day on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from activetui.activity.block import LedgerBlock
from activetui.activity.conditions import Condition, EventCondition, RhythmCondition
from activetui.activity.holding import Holding
from activetui.activity.intervals import at, day_of
from activetui.activity.reading.table_reading import LONGEST
from activetui.activity.rhythm import FEWEST_GAPS
from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Since(NamedTuple):
    """The customers for whom a condition holds on a day, and the first day of the span in which it does."""

    customers: NDArray[np.int64]
    """Customer numbers, ascending."""
    first: NDArray[np.int32]
    """FAR_PAST where it has always held."""


class Figures(NamedTuple):
    """What is known of one customer without looking at their events: columns of `activity.facts.Facts`."""

    first_purchase: Day | None
    last_purchase: Day | None
    purchase_days: int
    rhythm: float | None


def holding_since(
    block: LedgerBlock, condition: Condition, day: Day, active: Condition | None = None
) -> Since:
    """For whom of the block a condition holds on `day`, and since when.

    `active` is the condition that `window_used` speaks of. What happens after `day` changes nothing.
    """
    import numpy as np

    line = Holding(block, active).days(condition)
    if not len(line):
        return Since(block.customers[:0], np.empty(0, dtype=np.int32))
    today = at(np.arange(len(block.customers)), day)
    place = np.maximum(np.searchsorted(line.start, today, side="right") - 1, 0)
    found = (line.start[place] <= today) & (today < line.end[place])
    return Since(block.customers[found], day_of(line.start[place[found]]))


def still_open(block: LedgerBlock, condition: EventCondition, day: Day) -> NDArray[np.int64]:
    """The events (positions in the block) that a condition asks for and whose window is open on `day`.

    The window begins on the day of the event and has the length of `within_days`; with `unless_resolved`
    the answer to a complaint closes it. How many there are, and what they add up to, is not asked.
    """
    import numpy as np

    windows = Holding(block).windows(condition)
    today = at(block.owner[windows.event], day)
    return np.sort(windows.event[(windows.start <= today) & (today < windows.end)])


def is_told_by_figures(condition: Condition) -> bool:
    """Whether `since_by_figures` can answer for a condition."""
    if isinstance(condition, RhythmCondition):
        return True
    return (
        isinstance(condition, EventCondition)
        and condition == EventCondition((int(Kind.PURCHASE),), condition.words, condition.within_days,
                                        currency=condition.currency)
        and condition.within_days >= LONGEST
    )


def since_by_figures(condition: Condition, figures: Figures, day: Day) -> Day | None:
    """Since when a condition holds on `day`, as `holding_since` finds it; None where it does not.

    Only for conditions of which `is_told_by_figures` says so, and figures as of `day`: the first purchase
    ever, and the silence that is longer than the own rhythm. So very many customers need not be looked at
    event by event.
    """
    if isinstance(condition, RhythmCondition):
        last, rhythm = figures.last_purchase, figures.rhythm
        if last is None or rhythm is None or figures.purchase_days < _fewest(condition):
            return None
        doubled = round(2 * rhythm)
        first = last - (-condition.times.numerator * doubled // (2 * condition.times.denominator))
        return first if first <= day else None
    return figures.first_purchase


def _fewest(condition: RhythmCondition) -> int:
    return max(condition.min_purchases, FEWEST_GAPS + 1)
