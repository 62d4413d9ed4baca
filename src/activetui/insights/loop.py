"""The loop of keeping customers: stage → key event → alert → plan → result, a row for each stage.

Customers, key events, alerts and plans are told of those who are in the stage on the day; results of those
who were in it when their playbook began, for whoever was won back is in another one since.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import NamedTuple

from activetui.activity.status import STATUS_OF_WORD, Status
from activetui.ledger.days import Day
from activetui.reactivation.alerts.inbox import MOST_NAMED, inbox, query_of
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.results.results import Gathered
from activetui.reactivation.results.round_results import seen_to
from activetui.reactivation.results.won_back import Course, State
from activetui.segments.asking import ask
from activetui.store import returns
from activetui.store.alerts.happened import statuses_on
from activetui.store.listing import people
from activetui.store.listing import playbook_tests as tests

EVENT_DAYS = 30
"""Over so many days, the day included, key events are counted."""
RESULT_DAYS = 90
"""Over so many days, the day included, first contacts are counted and what came of them."""


_CHUNK = 2_000
"""Customers that are asked for at once: a list of very many is made in one go, in which no screen paints."""


class Stage(StrEnum):
    """A stage of a customer's life with the business; the word is that of JSON."""

    PROSPECT = "prospect"
    NEW = "new"
    ACTIVE = "active"
    AT_RISK = "at_risk"
    INACTIVE = "inactive"
    LOST = "lost"

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses of those who are in it."""
        return (Status.ACTIVE, Status.REACTIVATED) if self is Stage.ACTIVE else (STATUS_OF_WORD[self.value],)

    @property
    def query(self) -> str:
        """Finds who is in it."""
        return "status:" + ",".join(status.word for status in self.statuses)

    @property
    def event_query(self) -> str:
        """Finds those of them with the key event of the stage in the last `EVENT_DAYS` days."""
        return f"{self.query} {_KEY_EVENTS[self]}"


_LAST = f"<={EVENT_DAYS - 1}d"
_KEY_EVENTS = {
    Stage.PROSPECT: f"contacted{_LAST}",
    Stage.NEW: f"since{_LAST}",
    Stage.ACTIVE: f"returned{_LAST}",
    Stage.AT_RISK: f"since{_LAST}",
    Stage.INACTIVE: f"since{_LAST}",
    Stage.LOST: f"since{_LAST}",
}


class Figure(NamedTuple):
    """A number of customers, and the query that finds them."""

    number: int
    query: str
    """Empty where there is nobody."""
    found: int
    """How many of them the query finds: a list of numbers names no more than `MOST_NAMED`."""


@dataclass(frozen=True, slots=True)
class LoopRow:
    """One stage."""

    stage: Stage
    customers: Figure
    """Who is in it."""
    events: Figure
    """Those of them with the key event of the stage lately."""
    alerts: Figure
    """Those of them with an alert that is not done."""
    under_way: Figure
    """Those of them who are in a playbook."""
    due: Figure
    """Those of these whose step is due."""
    contacted: Figure
    """Who was in it when a playbook began whose first contact was in the last `RESULT_DAYS` days."""
    won_back: Figure
    """Those of these who have been won back."""


FIGURES = tuple(each.name for each in fields(LoopRow) if each.name != "stage")
"""The names of the figures of a row, in the order of the loop."""


def loop(conn: sqlite3.Connection, day: Day) -> list[LoopRow]:
    """The rows of all stages, as of the day that the connection looks from."""
    alerted = [number for group in inbox(conn, day, most=0).groups for number in group.customers]
    alerts = _by_stage(conn, [(number, day) for number in dict.fromkeys(alerted)])
    due = _by_stage(conn, [(number, day) for number in _due(conn, day)])
    courses = _contacted(conn, day)
    contacted = _by_stage(conn, [(each.begun.customer_id, each.begun.started) for each in courses])
    won = _by_stage(conn, [
        (each.begun.customer_id, each.begun.started) for each in courses if each.state is State.WON_BACK
    ])
    return [
        LoopRow(
            stage=stage,
            customers=_asked(conn, stage.query, day),
            events=_asked(conn, stage.event_query, day),
            alerts=_listed(alerts[stage]),
            under_way=_asked(conn, f"{stage.query} has:playbook", day),
            due=_listed(due[stage]),
            contacted=_listed(contacted[stage]),
            won_back=_listed(won[stage]),
        )
        for stage in Stage
    ]


def _due(conn: sqlite3.Connection, day: Day) -> Sequence[int]:
    """The customers with a step due, not counting those for whom no playbook has begun."""
    look = Look(conn, day)
    plans = list(look.begun.values())
    if not plans:
        return ()
    clause = tests.any_of([look.due(plans, late=True), look.due(plans, late=False)])
    return people.ids(conn, clause, "id")


def _contacted(conn: sqlite3.Connection, day: Day) -> list[Course]:
    """How the playbooks went whose first contact was in the last `RESULT_DAYS` days."""
    seen = seen_to(returns.sales_known_to(conn), day)
    return [
        course for course in Gathered(conn, day, seen).courses
        if course.contacts and course.state is not State.BY_THEMSELVES
        and course.day > day - RESULT_DAYS
    ]


def _asked(conn: sqlite3.Connection, query: str, day: Day) -> Figure:
    number = people.count(conn, ask(conn, query, day).clause)
    return Figure(number, query if number else "", number)


def _listed(numbers: Iterable[int]) -> Figure:
    each = list(dict.fromkeys(numbers))
    return Figure(len(each), query_of(each), min(len(each), MOST_NAMED))


def _by_stage(conn: sqlite3.Connection, days: Sequence[tuple[int, Day]]) -> Mapping[Stage, list[int]]:
    """The customers by the stage in which each was on the day beside it, in their order."""
    stages = {status: stage for stage in Stage for status in stage.statuses}
    found: dict[Stage, list[int]] = defaultdict(list)
    for start in range(0, len(days), _CHUNK):
        part = days[start : start + _CHUNK]
        statuses = statuses_on(conn, part)
        for place in part:
            stage = stages.get(Status(statuses[place])) if place in statuses else None
            if stage is not None:
                found[stage].append(place[0])
    return found
