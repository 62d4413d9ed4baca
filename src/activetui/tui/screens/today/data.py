"""What Today asks the store; run in another thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from activetui.ledger.days import Day
from activetui.tui.reading import Connection

if TYPE_CHECKING:               # another thread works it out, so the app begins sooner without
    from activetui.insights.bridge import Bridge
    from activetui.insights.loop import LoopRow
    from activetui.insights.today import Ahead, Missed, Today
    from activetui.reactivation.alerts.inbox import Inbox
    from activetui.reactivation.checklist.checklist import Item
    from activetui.store.listing.stakes import AtStake


class Calls(NamedTuple):
    """Whom to call."""

    first: list[Item]
    waiting: int
    """How many steps are due, beyond what can be done in a day."""
    cut: bool
    """Whether even more are."""
    coming: int
    """How many of the steps listed are due later."""
    done: int
    """How many were contacted on the day."""
    capacity: int
    mistakes: tuple[str, ...]
    """Playbooks that are passed over, and why."""


class Alerts(NamedTuple):
    """What has begun."""

    inbox: Inbox
    busy: frozenset[int]
    """The customers of its alerts who are in a playbook."""


def figures(conn: Connection, day: Day) -> Today:
    """How the business stands."""
    from activetui.insights import today

    return today.look_at(conn, day)


def bridge(conn: Connection, day: Day) -> Bridge:
    """How the active base came to where it is since the month began."""
    from activetui.insights.bridge import bridge as bridge_over
    from activetui.ledger.days import month_start

    return bridge_over(conn, month_start(day), day)


def at_stake(conn: Connection, day: Day) -> tuple[AtStake, str]:
    """What is at stake with the customers at risk, and in which currency."""
    from activetui.reactivation.ranking.stakes import value_at_risk
    from activetui.store import settings

    return value_at_risk(conn, day), settings.currency(conn)


def calls(conn: Connection, day: Day) -> Calls:
    """Whom to call."""
    from activetui.reactivation.checklist.checklist import checklist

    found = checklist(conn, day)
    return Calls(
        list(found.calls), found.could_be_done, found.is_cut, len(found.items) - found.could_be_done,
        found.done, found.capacity, found.mistakes,
    )


def alerts(conn: Connection, day: Day, *, with_done: bool) -> Alerts:
    """What has begun and wants an answer; also what is done, if that is wanted."""
    from activetui.reactivation.alerts.inbox import inbox
    from activetui.reactivation.alerts.known import State
    from activetui.reactivation.playbooks.look import Look
    from activetui.store.listing.playbook_tests import numbers_of

    states = tuple(State) if with_done else (State.NEW, State.SEEN)
    found = inbox(conn, day, states=states)
    look = Look(conn, day)
    numbers = sorted({alert.person.id for alert in found.alerts if alert.person is not None})
    running = list(look.begun.values())
    busy = numbers_of(conn, look.under_way(running, numbers), numbers) if running and numbers else frozenset()
    return Alerts(found, busy)


def ahead(conn: Connection, day: Day) -> tuple[Ahead, Missed]:
    """Who turns inactive next, and who is normally here by now."""
    from activetui.insights import today

    return today.ahead(conn, day), today.missed(conn, day)


def loop(conn: Connection, day: Day) -> list[LoopRow]:
    """The loop by stage."""
    from activetui.insights.loop import loop as loop_of

    return loop_of(conn, day)
