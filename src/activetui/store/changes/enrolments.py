"""Enrolling many customers in a playbook at once. Who may be is decided in `reactivation.enrolling`."""

# ruff: noqa: S608 - only fixed texts are put together; values are bound
from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.store.changes import images
from activetui.store.changes.operations import Operation
from activetui.store.listing.numbers import LISTED, parts, there
from activetui.store.progress import Progress, Steps


class Contactable(NamedTuple):
    """Customers by whether a new playbook may begin for them."""

    agreed: list[int]
    """May be contacted, and have agreed to marketing."""
    not_agreed: list[int]
    """May be contacted, but have not agreed to marketing."""
    busy: int
    """How many are in a playbook already."""
    not_to_contact: int
    """How many of the others do not want to be contacted."""


class FirstTask(NamedTuple):
    """The first step of a playbook, for the customers who begin with it."""

    customers: Sequence[int]
    step: int
    title: str
    channel: str
    due: Day


def contactable(conn: sqlite3.Connection, ids: Iterable[int]) -> Contactable:
    """How the customers of these numbers stand; numbers of nobody are passed over."""
    agreed: list[int] = []
    not_agreed: list[int] = []
    busy = not_to_contact = 0
    for _at, part in parts(there(conn, ids)):
        for number, enrolled, refuses, consents in conn.execute(_STANDING, (json.dumps(part),)):
            if enrolled:
                busy += 1
            elif refuses:
                not_to_contact += 1
            else:
                (agreed if consents else not_agreed).append(number)
    return Contactable(agreed, not_agreed, busy, not_to_contact)


_STANDING = f"""
SELECT id, EXISTS (SELECT 1 FROM enrolment WHERE customer_id = customer.id AND ended IS NULL),
  do_not_contact, consent IS 1
FROM customer WHERE id IN ({LISTED}) ORDER BY id"""


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
    return int(conn.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def _new(first: int, many: int) -> list[tuple[str, None]]:
    """Images of rows that were not there before."""
    return [(images.row_key(first + i), None) for i in range(many)]
