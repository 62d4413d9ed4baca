"""What the owner does with a line of the checklist. Each is one operation and can be undone."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from activetui.locales import _
from activetui.locales.formats import format_day
from activetui.reactivation.checklist.acting import Act, acting, give, has_come
from activetui.reactivation.checklist.items import Item
from activetui.reactivation.checklist.outcome import (
    NO_ANSWER,
    NO_CONTACT,
    NOT_REACHED,
    PUT_RIGHT,
    STOPS,
    WRONG_CONTACT,
)
from activetui.reactivation.checklist.steps import Steps
from activetui.store import events, tasks
from activetui.store.changes.enrolments import no_more_contact
from activetui.store.changes.operations import Operation, operation
from activetui.store.listing.circumstances import circumstances
from activetui.store.tasks import Enrolment, Task

RETRY_DAYS = 2
"""After so many days somebody who did not answer is tried again …"""
MOST_TRIES = 3
"""… until the step was tried so often."""
_SPOKEN = frozenset({"phone", "in_person", "chat"})
"""The channels by which one can be answered at once."""


class Did(NamedTuple):
    """What was done with a line."""

    item: Item
    """The line as it was."""
    following: Task | None
    """The step that comes next; None where the playbook is over."""
    marketing_left: str = ""
    """The step that would come next if the customer had agreed to marketing, where the playbook is over
    without; empty where there is none."""


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
    on: Day | None = None,
) -> Did:
    """The step was done: write the contact into the ledger, close the task, give the next step.

    `day` is the one that the connection looks from; the contact was `on` another day, where that is said.
    """
    when = day if on is None else on
    has_come(when, today)
    with acting(conn, customer_id, day, today, made_at, _("Contacted {name}"), since=when) as act:
        if when < act.enrolment.started:
            raise OwnerError(
                _("The playbook began on {day}; the contact cannot be of an earlier day.").format(
                    day=format_day(act.enrolment.started)
                )
            )
        contact = EventRecord(
            kind=int(Kind.CONTACT), day=when, key="", action="out", channel=act.item.doing.channel,
            note=note or act.item.doing.title, state="failed" if outcome in NOT_REACHED else "",
        )
        event = events.add_event(act.op, customer_id, contact, today=today)
        tasks.close_task(conn, act.op, act.task, state="done", closed=when, event_id=event)
        _write_down(act.op, act.enrolment, act.task, outcome, reason, note, when, today)
        following = None if outcome in STOPS else _next_step(act, outcome, when)
        left = "" if following is not None or outcome in STOPS else _marketing_left(act, outcome, when)
        if following is None:
            _end(act, "stopped" if outcome in STOPS else "finished", outcome)
    return Did(act.item, following, left)


def snooze(
    conn: sqlite3.Connection, customer_id: int, *, days: int, day: Day, today: Day, made_at: str
) -> Did:
    """Do it in so many days; what follows moves along. The money at stake decides its place on that day."""
    if days < 1:
        raise OwnerError(_("A task can only be put off by at least one day."))
    with acting(conn, customer_id, day, today, made_at, _("Put off {name}")) as act:
        tasks.postpone_task(conn, act.op, act.task, day + days)
        following = tasks.open_task_of(conn, act.enrolment)
    return Did(act.item, following)


def skip(
    conn: sqlite3.Connection,
    customer_id: int,
    *,
    day: Day,
    today: Day,
    made_at: str,
    reason: str = "",
    only_step: bool = False,
) -> Did:
    """Leave this customer in peace: the playbook ends. With `only_step` leave out this step and go on."""
    what = _("Left out a step for {name}") if only_step else _("Skipped {name}")
    with acting(conn, customer_id, day, today, made_at, what) as act:
        if reason:
            tasks.give_reason(conn, act.op, act.enrolment, reason)
        tasks.close_task(conn, act.op, act.task, state="skipped", closed=day)
        following = _next_step(act, "", day) if only_step else None
        left = _marketing_left(act, "", day) if only_step and following is None else ""
        if following is None:
            _end(act, "finished" if only_step else "stopped")
    return Did(act.item, following, left)


def outcome(
    conn: sqlite3.Connection,
    customer_id: int,
    *,
    day: Day,
    today: Day,
    made_at: str,
    outcome: str,
    reason: str = "",
    note: str = "",
) -> Task:
    """Write down what came of the last step done, and what follows from it; `OwnerError` if none was done."""
    latest = [task for task in tasks.tasks_of(conn, customer_id) if task.state == "done"]
    if not latest:
        raise OwnerError(
            _("No step has been done for this customer yet."),
            _("Do one first: activetui checklist done ID --outcome …"),
        )
    task = max(latest, key=lambda each: (each.closed or 0, each.id))
    enrolment = tasks.enrolment(conn, task.enrolment_id)
    with operation(conn, _("Outcome of a contact"), made_at, day=today) as op:
        _write_down(op, enrolment, task, outcome, reason, note or task.note, day, today)
        if outcome in STOPS and enrolment.ended is None:
            waiting = tasks.open_task_of(conn, enrolment)
            if waiting is not None:
                tasks.close_task(conn, op, waiting, state="skipped", closed=day)
            ending = "no_contact" if outcome == NO_CONTACT else "stopped"
            tasks.end_enrolment(conn, op, enrolment, day=day, ending=ending)
    return task


def give_reason(
    conn: sqlite3.Connection, customer_id: int, reason: str, *, today: Day, made_at: str
) -> Enrolment:
    """Write down why a customer stays away, with the playbook that was begun last; `OwnerError` if none was.

    An empty reason takes back what was written.
    """
    enrolment = tasks.latest_enrolment_of(conn, customer_id)
    if enrolment is None:
        raise OwnerError(
            _("No playbook has been begun for this customer yet, so there is nothing to ask the reason at."),
            _("Begin one: activetui bulk enrol PLAYBOOK id:{id}").format(id=customer_id),
        )
    with operation(conn, _("Reason of a customer"), made_at, day=today) as op:
        tasks.give_reason(conn, op, enrolment, reason)
    return enrolment


def _next_step(act: Act, outcome: str, when: Day) -> Task | None:
    """Give the step that comes after the one of the line, or the same again; None if none is left."""
    item, conn = act.item, act.op.conn
    if outcome == NO_ANSWER and item.doing.channel in _SPOKEN and _tries(conn, act) < MOST_TRIES:
        return give(act.op, act.enrolment, item, item.step, when + RETRY_DAYS)
    following = _after(act, outcome, when, agreed=_has_agreed(act))
    return None if following is None else give(act.op, act.enrolment, item, *following)


def _marketing_left(act: Act, outcome: str, when: Day) -> str:
    """The title of the step that only a missing consent keeps from coming next; empty if there is none."""
    following = None if _has_agreed(act) else _after(act, outcome, when, agreed=True)
    return "" if following is None else act.item.playbook.steps[following[0]].title


def _has_agreed(act: Act) -> bool:
    number = act.item.person.id
    return circumstances(act.op.conn, [number], act.look.day)[number].agreed


def _after(act: Act, outcome: str, when: Day, *, agreed: bool) -> tuple[int, Day] | None:
    """The step after the one of the line and its day, for who has agreed to marketing or has not."""
    item = act.item
    return Steps(act.look, [item.person.id]).after(
        item.playbook, item.step, item.person, agreed=agreed, when=when,
        but_by=item.doing.channel if outcome == WRONG_CONTACT else "",
    )


def _tries(conn: sqlite3.Connection, act: Act) -> int:
    return sum(
        task.enrolment_id == act.enrolment.id and task.step == act.item.step and task.outcome == NO_ANSWER
        for task in tasks.tasks_of(conn, act.item.person.id)
    )


def _write_down(
    op: Operation,
    enrolment: Enrolment,
    task: Task,
    outcome: str,
    reason: str,
    note: str,
    when: Day,
    today: Day,
) -> None:
    """What came of a step, why the customer stayed away, and what the ledger is to know of it."""
    number = enrolment.customer_id
    if outcome or note:
        tasks.note_outcome(op.conn, op, task, outcome=outcome, note=note)
    if reason:
        tasks.give_reason(op.conn, op, enrolment, reason)
    if outcome == NO_CONTACT:
        no_more_contact(op, number)
    if outcome == PUT_RIGHT and circumstances(op.conn, [number], when)[number].complained is not None:
        answer = EventRecord(kind=int(Kind.COMPLAINT_RESOLVED), day=when, key="", note=note)
        events.add_event(op, number, answer, today=today)


def _end(act: Act, ending: str, outcome: str = "") -> None:
    ending = "no_contact" if outcome == NO_CONTACT else ending
    tasks.end_enrolment(act.op.conn, act.op, act.enrolment, day=act.look.day, ending=ending)
