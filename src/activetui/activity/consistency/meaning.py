"""Events that are counted for what they are not, or for two things at once."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.activity.condition_words import condition_in_words
from activetui.activity.conditions import EventCondition, RhythmCondition, SubscriptionCondition, leaves
from activetui.activity.consistency.finding import Severity, Told
from activetui.activity.consistency.probes import alone, possible, says_nothing_yet
from activetui.activity.consistency.statuses import always_at_risk, can_be_active
from activetui.activity.consistency.trees import sections, wanted_events, word_of
from activetui.activity.definition import Definition
from activetui.activity.kind_words import one_of_kind
from activetui.activity.receipts.remedies import asked_for
from activetui.activity.status import ACTIVE_BASE, Status
from activetui.ledger.kinds import ACTION_CODES, Kind
from activetui.locales import _

CONTACTS = frozenset(int(kind) for kind in (Kind.CONTACT, Kind.NEWSLETTER, Kind.SOCIAL, Kind.NOTE))
"""Kinds that are a contact and no more."""
_SCALED = frozenset((int(Kind.REVIEW), int(Kind.FEEDBACK)))
_LEAVING = frozenset(ACTION_CODES[word] for word in ("unsubscribe", "cancel", "pause"))


def contacts_alone_are_enough(definition: Definition) -> bool:
    """Whether contacts, and nothing else, make a customer active."""
    some = any(CONTACTS & set(leaf.kinds) for leaf in wanted_events(definition.active))
    return some and bool(possible(definition, CONTACTS) & ACTIVE_BASE) and not says_nothing_yet(definition)


def asks_for(definition: Definition, section: str, kind: int) -> bool:
    """Whether `active` or `at_risk` has a wanted condition on events of a kind."""
    condition = definition.active if section == "active" else definition.at_risk
    return condition is not None and any(kind in leaf.kinds for leaf in wanted_events(condition))


def complaint_both(definition: Definition) -> Iterator[Told]:
    """C10"""
    if asks_for(definition, "active", Kind.COMPLAINT) and asks_for(definition, "at_risk", Kind.COMPLAINT):
        yield Told(
            _("A complaint counts as activity and as a risk."),
            _("Take the complaint out of [active]: a customer who complains is at risk, not more active."),
            Severity.MISTAKE,
        )


def contacts_alone(definition: Definition) -> Iterator[Told]:
    """C11; silent where the owner has agreed to it (question Q3)."""
    if "Q3" not in definition.agreed and contacts_alone_are_enough(definition):
        yield Told(
            _("Contacts alone keep a customer active, without a purchase."),
            _("Put the contact into an all = [ … ] together with a purchase, or take it out of [active]."),
        )


def own_contacts(definition: Definition) -> Iterator[Told]:
    """C12"""
    out = ACTION_CODES["out"]
    if any(
        Kind.CONTACT in leaf.kinds and (not leaf.actions or out in leaf.actions)
        for leaf in wanted_events(definition.active)
    ):
        yield Told(
            _("Your own calls and letters would keep a customer active."),
            _('Add direction = "in" to the contact in [active].'),
            Severity.MISTAKE,
        )


def refund_as_activity(definition: Definition) -> Iterator[Told]:
    """C13"""
    if any(Kind.REFUND in leaf.kinds and leaf.spend is None for leaf in wanted_events(definition.active)):
        yield Told(_("A refund counts as activity."), _("Take the refund out of [active]."), Severity.MISTAKE)


def leaving_as_activity(definition: Definition) -> Iterator[Told]:
    """C14"""
    if any(map(_is_leaving, wanted_events(definition.active))):
        yield Told(
            _("Unsubscribing or cancelling counts as activity."),
            _('Name the actions that count, such as action = ["open", "click", "reply"].'),
            Severity.MISTAKE,
        )


def activity_and_risk(definition: Definition) -> Iterator[Told]:
    """C25: as C10, for every other kind of event."""
    if always_at_risk(definition):
        return
    at_once = {
        deed.event.kind for deed in alone(definition)
        if deed.first_status is Status.AT_RISK
        and deed.event.kind != Kind.COMPLAINT
        and asks_for(definition, "active", deed.event.kind)
        and asks_for(definition, "at_risk", deed.event.kind)
    }
    for kind in sorted(at_once):
        event = one_of_kind(kind, word_of(definition, kind))
        yield Told(
            _("The same event counts as activity and as a risk: {event}.").format(event=event),
            _("Tell the good ones from the bad, such as by rating_at_least, or take it out of one section."),
            Severity.MISTAKE,
        )


def silence_as_activity(definition: Definition) -> Iterator[Told]:
    """C43"""
    if any(isinstance(leaf, RhythmCondition) for leaf in asked_for(definition.active, True)):
        yield Told(
            _("Silence counts as activity: a condition on the own rhythm holds while a customer is away."),
            _("Put it into none = [ … ], or into [at_risk]."),
            Severity.MISTAKE,
        )


def activity_that_ends_activity(definition: Definition) -> Iterator[Told]:
    """C44"""
    if not can_be_active(definition):
        return
    for leaf in asked_for(definition.active, False):
        if isinstance(leaf, SubscriptionCondition) or (
            isinstance(leaf, EventCondition) and set(leaf.kinds) & {Kind.PURCHASE, Kind.VISIT, Kind.USAGE}
        ):
            message = _("Doing more ends the activity: [active] does not hold during this: “{condition}”.")
            yield Told(
                message.format(condition=condition_in_words(leaf)),
                _("Take it out of none = [ … ], unless just those are to be left out."),
            )


def every_rating(definition: Definition) -> Iterator[Told]:
    """C45"""
    for leaf in _rated(definition):
        lowest, highest = (1, 5) if leaf.kinds == (Kind.REVIEW,) else (0, 10)
        takes_low = leaf.rating_at_least is None or leaf.rating_at_least <= lowest
        takes_high = leaf.rating_at_most is None or leaf.rating_at_most >= highest
        if takes_low and takes_high and len(leaf.kinds) == 1 and leaf.kinds[0] in _SCALED:
            message = _("Every rating fulfils this, the best and the worst: “{condition}”.")
            yield Told(
                message.format(condition=condition_in_words(leaf)),
                _("Reviews go from 1 to 5, feedback from 0 to 10: choose a bound within, or none at all."),
            )


def stars_and_points(definition: Definition) -> Iterator[Told]:
    """C46"""
    for leaf in _rated(definition):
        if set(leaf.kinds) >= _SCALED:
            message = _("One bound for stars (1 to 5) and for points (0 to 10): “{condition}”.")
            yield Told(
                message.format(condition=condition_in_words(leaf)),
                _("Write a condition for reviews and another for feedback."),
            )


def _rated(definition: Definition) -> Iterator[EventCondition]:
    """The conditions that ask for a rating, of the sections and of the types."""
    places = [*(condition for _name, condition in sections(definition)), *definition.types.values()]
    for leaf in dict.fromkeys(leaf for place in places for leaf in leaves(place)):
        if isinstance(leaf, EventCondition) and (leaf.rating_at_least, leaf.rating_at_most) != (None, None):
            yield leaf


def _is_leaving(leaf: EventCondition) -> bool:
    return bool(_LEAVING & set(leaf.actions)) or (Kind.NEWSLETTER in leaf.kinds and not leaf.actions)
