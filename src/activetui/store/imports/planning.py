"""What staged records change: customers first, then events."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from activetui.ledger.days import Day
from activetui.locales import ngettext
from activetui.store.imports.older import TAKE
from activetui.store.imports.plans import Change, Context, CustomerPlan, EventPlan, Plans, Staged, StagedPlan
from activetui.store.imports.staged_customers import plan_customers
from activetui.store.imports.staged_events import plan_events
from activetui.store.imports.staged_tables import forget_plan

_SHOWN = 3


def plan_all(conn: sqlite3.Connection, staged: Staged) -> Plans:
    """Compare everything staged with the ledger; the caller owns the transaction."""
    forget_plan(conn)
    source_id = _number_sources(conn, staged.source)
    context = _context(conn, source_id, staged)
    customers = plan_customers(
        conn, context, staged.days, staged.first_hint, all_apart=staged.all_apart
    )
    events = plan_events(conn, context, staged, count_walk_ins=customers.stand_ins)
    _look_whether_final(conn, staged, customers, events)
    return Plans(context, customers, events, _summary(customers, events, staged), state_of(conn))


def _look_whether_final(
    conn: sqlite3.Connection, staged: Staged, customers: CustomerPlan, events: EventPlan
) -> None:
    """See whether the events stand as they will in the ledger, and whether there is nothing else."""
    alone = not (events.first_id or events.known)
    renumbered = conn.execute("SELECT 1 FROM staging.source WHERE id <> local").fetchone() is not None
    if alone and not renumbered and (customers.as_staged or not staged.days):
        events.batch = staged.batch
    if alone and events.staged == staged.events and staged.currencies <= {"", events.currency}:
        events.sales = staged.sales


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


def _context(conn: sqlite3.Connection, source_id: int, staged: Staged) -> Context:
    """What the plan must know of the file, and of the files that its sources have brought before.

    A file is more recent if its last event is later, or if it was imported after this very file; it may be
    if its last event is of the same day. Bookings ahead say nothing of when a file was made.
    """
    rows = conn.execute(
        "SELECT batch.id, min(last_day, operation.day) > ?1, min(last_day, operation.day) >= ?1, EXISTS ("
        " SELECT 1 FROM batch AS this WHERE this.file_hash = ?2 AND ?2 <> ''"
        " AND this.undone_at IS NULL AND this.id < batch.id)"
        " FROM batch JOIN operation ON operation.batch_id = batch.id"
        " WHERE batch.undone_at IS NULL AND last_day IS NOT NULL"
        " AND source_id IN (SELECT id FROM staging.source WHERE local > 0)",
        (_last_past_day(conn, staged), staged.file_hash),
    ).fetchall()
    newer = frozenset(number for number, later, _as_late, after in rows if later or after)
    unclear = any(as_late != 0 for _number, _later, as_late, _after in rows)
    if staged.older == TAKE:
        newer, unclear = frozenset(), False
    return Context(source_id, staged.last_day, newer, unclear, staged.older)


def _last_past_day(conn: sqlite3.Connection, staged: Staged) -> Day | None:
    """The last day of the file that is not ahead; None if there is none."""
    if staged.last_day is None or staged.last_day <= staged.today:
        return staged.last_day
    row = conn.execute("SELECT max(day) FROM staging.event WHERE day <= ?", (staged.today,)).fetchone()
    return None if row[0] is None else int(row[0])


def _summary(customers: CustomerPlan, events: EventPlan, staged: Staged) -> StagedPlan:
    return StagedPlan(
        new=events.new,
        changed=events.changed,
        unchanged=events.known - events.changed,
        refused=staged.refused,
        repeated=events.repeated,
        customers_new=customers.new,
        customers_changed=customers.changed,
        customers_unchanged=customers.known - customers.changed,
        walk_ins=events.walk_ins,
        first_day=staged.first_day,
        last_day=staged.last_day,
        state_changes=events.state_changes,
        samples=(*events.samples, *customers.samples),
        turned_back=(*events.turned_back_samples, *customers.turned_back_samples),
        turned_back_count=events.turned_back + customers.turned_back,
        asks_older=events.asks_older,
        older_unclear=events.older_unclear,
        forgotten=events.forgotten,
        forgotten_people=events.forgotten_people,
        warnings=(*customers.warnings, *events.warnings, *_kept_as_they_are(customers, events)),
        nothing_to_do=not (
            events.new or events.changed or events.forgotten_anew
            or customers.new or customers.changed or customers.new_signs
        ),
    )


def _kept_as_they_are(customers: CustomerPlan, events: EventPlan) -> Iterator[str]:
    """What the file says otherwise and the import leaves as it is, unless the owner is asked about it."""
    if events.turned_back and not events.asks_older:
        yield ngettext(
            "{n} event of this older file is known in a later state and keeps it ({examples}).",
            "{n} events of this older file are known in a later state and keep it ({examples}).",
            events.turned_back,
        ).format(n=events.turned_back, examples=_examples(events.turned_back_samples))
    if customers.turned_back:
        yield ngettext(
            "{n} customer has unsubscribed and stays so, although this file says otherwise ({examples}).",
            "{n} customers have unsubscribed and stay so, although this file says otherwise ({examples}).",
            customers.turned_back,
        ).format(n=customers.turned_back, examples=_examples(customers.turned_back_samples))


def _examples(changes: Sequence[Change]) -> str:
    return ", ".join(list(dict.fromkeys(change.label for change in changes))[:_SHOWN])
