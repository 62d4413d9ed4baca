"""Conditions that make no difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from activetui.activity.condition_words import condition_in_words
from activetui.activity.conditions import (
    AllOf,
    AnyOf,
    Condition,
    EventCondition,
    NoneOf,
    RhythmCondition,
    SubscriptionCondition,
    TenureCondition,
    WindowUsed,
)
from activetui.activity.consistency.finding import Severity, Told
from activetui.activity.consistency.probes import idle, possible, says_nothing_yet
from activetui.activity.consistency.statuses import can_be_active
from activetui.activity.consistency.trees import groups, sections
from activetui.activity.definition import Definition
from activetui.activity.status import ACTIVE_BASE
from activetui.activity.words import type_word
from activetui.ledger.kinds import Kind
from activetui.locales import _


def contained(definition: Definition) -> Iterator[Told]:
    """C23"""
    for _name, section in (*sections(definition), *definition.types.items()):
        for group in groups(section):
            for idle_part, other in _needless(group):
                message = _("“{condition}” makes no difference beside “{other}”.")
                yield Told(
                    message.format(
                        condition=condition_in_words(idle_part), other=condition_in_words(other)
                    ),
                    _("Take it out, or change the one that was meant otherwise."),
                )


def never_holds(definition: Definition) -> Iterator[Told]:
    """C24"""
    if not can_be_active(definition):
        return
    for found in idle(definition):
        words = condition_in_words(found.condition)
        if found.section == "active":
            yield Told(
                _("This part of [active] can never hold: “{condition}”.").format(condition=words),
                _("Look for what excludes itself in it, or take it out."),
                Severity.MISTAKE,
            )
        elif found.section == "at_risk":
            message = _("This part of [at_risk] never holds while a customer is active: “{condition}”.")
            yield Told(
                message.format(condition=words),
                _("Give it a shorter window than [active], or take it out."),
                Severity.MISTAKE,
            )


def type_of_nobody(definition: Definition) -> Iterator[Told]:
    """C47"""
    for name, condition in definition.types.items():
        if not any(isinstance(group, AllOf | NoneOf) for group in groups(condition)):
            continue
        alike = replace(definition, active=condition, at_risk=None)
        if says_nothing_yet(alike):
            message = _("Everybody is of the type “{type}”, even without a single event.")
            yield Told(
                message.format(type=type_word(name)),
                _("Add a condition to [types.{name}] that asks for something to happen.").format(name=name),
                Severity.MISTAKE,
            )
        elif not possible(alike) & ACTIVE_BASE:
            message = _("Nobody can be of the type “{type}”: its conditions exclude each other.")
            yield Told(
                message.format(type=type_word(name)),
                _("Look for a condition that stands both in all and in none."),
                Severity.MISTAKE,
            )


def _needless(group: AnyOf | AllOf | NoneOf) -> Iterator[tuple[Condition, Condition]]:
    """Parts of a group without which it says the same, each with the one that says it for it."""
    kept = list(group.parts)
    for part in reversed(group.parts):
        others = [other for other in kept if other is not part]
        for other in others:
            narrow, wide = (other, part) if isinstance(group, AllOf) else (part, other)
            if implies(narrow, wide):
                kept = others
                yield part, other
                break


def implies(narrow: Condition, wide: Condition) -> bool:
    """Whether the second condition holds whenever the first does, as far as their words alone tell."""
    if narrow == wide:
        return True
    match narrow, wide:
        case AnyOf(parts), _:
            return all(implies(part, wide) for part in parts)
        case _, AllOf(parts):
            return all(implies(narrow, part) for part in parts)
        case NoneOf(excluded), NoneOf(parts):
            return all(any(implies(part, each) for each in excluded) for part in parts)
        case _, AnyOf(parts):
            return any(implies(narrow, part) for part in parts)
        case AllOf(parts), _:
            return any(implies(part, wide) for part in parts)
        case EventCondition(), EventCondition():
            return _event_implies(narrow, wide)
        case SubscriptionCondition(), SubscriptionCondition():
            return (
                wide.nature in (0, narrow.nature)
                and narrow.grace_days <= wide.grace_days
                and _among(narrow.products, wide.products)
            )
        case WindowUsed(late), WindowUsed(early):
            return late >= early
        case RhythmCondition(), RhythmCondition():
            return narrow.times >= wide.times and narrow.min_purchases >= wide.min_purchases
        case TenureCondition(), TenureCondition():
            return _at_least(narrow.at_least, wide.at_least) and _at_most(narrow.at_most, wide.at_most)
        case _:
            return False


def _event_implies(narrow: EventCondition, wide: EventCondition) -> bool:
    return (
        _kinds_needed(narrow, wide) <= set(wide.kinds)
        and narrow.within_days <= wide.within_days
        and narrow.count >= wide.count
        and _spend_implies(narrow, wide)
        and (narrow.unless_resolved or not wide.unless_resolved)
        and _at_most(narrow.rating_at_most, wide.rating_at_most)
        and _at_least(narrow.rating_at_least, wide.rating_at_least)
        and _among(narrow.actions, wide.actions)
        and wide.nature in (0, narrow.nature)
        and _among(narrow.products, wide.products)
        and _among(narrow.channels, wide.channels)
    )


def _kinds_needed(narrow: EventCondition, wide: EventCondition) -> set[int]:
    """The kinds of which one is there when the condition holds: a sum is never reached by refunds alone."""
    kinds = set(narrow.kinds)
    summed = narrow.spend is not None and wide.spend is None and wide.count == 1
    return kinds - {Kind.REFUND} if summed else kinds


def _spend_implies(narrow: EventCondition, wide: EventCondition) -> bool:
    if wide.spend is None:
        return True
    if narrow.spend is None or narrow.spend < wide.spend:
        return False
    # Where more events are looked at, a refund among them can lower the sum.
    return Kind.REFUND not in wide.kinds or (
        narrow.kinds == wide.kinds and narrow.within_days == wide.within_days
    )


def _among(narrow: tuple[object, ...], wide: tuple[object, ...]) -> bool:
    return not wide or (bool(narrow) and set(narrow) <= set(wide))


def _at_least(narrow: int | None, wide: int | None) -> bool:
    return wide is None or (narrow is not None and narrow >= wide)


def _at_most(narrow: int | None, wide: int | None) -> bool:
    return wide is None or (narrow is not None and narrow <= wide)
