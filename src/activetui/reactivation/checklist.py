"""The checklist: whom to contact, with which step, by when, and what is at stake.

It is computed anew at each look: open tasks of enrolled customers, and proposals, customers whom a playbook
fits but who have no task yet. Nothing is written before the owner acts (`reactivation.actions`).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import IntEnum

from activetui.ledger.days import Day
from activetui.reactivation.playbook import Playbook, Step, playbook, playbooks
from activetui.reactivation.why import why_now
from activetui.segments.asking import ask
from activetui.segments.plain import plain_conditions
from activetui.store import settings, tasks
from activetui.store.listing import people
from activetui.store.listing.people import Clause, Person

CAPACITY = 5
"""Calls a day where the owner has not said otherwise (setting `calls_a_day`)."""
REST_DAYS = 7
"""Nobody is proposed who was contacted within so many days."""
COOLING_DAYS = 90
"""Nobody is proposed again within so many days of the start of the last playbook."""
_MOST_PROPOSALS = 500


class Due(IntEnum):
    """When a step is to be done."""

    LATE = 0
    TODAY = 1
    THIS_WEEK = 2
    LATER = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist: one customer, one step."""

    person: Person
    playbook: Playbook
    step: int
    """Position of the step in the playbook, from 0."""
    due: Day
    group: Due
    stake: int
    """What the customer normally spends in a year, in minor units of the store's currency."""
    why: str
    task: tasks.Task | None
    """None for a proposal."""

    @property
    def doing(self) -> Step:
        """What is to be done."""
        return self.playbook.steps[self.step]


def items(conn: sqlite3.Connection, day: Day) -> list[Item]:
    """Everything on the checklist on the day that the connection looks from, dearest first in each group."""
    found = _enrolled(conn, day)
    busy = {enrolment.customer_id for enrolment in tasks.open_enrolments(conn)}
    found += _proposals(conn, day, busy)
    return sorted(found, key=lambda item: (item.group, -item.stake, item.person.id))


def is_cut(conn: sqlite3.Connection, day: Day) -> bool:
    """Whether a playbook fits more customers than are listed: only its dearest ones are."""
    return any(
        people.count(conn, _audience(conn, plan, day)) > _MOST_PROPOSALS for plan in playbooks(conn)
    )


def due(conn: sqlite3.Connection, day: Day) -> list[Item]:
    """What is due on the day, late ones included, dearest first."""
    found = [item for item in items(conn, day) if item.group <= Due.TODAY]
    return sorted(found, key=lambda item: (-item.stake, item.person.id))


def calls(conn: sqlite3.Connection, day: Day) -> list[Item]:
    """What is due on the day, at the most as much as the owner can do in a day."""
    return due(conn, day)[: capacity(conn)]


def item_of(conn: sqlite3.Connection, customer_id: int, day: Day) -> Item | None:
    """The customer's line of the checklist, None if the customer is not on it."""
    return next((item for item in items(conn, day) if item.person.id == customer_id), None)


def capacity(conn: sqlite3.Connection) -> int:
    """How many customers the owner can contact in a day."""
    return int(settings.get(conn, "calls_a_day") or CAPACITY)


def _enrolled(conn: sqlite3.Connection, day: Day) -> list[Item]:
    enrolments = {enrolment.id: enrolment for enrolment in tasks.open_enrolments(conn)}
    waiting = tasks.open_tasks(conn)
    persons = {person.id: person for person in people.by_ids(conn, [task.customer_id for task, _ in waiting])}
    found = []
    for task, agreed in waiting:
        enrolment = enrolments.get(task.enrolment_id)
        person = persons.get(task.customer_id)
        plan = playbook(conn, enrolment.playbook) if enrolment else None
        if enrolment is None or person is None or plan is None or task.step >= len(plan.steps):
            continue
        if came_back(person, enrolment.started) or (plan.steps[task.step].marketing and not agreed):
            continue
        found.append(_item(person, plan, task.step, task.due, day, task))
    return found


def came_back(person: Person, started: Day) -> bool:
    """Whether the customer has bought again since the playbook began."""
    return person.last_purchase is not None and person.last_purchase > started


def _proposals(conn: sqlite3.Connection, day: Day, busy: set[int]) -> list[Item]:
    found: dict[int, Item] = {}
    for plan in playbooks(conn):
        clause = _audience(conn, plan, day)
        candidates = people.page(conn, clause, "year_spend", True, limit=_MOST_PROPOSALS)
        recently = tasks.enrolled_since(conn, [person.id for person in candidates])
        for person in candidates:
            resting = day - recently.get(person.id, day - COOLING_DAYS) < COOLING_DAYS
            if person.id not in busy and person.id not in found and not resting:
                found[person.id] = _item(person, plan, 0, day, day, None)
    return list(found.values())


def _audience(conn: sqlite3.Connection, plan: Playbook, day: Day) -> Clause:
    """Whom the playbook fits: without those who must not, need not or may not be contacted now."""
    is_plain = plain_conditions(plan.audience) is not None  # then it needs no parentheses, nor the grammar
    audience = plan.audience if is_plain else f"({plan.audience})"
    query = f"{audience} dnc:no -contacted<={REST_DAYS}d"
    if plan.steps[0].marketing:
        query += " consent:yes"
    return ask(conn, query, day).clause


def _item(person: Person, plan: Playbook, step: int, due: Day, day: Day, task: tasks.Task | None) -> Item:
    return Item(person, plan, step, due, _group(due, day), person.year_spend, why_now(person, day), task)


def _group(due: Day, day: Day) -> Due:
    if due < day:
        return Due.LATE
    if due == day:
        return Due.TODAY
    return Due.THIS_WEEK if due <= day + 7 else Due.LATER
