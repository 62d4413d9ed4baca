"""The conditions of a definition, as plain values that can say themselves in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class EventCondition:
    """Something happened within the last days: often enough, and for enough money where asked."""

    kinds: tuple[int, ...]
    words: tuple[str, ...]
    """The names of `kinds`, as written in the definition."""
    within_days: int
    """Holds on day t for an event on day d when 0 <= t - d <= within_days."""
    count: int = 1
    spend: int | None = None
    """Minor units of `currency` that the events' net must reach."""
    currency: str = ""
    rating_at_most: int | None = None
    rating_at_least: int | None = None
    actions: tuple[int, ...] = ()
    """`ledger.kinds.ACTION_CODES`; empty for any."""
    nature: int = 0
    products: tuple[str, ...] = ()
    """Folded; empty for any."""
    channels: tuple[str, ...] = ()
    """Folded; empty for any."""
    unless_resolved: bool = False
    """A complaint stops mattering on the day of the first `complaint_resolved` on or after it."""


@dataclass(frozen=True, slots=True)
class SubscriptionCondition:
    """A subscription is in force, or ended at most `grace_days` ago."""

    nature: int = 0
    """`ledger.kinds.NATURES`; 0 for any."""
    grace_days: int = 0
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BookingAhead:
    """A booking is known and its day has not passed."""


@dataclass(frozen=True, slots=True)
class WindowUsed:
    """Active, but the active condition would no longer hold with every window cut to this share."""

    share: Fraction


@dataclass(frozen=True, slots=True)
class RhythmCondition:
    """Silent for `times` × the own usual gap, for customers with enough purchase days."""

    times: Fraction
    min_purchases: int


@dataclass(frozen=True, slots=True)
class TenureCondition:
    """A customer for so long: days since the first purchase, visit or subscription that counts.

    Holds on day t when at_least <= t - first <= at_most; a bound of None does not bound.
    """

    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class SeasonalCondition:
    """Comes at the same time of year: holds until that time has passed once more without the customer.

    An event on day d counts when there was one within `around_days` of the same date in each of the last
    `years` years, d's own included, and not more days with events outside those seasons than inside. It
    then holds from d to the same date of the following year and `around_days` more.
    """

    years: int
    around_days: int
    kinds: tuple[int, ...]
    words: tuple[str, ...]
    """The names of `kinds`, as written in the definition."""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds while at least one of `parts` does."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds while every one of `parts` does."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """Holds while not one of `parts` does."""

    parts: tuple[Condition, ...]


Windowed: TypeAlias = (
    EventCondition | SubscriptionCondition | BookingAhead | RhythmCondition | TenureCondition
    | SeasonalCondition
)
"""The conditions that rest on events directly."""
Leaf: TypeAlias = Windowed | WindowUsed
Group: TypeAlias = AnyOf | AllOf | NoneOf
Condition: TypeAlias = Leaf | Group


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every condition in the tree that is not a group of others, in the order of the definition."""
    if isinstance(condition, AnyOf | AllOf | NoneOf):
        for part in condition.parts:
            yield from leaves(part)
    else:
        yield condition
