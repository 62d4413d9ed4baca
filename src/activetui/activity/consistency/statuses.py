"""Statuses that can never occur, for whatever reason: found by trying the definition."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.activity.consistency.finding import Severity, Told
from activetui.activity.consistency.probes import (
    alone,
    possible,
    possible_without_risk,
    says_nothing_yet,
)
from activetui.activity.consistency.trees import word_of
from activetui.activity.definition import Definition
from activetui.activity.kind_words import one_of_kind
from activetui.activity.status import ACTIVE_BASE, Status
from activetui.ledger.kinds import Kind
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words


def can_be_active(definition: Definition) -> bool:
    """Whether a customer can be active, and is so only once something has happened.

    Where not, that is the one thing to say: all else follows from it.
    """
    return bool(possible(definition) & ACTIVE_BASE) and not says_nothing_yet(definition)


def always_at_risk(definition: Definition) -> bool:
    """Whether whoever is active is at risk, on every day."""
    return possible(definition) & ACTIVE_BASE == {Status.AT_RISK}


def active_without_reason(definition: Definition) -> Iterator[Told]:
    """C01: also the only way in which nobody is ever a prospect."""
    if says_nothing_yet(definition):
        yield Told(
            _("A customer without a single event is active, so nobody is ever a prospect."),
            _("Add a condition to [active] that asks for something to happen, such as a purchase."),
            Severity.MISTAKE,
        )


def never_active(definition: Definition) -> Iterator[Told]:
    """C02"""
    if not possible(definition) & ACTIVE_BASE:
        yield Told(
            _("Nobody can ever be active: the conditions of [active] exclude each other."),
            _("Look for a condition that stands both in all and in none."),
            Severity.MISTAKE,
        )


def never_new(definition: Definition) -> Iterator[Told]:
    """C03"""
    if definition.new_days == 0:
        yield Told(
            _("Nobody is ever new."), _("Add [new] with days = 30, or however long a customer is new.")
        )
    elif _hidden_by_risk(definition, Status.NEW):
        yield Told(
            _("Nobody is ever new: at risk comes first, on each of those days."),
            _("Make the conditions of [at_risk] stricter, so that they do not hold from the first day."),
            Severity.MISTAKE,
        )


def never_reactivated(definition: Definition) -> Iterator[Told]:
    """C04"""
    if definition.reactivated_days == 0:
        yield Told(
            _("Nobody is ever reactivated, so a customer won back does not show."),
            _("Add [reactivated] with days = 30, or however long a return is to be seen."),
        )
    elif not can_be_active(definition) or _never_inactive(definition):
        return
    elif _hidden_by_risk(definition, Status.REACTIVATED):
        yield Told(
            _("Nobody is ever reactivated: at risk comes first, on each of those days."),
            _("Make the conditions of [at_risk] stricter, so that they do not hold from the first day."),
            Severity.MISTAKE,
        )
    elif Status.REACTIVATED not in possible_without_risk(definition):
        yield Told(
            _("Nobody is ever reactivated: whoever has turned inactive can never be active again."),
            _("Add a condition to [active] that a customer who returns fulfils, such as a purchase."),
            Severity.MISTAKE,
        )


def never_at_risk(definition: Definition) -> Iterator[Told]:
    """C05"""
    if definition.at_risk is None:
        yield Told(
            _("Nobody is ever at risk, so there is no warning before a customer turns inactive."),
            _("Add [at_risk] with window_used = 0.8."),
        )
    elif can_be_active(definition) and Status.AT_RISK not in possible(definition):
        yield Told(
            _("Nobody is ever at risk: the conditions of [at_risk] never hold while a customer is active."),
            _("Give [at_risk] shorter windows than [active], or use window_used = 0.8."),
            Severity.MISTAKE,
        )


def never_lost(definition: Definition) -> Iterator[Told]:
    """C06"""
    if definition.lost_days is None:
        yield Told(
            _("Nobody is ever lost: customers stay inactive for ever."),
            _("Add [lost] with the days of inactivity after which a customer is lost, such as days = 365."),
        )
    elif can_be_active(definition) and possible(definition) & _GONE == {Status.INACTIVE}:
        message = _("Nobody is ever lost: nobody can stay inactive for {days}.")
        yield Told(
            message.format(days=days_words(definition.lost_days)),
            _("Choose fewer [lost] days, or ask in [active] for something to happen."),
            Severity.MISTAKE,
        )


def all_at_risk(definition: Definition) -> Iterator[Told]:
    """C07"""
    if can_be_active(definition) and always_at_risk(definition):
        yield Told(
            _("Whoever is active is at risk from the first day."),
            _("Make the conditions of [at_risk] stricter than those of [active]."),
            Severity.MISTAKE,
        )


def never_plainly_active(definition: Definition) -> Iterator[Told]:
    """C18"""
    if not can_be_active(definition) or always_at_risk(definition) or Status.ACTIVE in possible(definition):
        return
    if Status.ACTIVE in possible_without_risk(definition):
        message = _("Nobody is ever plainly active: after the days of [new] everyone is at risk.")
        advice = _("Make the conditions of [at_risk] stricter than those of [active].")
    else:
        message = _("Nobody is ever plainly active: nobody stays active beyond the days of [new].")
        advice = _("Choose fewer [new] days and [reactivated] days, or a longer window in [active].")
    yield Told(message, advice, Severity.MISTAKE)


def never_inactive(definition: Definition) -> Iterator[Told]:
    """C19"""
    if not can_be_active(definition):
        return
    if _never_inactive(definition):
        yield Told(
            _("Nobody ever turns inactive: who is active once stays so for ever."),
            _("Give [active] a window that ends, such as within_days = 30."),
            Severity.MISTAKE,
        )
        return
    endless = {deed.event.kind for deed in alone(definition) if deed.for_ever}
    for kind in sorted(endless - {Kind.SUBSCRIPTION}):
        message = _("After {event} a customer stays active for ever, whatever else happens or does not.")
        yield Told(
            message.format(event=one_of_kind(kind, word_of(definition, kind))),
            _("Put the condition without an end into an all = [ … ] together with one that has a window."),
        )


def looks_back_too_far(definition: Definition) -> Iterator[Told]:
    """C20: then the status "can't say yet" never ends."""
    years = definition.reach // 365
    if years >= _YEARS_TOO_FAR:
        message = ngettext(
            "[active] looks back {n} year: so long after the first event nobody can be called inactive.",
            "[active] looks back {n} years: so long after the first event nobody can be called inactive.",
            years,
        )
        yield Told(
            message.format(n=years), _("Choose shorter windows in [active]."), Severity.MISTAKE, years
        )


_YEARS_TOO_FAR = 10
_GONE = frozenset((Status.INACTIVE, Status.LOST))


def _never_inactive(definition: Definition) -> bool:
    return not possible(definition) & _GONE


def _hidden_by_risk(definition: Definition, status: Status) -> bool:
    """Whether [at_risk] alone keeps a status from occurring, and others of the active base do occur."""
    return (
        can_be_active(definition)
        and not always_at_risk(definition)
        and status not in possible(definition)
        and status in possible_without_risk(definition)
    )
