"""Questions about a definition that are answered by trying it on customers made up for the purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from activetui.activity.block import BlockEvent, LedgerBlock, block_of
from activetui.activity.conditions import (
    AllOf,
    AnyOf,
    Condition,
    EventCondition,
    Leaf,
    SubscriptionCondition,
)
from activetui.activity.definition import Definition
from activetui.activity.evaluate import evaluate
from activetui.activity.remedies import asked_for, deeds_for
from activetui.activity.status import ACTIVE_BASE, Status
from activetui.ledger.days import Day

_CUSTOMER = 1
_DAY: Day = 20_000


def says_nothing_yet(definition: Definition) -> bool:
    """Whether a customer without any event is active on some day."""
    return bool(_statuses(definition, block_of([_CUSTOMER], [])) & ACTIVE_BASE)


def active_by(definition: Definition, takes: Callable[[Leaf], bool]) -> bool:
    """Whether doing what those conditions ask that `takes` picks, all on one day, makes a customer active."""
    wanted = [leaf for leaf in asked_for(definition.active, True) if takes(leaf)]
    statuses = _statuses(definition, _after(wanted))
    return bool(statuses & ACTIVE_BASE) and not says_nothing_yet(definition)


def never_safe(definition: Definition) -> bool:
    """Whether customers who do what makes active are at risk on every active day."""
    wanted = list(asked_for(definition.active, True))
    if definition.at_risk is not None:
        wanted += asked_for(definition.at_risk, False)
    ledgers = [block_of([_CUSTOMER], []), _after(wanted), *(_after([leaf]) for leaf in wanted)]
    seen = set().union(*(_statuses(definition, ledger) for ledger in ledgers))
    return seen & ACTIVE_BASE == {Status.AT_RISK}


def event_leaves(condition: Condition) -> Iterator[EventCondition]:
    """The wanted event conditions of a tree, not those under `none`."""
    return (leaf for leaf in asked_for(condition, True) if isinstance(leaf, EventCondition))


def window_of_events(
    active: Condition, *, also_beside_subscriptions: bool = False, kind: int | None = None
) -> int | None:
    """The longest window of an event that alone keeps a customer active; None where there is none.

    Also None where a subscription keeps active, unless asked for beside one.
    """
    parts = active.parts if isinstance(active, AnyOf) else (active,)
    if not also_beside_subscriptions and any(
        isinstance(leaf, SubscriptionCondition) for leaf in asked_for(active, True)
    ):
        return None
    if any(isinstance(part, AllOf | AnyOf) for part in parts):
        return None
    windows = [
        part.within_days for part in parts
        if isinstance(part, EventCondition) and part.count == 1 and part.spend is None
        and (kind is None or kind in part.kinds)
    ]
    return max(windows, default=None)


def _after(wanted: list[Leaf]) -> LedgerBlock:
    """The ledger of a customer who does everything wanted on one day, as often as asked for."""
    events: list[BlockEvent] = []
    for leaf in wanted:
        times = leaf.count if isinstance(leaf, EventCondition) else 1
        for deed in deeds_for(leaf, _CUSTOMER, _DAY):
            events += [deed.event] * times
    return block_of([_CUSTOMER], events)


def _statuses(definition: Definition, block: LedgerBlock) -> set[Status]:
    return {Status(status) for status in evaluate(definition, block, None).status}
