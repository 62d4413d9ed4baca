"""What customers made up for the check can do: the events that the conditions of a definition look at.

For each condition there is an event that just fulfils it, and for two conditions about one kind of event
there are events that fulfil one and, where they can, the other. From these deeds `probes` makes ledgers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from activetui.activity.block import BlockEvent
from activetui.activity.conditions import (
    BookingAhead,
    EventCondition,
    Leaf,
    RhythmCondition,
    SeasonalCondition,
    SubscriptionCondition,
    TenureCondition,
    WindowUsed,
    leaves,
)
from activetui.activity.definition import Definition
from activetui.activity.tenure import CUSTOMER_KINDS
from activetui.ledger.kinds import ACTION_CODES, NATURES, Kind

MOST_DEEDS = 40
MOST_LENGTHS = 32
_YEAR = 365
_HIGHEST_RATING = {int(Kind.REVIEW): 5, int(Kind.FEEDBACK): 10}
_ACTION_OF_CODE = {code: action for action, code in ACTION_CODES.items()}
_NATURE_OF_CODE = {code: nature for nature, code in NATURES.items()}
_STOPS = frozenset((ACTION_CODES["pause"], ACTION_CODES["cancel"]))


class Deed(NamedTuple):
    """Something done on one day."""

    event: BlockEvent
    """Of customer 0; its day, `until` and `known` are counted from the day of the deed."""
    times: int = 1
    """How often on that day: as often as the condition asks for."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a condition wants of an event of one kind; nothing where an attribute is empty."""

    kind: int
    times: int = 1
    net: int = 0
    actions: tuple[int, ...] = ()
    nature: int = 0
    rating_at_least: int | None = None
    rating_at_most: int | None = None
    products: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()

    def over(self, other: Wish) -> Wish:
        """This wish, with the other's where this one wants nothing."""
        rated = self.rating_at_least is not None or self.rating_at_most is not None
        return Wish(
            kind=self.kind,
            times=max(self.times, other.times),
            net=self.net or other.net,
            actions=self.actions or other.actions,
            nature=self.nature or other.nature,
            rating_at_least=self.rating_at_least if rated else other.rating_at_least,
            rating_at_most=self.rating_at_most if rated else other.rating_at_most,
            products=self.products or other.products,
            channels=self.channels or other.channels,
        )

    def events(self, ends: Iterable[int]) -> Iterator[BlockEvent]:
        """Events that fulfil the wish; a subscription is open, or lasts for one of `ends`."""
        plain = BlockEvent(
            0, 0, self.kind,
            counts=self.kind != Kind.REFUND,
            net=-self.net if self.kind == Kind.REFUND else self.net,
            nature=_NATURE_OF_CODE.get(self.nature, ""),
        )
        for action in self.actions[:4] or (0,):
            for product in self.products[:2] or ("",):
                for rating in self._ratings():
                    event = plain._replace(
                        action=_ACTION_OF_CODE.get(action, ""), product=product, rating=rating,
                        channel="".join(self.channels[:1]),
                    )
                    yield event
                    if self.kind == Kind.SUBSCRIPTION and action not in _STOPS:
                        yield from (event._replace(until=days) for days in ends)

    def _ratings(self) -> tuple[int | None, ...]:
        least, most = self.rating_at_least, self.rating_at_most
        if least is None and most is None:
            return (None,)
        if least is None:
            return (most, 0)
        if most is None:
            return (least, max(least, _HIGHEST_RATING.get(self.kind, least + 5)))
        return tuple(dict.fromkeys((least, most)))


def all_leaves(definition: Definition) -> list[Leaf]:
    """Every simple condition of [active] and [at_risk], each once."""
    found = list(leaves(definition.active))
    if definition.at_risk is not None:
        found += leaves(definition.at_risk)
    return list(dict.fromkeys(found))


def deeds_of(definition: Definition) -> list[Deed]:
    """What the conditions of a definition look at, each deed once, the plainest first."""
    conditions = all_leaves(definition)
    ends = _ends(conditions)
    wishes = [wish for leaf in conditions for wish in wishes_of(leaf)]
    merged = [
        wish.over(other) for wish in wishes for other in wishes if wish != other and wish.kind == other.kind
    ]
    found: dict[Deed, None] = {}
    for wish in dict.fromkeys((*wishes, *merged)):
        for event in wish.events(ends):
            found |= dict.fromkeys((Deed(event, wish.times), Deed(event)))
    for leaf in conditions:
        found |= dict.fromkeys(_besides(leaf))
    return list(found)[:MOST_DEEDS]


def wishes_of(leaf: Leaf) -> Iterator[Wish]:
    """What a simple condition wants, for each kind of event that it looks at."""
    match leaf:
        case EventCondition():
            for kind in leaf.kinds:
                yield Wish(
                    kind, leaf.count, leaf.spend or 0, leaf.actions, leaf.nature,
                    leaf.rating_at_least, leaf.rating_at_most, leaf.products, leaf.channels,
                )
        case SubscriptionCondition():
            yield Wish(int(Kind.SUBSCRIPTION), nature=leaf.nature, products=leaf.products)
        case RhythmCondition():
            yield Wish(int(Kind.PURCHASE))
        case SeasonalCondition():
            yield from (Wish(kind) for kind in leaf.kinds)
        case TenureCondition():
            yield from (Wish(kind) for kind in CUSTOMER_KINDS)
        case BookingAhead() | WindowUsed():
            return


def _besides(leaf: Leaf) -> Iterator[Deed]:
    """What ends a condition, or makes it hold in a way of its own."""
    match leaf:
        case EventCondition(unless_resolved=True):
            yield Deed(BlockEvent(0, 0, Kind.COMPLAINT_RESOLVED))
        case BookingAhead():
            yield from (Deed(BlockEvent(0, ahead, Kind.BOOKING, known=0)) for ahead in (7, 45))
        case SubscriptionCondition():
            product = "".join(leaf.products[:1])
            yield Deed(BlockEvent(0, 0, Kind.SUBSCRIPTION, action="cancel", product=product))
        case _:
            return


def lengths_of(definition: Definition) -> list[int]:
    """Numbers of days at which something changes by the definition, or just has or has not yet."""
    turns: list[int] = [0, 1]
    shares = [leaf.share for leaf in all_leaves(definition) if isinstance(leaf, WindowUsed)]
    for leaf in all_leaves(definition):
        windows = [*_windows(leaf)]
        turns += windows
        turns += [ceil(share * window) for share in shares for window in windows]
    turns += [definition.new_days, definition.reactivated_days, definition.lost_days or 0]
    rhythms = [leaf.times for leaf in all_leaves(definition) if isinstance(leaf, RhythmCondition)]
    turns += [ceil((turn + 1) / times) for times in rhythms for turn in dict.fromkeys(turns)]
    around = [turn + step for turn in dict.fromkeys(turns) for step in (0, 1, -1)]
    halves = [turn // 2 for turn in turns]
    return list(dict.fromkeys(days for days in (*around, *halves) if days >= 0))[:MOST_LENGTHS]


def longest(definition: Definition) -> int:
    """So many days after everything nothing of it matters any more."""
    windows = [window for leaf in all_leaves(definition) for window in _windows(leaf)]
    days = (*windows, definition.new_days, definition.reactivated_days)
    return max(days) + (definition.lost_days or 0) + 50


def _windows(leaf: Leaf) -> tuple[int, ...]:
    match leaf:
        case EventCondition():
            return (leaf.within_days,)
        case SubscriptionCondition():
            return (leaf.grace_days, 30)
        case RhythmCondition():
            return (ceil(leaf.times * 7), 7)
        case TenureCondition():
            return tuple(days for days in (leaf.at_least, leaf.at_most) if days is not None)
        case SeasonalCondition():
            return (_YEAR, leaf.around_days, _YEAR + leaf.around_days)
        case BookingAhead():
            return (7, 45)
        case _:
            return ()


def _ends(conditions: Iterable[Leaf]) -> list[int]:
    """How many days made-up subscriptions last."""
    windows = [window for leaf in conditions for window in _windows(leaf)]
    return list(dict.fromkeys((0, 30, max(windows, default=0) + 10)))

