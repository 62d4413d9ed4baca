"""Enrolling many customers in a playbook at once, and closing a step for many.

Who may be, and what comes next, is decided in `reactivation`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.store.changes import images
from activetui.store.changes.operations import Operation
from activetui.store.listing.numbers import LISTED, parts
from activetui.store.progress import Progress, Steps


class FirstTask(NamedTuple):
    """The first step of a playbook, for the customers who begin with it."""

    customers: Sequence[int]
    step: int
    title: str
    channel: str
    due: Day


class Given(NamedTuple):
    """A step as it is given to a customer."""

    step: int
    title: str
    channel: str
    due: Day


class StepDone(NamedTuple):
    """A step that was done for a customer."""

    enrolment: int
    task: int
    customer: int
    event: int
    """The contact in the ledger."""
    moved: Given | None
    """What was done, where it was another step than the one given; else None."""
    following: Given | None
    """The step that comes next; None where the playbook is over."""


def no_more_contact(op: Operation, customer_id: int) -> None:
    """Write down that a customer wants no contact, as part of an operation."""
    op.changing("customer", customer_id)
    op.conn.execute("UPDATE customer SET do_not_contact = 1 WHERE id = ?", (customer_id,))


def enrol_many(
    op: Operation,
    playbook: str,
    started: Day,
    tasks: Sequence[FirstTask],
    *,
    round_id: int | None = None,
    progress: Progress | None = None,
) -> None:
    """Enrol customers in a playbook, all with the same round or none, and give each the first task.

    Part of an operation.
    """
    conn = op.conn
    steps = Steps(progress, 2 * sum(len(task.customers) for task in tasks))
    enrolment, number = _next(conn, "enrolment"), _next(conn, "task")
    # all enrolments before all tasks: taken back in the other order, no enrolment has a task any more
    at = 0
    for task in tasks:
        for _at, part in parts(task.customers):
            images.add_images(conn, op.id, "enrolment", _new(enrolment + at, len(part)))
            conn.executemany(
                "INSERT INTO enrolment (id, customer_id, playbook, started, round_id) VALUES (?, ?, ?, ?, ?)",
                (
                    (enrolment + at + i, customer, playbook, started, round_id)
                    for i, customer in enumerate(part)
                ),
            )
            at += len(part)
            steps.more(len(part))
    at = 0
    for task in tasks:
        for _at, part in parts(task.customers):
            images.add_images(conn, op.id, "task", _new(number + at, len(part)))
            conn.executemany(
                "INSERT INTO task (id, enrolment_id, customer_id, step, title, channel, due)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (number + at + i, enrolment + at + i, customer, task.step, task.title, task.channel,
                     task.due)
                    for i, customer in enumerate(part)
                ),
            )
            at += len(part)
            steps.more(len(part))
    steps.end()


def steps_done(
    op: Operation, done: Sequence[StepDone], *, when: Day, outcome: str, steps: Steps
) -> None:
    """Close the steps of many customers as done, and give each the next or end the playbook.

    Part of an operation, like `tasks.close_task`, `tasks.add_task` and `tasks.end_enrolment` for one.
    """
    conn, number = op.conn, _next(op.conn, "task")
    for _at, part in _in_parts(done):
        _keep(op, "task", [each.task for each in part])
        conn.executemany(
            "UPDATE task SET step = ?, title = ?, channel = ? WHERE id = ?",
            [(*each.moved[:3], each.task) for each in part if each.moved is not None],
        )
        conn.executemany(
            "UPDATE task SET state = 'done', closed = ?, outcome = ?, event_id = ? WHERE id = ?",
            [(when, outcome, each.event, each.task) for each in part],
        )
        over = [each.enrolment for each in part if each.following is None]
        _keep(op, "enrolment", over)
        conn.executemany(
            "UPDATE enrolment SET ended = ?, ending = 'finished' WHERE id = ?",
            [(when, enrolment) for enrolment in over],
        )
        given = [(each, each.following) for each in part if each.following is not None]
        images.add_images(conn, op.id, "task", _new(number, len(given)))
        conn.executemany(
            "INSERT INTO task (id, enrolment_id, customer_id, step, title, channel, due)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((number + i, each.enrolment, each.customer, *step) for i, (each, step) in enumerate(given)),
        )
        number += len(given)
        steps.more(len(part))


def _in_parts(done: Sequence[StepDone]) -> Iterator[tuple[int, Sequence[StepDone]]]:
    for at, part in parts(range(len(done))):
        yield at, done[at : at + len(part)]


def _keep(op: Operation, table: str, rows: Sequence[int]) -> None:
    """Keep rows as they are before they change."""
    images.add_images_of(
        op.conn, op.id, table, f"SELECT * FROM {table} WHERE id IN ({LISTED})",  # noqa: S608
        (json.dumps(list(rows)),),
    )


def _next(conn: sqlite3.Connection, table: str) -> int:
    return int(conn.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])  # noqa: S608


def _new(first: int, many: int) -> list[tuple[str, None]]:
    """Images of rows that were not there before."""
    return [(images.row_key(first + i), None) for i in range(many)]
