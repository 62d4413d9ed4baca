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
    RhythmCondition,
    SubscriptionCondition,
    leaves,
)
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

    @cached_property
    def reach(self) -> int:
        """How many days the active condition looks back at most."""
        longest = 0
        for leaf in leaves(self.active):
            if isinstance(leaf, EventCondition):
                longest = max(longest, leaf.within_days)
            elif isinstance(leaf, SubscriptionCondition):
                longest = max(longest, leaf.grace_days)
        return longest

    @cached_property
    def active_kinds(self) -> frozenset[int]:
        """The event kinds that the active condition looks at."""
        kinds: set[int] = set()
        for leaf in leaves(self.active):
            if isinstance(leaf, EventCondition):
                kinds.update(leaf.kinds)
            elif isinstance(leaf, SubscriptionCondition):
                kinds.add(Kind.SUBSCRIPTION)
            elif isinstance(leaf, BookingAhead):
                kinds.add(Kind.BOOKING)
            elif isinstance(leaf, RhythmCondition):
                kinds.add(Kind.PURCHASE)
        return frozenset(int(kind) for kind in kinds)

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
