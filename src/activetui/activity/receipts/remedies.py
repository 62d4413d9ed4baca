"""What would change a status: found by adding an event to the ledger and asking the evaluator again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from activetui.activity.block import BlockEvent, LedgerBlock, variants
from activetui.activity.condition_words import deed_in_words, one_or_other
from activetui.activity.conditions import (
    AllOf,
    AnyOf,
    BookingAhead,
    Condition,
    EventCondition,
    Leaf,
    NoneOf,
    SeasonalCondition,
    SubscriptionCondition,
    TenureCondition,
)
from activetui.activity.definition import Definition
from activetui.activity.evaluate import evaluate, statuses_on
from activetui.activity.kind_words import one_of_kind
from activetui.activity.status import Status
from activetui.ledger.days import Day
from activetui.ledger.kinds import ACTION_CODES, NATURES, Kind
from activetui.locales import _
from activetui.locales.formats import format_money

_BOOKED_AHEAD = 7
_ACTION_OF_CODE = {code: action for action, code in ACTION_CODES.items()}
_NATURE_OF_CODE = {code: nature for nature, code in NATURES.items()}


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that the customer or the business can do, and the event that it would leave in the ledger."""

    words: str
    event: BlockEvent


def deeds_that_lead_to(
    wanted: Collection[Status],
    definition: Definition,
    block: LedgerBlock,
    ledger_start: Day | None,
    done_on: Day,
    look_on: Day,
) -> str:
    """The deeds, in words, of which one alone on `done_on` gives one of the statuses on `look_on`.

    For a block of one customer; empty if no single deed does.
    """
    subscribed = bool((block.kind == Kind.SUBSCRIPTION).any())
    deeds = list(_deeds(definition, int(block.customers[0]), done_on, subscribed))
    if not deeds:
        return ""
    done = variants(block, [deed.event for deed in deeds])
    after = statuses_on(evaluate(definition, done, ledger_start), look_on)
    found = [deed.words for deed, status in zip(deeds, after, strict=True) if status in wanted]
    return one_or_other(list(dict.fromkeys(found)))


def _deeds(definition: Definition, customer: int, day: Day, subscribed: bool) -> Iterator[Deed]:
    """What the definition asks of a customer: in order to be active, and in order not to be at risk."""
    for leaf in asked_for(definition.active, True):
        yield from deeds_for(leaf, customer, day, subscribed)
    if definition.at_risk is None:
        return
    for leaf in asked_for(definition.at_risk, False):
        yield from deeds_for(leaf, customer, day, subscribed)
    for leaf in asked_for(definition.at_risk, True):
        if isinstance(leaf, EventCondition) and leaf.unless_resolved:
            yield Deed(_("resolving the complaint"), BlockEvent(customer, day, Kind.COMPLAINT_RESOLVED))


def asked_for(condition: Condition, wanted: bool) -> Iterator[Leaf]:
    """The simple conditions whose holding makes the whole more likely to hold (or, not wanted, less)."""
    match condition:
        case AnyOf(parts) | AllOf(parts):
            for part in parts:
                yield from asked_for(part, wanted)
        case NoneOf(parts):
            for part in parts:
                yield from asked_for(part, not wanted)
        case _ if wanted:
            yield condition


def deeds_for(leaf: Leaf, customer: int, day: Day, subscribed: bool = False) -> Iterator[Deed]:
    """What could be done on `day` to make one condition hold; whoever has `subscribed` before renews."""
    match leaf:
        case BookingAhead():
            booking = BlockEvent(customer, day + _BOOKED_AHEAD, Kind.BOOKING, known=day)
            yield Deed(deed_in_words(leaf) or "", booking)
        case SubscriptionCondition():
            nature, product = _NATURE_OF_CODE.get(leaf.nature, ""), "".join(leaf.products[:1])
            action = "renewal" if subscribed else "start"
            words = _("a renewal") if subscribed else deed_in_words(leaf) or ""
            yield Deed(words, BlockEvent(
                customer, day, Kind.SUBSCRIPTION, action=action, nature=nature, product=product
            ))
        case EventCondition():
            for kind, word in zip(leaf.kinds, leaf.words, strict=True):
                if kind == Kind.SUBSCRIPTION:
                    yield _subscribing(leaf, customer, day, subscribed)
                elif kind != Kind.REFUND:
                    yield Deed(_deed_words(leaf, kind, word), _event(leaf, customer, day, kind))
        case SeasonalCondition():
            for kind, word in zip(leaf.kinds, leaf.words, strict=True):
                yield Deed(one_of_kind(kind, word), BlockEvent(customer, day, kind))
        case TenureCondition():
            for kind in (Kind.PURCHASE, Kind.VISIT):
                yield Deed(one_of_kind(kind, kind.word), BlockEvent(customer, day, kind))
            yield from deeds_for(SubscriptionCondition(), customer, day, subscribed)


def _subscribing(leaf: EventCondition, customer: int, day: Day, subscribed: bool) -> Deed:
    """A start or a renewal: what suits the customer of those that the condition takes."""
    event = _event(leaf, customer, day, Kind.SUBSCRIPTION)
    if ACTION_CODES["renewal"] in leaf.actions and (subscribed or ACTION_CODES["start"] not in leaf.actions):
        return Deed(_("a renewal"), event._replace(action="renewal"))
    return Deed(_("a new subscription") if subscribed else _("a subscription"), event)


def _deed_words(leaf: EventCondition, kind: int, word: str) -> str:
    single = replace(leaf, kinds=(kind,), words=(word,), count=1, spend=None)
    words = deed_in_words(single) or one_of_kind(kind, word)
    if leaf.spend is None:
        return words
    return _("{what} for {money}").format(what=words, money=format_money(leaf.spend, leaf.currency))


def _event(leaf: EventCondition, customer: int, day: Day, kind: int) -> BlockEvent:
    """An event that a condition asks for."""
    rating = leaf.rating_at_least if leaf.rating_at_least is not None else leaf.rating_at_most
    return BlockEvent(
        customer,
        day,
        kind,
        net=leaf.spend or 0,
        action=_ACTION_OF_CODE[leaf.actions[0]] if leaf.actions else "",
        nature=_NATURE_OF_CODE.get(leaf.nature, ""),
        rating=rating,
        product="".join(leaf.products[:1]),
        channel="".join(leaf.channels[:1]),
    )
