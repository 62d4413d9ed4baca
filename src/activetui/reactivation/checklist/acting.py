"""Taking hold of a line of the checklist: what stands for it in the store is made if it was only proposed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.locales.formats import format_day
from activetui.reactivation.checklist import over
from activetui.reactivation.checklist.items import Item, lines
from activetui.reactivation.checklist.not_listed import not_listed
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.ranking.stakes import with_stakes
from activetui.store import tasks
from activetui.store.changes.operations import Operation, operation
from activetui.store.listing import people
from activetui.store.tasks import Enrolment, Standing, Task


@dataclass(slots=True)
class Act:
    """A line that is acted upon, with what stands for it in the store."""

    op: Operation
    look: Look
    item: Item
    enrolment: Enrolment
    task: Task


@contextmanager
def acting(
    conn: sqlite3.Connection,
    customer_id: int,
    day: Day,
    today: Day,
    made_at: str,
    what: str,
    since: Day | None = None,
) -> Iterator[Act]:
    """The customer's line in one operation; a proposal becomes a playbook that began `since`, or on the day.

    The connection looks from `day`, which has come by `today`. `what` names the operation, with `{name}` for
    the customer's. `OwnerError` if the customer is not on the list.
    """
    has_come(day, today)
    look = Look(conn, day)
    found = with_stakes(conn, people.by_ids(conn, [customer_id]), look.chances, day)
    item = next(iter(lines(look, found)), None)
    if item is None:
        raise not_listed(look, customer_id)
    _is_not_past(conn, look, item)
    with operation(conn, what.format(name=item.person.called), made_at, day=today) as op:
        enrolment, task = _standing(op, look, item, day if since is None else since)
        yield Act(op, look, item, enrolment, task)
        over.close_what_is_over(op, look)


def _standing(op: Operation, look: Look, item: Item, since: Day) -> Standing:
    """What stands for a line: of a proposal it is made, and what ran before ends."""
    number, step, doing = item.person.id, item.step, item.doing
    if item.enrolment is not None and item.task is not None:
        if item.task.step != step:
            tasks.change_step(op.conn, op, item.task, step=step, title=doing.title, channel=doing.channel)
        return Standing(item.enrolment, item.task)
    over.close_what_is_over(op, look, [number])
    while (before := tasks.open_enrolment_of(op.conn, number)) is not None:
        replaced = item.instead_of is not None and item.instead_of.id == before.id
        over.end(op, look, before, "replaced" if replaced else "stopped")
    enrolment = tasks.enrolment(
        op.conn, tasks.add_enrolment(op.conn, op, number, item.playbook.key, since)
    )
    return Standing(enrolment, give(op, enrolment, item, step, item.due))


def give(op: Operation, enrolment: Enrolment, item: Item, step: int, due: Day) -> Task:
    """Give the customer of a line a step of its playbook, as part of an operation."""
    given = item.playbook.steps[step]
    tasks.add_task(op.conn, op, enrolment, step=step, title=given.title, channel=given.channel, due=due)
    task = tasks.open_task_of(op.conn, enrolment)
    assert task is not None
    return task


def has_come(day: Day, today: Day) -> None:
    """`OwnerError` for a day that has not come."""
    if day > today:
        raise OwnerError(
            _("{day} has not come yet.").format(day=format_day(day)), _("Look from today to act on the list.")
        )


def _is_not_past(conn: sqlite3.Connection, look: Look, item: Item) -> None:
    """Refuse to act on a line as it stood on an earlier day when more has happened since."""
    if not look.when.is_past:
        return
    latest = tasks.latest_enrolment_of(conn, item.person.id)
    stands = item.task is not None and item.task.state == "open"
    if stands or (item.task is None and (latest is None or (latest.started <= look.day and latest.ended))):
        return
    raise OwnerError(
        _("More has been done for this customer since {day}.").format(day=format_day(look.day)),
        _("Look from today to act on the list."),
    )
