"""How often a rule would have been right: called active on a day of the past, and bought afterwards?

The outcome is a purchase in the days after the as-of day; the rule knows nothing of them. Two errors are told
apart: a false alarm (called inactive, bought all the same) and a miss (called active, did not buy).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from activetui.activity.past.purchase_history import PurchaseHistory
from activetui.activity.past.ranking import auc
from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words, format_day

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Costs:
    """What the two errors cost, in minor units."""

    alarm: int
    """A false alarm: an offer to somebody who would have come anyway."""
    miss: int
    """A customer who left while being called active, so that nobody did anything."""

    def of(self, row: Row) -> int:
        """What a rule would have cost in all."""
        return self.alarm * row.fn + self.miss * row.fp


@dataclass(frozen=True, slots=True)
class Row:
    """The confusion matrix of one rule; positive is active, or bought."""

    window_days: int | None
    """The rule "the last purchase is at most so many days ago"; None for another rule."""
    tp: int
    """Called active, bought."""
    fp: int
    """Called active, did not buy: the misses."""
    fn: int
    """Called inactive, bought all the same: the false alarms."""
    tn: int
    """Called inactive, did not buy."""
    cost: int | None = None
    """Minor units; None where no costs were given."""

    @property
    def active(self) -> int:
        """How many the rule called active."""
        return self.tp + self.fp

    @property
    def precision(self) -> float | None:
        """The share of those called active who bought; None if nobody was called active."""
        return self.tp / self.active if self.active else None

    @property
    def recall(self) -> float | None:
        """The share of the buyers who had been called active; None if nobody bought."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def accuracy(self) -> float:
        """The share about whom the rule was right."""
        return (self.tp + self.tn) / (self.tp + self.fp + self.fn + self.tn)


@dataclass(frozen=True)
class Outcome:
    """Everyone who had bought by a day, and whether they bought in the days after it."""

    as_of: Day
    horizon: int
    """Days after the as-of day."""
    customers: NDArray[np.int64]
    """Numbers of those who had bought by then, ascending; the other arrays are in this order."""
    silence: NDArray[np.int32]
    """Days from the last purchase to the as-of day."""
    purchase_days: NDArray[np.int64]
    """Up to the as-of day."""
    bought: NDArray[np.bool_]

    @property
    def of(self) -> int:
        """How many had bought by the as-of day."""
        return len(self.customers)

    @property
    def buyers(self) -> int:
        """How many of them bought within the horizon."""
        return int(self.bought.sum())

    def within(self, window_days: int) -> NDArray[np.bool_]:
        """Whom the rule "the last purchase is at most so many days ago" called active."""
        return self.silence <= window_days

    def among(self, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Who is among these customer numbers, such as the active base by a definition."""
        import numpy as np

        return np.isin(self.customers, numbers)

    def judge(
        self, active: NDArray[np.bool_], window_days: int | None = None, costs: Costs | None = None
    ) -> Row:
        """How right a rule was that called those active."""
        tp, called, buyers = int((active & self.bought).sum()), int(active.sum()), self.buyers
        row = Row(window_days, tp, called - tp, buyers - tp, self.of - called - buyers + tp)
        return row if costs is None else _with_cost(row, costs)

    def false_alarms(self, active: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The numbers of those called inactive who bought all the same."""
        return self.customers[~active & self.bought]

    def misses(self, active: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The numbers of those called active who did not buy."""
        return self.customers[active & ~self.bought]

    def auc(self) -> float | None:
        """How well the days of silence rank who buys: the yardstick for every other rule."""
        return auc(-self.silence, self.bought)

    def auc_of_repeaters(self) -> float | None:
        """The same among those with more than one purchase day."""
        repeaters = self.purchase_days > 1
        return auc(-self.silence[repeaters], self.bought[repeaters])

    def every_window(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each window from 0 days to the longest silence: how many it calls active who bought, and who
        did not."""
        import numpy as np

        length = int(self.silence.max()) + 1
        bought = np.bincount(self.silence[self.bought], minlength=length).cumsum()
        left = np.bincount(self.silence[~self.bought], minlength=length).cumsum()
        return bought, left


@dataclass(frozen=True)
class Backtest:
    """Windows judged by what came after one day."""

    outcome: Outcome
    rows: list[Row]
    cheapest: Row | None
    """The window of any number of days that costs least; None where no costs were given."""

    @property
    def as_of(self) -> Day:
        """The day on which the rules are judged."""
        return self.outcome.as_of


def latest_day(history: PurchaseHistory, horizon: int) -> Day | None:
    """The last as-of day whose horizon has passed in the ledger; None where nobody had bought by then."""
    if history.end is None:
        return None
    day = history.end - horizon
    return day if day >= int(history.day.min()) else None


def outcome_of(history: PurchaseHistory, as_of: Day, horizon: int) -> Outcome:
    """Who had bought by the as-of day, and who bought in the `horizon` days after it.

    `OwnerError` where the ledger does not reach so far, or nobody had bought yet.
    """
    latest = latest_day(history, horizon)
    if latest is None:
        raise OwnerError(
            ngettext(
                "The past cannot be tested: the purchases of the ledger span less than {n} day.",
                "The past cannot be tested: the purchases of the ledger span less than {n} days.",
                horizon,
            ).format(n=horizon),
            _("Import older purchases, or give a shorter --horizon."),
        )
    if as_of > latest:
        raise OwnerError(
            _("The {horizon} after {day} have not passed yet: the last purchase of the ledger is of {end}.")
            .format(horizon=days_words(horizon), day=format_day(as_of), end=format_day(history.end)),
            _("The latest day that can be tested is {day}.").format(day=format_day(latest)),
        )
    then = history.up_to(as_of)
    if not len(then.customers):
        raise OwnerError(
            _("Nobody had bought by {day}.").format(day=format_day(as_of)),
            _("The first purchase of the ledger is of {day}.").format(day=format_day(int(history.day.min()))),
        )
    return Outcome(
        as_of=as_of,
        horizon=horizon,
        customers=then.customers,
        silence=as_of - then.last_days(),
        purchase_days=then.number(),
        bought=history.bought_in(as_of + 1, as_of + horizon, then.customers),
    )


def backtest(
    history: PurchaseHistory, as_of: Day | None, horizon: int, windows: Sequence[int],
    costs: Costs | None = None,
) -> Backtest:
    """Judge windows by what came after a day (default: the latest that can be tested).

    `OwnerError` as in `outcome_of`.
    """
    if as_of is None:
        latest = latest_day(history, horizon)
        as_of = latest if latest is not None else history.end or 0
    found = outcome_of(history, as_of, horizon)
    rows = [found.judge(found.within(window), window, costs) for window in windows]
    return Backtest(found, rows, cheapest_window([found], costs) if costs else None)


def cheapest_window(outcomes: Sequence[Outcome], costs: Costs) -> Row:
    """The window in whole days that costs least over the outcomes together; the shortest of equal ones."""
    import numpy as np

    curves = [outcome.every_window() for outcome in outcomes]
    length = max(len(bought) for bought, _left in curves)

    def total(parts: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
        summed = np.zeros(length, dtype=np.int64)
        for part in parts:
            summed += np.pad(part, (0, length - len(part)), mode="edge")
        return summed

    tp, fp = total([bought for bought, _left in curves]), total([left for _bought, left in curves])
    buyers, of = sum(outcome.buyers for outcome in outcomes), sum(outcome.of for outcome in outcomes)
    window = int(np.argmin(costs.alarm * (buyers - tp) + costs.miss * fp))
    right, wrong = int(tp[window]), int(fp[window])
    row = Row(window, right, wrong, buyers - right, of - buyers - wrong)
    return _with_cost(row, costs)


def _with_cost(row: Row, costs: Costs) -> Row:
    return Row(row.window_days, row.tp, row.fp, row.fn, row.tn, costs.of(row))

