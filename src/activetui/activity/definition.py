"""A definition: the owner's rules of what counts as active."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from activetui.activity.condition_words import condition_in_words
from activetui.activity.conditions import (
    BookingAhead,
    Condition,
    EventCondition,
    Leaf,
    RhythmCondition,
    SeasonalCondition,
    SubscriptionCondition,
    TenureCondition,
    leaves,
)
from activetui.activity.tenure import CUSTOMER_KINDS
from activetui.ledger.kinds import Kind


@dataclass(frozen=True)
class Definition:
    """What counts as active, new, reactivated, at risk and lost, and which types a customer is of."""

    name: str
    active: Condition
    new_days: int
    """0: nobody is ever new."""
    reactivated_days: int
    at_risk: Condition | None
    lost_days: int | None
    types: Mapping[str, Condition]
    """A condition for each of `activity.types.TYPES`."""
    text: str
    """The TOML that was parsed."""
    version: int = 0
    agreed: tuple[str, ...] = ()
    """The questions of `activity.agreed` that the owner has settled: as the definition says is as meant."""

    @cached_property
    def reach(self) -> int:
        """How many days the active condition looks back at most."""
        return max(map(look_back, leaves(self.active)), default=0)

    @cached_property
    def active_kinds(self) -> frozenset[int]:
        """The event kinds that the active condition looks at."""
        return frozenset(kind for leaf in leaves(self.active) for kind in kinds_of(leaf))

    @cached_property
    def reach_of_types(self) -> Mapping[str, int]:
        """How many days back each type looks at most."""
        return {
            name: max(map(look_back, leaves(condition)), default=0) for name, condition in self.types.items()
        }

    @cached_property
    def kinds_of_types(self) -> Mapping[str, tuple[str, ...]]:
        """The names of the event kinds that each type looks at."""
        return {
            name: tuple(dict.fromkeys(word for leaf in leaves(condition) for word in _kind_words(leaf)))
            for name, condition in self.types.items()
        }

    @cached_property
    def columns(self) -> frozenset[str]:
        """The optional columns of a `LedgerBlock` that some condition needs for events of every kind."""
        needed = set()
        conditions = [self.active, *([self.at_risk] if self.at_risk else []), *self.types.values()]
        for condition in conditions:
            for leaf in leaves(condition):
                if isinstance(leaf, EventCondition) and leaf.products:
                    needed.add("product")
                if isinstance(leaf, EventCondition) and leaf.channels:
                    needed.add("channel")
        return frozenset(needed)

    def in_words(self) -> str:
        """What keeps a customer active, as a person would say it."""
        return condition_in_words(self.active)


def look_back(leaf: Leaf) -> int:
    """How many days before a day an event can lie by which a simple condition holds on that day.

    0 for those that have no such bound: a rhythm may rest on purchases of any age.
    """
    match leaf:
        case EventCondition():
            return leaf.within_days
        case SubscriptionCondition():
            return leaf.grace_days
        case TenureCondition():
            return max(leaf.at_least or 0, leaf.at_most or 0)
        case SeasonalCondition():
            # From the start of the first season to the end of the one to come; a day for every leap year.
            return 365 * leaf.years + -(-leaf.years // 4) + 2 * leaf.around_days
        case _:
            return 0


def _kind_words(leaf: Leaf) -> tuple[str, ...]:
    """The names of the event kinds that a simple condition looks at, the owner's own ones included."""
    match leaf:
        case EventCondition() | SeasonalCondition():
            return leaf.words
        case _:
            return tuple(Kind(kind).word for kind in kinds_of(leaf))


def kinds_of(leaf: Leaf) -> tuple[int, ...]:
    """The event kinds that a simple condition looks at; none for a share of the window."""
    match leaf:
        case EventCondition() | SeasonalCondition():
            return leaf.kinds
        case SubscriptionCondition():
            return (int(Kind.SUBSCRIPTION),)
        case BookingAhead():
            return (int(Kind.BOOKING),)
        case RhythmCondition():
            return (int(Kind.PURCHASE),)
        case TenureCondition():
            return CUSTOMER_KINDS
        case _:
            return ()
