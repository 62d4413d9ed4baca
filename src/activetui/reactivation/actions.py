"""What the owner does with a line of the checklist. Each is one operation and can be undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from activetui.locales import _
from activetui.reactivation.checklist import Item, item_of
from activetui.reactivation.playbook import Playbook
from activetui.store import customers, events, tasks
from activetui.store.changes.operations import Operation, operation

_STOPS = frozenset({"not_interested", "wrong_contact"})
"""Outcomes after which no further step is given."""


def done(
    conn: sqlite3.Connection,
    customer_id: int,
    *,
    day: Day,
    today: Day,
    made_at: str,
    outcome: str = "",
    reason: str = "",
    note: str = "",
) -> Item:
    """The step was done on `day`: log the contact, close the task, give the next step. The line as it was."""
    with _acting(conn, customer_id, day, made_at, _("Contacted {name}")) as (op, item, task, enrolment):
        contact = EventRecord(
            kind=int(Kind.CONTACT), day=day, key="", action="out", channel=item.doing.channel,
            note=note or item.doing.title,
        )
        events.add_event(op, customer_id, contact, today=today)
        if outcome or note:
            tasks.note_outcome(conn, op, task, outcome=outcome, note=note)
        if reason:
            tasks.give_reason(conn, op, enrolment, reason)
        tasks.close_task(conn, op, task, state="done", closed=day)
        _go_on(conn, op, enrolment, item, day, stop=outcome in _STOPS)
        return item


def snooze(conn: sqlite3.Connection, customer_id: int, *, days: int, day: Day, made_at: str) -> Item:
    """Do it in so many days. Returns the line as it was."""
    if days < 1:
        raise OwnerError(_("A task can only be put off by at least one day."))
    with _acting(conn, customer_id, day, made_at, _("Put off {name}")) as (op, item, task, _enrolment):
        tasks.postpone_task(conn, op, task, day + days)
        return item


def skip(conn: sqlite3.Connection, customer_id: int, *, day: Day, made_at: str, reason: str = "") -> Item:
    """Leave this customer in peace: close the task and end the playbook. Returns the line as it was."""
    with _acting(conn, customer_id, day, made_at, _("Skipped {name}")) as (op, item, task, enrolment):
        if reason:
            tasks.give_reason(conn, op, enrolment, reason)
        tasks.close_task(conn, op, task, state="skipped", closed=day)
        tasks.end_enrolment(conn, op, enrolment, day=day, ending="stopped")
        return item


def outcome(
    conn: sqlite3.Connection,
    customer_id: int,
    *,
    day: Day,
    made_at: str,
    outcome: str,
    reason: str = "",
    note: str = "",
) -> tasks.Task:
    """Write down what came of the last step done; `OwnerError` if none was done."""
    latest = [task for task in tasks.tasks_of(conn, customer_id) if task.state == "done"]
    if not latest:
        raise OwnerError(
            _("No step has been done for this customer yet."),
            _("Do one first: activetui checklist done ID --outcome …"),
        )
    task = max(latest, key=lambda each: (each.closed or 0, each.id))
    with operation(conn, _("Outcome of a contact"), made_at) as op:
        tasks.note_outcome(conn, op, task, outcome=outcome, note=note or task.note)
        enrolment = tasks.open_enrolment_of(conn, customer_id)
        if enrolment and reason:
            tasks.give_reason(conn, op, enrolment, reason)
        if enrolment and outcome in _STOPS:
            _close_what_is_open(conn, op, customer_id, day)
            tasks.end_enrolment(conn, op, enrolment, day=day, ending="stopped")
    return task


@contextmanager
def _acting(
    conn: sqlite3.Connection, customer_id: int, day: Day, made_at: str, what: str
) -> Iterator[tuple[Operation, Item, tasks.Task, tasks.Enrolment]]:
    """The customer's line with its task; a proposal becomes an enrolment with its first task."""
    item = item_of(conn, customer_id, day)
    if item is None:
        raise OwnerError(
            _("This customer is not on the checklist."), _("See who is: activetui checklist today")
        )
    name = item.person.name or item.person.key or f"#{item.person.id}"
    with operation(conn, what.format(name=name), made_at) as op:
        if item.task is None:
            tasks.add_enrolment(conn, op, customer_id, item.playbook.key, day)
        enrolment = tasks.open_enrolment_of(conn, customer_id)
        assert enrolment is not None
        task = item.task or _give_step(conn, op, enrolment, item.playbook, 0, item.due)
        yield op, item, task, enrolment


def _give_step(
    conn: sqlite3.Connection,
    op: Operation,
    enrolment: tasks.Enrolment,
    plan: Playbook,
    number: int,
    due: Day,
) -> tasks.Task:
    step = plan.steps[number]
    tasks.add_task(conn, op, enrolment, step=number, title=step.title, channel=step.channel, due=due)
    return next(task for task in tasks.tasks_of(conn, enrolment.customer_id) if task.state == "open")


def _go_on(
    conn: sqlite3.Connection,
    op: Operation,
    enrolment: tasks.Enrolment,
    item: Item,
    day: Day,
    *,
    stop: bool,
) -> None:
    """Give the next step that the customer allows, when the playbook says; or end."""
    agreed = bool(customers.get(conn, enrolment.customer_id).consent)
    following = [
        number for number, step in enumerate(item.playbook.steps)
        if number > item.step and (agreed or not step.marketing)
    ]
    if stop or not following:
        tasks.end_enrolment(conn, op, enrolment, day=day, ending="stopped" if stop else "finished")
        return
    wait = item.playbook.steps[following[0]].after_days - item.doing.after_days
    _give_step(conn, op, enrolment, item.playbook, following[0], day + max(wait, 1))


def _close_what_is_open(conn: sqlite3.Connection, op: Operation, customer_id: int, day: Day) -> None:
    for task in tasks.tasks_of(conn, customer_id):
        if task.state == "open":
            tasks.close_task(conn, op, task, state="skipped", closed=day)
