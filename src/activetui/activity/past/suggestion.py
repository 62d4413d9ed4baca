"""A window from the shop's own past instead of a threshold made up.

The rule: of all returns that come within the days of silence that the ledger can see, 80 in 100 have come
when the window ends, 70 when a customer is called at risk, 95 when one is called lost. docs/window.md gives
the reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import Enum
from typing import TYPE_CHECKING

from activetui.activity.past.purchase_history import PurchaseHistory
from activetui.activity.past.survival import Curve, Gaps, curve_of, gaps_of
from activetui.ledger.days import Day

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AT_RISK_PART, WINDOW_PART, LOST_PART = 0.7, 0.8, 0.95
"""Parts of the returns that have come by then."""
FEWEST_CUSTOMERS = 30
FEWEST_GAPS = 50
"""Closed gaps. With 50 customers and 90 closed gaps of a shop without rhythm, the proposed window lies
between 0.7 and 1.4 times what the whole shop would give, 8 times out of 10."""
FEWEST_WATCHED = 20
"""The curve is read as far as so many gaps are still watched: beyond that a single return moves it much."""
TIMES_WATCHED = 2
"""The window is believed where silences were watched for twice as long: else more returns may be to come …"""
NOBODY_LEFT = 0.05
"""… unless so few still wait that it makes no difference: customers with a strict habit are never silent for
twice their window."""
PERCENTILES = (50, 75, 80, 90, 95)
_DRAWS = 100
_MOST_TO_REDRAW = 200_000
"""Purchase days. With more of them chance hardly moves the window, and drawing takes its time."""


class Shortage(Enum):
    """Why the data are too few for a proposal."""

    NO_PURCHASES = "no_purchases"
    CUSTOMERS = "customers"
    GAPS = "gaps"
    TIME = "time"


@dataclass(frozen=True)
class Suggestion:
    """What the ledger suggests, and what that rests on. All days are days of silence unless said."""

    end: Day | None
    """The last day that was watched: the last purchase day of the ledger, or the as-of day before it."""
    customers: int
    """Those who have bought."""
    purchase_days: int
    closed: int
    """Purchase days that were followed by another."""
    open: int
    """Purchase days, the last of each customer, that were not followed yet."""
    percentiles: Mapping[int, float | None]
    """Of the closed gaps: they run short, as the open ones are missing."""
    curve: Curve
    horizon: int
    """Days of silence up to which the curve is read."""
    shortage: Shortage | None
    """Why nothing is proposed; None where something is."""
    at_risk_days: int | None = None
    """First day of silence to be at risk."""
    window_days: int | None = None
    """Last day of silence to be active."""
    lost_silence: int | None = None
    """Last day of silence before a customer is lost."""
    between: tuple[int, int] | None = None
    """Where the window lies 8 times out of 10 if the customers are drawn anew; None where not drawn."""

    @property
    def enough(self) -> bool:
        """Whether the data are enough for a proposal."""
        return self.shortage is None

    @property
    def window_used(self) -> Decimal | None:
        """`at_risk_days` as the share of the window that a definition writes, with the fewest decimals."""
        if self.window_days is None or self.at_risk_days is None:
            return None
        return share_for(self.at_risk_days, self.window_days)

    @property
    def lost_days(self) -> int | None:
        """`[lost] days`: days of inactivity, which begin when the window ends; never fewer than those."""
        if self.window_days is None or self.lost_silence is None:
            return None
        return max(self.window_days, self.lost_silence - self.window_days)

    def share_within(self, days: int | None) -> float | None:
        """The share of purchases whose next one comes within so many days."""
        return None if days is None else self.curve.share_within(days)


def suggest(history: PurchaseHistory, as_of: Day | None = None) -> Suggestion:
    """A window, and days for at risk and lost, from the purchases up to a day (default: all)."""
    if as_of is not None:
        history = history.up_to(as_of)
    end = history.end
    gaps = gaps_of(history, end or 0)
    curve = curve_of(gaps.closed, gaps.open)
    horizon = curve.longest(FEWEST_WATCHED)
    window = curve.days_until(WINDOW_PART, horizon)
    shortage = _shortage(history, gaps, curve, horizon, window)
    told = shortage is None and window is not None
    at_risk = curve.days_until(AT_RISK_PART, horizon)
    return Suggestion(
        end=end,
        customers=len(history.customers),
        purchase_days=len(history.day),
        closed=len(gaps.closed),
        open=len(gaps.open),
        percentiles=dict(zip(PERCENTILES, gaps.percentiles(PERCENTILES), strict=True)),
        curve=curve,
        horizon=horizon,
        shortage=shortage,
        at_risk_days=min(at_risk or 1, max((window or 1) - 1, 1)) if told else None,
        window_days=window if told else None,
        lost_silence=curve.days_until(LOST_PART, horizon) if told else None,
        between=_between(gaps, horizon) if told else None,
    )


def share_for(at_risk_days: int, window_days: int) -> Decimal:
    """The `window_used` that begins on that day of silence (1 to `window_days`), as short as can be.

    `window_used` holds from the first whole day that is not less than its share of the window.
    """
    exact = Decimal(at_risk_days) / window_days
    share = Decimal(0)
    for decimals in (1, 2, 3, 4):
        step = Decimal(1).scaleb(-decimals)
        share = min(exact.quantize(step, rounding=ROUND_DOWN), 1 - step)
        if share * window_days > at_risk_days - 1:
            break
    return share


def _shortage(
    history: PurchaseHistory, gaps: Gaps, curve: Curve, horizon: int, window: int | None
) -> Shortage | None:
    if not len(history.day):
        return Shortage.NO_PURCHASES
    if len(history.customers) < FEWEST_CUSTOMERS:
        return Shortage.CUSTOMERS
    if len(gaps.closed) < FEWEST_GAPS or window is None:
        return Shortage.GAPS
    waiting = curve.share_without(horizon) or 0
    return Shortage.TIME if horizon < TIMES_WATCHED * window and waiting > NOBODY_LEFT else None


def _between(gaps: Gaps, horizon: int) -> tuple[int, int] | None:
    """The middle eight of ten windows from customers drawn anew, with all their gaps (a bootstrap)."""
    import numpy as np

    customers = len(gaps.open)
    if len(gaps.closed) + customers > _MOST_TO_REDRAW:
        return None
    draw = np.random.default_rng(customers)         # the same ledger gives the same answer
    found = [
        _curve_of_draw(gaps, draw.integers(0, customers, customers)).days_until(WINDOW_PART, horizon)
        for _turn in range(_DRAWS)
    ]
    windows = sorted(window for window in found if window is not None)
    tenth = len(windows) // 10
    return (windows[tenth], windows[-1 - tenth]) if windows else None


def _curve_of_draw(gaps: Gaps, drawn: NDArray[np.int64]) -> Curve:
    import numpy as np

    times = np.bincount(drawn, minlength=len(gaps.open)).astype(np.float64)
    return curve_of(gaps.closed, gaps.open, np.concatenate((times[gaps.owner], times)))
