"""Enrolling many customers in a playbook at once. Who may be is decided in `reactivation.enrolling`."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.store.changes import images
from activetui.store.changes.operations import Operation
from activetui.store.listing.numbers import parts
from activetui.store.progress import Progress, Steps


class FirstTask(NamedTuple):
    """The first step of a playbook, for the customers who begin with it."""

    customers: Sequence[int]
    step: int
    title: str
    channel: str
    due: Day


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


def _next(conn: sqlite3.Connection, table: str) -> int:
    return int(conn.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])  # noqa: S608


def _new(first: int, many: int) -> list[tuple[str, None]]:
    """Images of rows that were not there before."""
    return [(images.row_key(first + i), None) for i in range(many)]
