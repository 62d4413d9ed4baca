"""Thresholds in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator

from activetui.activity.conditions import BookingAhead, SubscriptionCondition
from activetui.activity.consistency.deeds import all_leaves
from activetui.activity.consistency.finding import Severity, Told
from activetui.activity.consistency.probes import alone
from activetui.activity.consistency.trees import wanted_events
from activetui.activity.definition import Definition
from activetui.activity.receipts.remedies import asked_for
from activetui.ledger.kinds import Kind
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words


def window_of(definition: Definition, kind: int | None = None) -> int | None:
    """For how many days one event, or as many as are asked for on one day, keeps a customer active.

    The longest of all events, or of those of a kind; subscriptions and bookings ahead, which have an end of
    their own, are left out. None where there is no such event, or time alone never ends it.
    """
    own_end = {
        int(Kind.SUBSCRIPTION) if isinstance(leaf, SubscriptionCondition) else int(Kind.BOOKING)
        for leaf in all_leaves(definition) if isinstance(leaf, SubscriptionCondition | BookingAhead)
    }
    deeds = [
        deed for deed in alone(definition)
        if deed.event.kind not in own_end and kind in (None, deed.event.kind)
    ]
    if any(deed.for_ever for deed in deeds):
        return None
    return max((deed.active_days for deed in deeds if deed.active_days is not None), default=None)


def new_too_long(definition: Definition) -> Iterator[Told]:
    """C08"""
    window = _window_without_subscription(definition)
    if window is not None and definition.new_days > window + 1:
        message = _("A customer would be new for {new}, but after one purchase is active for {window} only.")
        yield Told(
            message.format(new=days_words(definition.new_days), window=days_words(window)),
            _("Set [new] days to {window} or less.").format(window=window),
            Severity.MISTAKE,
        )


def lost_too_soon(definition: Definition) -> Iterator[Told]:
    """C09"""
    window = window_of(definition)
    if window is not None and definition.lost_days is not None and definition.lost_days < window:
        message = _("Lost after {lost} of inactivity, but after {window} of silence still active.")
        yield Told(
            message.format(lost=days_words(definition.lost_days), window=days_words(window)),
            _("Set [lost] days to {window} or more.").format(window=window),
            Severity.MISTAKE,
        )


def reactivated_too_long(definition: Definition) -> Iterator[Told]:
    """C21"""
    window = _window_without_subscription(definition)
    if window is not None and definition.reactivated_days > window + 1:
        message = _("A return would show for {days}, but after one purchase is active for {window} only.")
        yield Told(
            message.format(days=days_words(definition.reactivated_days), window=days_words(window)),
            _("Set [reactivated] days to {window} or less.").format(window=window),
            Severity.MISTAKE,
        )


def recent_buyer_inactive(definition: Definition) -> Iterator[Told]:
    """C22"""
    window = window_of(definition, Kind.PURCHASE)
    recent = definition.types.get("recent_buyer")
    if window is None or recent is None:
        return
    days = [leaf.within_days for leaf in wanted_events(recent) if Kind.PURCHASE in leaf.kinds]
    if days and max(days) > window:
        message = _(
            "A recent buyer can be inactive: after a purchase the type holds for {days}, [active] for "
            "{window}."
        )
        yield Told(
            message.format(days=days_words(max(days)), window=days_words(window)),
            _('Add [types.recent_buyer] with event = "purchase" and within_days = {window} or less.').format(
                window=window
            ),
            Severity.NOTE,
        )


def warning_too_short(definition: Definition) -> Iterator[Told]:
    """C42"""
    window = window_of(definition, Kind.PURCHASE)
    risks = [deed.risk_days for deed in alone(definition) if deed.event.kind == Kind.PURCHASE]
    risk = min((days for days in risks if days is not None), default=None)
    if window is None or risk is None or window < _FEWEST_TO_SPLIT or risk > window:
        return
    lasts = window - risk + 1
    if lasts < _FEWEST_TO_ACT:
        message = ngettext(
            "At risk lasts for {n} day only before a customer turns inactive: too short to do anything.",
            "At risk lasts for {n} days only before a customer turns inactive: too short to do anything.",
            lasts,
        )
        yield Told(
            message.format(n=lasts),
            _("Let [at_risk] begin sooner, such as by window_used = 0.8."),
            figure=lasts,
        )


_FEWEST_TO_SPLIT = 14
"""Days: of a shorter window there is nothing to split off."""
_FEWEST_TO_ACT = 3


def _window_without_subscription(definition: Definition) -> int | None:
    """`window_of`; None where a subscription may keep a customer active for longer."""
    if any(isinstance(leaf, SubscriptionCondition) for leaf in asked_for(definition.active, True)):
        return None
    return window_of(definition)
