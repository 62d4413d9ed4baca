"""What staged records change: customers first, then events."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from activetui.ledger.days import Day
from activetui.store.plans import Context, CustomerPlan, EventPlan, Plans, StagedPlan
from activetui.store.staged_customers import plan_customers
from activetui.store.staged_events import plan_events
from activetui.store.staged_tables import forget_plan


def plan_all(
    conn: sqlite3.Connection,
    *,
    source: str,
    file_hash: str,
    days: Sequence[Day],
    span: tuple[Day, Day] | None,
    keys_repeat: bool,
    refused: int,
) -> Plans:
    """Compare everything staged with the ledger; the caller owns the transaction.

    `days` has the last day of each hint, `span` the first and last day of the events, if there are any.
    """
    forget_plan(conn)
    source_id = _number_sources(conn, source)
    first_day, last_day = span or (None, None)
    context = Context(source_id, last_day, _newer_batches(conn, source_id, last_day, file_hash))
    customers = plan_customers(conn, context, days)
    events = plan_events(conn, context, keys_repeat=keys_repeat)
    return Plans(
        context, customers, events, _summary(customers, events, first_day, last_day, refused), state_of(conn)
    )


def state_of(conn: sqlite3.Connection) -> tuple[int, int]:
    """Changes whenever this connection writes anything or another one commits to the store."""
    return int(conn.execute("PRAGMA main.data_version").fetchone()[0]), conn.total_changes


def _number_sources(conn: sqlite3.Connection, source: str) -> int:
    """Give every source of the file its number in the store, or the one that it is going to have."""
    known: dict[str, int] = dict(conn.execute("SELECT name, id FROM main.source"))
    free = max(known.values(), default=0) + 1
    known[""] = 0
    for local, name in conn.execute("SELECT local, name FROM staging.source ORDER BY local").fetchall():
        if name not in known:
            known[name] = free
            free += 1
        conn.execute("UPDATE staging.source SET id = ? WHERE local = ?", (known[name], local))
    return known[source]


def _newer_batches(
    conn: sqlite3.Connection, source_id: int, last_day: Day | None, file_hash: str
) -> frozenset[int]:
    """The batches of the source from files that are more recent than this one.

    A file is more recent if its last event is later, or if it was imported after this very file.
    """
    rows = conn.execute(
        "SELECT id FROM batch WHERE source_id = ? AND undone_at IS NULL AND (last_day > ? OR EXISTS ("
        " SELECT 1 FROM batch AS this WHERE this.file_hash = ? AND this.file_hash <> ''"
        " AND this.undone_at IS NULL AND this.id < batch.id))",
        (source_id, last_day, file_hash),
    )
    return frozenset(number for (number,) in rows)


def _summary(
    customers: CustomerPlan, events: EventPlan, first_day: Day | None, last_day: Day | None, refused: int
) -> StagedPlan:
    return StagedPlan(
        new=events.new,
        changed=events.changed,
        unchanged=events.known - events.changed,
        refused=refused,
        repeated=events.repeated,
        customers_new=customers.new,
        customers_changed=customers.changed,
        customers_unchanged=customers.known - customers.changed,
        walk_ins=events.walk_ins,
        first_day=first_day,
        last_day=last_day,
        state_changes=events.state_changes,
        samples=(*events.samples, *customers.samples),
        warnings=(*customers.warnings, *events.warnings),
        nothing_to_do=not (
            events.new or events.changed or customers.new or customers.changed or customers.new_signs
        ),
    )
