"""Which alerts there are on a day, worked out from the ledger; nothing has to have been watched before.

What is told of a customer counts from its own day, or from the day on which the store learned of it, if that
was later: a file that comes late is told of once, like any other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from activetui.activity.beginnings import still_open
from activetui.activity.status import Status
from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.reactivation.alerts.leavers import leavers
from activetui.reactivation.alerts.types import (
    AlertRule,
    Begins,
    EachEvent,
    EndsSoon,
    Leavers,
    NoImport,
    Trigger,
    Turns,
    Unrenewed,
)
from activetui.segments.asking import ask
from activetui.store.alerts import candidates, happened, whole
from activetui.store.alerts.happened import Happening, Reach
from activetui.store.alerts.marks import NOBODY
from activetui.store.listing import membership
from activetui.store.listing.people import EVERYONE, Clause

LATE = 45
"""Days by which a file may come late: what it tells of longer ago is history, and no alert.

So a file of a month that comes two weeks after its end is told of in full."""


@dataclass(frozen=True, slots=True)
class Fired:
    """One rule was set off for one customer, or for the business."""

    rule: str
    customer_id: int
    """`NOBODY` for the business as a whole."""
    day: Day
    """The day on which it happened or began."""
    told_from: Day
    """The day from which it counts: a later one, where the store learned of it later."""
    occasion: str = ""
    """What tells it from the others of its rule and customer; empty for a span, which its day tells."""
    event: Happening | None = None
    before: Status | None = None
    """The status before it, where a change of status set it off."""
    told: dict[str, Any] = field(default_factory=dict, hash=False, compare=False)
    """What else its sentence names: days as numbers, texts."""
    behind: tuple[int, ...] = ()
    """The customers behind an alert about the business."""


def fire(
    conn: sqlite3.Connection,
    rule: AlertRule,
    day: Day,
    since: Day | None = None,
    only: frozenset[int] | None = None,
) -> list[Fired]:
    """The alerts of a rule on `day`, the newest first; of what ends, the next end first.

    With `since`, all from that day on rather than of the last `within_days`; `only` looks at some customers,
    if the rule is about customers. The connection looks from `day`.
    `QueryError` where the store has no such thing as its query names.
    """
    clause = ask(conn, rule.who, day).clause if rule.who else EVERYONE
    if only is not None:
        clause = candidates.among(clause, only)
    first, late = (day - rule.within_days, LATE) if since is None else (since, 0)
    found = _ways(rule)(conn, rule, clause, Reach(first, day, late, only))
    return sorted(_in_stage(conn, rule, found), key=in_order)


def in_order(fired: Fired) -> tuple[int, int, int, str]:
    """The newest first; of what ends, the next end first."""
    first = fired.told.get("until", -fired.told_from)
    return first, -fired.day, fired.customer_id, fired.occasion


def _each(conn: sqlite3.Connection, rule: AlertRule, clause: Clause, reach: Reach) -> Iterable[Fired]:
    """Every event of a sort, as long as its window is open."""
    trigger = rule.trigger
    assert isinstance(trigger, EachEvent)
    condition, kinds = trigger.condition, trigger.condition.kinds
    given_back: list[Happening] = []
    if trigger.states:
        rows = [each._replace(counts=True) for each in happened.in_state(conn, kinds, trigger.states, reach)]
    else:
        cures = (int(Kind.COMPLAINT_RESOLVED),) if condition.unless_resolved else ()
        rows = happened.happened(conn, kinds, reach, also=cures)
        if Kind.REFUND in kinds:
            given_back = happened.given_back(conn, reach)
    days = max((reach.day - each.day for each in rows), default=0)
    still = still_open(happened.block_of_happenings(rows), replace(condition, within_days=days), reach.day)
    found = [*(rows[place] for place in still.tolist()), *given_back]
    fits = _fitting(conn, clause, {each.customer_id for each in found})
    return [
        Fired(rule.key, each.customer_id, each.day, each.learned, each.occasion, each)
        for each in found if each.customer_id in fits and each.learned >= reach.since
    ]


def _begins(conn: sqlite3.Connection, rule: AlertRule, clause: Clause, reach: Reach) -> Iterable[Fired]:
    """A condition that has begun to hold lately, and holds."""
    trigger = rule.trigger
    assert isinstance(trigger, Begins)
    since = _unknown_since(conn, reach)
    for found in candidates.began(conn, trigger.condition, clause, since, reach.day):
        yield Fired(rule.key, found.customer_id, found.day, max(found.day, reach.since))


def _turns(conn: sqlite3.Connection, rule: AlertRule, clause: Clause, reach: Reach) -> Iterable[Fired]:
    """A status to which customers came lately, and which they have."""
    trigger = rule.trigger
    assert isinstance(trigger, Turns)
    since = _unknown_since(conn, reach)
    for found in candidates.turned(conn, trigger.to, clause, since, reach.day):
        if not trigger.before or found.before in trigger.before:
            yield Fired(
                rule.key, found.customer_id, found.day, max(found.day, reach.since), before=found.before
            )


def _ends_soon(conn: sqlite3.Connection, rule: AlertRule, clause: Clause, reach: Reach) -> Iterable[Fired]:
    """Subscriptions that end soon and are not renewed."""
    trigger = rule.trigger
    assert isinstance(trigger, EndsSoon)
    for found in whole.endings(conn, clause, reach.day, trigger.days):
        day = max(found.until - trigger.days, found.day)
        told = {"product": found.product, "until": found.until, "days": found.until - reach.day}
        if day >= reach.since or reach.late:
            yield Fired(rule.key, found.customer_id, day, day, found.occasion, told=told)


def _unrenewed(conn: sqlite3.Connection, rule: AlertRule, clause: Clause, reach: Reach) -> Iterable[Fired]:
    """Subscriptions that ended lately and were not renewed."""
    trigger = rule.trigger
    assert isinstance(trigger, Unrenewed)
    for found in whole.unrenewed(conn, clause, reach.day, trigger.days):
        told = {"product": found.product, "ended": found.until, "days": reach.day - found.until}
        yield Fired(
            rule.key, found.customer_id, found.until + 1, max(found.until + 1, reach.since), found.occasion,
            told=told,
        )


def _no_import(conn: sqlite3.Connection, rule: AlertRule, clause: Clause, reach: Reach) -> Iterable[Fired]:
    """Sources of which files came more than once, and none lately; the newest of all where none did."""
    trigger = rule.trigger
    assert isinstance(trigger, NoImport)
    known = whole.deliveries(conn, reach.day)
    regular = [source for source in known if source.times > 1]
    if not regular and known:
        regular = [max(known, key=lambda source: source.last)]
    for source in regular:
        if reach.day - source.last >= trigger.days:
            day = source.last + trigger.days
            told = {"source": source.name, "day": source.last, "days": reach.day - source.last}
            occasion = f"{source.source_id}:{source.times}"
            yield Fired(rule.key, NOBODY, day, max(day, reach.since), occasion, told=told)


def _leavers(conn: sqlite3.Connection, rule: AlertRule, clause: Clause, reach: Reach) -> Iterable[Fired]:
    """Products that those who left lately bought last, more often than chance would have it."""
    trigger = rule.trigger
    assert isinstance(trigger, Leavers)
    for found in leavers(conn, trigger, reach.day):
        told = {
            "product": found.product, "n": len(found.customers), "of": found.of, "share": found.share,
            "others": found.others, "days": trigger.days,
        }
        yield Fired(
            rule.key, NOBODY, found.since, reach.day, found.occasion, told=told, behind=found.customers
        )


_Way: TypeAlias = Callable[[sqlite3.Connection, AlertRule, Clause, Reach], Iterable[Fired]]


def _ways(rule: AlertRule) -> _Way:
    ways: dict[type[Trigger], _Way] = {
        EachEvent: _each, Begins: _begins, Turns: _turns, EndsSoon: _ends_soon, Unrenewed: _unrenewed,
        NoImport: _no_import, Leavers: _leavers,
    }
    return ways[type(rule.trigger)]


def _unknown_since(conn: sqlite3.Connection, reach: Reach) -> Day:
    """From which day on a span that has begun is news: earlier ones were known when the days asked for began.

    Where a file has brought in these days what happened before them, that is from the end of the file before.
    """
    if not reach.late:
        return reach.since
    known = happened.known_until(conn, reach.since, reach.day)
    return reach.since if known is None else max(min(reach.since, known + 1), reach.first)


def _in_stage(conn: sqlite3.Connection, rule: AlertRule, found: Iterable[Fired]) -> Iterable[Fired]:
    """Those whose customer had, on the day of the alert, one of the statuses that the rule is for."""
    if not rule.stage:
        return found
    listed = list(found)
    statuses = happened.statuses_on(conn, {(each.customer_id, each.day) for each in listed})
    return [each for each in listed if statuses.get((each.customer_id, each.day)) in rule.stage]


def _fitting(conn: sqlite3.Connection, clause: Clause, customers: Collection[int]) -> Collection[int]:
    """Those of the customers whom a clause finds."""
    if clause == EVERYONE:
        return customers
    held = membership.holding(conn, sorted(customers), [clause])
    return {number for number, (holds,) in held.items() if holds}
