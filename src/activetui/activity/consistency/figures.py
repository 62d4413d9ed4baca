"""What the check needs to know of a ledger: gathered once, asked at every key that an owner presses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from activetui.activity.past.natural_return import NaturalReturn, natural_return
from activetui.activity.past.purchase_history import PurchaseHistory
from activetui.activity.past.regularity import Regularity
from activetui.activity.past.suggestion import Suggestion
from activetui.ledger.days import Day

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Offer(NamedTuple):
    """An offer that the playbooks make, and how many customers it would go to now."""

    title: str
    active: int
    """Customers of the active base."""
    inactive: int
    """Customers who are not."""


@dataclass(frozen=True)
class Past:
    """The purchase days of a ledger, and what the check asks of them; an answer is worked out once."""

    history: PurchaseHistory
    end: Day
    """The last day that was watched."""

    @cached_property
    def best_spends(self) -> Mapping[int, NDArray[np.int64]]:
        """For each window asked for, `spends_within`."""
        return _Remembered(self.history)

    def reaching(self, spend: int, within_days: int) -> int:
        """How many customers ever spent so much (minor units) within a window of so many days."""
        import numpy as np

        best = self.best_spends[within_days]
        return len(best) - int(np.searchsorted(best, spend))

    def most_spent(self, within_days: int) -> int:
        """The most that a customer ever spent within a window of so many days; 0 without purchases."""
        best = self.best_spends[within_days]
        return int(best[-1]) if len(best) else 0

    def returned(self, silent_days: int, horizon: int) -> NaturalReturn:
        """Of those silent for so many days, how many bought within the horizon after that."""
        return _returned(self, silent_days, horizon)

    def longest_pause(self, back: int) -> int:
        """The longest run of days without a purchase of anyone, in the last `back` days that were watched."""
        import numpy as np

        days = np.unique(self.history.day[self.history.day >= self.end - back])
        return int(np.diff(days).max()) if len(days) > 1 else 0

    def __hash__(self) -> int:
        return id(self)


class _Remembered(dict[int, "NDArray[np.int64]"]):
    """Best spends by window, worked out when first asked for."""

    def __init__(self, history: PurchaseHistory) -> None:
        super().__init__()
        self.history = history

    def __missing__(self, within_days: int) -> NDArray[np.int64]:
        self[within_days] = best = spends_within(self.history, within_days)
        return best


@lru_cache(32)
def _returned(past: Past, silent_days: int, horizon: int) -> NaturalReturn:
    [row] = natural_return(past.history, [silent_days], horizon, past.end)
    return row


def spends_within(history: PurchaseHistory, within_days: int) -> NDArray[np.int64]:
    """The most that each customer ever spent within a window of so many days, ascending, in minor units.

    The window is that of `within_days`: the day itself and so many days before it.
    """
    import numpy as np

    if not len(history.day):
        return np.empty(0, dtype=np.int64)
    stretch = int(history.day.max()) - int(history.day.min()) + within_days + 2
    place = history.owner.astype(np.int64) * stretch + (history.day - int(history.day.min()))
    total = np.append(0, np.cumsum(history.spend))
    first = np.searchsorted(place, place - within_days)
    first = np.maximum(first, history.edges[history.owner])
    spent = total[1:] - total[first]
    return np.sort(np.maximum.reduceat(spent, history.edges[:-1]))


@dataclass(frozen=True)
class LedgerFigures:
    """What the check needs to know of a ledger as of one day. What is not known is None or empty."""

    customers: int
    events_of_kind: Mapping[int, int] = field(default_factory=dict)
    """Number of events by kind."""
    usual_gap: float | None = None
    """Median of the customers' own rhythms, in days; None where too few have one."""
    with_rhythm: int = 0
    """How many customers `usual_gap` rests on."""
    subscribers: int = 0
    """Customers with a subscription, in force or not."""
    as_of: Day | None = None
    first_day_of_kind: Mapping[int, Day] = field(default_factory=dict)
    """Day of the first event by kind, of customers, up to the day."""
    last_day: Day | None = None
    """Day of the last event of a customer up to the day."""
    rhythms: Sequence[float] = ()
    """The rhythm of every customer who has one, ascending."""
    most_purchases: int | None = None
    """The most purchases that a customer ever made."""
    buyers: int = 0
    """Customers who have bought."""
    buyers_alone: int = 0
    """Customers who have bought and never had a subscription."""
    foreign_purchases: int = 0
    """Purchases in another currency than the store's."""
    regularity: Regularity | None = None
    suggestion: Suggestion | None = None
    past: Past | None = None
    offers: Sequence[Offer] = ()

    @cached_property
    def gaps(self) -> Mapping[int, int]:
        """How many customers have a rhythm of so many whole days (1 or more)."""
        return Counter(max(1, round(rhythm)) for rhythm in self.rhythms)

    def first_day(self, kinds: frozenset[int]) -> Day | None:
        """The day of the first event of one of the kinds; None without any."""
        return min((day for kind, day in self.first_day_of_kind.items() if kind in kinds), default=None)
