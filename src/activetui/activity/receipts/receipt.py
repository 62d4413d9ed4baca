"""The explanation of one status of one customer on one day."""

from __future__ import annotations

from dataclasses import dataclass

from activetui.activity.block import LedgerBlock
from activetui.activity.condition_words import condition_in_words
from activetui.activity.definition import Definition
from activetui.activity.evaluate import Spans, known_from, spans_from
from activetui.activity.holding import Holding
from activetui.activity.receipts.evidence import Evidence, Prefer, evidence
from activetui.activity.receipts.receipt_words import change_in_words, limit_in_words
from activetui.activity.status import ACTIVE_BASE, Status
from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day, is_bounded
from activetui.locales import _, ngettext
from activetui.locales.formats import format_day


@dataclass(frozen=True, slots=True)
class Receipt:
    """Since when, why, until when, and what would change it."""

    status: Status
    since: Day
    """FAR_PAST if it has always held."""
    until: Day
    """FAR_FUTURE if time alone never ends it."""
    next_status: Status
    """The status from `until` on; the same status where nothing ends it."""
    rule: str
    """The condition that holds (or held last), in words."""
    threshold: str
    """The rule's limit for this customer, in words."""
    event: int | None
    """Position in the block of the event that makes (or last made) the rule hold."""
    event_day: Day | None
    ended_by: int | None
    """Position of the event that ended what held before; None where time alone did."""
    flips_on: Day | None
    """The first day of another status if nothing is added to the ledger; None for never."""
    would_change: str
    """What would change the status, in one sentence."""
    known_from: Day | None
    """For `unknown`: the day from which the ledger reaches back far enough."""


def explain(definition: Definition, block: LedgerBlock, ledger_start: Day | None, day: Day) -> Receipt:
    """The receipt of the one customer of `block` on `day`."""
    if len(block.customers) != 1:
        raise ValueError("a receipt is about one customer")
    holding = Holding(block, definition.active)
    spans = spans_from(definition, holding, ledger_start)
    number = int(spans.start.searchsorted(day, side="right")) - 1
    status, since, until = Status(spans.status[number]), int(spans.start[number]), int(spans.end[number])
    following = Status(spans.status[number + 1]) if until < FAR_FUTURE else status
    known = int(known_from(definition, block, ledger_start)[0])
    why = _why(definition, holding, spans, number, day)
    event = why.event if why else None
    return Receipt(
        status=status,
        since=since,
        until=until,
        next_status=following,
        rule=_rule(definition, status, why),
        threshold=_threshold(definition, holding, status, since, why, known),
        event=event,
        event_day=None if event is None else int(block.day[event]),
        ended_by=why.ended_by if why and status in (Status.INACTIVE, Status.LOST) else None,
        flips_on=until if is_bounded(until) else None,
        would_change=change_in_words(definition, block, ledger_start, day, status, until, following),
        known_from=known if status is Status.UNKNOWN and is_bounded(known) else None,
    )


def _why(
    definition: Definition, holding: Holding, spans: Spans, number: int, day: Day
) -> Evidence | None:
    """What makes the status hold; of the inactive, what last made the customer active."""
    status = Status(spans.status[number])
    if status is Status.AT_RISK and definition.at_risk is not None:
        return evidence(holding, definition.at_risk, day, Prefer.EARLIEST)
    if status in ACTIVE_BASE:
        return evidence(holding, definition.active, day, Prefer.LONGEST)
    if status in (Status.INACTIVE, Status.LOST):
        before = [n for n in range(number) if Status(spans.status[n]) in ACTIVE_BASE]
        return evidence(holding, definition.active, int(spans.end[before[-1]]) - 1, Prefer.LONGEST)
    return None


def _rule(definition: Definition, status: Status, why: Evidence | None) -> str:
    if status is Status.UNKNOWN:
        return _("the ledger does not reach back far enough")
    if why is None:
        return _("not yet: {rule}").format(rule=definition.in_words())
    if status is Status.LOST:
        n = definition.lost_days or 0
        return ngettext("inactive for {n} day", "inactive for {n} days", n).format(n=n)
    if status is Status.INACTIVE:
        return _("no longer: {rule}").format(rule=condition_in_words(why.condition))
    return condition_in_words(why.condition)


def _threshold(
    definition: Definition, holding: Holding, status: Status, since: Day, why: Evidence | None, known: Day
) -> str:
    if status is Status.UNKNOWN:
        if not is_bounded(known):
            return _("there is no event yet that could make a customer active")
        n = definition.reach
        words = ngettext(
            "{n} day after the ledger begins to know this customer",
            "{n} days after the ledger begins to know this customer", n,
        ).format(n=n)
        return _("{words}: {day}").format(words=words, day=format_day(known))
    if why is None:
        return ""
    if status is Status.LOST and definition.lost_days is not None and since > FAR_PAST:
        return _("inactive since {day}").format(day=format_day(since - definition.lost_days))
    return limit_in_words(why, holding)
