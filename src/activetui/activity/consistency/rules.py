"""Whether a definition makes sense, by itself and for a given ledger.

Each rule is a small function with a code of its own in `RULES`. Codes are stable: they stand in documents
and in the owner's notes, so a rule that goes takes its code along, and a new one gets a new code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from activetui.activity.conditions import EventCondition, SubscriptionCondition, leaves
from activetui.activity.consistency.probes import (
    active_by,
    event_leaves,
    never_safe,
    says_nothing_yet,
    window_of_events,
)
from activetui.activity.definition import Definition
from activetui.activity.words import kind_word
from activetui.ledger.kinds import ACTION_CODES, KIND_OF_WORD, Kind
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words, format_number, format_share

CONTACTS = frozenset((Kind.CONTACT, Kind.NEWSLETTER, Kind.SOCIAL, Kind.NOTE))
"""Kinds that are a contact and no more."""
_MANY_SUBSCRIBERS = 0.2


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """What the check needs to know of a ledger."""

    customers: int
    events_of_kind: Mapping[int, int] = field(default_factory=dict)
    """Number of events by kind."""
    usual_gap: float | None = None
    """Median of the customers' own rhythms, in days; None where too few have one."""
    with_rhythm: int = 0
    """How many customers `usual_gap` rests on."""
    subscribers: int = 0
    """Customers with a subscription, in force or not."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not make sense: a stable code, what it is, and what to change."""

    code: str
    message: str
    advice: str


Rule = Callable[[Definition, LedgerFigures | None], Iterator[tuple[str, str]]]
"""Gives a message and an advice for each thing it finds."""


def check(definition: Definition, ledger: LedgerFigures | None = None) -> list[Finding]:
    """What does not make sense in a definition; empty if all does. Without a ledger, by itself."""
    return [
        Finding(code, message, advice)
        for code, rule in RULES.items()
        for message, advice in rule(definition, ledger)
    ]


def _active_without_reason(definition: Definition, ledger: LedgerFigures | None) -> Iterator[tuple[str, str]]:
    if says_nothing_yet(definition):
        yield (
            _("A customer without a single event is active."),
            _("Add a condition to [active] that asks for something to happen, such as a purchase."),
        )


def _never_active(definition: Definition, ledger: LedgerFigures | None) -> Iterator[tuple[str, str]]:
    if not says_nothing_yet(definition) and not active_by(definition, lambda leaf: True):
        yield (
            _("Nobody can ever be active: the conditions of [active] exclude each other."),
            _("Look for a condition that stands both in all and in none."),
        )


def _never_new(definition: Definition, ledger: LedgerFigures | None) -> Iterator[tuple[str, str]]:
    if definition.new_days == 0:
        yield _("Nobody is ever new."), _("Add [new] with days = 30, or however long a customer is new.")


def _never_reactivated(definition: Definition, ledger: LedgerFigures | None) -> Iterator[tuple[str, str]]:
    if definition.reactivated_days == 0:
        yield (
            _("Nobody is ever reactivated, so a customer won back does not show."),
            _("Add [reactivated] with days = 30, or however long a return is to be seen."),
        )


def _never_at_risk(definition: Definition, ledger: LedgerFigures | None) -> Iterator[tuple[str, str]]:
    if definition.at_risk is None:
        yield (
            _("Nobody is ever at risk, so there is no warning before a customer turns inactive."),
            _("Add [at_risk] with window_used = 0.8."),
        )


def _never_lost(definition: Definition, ledger: LedgerFigures | None) -> Iterator[tuple[str, str]]:
    if definition.lost_days is None:
        yield (
            _("Nobody is ever lost: customers stay inactive for ever."),
            _("Add [lost] with the days of inactivity after which a customer is lost, such as days = 365."),
        )


def _always_at_risk(definition: Definition, ledger: LedgerFigures | None) -> Iterator[tuple[str, str]]:
    if never_safe(definition):
        yield (
            _("Whoever is active is at risk from the first day."),
            _("Make the conditions of [at_risk] stricter than those of [active]."),
        )


def _new_too_long(definition: Definition, ledger: LedgerFigures | None) -> Iterator[tuple[str, str]]:
    window = window_of_events(definition.active)
    if window is not None and definition.new_days > window + 1:
        message = _("A customer would be new for {new}, but after one purchase is active for {window} only.")
        yield (
            message.format(new=days_words(definition.new_days), window=days_words(window)),
            _("Set [new] days to {window} or less.").format(window=window),
        )


def _lost_too_soon(definition: Definition, ledger: LedgerFigures | None) -> Iterator[tuple[str, str]]:
    window = window_of_events(definition.active, also_beside_subscriptions=True)
    if window is not None and definition.lost_days is not None and definition.lost_days < window:
        message = _("Lost after {lost} of inactivity, but after {window} of silence still active.")
        yield (
            message.format(lost=days_words(definition.lost_days), window=days_words(window)),
            _("Set [lost] days to {window} or more.").format(window=window),
        )


def _complaint_both(definition: Definition, ledger: LedgerFigures | None) -> Iterator[tuple[str, str]]:
    def asks(leaf: EventCondition) -> bool:
        return Kind.COMPLAINT in leaf.kinds

    at_risk = definition.at_risk
    if any(map(asks, event_leaves(definition.active))) and at_risk and any(map(asks, event_leaves(at_risk))):
        yield (
            _("A complaint counts as activity and as a risk."),
            _("Take the complaint out of [active]: a customer who complains is at risk, not more active."),
        )


def _contacts_alone(definition: Definition, ledger: LedgerFigures | None) -> Iterator[tuple[str, str]]:
    if active_by(definition, lambda leaf: isinstance(leaf, EventCondition) and set(leaf.kinds) <= CONTACTS):
        yield (
            _("Contacts alone keep a customer active, without a purchase."),
            _("Put the contact into an all = [ … ] together with a purchase, or take it out of [active]."),
        )


def _own_contacts(definition: Definition, ledger: LedgerFigures | None) -> Iterator[tuple[str, str]]:
    out = ACTION_CODES["out"]
    if any(
        Kind.CONTACT in leaf.kinds and (not leaf.actions or out in leaf.actions)
        for leaf in event_leaves(definition.active)
    ):
        yield (
            _("Your own calls and letters would keep a customer active."),
            _('Add direction = "in" to the contact in [active].'),
        )


def _refund_as_activity(definition: Definition, ledger: LedgerFigures | None) -> Iterator[tuple[str, str]]:
    if any(Kind.REFUND in leaf.kinds and leaf.spend is None for leaf in event_leaves(definition.active)):
        yield _("A refund counts as activity."), _("Take the refund out of [active].")


def _leaving_as_activity(definition: Definition, ledger: LedgerFigures | None) -> Iterator[tuple[str, str]]:
    leaving = {ACTION_CODES[word] for word in ("unsubscribe", "cancel", "pause")}
    for leaf in event_leaves(definition.active):
        if leaving & set(leaf.actions) or (Kind.NEWSLETTER in leaf.kinds and not leaf.actions):
            yield (
                _("Unsubscribing or cancelling counts as activity."),
                _('Name the actions that count, such as action = ["open", "click", "reply"].'),
            )
            return


def _kinds_not_in_ledger(definition: Definition, ledger: LedgerFigures | None) -> Iterator[tuple[str, str]]:
    if ledger is None or not ledger.customers:
        return
    words = {kind: word for word, kind in KIND_OF_WORD.items()}
    for leaf in leaves(definition.active):
        if isinstance(leaf, EventCondition):
            words |= dict(zip(leaf.kinds, leaf.words, strict=True))
    for kind in sorted(definition.active_kinds - {Kind.REFUND}):
        if not ledger.events_of_kind.get(kind):
            message = _("[active] asks for events of the kind “{kind}”, but the ledger has none.")
            yield (
                message.format(kind=kind_word(words[kind])),
                _("Import or log such events, or take the condition out."),
            )


def _shorter_than_gap(definition: Definition, ledger: LedgerFigures | None) -> Iterator[tuple[str, str]]:
    window = window_of_events(definition.active, also_beside_subscriptions=True, kind=Kind.PURCHASE)
    if ledger is None or ledger.usual_gap is None or window is None or ledger.usual_gap <= window:
        return
    message = ngettext(
        "The window of {window} is shorter than the usual gap: {gap} days is the median of {n} customer.",
        "The window of {window} is shorter than the usual gap: {gap} days is the median of {n} customers.",
        ledger.with_rhythm,
    )
    gap = format_number(round(ledger.usual_gap, 1))
    yield (
        message.format(window=days_words(window), gap=gap, n=ledger.with_rhythm),
        _("Most customers would turn inactive between two purchases. Choose a longer window."),
    )


def _no_subscription(definition: Definition, ledger: LedgerFigures | None) -> Iterator[tuple[str, str]]:
    if ledger is None or not ledger.customers:
        return
    share = ledger.subscribers / ledger.customers
    asked = any(isinstance(leaf, SubscriptionCondition) for leaf in leaves(definition.active))
    if share >= _MANY_SUBSCRIBERS and not asked:
        message = _("{share} of the {n} customers have a subscription, but [active] does not ask for it.")
        yield (
            message.format(share=format_share(share), n=format_number(ledger.customers)),
            _('Add { subscription = "any", grace_days = 7 } to [active].'),
        )


RULES: dict[str, Rule] = {
    "C01": _active_without_reason,
    "C02": _never_active,
    "C03": _never_new,
    "C04": _never_reactivated,
    "C05": _never_at_risk,
    "C06": _never_lost,
    "C07": _always_at_risk,
    "C08": _new_too_long,
    "C09": _lost_too_soon,
    "C10": _complaint_both,
    "C11": _contacts_alone,
    "C12": _own_contacts,
    "C13": _refund_as_activity,
    "C14": _leaving_as_activity,
    "C15": _kinds_not_in_ledger,
    "C16": _shorter_than_gap,
    "C17": _no_subscription,
}
