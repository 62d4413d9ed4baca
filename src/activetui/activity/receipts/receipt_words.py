"""The sentences of a receipt: the limit of a rule, and what would change a status."""

from __future__ import annotations

from activetui.activity.block import LedgerBlock
from activetui.activity.conditions import (
    BookingAhead,
    EventCondition,
    RhythmCondition,
    SeasonalCondition,
    SubscriptionCondition,
    TenureCondition,
    WindowUsed,
)
from activetui.activity.definition import Definition
from activetui.activity.holding import Holding
from activetui.activity.receipts.evidence import Evidence
from activetui.activity.receipts.remedies import deeds_that_lead_to
from activetui.activity.status import ACTIVE_BASE, Status
from activetui.activity.words import status_word
from activetui.ledger.days import Day, is_bounded
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words, format_day, format_share

SAFE = ACTIVE_BASE - {Status.AT_RISK}
"""Active without a warning."""


def limit_in_words(why: Evidence, holding: Holding) -> str:
    """The limit of a rule for this customer, such as "30 days from 27 Oct 2026, to 26 Nov 2026"."""
    if isinstance(why.condition, WindowUsed):
        return _("{share} of the time reached on {day}").format(
            share=format_share(float(why.condition.share)), day=format_day(why.start)
        )
    if why.event is not None:
        return _limit_of_event(why, int(holding.block.day[why.event]))
    if is_bounded(why.end):
        return _("until {day}").format(day=format_day(why.end - 1))
    if is_bounded(why.start):
        return _("since {day}").format(day=format_day(why.start))
    return _("until something happens")


def _limit_of_event(why: Evidence, event_day: Day) -> str:
    """The limit of a rule that an event stands behind."""
    day, last = format_day(event_day), format_day(why.end - 1)
    match why.condition:
        case EventCondition(within_days=within, count=count, spend=spend):
            if count > 1 or spend is not None:
                return _("enough within {days}, to {last}").format(days=days_words(within), last=last)
            if why.ended_by is not None:
                return _("from {day}, resolved after {last}").format(day=day, last=last)
            return _("{days} from {day}, to {last}").format(days=days_words(within), day=day, last=last)
        case SubscriptionCondition(grace_days=grace):
            return _limit_of_subscription(event_day, why.end, grace)
        case BookingAhead():
            return _("booked for {day}").format(day=day)
        case RhythmCondition():
            return _("{days} without a purchase since {day}, reached on {reached}").format(
                days=days_words(why.start - event_day), day=day, reached=format_day(why.start)
            )
        case TenureCondition(at_least, at_most):
            return _limit_of_tenure(event_day, at_least, at_most)
        case SeasonalCondition():
            return _("here on {day}, awaited until {last}").format(day=day, last=last)
        case _:
            return _("none since {day}, reached on {reached}").format(day=day, reached=format_day(why.start))


def _limit_of_subscription(first: Day, end: Day, grace: int) -> str:
    """From when to when a subscription is in force, and the days of grace after it."""
    if not is_bounded(end):
        return _("in force since {day}, without an end").format(day=format_day(first))
    in_force = _("in force from {day} to {last}").format(
        day=format_day(first), last=format_day(end - 1 - grace)
    )
    if not grace:
        return in_force
    words = ngettext("{in_force}, and {n} day of grace", "{in_force}, and {n} days of grace", grace)
    return words.format(in_force=in_force, n=grace)


def _limit_of_tenure(first: Day, at_least: int | None, at_most: int | None) -> str:
    """Since when someone is a customer, and the days on which a tenure begins and ends to hold."""
    day = format_day(first)
    if at_most is None:
        return _("customer since {day}, {days} reached on {reached}").format(
            day=day, days=days_words(at_least or 0), reached=format_day(first + (at_least or 0))
        )
    if not at_least:
        return _("customer since {day}, {days} to {last}").format(
            day=day, days=days_words(at_most), last=format_day(first + at_most)
        )
    return _("customer since {day}, from {begin} to {last}").format(
        day=day, begin=format_day(first + at_least), last=format_day(first + at_most)
    )


def change_in_words(
    definition: Definition,
    block: LedgerBlock,
    ledger_start: Day | None,
    day: Day,
    status: Status,
    until: Day,
    following: Status,
) -> str:
    """What would change the status of one customer, in one sentence that the evaluator has confirmed."""

    def deeds(wanted: frozenset[Status], done_on: Day, look_on: Day) -> str:
        words = deeds_that_lead_to(wanted, definition, block, ledger_start, done_on, look_on)
        return words[:1].upper() + words[1:]

    if status not in ACTIVE_BASE:
        return _to_become_active(definition, status, deeds(ACTIVE_BASE, day, day))
    if status is Status.AT_RISK:
        ending_risk = deeds(SAFE, day, day)
        if ending_risk:
            return _("{deeds} would end the risk.").format(deeds=ending_risk)
        if following in SAFE:
            return _("The risk passes by itself on {day}.").format(day=format_day(until))
    if not is_bounded(until):
        return _("Time alone changes nothing.")
    if following in SAFE:
        return _("Nothing is needed: {status} from {day} on.").format(
            status=status_word(following), day=format_day(until)
        )
    keeping = deeds(SAFE if status in SAFE else ACTIVE_BASE, until - 1, until)
    if not keeping:
        return _("No single event would keep this customer from turning {status}; it takes {rule}.").format(
            status=status_word(following), rule=definition.in_words()
        )
    return _("{deeds} by {day} would keep this customer from turning {status}.").format(
        deeds=keeping, day=format_day(until - 1), status=status_word(following)
    )


def _to_become_active(definition: Definition, status: Status, deeds: str) -> str:
    if not deeds:
        return _("It takes {rule} to be active.").format(rule=definition.in_words())
    if status in (Status.INACTIVE, Status.LOST):
        return _("{deeds} would make this customer active again.").format(deeds=deeds)
    return _("{deeds} would make this customer active.").format(deeds=deeds)
