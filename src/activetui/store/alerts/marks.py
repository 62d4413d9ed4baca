"""What became of alerts: told, seen or done, by rule, customer and occasion.

An occasion is one event, by the source that told of it and its key there, so that it is known again when its
file is imported anew; or (everything else) a sign of the customer, sealed, whose span was running when the
mark was made. Customer 0 stands for nobody in particular.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.store.changes import images
from activetui.store.changes.operations import Operation
from activetui.store.identity import Sign
from activetui.store.opening.file import transaction
from activetui.store.progress import Steps

NOBODY = 0
MANY = 1_000
"""Marks that are written at once, between two looks at whether it is to go on."""
_OLD = 800
"""Days after which it is forgotten that something was told."""


class Mark(StrEnum):
    """What is kept of an alert; its word is that of the table."""

    TOLD = "told"
    """`alerts --since last` has told of it; the owner has not looked at it in the program."""
    SEEN = "seen"
    DONE = "done"


class MarkRow(NamedTuple):
    """One row of the table."""

    rule: str
    customer_id: int
    occasion: str
    day: Day
    """The day of the alert."""
    state: Mark
    marked: Day
    """The day from which it was looked at when the mark was made."""


_COLUMNS = "rule, customer_id, occasion, day, state, marked"
_PUT = (
    "INSERT INTO alert_mark (rule, customer_id, occasion, day, state, marked) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (rule, customer_id, occasion)"
    " DO UPDATE SET day = excluded.day, state = excluded.state, marked = excluded.marked"
)


def marks(conn: sqlite3.Connection) -> list[MarkRow]:
    """All marks."""
    rows = conn.execute(f"SELECT {_COLUMNS} FROM alert_mark")  # noqa: S608
    return [_row(*row) for row in rows]


def signs(conn: sqlite3.Connection, customers: Collection[int]) -> dict[int, set[str]]:
    """All signs by which customers are recognised, written as `store.rounds.stable_signs` writes them."""
    found = {number: {f"number:{number}"} for number in customers}
    rows = conn.execute(
        "SELECT customer_id, identity.kind, coalesce(source.name, ''), value FROM identity"
        " LEFT JOIN source ON source.id = identity.source_id"
        " WHERE identity.kind IN ('id', 'email', 'phone')"
        " AND customer_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(customers)),),
    )
    for number, kind, source, value in rows:
        found[number].add(f"{kind}:{source}:{value}")
    return found


def _row(rule: str, customer: int, occasion: str, day: Day, state: str, marked: Day) -> MarkRow:
    return MarkRow(rule, customer, occasion, day, Mark(state), marked)


def put(op: Operation, rows: Sequence[MarkRow], steps: Steps | None = None) -> None:
    """Keep marks in the place of those that were there, as part of an operation; `steps` counts them."""
    for at in range(0, len(rows), MANY):
        some = rows[at : at + MANY]
        keys = [images.row_key((row.rule, row.customer_id, row.occasion)) for row in some]
        before = [images.row_of(op.conn, "alert_mark", key) for key in keys]
        images.add_images(op.conn, op.id, "alert_mark", (
            (key, None if row is None else images.as_text(row))
            for key, row in zip(keys, before, strict=True)
        ))
        op.conn.executemany(_PUT, some)
        if steps is not None:
            steps.more(len(some))


def tell(conn: sqlite3.Connection, rows: Iterable[MarkRow]) -> None:
    """Remember what was told, where nothing else is known of it: no change by the owner, and not taken back.

    What was told long ago is forgotten.
    """
    found = list(rows)
    if not found:
        return
    with transaction(conn):
        conn.executemany(_PUT, found)
        conn.execute(
            "DELETE FROM alert_mark WHERE state = ? AND marked < ?",
            (Mark.TOLD, max(row.marked for row in found) - _OLD),
        )


def sealed(sign: str) -> str:
    """A sign of a customer that tells whether it is the same one, and nothing else."""
    return sha256(sign.encode()).hexdigest()[:24]


def occasions(conn: sqlite3.Connection, who: Iterable[Sign], events: Collection[int]) -> frozenset[str]:
    """The occasions of marks of a person who has these signs and these events, which are still there."""
    told = conn.execute(
        "SELECT source_id || ':' || key FROM event WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(events)),),
    )
    seals = {sealed(f"{sign.kind}:{sign.source}:{sign.value}") for sign in who}
    return frozenset(seals | {occasion for (occasion,) in told})


def forget(conn: sqlite3.Connection, customers: Collection[int], theirs: Collection[str]) -> None:
    """Delete the marks of customers, and those of these `occasions`; the caller owns the transaction."""
    conn.execute(
        "DELETE FROM alert_mark WHERE customer_id IN (SELECT value FROM json_each(?))"
        " OR occasion IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(customers)), json.dumps(sorted(theirs))),
    )


def move(op: Operation, keep: int, other: int) -> None:
    """Give the marks of a customer who is merged to the one who is kept, as part of an operation.

    Where both have one of the same occasion, that of the one who is kept stands.
    """
    conn = op.conn
    images.add_images_of(
        conn, op.id, "alert_mark", "SELECT * FROM alert_mark WHERE customer_id = ?", (other,)
    )
    moving = conn.execute(
        "SELECT rule, occasion FROM alert_mark WHERE customer_id = ? EXCEPT"
        " SELECT rule, occasion FROM alert_mark WHERE customer_id = ?", (other, keep),
    ).fetchall()
    for rule, occasion in moving:
        op.inserted("alert_mark", (rule, keep, occasion))
        conn.execute(
            "UPDATE alert_mark SET customer_id = ? WHERE rule = ? AND customer_id = ? AND occasion = ?",
            (keep, rule, other, occasion),
        )
    conn.execute("DELETE FROM alert_mark WHERE customer_id = ?", (other,))
