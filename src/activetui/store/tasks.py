"""Enrolments in playbooks and their tasks, as rows. What they mean is decided in `reactivation`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from activetui.ledger.days import Day
from activetui.store.changes.operations import Operation


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A customer who is being won back by a playbook."""

    id: int
    customer_id: int
    playbook: str
    reason: str
    started: Day
    ended: Day | None
    ending: str
    """Why it ended: `finished`, `stopped`, `came_back`, `no_contact`, `replaced`; empty while it goes on."""
    round_id: int | None
    """The round with which it began; None for one that began alone."""


@dataclass(frozen=True, slots=True)
class Task:
    """One step given to one customer. `state` is `open`, `done` or `skipped`."""

    id: int
    enrolment_id: int
    customer_id: int
    step: int
    title: str
    channel: str
    due: Day
    state: str
    closed: Day | None
    outcome: str
    note: str
    event_id: int | None
    """The contact that was written into the ledger when the step was done."""


_ENROLMENT = "id, customer_id, playbook, reason, started, ended, ending, round_id"
_TASK = "id, enrolment_id, customer_id, step, title, channel, due, state, closed, outcome, note, event_id"


def open_enrolments(conn: sqlite3.Connection) -> list[Enrolment]:
    """All enrolments that have not ended."""
    rows = conn.execute(f"SELECT {_ENROLMENT} FROM enrolment WHERE ended IS NULL ORDER BY id")  # noqa: S608
    return [Enrolment(*row) for row in rows]


def open_enrolment_of(conn: sqlite3.Connection, customer_id: int) -> Enrolment | None:
    """The customer's enrolment that has not ended; there is one at the most."""
    row = conn.execute(
        f"SELECT {_ENROLMENT} FROM enrolment WHERE customer_id = ? AND ended IS NULL ORDER BY id",  # noqa: S608
        (customer_id,),
    ).fetchone()
    return Enrolment(*row) if row else None


def enrolments_of(conn: sqlite3.Connection, customer_id: int) -> list[Enrolment]:
    """All playbooks that a customer ever was in, the oldest first."""
    rows = conn.execute(
        f"SELECT {_ENROLMENT} FROM enrolment WHERE customer_id = ? ORDER BY started, id",  # noqa: S608
        (customer_id,),
    )
    return [Enrolment(*row) for row in rows]


def open_tasks(conn: sqlite3.Connection) -> list[tuple[Task, bool]]:
    """Open tasks of all who may be contacted, by due day; with each, whether marketing is agreed to."""
    columns = ", ".join(f"task.{name}" for name in _TASK.split(", "))
    rows = conn.execute(
        f"SELECT {columns}, customer.consent IS 1 "  # noqa: S608
        "FROM task JOIN customer ON customer.id = task.customer_id "
        "WHERE task.state = 'open' AND customer.do_not_contact = 0 ORDER BY task.due, task.id"
    )
    return [(Task(*row[:-1]), bool(row[-1])) for row in rows]


def tasks_of(conn: sqlite3.Connection, customer_id: int) -> list[Task]:
    """All tasks that a customer ever had, by due day."""
    rows = conn.execute(
        f"SELECT {_TASK} FROM task WHERE customer_id = ? ORDER BY due, id",  # noqa: S608
        (customer_id,),
    )
    return [Task(*row) for row in rows]


def enrolled_since(conn: sqlite3.Connection, customers: Iterable[int]) -> dict[int, Day]:
    """For each of the customers that ever were enrolled, the day on which the latest enrolment began."""
    wanted = set(customers)
    rows = conn.execute("SELECT customer_id, max(started) FROM enrolment GROUP BY customer_id")
    return {customer: started for customer, started in rows if customer in wanted}


def add_enrolment(
    conn: sqlite3.Connection, operation: Operation, customer_id: int, playbook: str, started: Day
) -> int:
    """Enrol a customer in a playbook; returns the enrolment's number."""
    cursor = conn.execute(
        "INSERT INTO enrolment (customer_id, playbook, started) VALUES (?, ?, ?)",
        (customer_id, playbook, started),
    )
    number = int(cursor.lastrowid or 0)
    operation.inserted("enrolment", number)
    return number


def add_task(
    conn: sqlite3.Connection,
    operation: Operation,
    enrolment: Enrolment,
    *,
    step: int,
    title: str,
    channel: str,
    due: Day,
) -> int:
    """Give an enrolled customer the next step; returns the task's number."""
    cursor = conn.execute(
        "INSERT INTO task (enrolment_id, customer_id, step, title, channel, due) VALUES (?, ?, ?, ?, ?, ?)",
        (enrolment.id, enrolment.customer_id, step, title, channel, due),
    )
    number = int(cursor.lastrowid or 0)
    operation.inserted("task", number)
    return number


def close_task(
    conn: sqlite3.Connection,
    operation: Operation,
    task: Task,
    *,
    state: str,
    closed: Day,
    event_id: int | None = None,
) -> None:
    """Mark a task as done, with the contact that was written into the ledger, or as skipped."""
    operation.changing("task", task.id)
    conn.execute(
        "UPDATE task SET state = ?, closed = ?, event_id = ? WHERE id = ?", (state, closed, event_id, task.id)
    )


def postpone_task(conn: sqlite3.Connection, operation: Operation, task: Task, due: Day) -> None:
    """Move a task to another day."""
    operation.changing("task", task.id)
    conn.execute("UPDATE task SET due = ? WHERE id = ?", (due, task.id))


def note_outcome(
    conn: sqlite3.Connection, operation: Operation, task: Task, *, outcome: str, note: str
) -> None:
    """Write down what came of a task."""
    operation.changing("task", task.id)
    conn.execute("UPDATE task SET outcome = ?, note = ? WHERE id = ?", (outcome, note, task.id))


def give_reason(
    conn: sqlite3.Connection, operation: Operation, enrolment: Enrolment, reason: str
) -> None:
    """Write down why the customer stayed away."""
    operation.changing("enrolment", enrolment.id)
    conn.execute("UPDATE enrolment SET reason = ? WHERE id = ?", (reason, enrolment.id))


def end_enrolment(
    conn: sqlite3.Connection, operation: Operation, enrolment: Enrolment, *, day: Day, ending: str
) -> None:
    """End an enrolment: `finished` after the last step, `stopped` by the owner or by the customer's wish."""
    operation.changing("enrolment", enrolment.id)
    conn.execute(
        "UPDATE enrolment SET ended = ?, ending = ? WHERE id = ?", (day, ending, enrolment.id)
    )
