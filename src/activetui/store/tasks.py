"""Enrolments in playbooks and their tasks, as rows. What they mean is decided in `reactivation`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from activetui.activity.status import Status
from activetui.ledger.days import FAR_PAST, Day
from activetui.store.changes.operations import Operation
from activetui.store.listing.numbers import LISTED
from activetui.store.listing.playbook_tests import Moment


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
    """`finished` after the last step, `stopped` by the owner or the customer, `came_back`, `no_contact`,
    `replaced` by a playbook that had to come first; empty while it goes on."""
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


class Standing(NamedTuple):
    """A customer in a playbook that has not ended, with the step that waits."""

    enrolment: Enrolment
    task: Task


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


def enrolment(conn: sqlite3.Connection, number: int) -> Enrolment:
    """An enrolment by its number, which there is."""
    rows = conn.execute(f"SELECT {_ENROLMENT} FROM enrolment WHERE id = ?", (number,)).fetchall()  # noqa: S608
    return Enrolment(*rows[0])


def open_task_of(conn: sqlite3.Connection, enrolment: Enrolment) -> Task | None:
    """The step that waits in an enrolment; None if none does."""
    row = conn.execute(
        f"SELECT {_TASK} FROM task WHERE enrolment_id = ? AND state = 'open' ORDER BY id",  # noqa: S608
        (enrolment.id,),
    ).fetchone()
    return Task(*row) if row else None


def latest_enrolment_of(conn: sqlite3.Connection, customer_id: int) -> Enrolment | None:
    """The playbook that was begun last for a customer, ended or not; None if there never was one."""
    row = conn.execute(
        f"SELECT {_ENROLMENT} FROM enrolment WHERE customer_id = ? ORDER BY id DESC LIMIT 1",  # noqa: S608
        (customer_id,),
    ).fetchone()
    return Enrolment(*row) if row else None


def standing(conn: sqlite3.Connection, ids: Sequence[int], when: Moment) -> list[Standing]:
    """Those of some customers who are in a playbook at the moment, as they stood then; the latest first."""
    own = ", ".join(f"enrolment.{name}" for name in _ENROLMENT.split(", "))
    theirs = ", ".join(f"task.{name}" for name in _TASK.split(", "))
    rows = conn.execute(
        f"SELECT {own}, {theirs} FROM enrolment JOIN task ON task.enrolment_id = enrolment.id"  # noqa: S608
        f" WHERE enrolment.customer_id IN ({LISTED}) AND enrolment.started <= ?"
        " AND (enrolment.ended IS NULL OR enrolment.ended > ?)"
        " AND (task.state = 'open' OR task.closed > ?) ORDER BY enrolment.id DESC, task.id",
        (json.dumps([int(number) for number in ids]), when.day, when.day, when.day),
    )
    found: dict[int, Standing] = {}
    many = len(_ENROLMENT.split(", "))
    for row in rows:
        found.setdefault(row[0], Standing(Enrolment(*row[:many]), Task(*row[many:])))
    return list(found.values())


def under_way(conn: sqlite3.Connection, most: int) -> list[int]:
    """The customers whose playbooks have not ended, at the most so many."""
    rows = conn.execute("SELECT DISTINCT customer_id FROM enrolment WHERE ended IS NULL LIMIT ?", (most,))
    return [customer for (customer,) in rows]


def playbooks_under_way(conn: sqlite3.Connection, when: Moment) -> list[str]:
    """The keys of the playbooks that somebody is in at the moment."""
    rows = conn.execute(
        "SELECT DISTINCT playbook FROM enrolment WHERE ended IS NULL AND started <= ? ORDER BY playbook"
        if not when.is_past else
        "SELECT DISTINCT playbook FROM enrolment WHERE started <= ?1 AND (ended IS NULL OR ended > ?1)"
        " ORDER BY playbook",
        (when.day,),
    )
    return [key for (key,) in rows]


def waiting(
    conn: sqlite3.Connection, playbook: str, steps: Sequence[int], up_to: Day, round_id: int | None = None
) -> dict[int, int]:
    """The customers in a playbook for whom one of some steps waits that is due up to a day, with the step.

    By their numbers; with `round_id` those only with whom it began in that round. Whether the step is still
    for them is not asked.
    """
    return dict(conn.execute(
        "SELECT enrolment.customer_id, min(task.step) FROM enrolment"  # noqa: S608
        " JOIN task ON task.enrolment_id = enrolment.id"
        " WHERE enrolment.ended IS NULL AND enrolment.playbook = ? AND task.state = 'open' AND task.due <= ?"
        f" AND task.step IN ({LISTED}) AND coalesce(enrolment.round_id = ?, ?)"
        " GROUP BY enrolment.customer_id ORDER BY enrolment.customer_id",
        (playbook, up_to, json.dumps(list(steps)), round_id, round_id is None),
    ))


def latest_reasons(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, str]:
    """For those of some customers of whom one is known, the reason given last for staying away."""
    rows = conn.execute(
        f"SELECT customer_id, reason, max(id) FROM enrolment WHERE customer_id IN ({LISTED})"  # noqa: S608
        " AND reason <> '' GROUP BY customer_id",
        (json.dumps([int(number) for number in ids]),),
    )
    return {customer: reason for customer, reason, _id in rows}


def by_reason(
    conn: sqlite3.Connection, day: Day, since: Day | None
) -> list[tuple[str, int, int, int]]:
    """Customers for whom a playbook was begun up to `day`, and on `since` or later, by their latest reason.

    For each reason, empty for none: how many, how many of them are away on the day looked from, and what they
    spent in their last year.
    """
    return conn.execute(
        "SELECT reason, count(*), sum(fact.status IN (?, ?)), sum(fact.year_spend)"
        " FROM (SELECT customer_id, reason, max(CASE WHEN reason <> '' THEN id ELSE -1 END) FROM enrolment"
        " WHERE started <= ? AND started >= ? GROUP BY customer_id) AS latest"
        " JOIN fact ON fact.customer_id = latest.customer_id GROUP BY reason",
        (Status.INACTIVE, Status.LOST, day, FAR_PAST if since is None else since),
    ).fetchall()


def done_on(conn: sqlite3.Connection, day: Day, but_for: str) -> int:
    """How many steps were done on a day, without those of an outcome."""
    found = conn.execute(
        "SELECT count(*) FROM task WHERE closed = ? AND state = 'done' AND outcome <> ?", (day, but_for)
    )
    return int(found.fetchone()[0])


def tasks_of(conn: sqlite3.Connection, customer_id: int) -> list[Task]:
    """All tasks that a customer ever had, by due day."""
    rows = conn.execute(
        f"SELECT {_TASK} FROM task WHERE customer_id = ? ORDER BY due, id",  # noqa: S608
        (customer_id,),
    )
    return [Task(*row) for row in rows]


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


def change_step(
    conn: sqlite3.Connection, operation: Operation, task: Task, *, step: int, title: str, channel: str
) -> None:
    """Make a task one of another step: what was given is not allowed any more."""
    operation.changing("task", task.id)
    conn.execute(
        "UPDATE task SET step = ?, title = ?, channel = ? WHERE id = ?", (step, title, channel, task.id)
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
    """End an enrolment; `ending` as `Enrolment` lists them."""
    operation.changing("enrolment", enrolment.id)
    conn.execute(
        "UPDATE enrolment SET ended = ?, ending = ? WHERE id = ?", (day, ending, enrolment.id)
    )
