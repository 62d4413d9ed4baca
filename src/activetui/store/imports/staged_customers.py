"""The customers of a staged file: who they are, what changes about them, and writing that."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from activetui.ledger.days import Day
from activetui.store import merge
from activetui.store.changes import images
from activetui.store.changes.corrections import changed_by_hand
from activetui.store.changes.operations import Operation
from activetui.store.customers import search_text
from activetui.store.imports.plans import SAMPLES, Change, Context, CustomerPlan
from activetui.store.imports.staged_identity import resolve_hints
from activetui.store.imports.staged_tables import customers_as_said
from activetui.store.listing import list_indexes
from activetui.store.merge import FIELDS, Said
from activetui.store.same_person import merged

_CHUNK = 1_000
_HINT = ", ".join(f"hint.{name}" for name in FIELDS)
_CUSTOMER = ", ".join(f"customer.{name}" for name in FIELDS)


def plan_customers(
    conn: sqlite3.Connection, context: Context, days: Sequence[int], first_hint: int, *, all_apart: bool
) -> CustomerPlan:
    """Find out who the hints of the file are and what they change.

    `days` has the last day of each hint; they are numbered from `first_hint` on. `all_apart` is whether no
    sign belongs to two of them.

    Fills `staging.person` (who is each hint) and `staging.customer` (everyone new or changed, as they will
    be). The caller owns the transaction.
    """
    plan = CustomerPlan(merged.free_customer(conn), first_hint=first_hint)
    if not days:
        return plan
    found, plan.warnings = resolve_hints(conn, days, first_hint, plan.first_new, all_apart)
    plan.new = found.new
    plan.as_staged = plan.first_new == first_hint and found.new == len(days)
    plan.stand_ins = 0 in found.customer_of
    if plan.as_staged and conn.execute(_ANY_MORE).fetchone() is None:
        customers_as_said(conn)
        return plan
    hints_of_new = sum(1 for customer in found.customer_of if customer >= plan.first_new)
    _merge_all(conn, context, plan, _take_alone(conn, plan) if hints_of_new == plan.new else "true")
    _count_additions(conn, plan)
    return plan


def write_customers(op: Operation, batch_id: int, plan: CustomerPlan, today: Day) -> None:
    """Write the new and changed customers with their tags; the caller owns the transaction.

    The store learns of the new ones today, unless the file says that it was earlier.

    Adds the customers whom that concerns in the derived tables to `staging.touched`.
    """
    conn, columns = op.conn, ", ".join((*FIELDS, "search"))
    merged.note_wishes(conn)
    if plan.new >= list_indexes.MANY:
        list_indexes.drop(conn, "customer")
    conn.execute(
        f"INSERT INTO customer (id, {columns}, batch_id, entered)"  # noqa: S608
        f" SELECT id, {columns}, ?, ? FROM staging.customer WHERE id >= ? ORDER BY id",
        (batch_id, today, plan.first_new),
    )
    conn.execute(_ENTERED_BEFORE, (plan.first_new,))
    conn.execute("INSERT INTO staging.touched SELECT id FROM staging.customer")
    images.add_images_of(
        conn, op.id, "customer",
        "SELECT * FROM customer WHERE id IN (SELECT id FROM staging.customer WHERE id < ?) ORDER BY id",
        (plan.first_new,),
    )
    assignments = ", ".join(f"{name} = said.{name}" for name in (*FIELDS, "search"))
    conn.execute(
        f"UPDATE customer SET {assignments} FROM staging.customer AS said"  # noqa: S608
        " WHERE said.id = customer.id AND customer.id IN (SELECT id FROM staging.customer WHERE id < ?)",
        (plan.first_new,),
    )
    conn.execute(
        f"INSERT OR IGNORE INTO staging.touched SELECT person.customer_id{_TAGS}{_UNKNOWN['tag']}",
        (plan.first_new,),
    )
    _add(op, "tag", plan)


def write_signs(op: Operation, plan: CustomerPlan) -> None:
    """Write by which signs the customers are matched, after `write_customers`."""
    _add(op, "identity", plan)


_ANY_MORE = "SELECT 1 FROM staging.hint WHERE extra <> '{}' LIMIT 1"
"""Whether anything is said for which there is no column: that is put in order."""
_ENTERED_BEFORE = """
UPDATE customer SET entered = min(customer.entered, said.entered) FROM (
  SELECT customer_id, min(entered) AS entered FROM staging.hint
  JOIN staging.person ON person.hint = hint.hint WHERE entered IS NOT NULL GROUP BY customer_id) AS said
WHERE said.customer_id = customer.id AND customer.id >= ?"""
_SIGNS = (
    " FROM staging.sign CROSS JOIN staging.source ON source.local = sign.source"
    " JOIN staging.person ON person.hint = sign.hint WHERE person.customer_id"
)
_TAGS = " FROM staging.tag JOIN staging.person ON person.hint = tag.hint WHERE person.customer_id"
_ROWS = {
    "identity": "SELECT sign.kind, source.id, sign.value, person.customer_id, person.whose" + _SIGNS,
    "tag": "SELECT DISTINCT person.customer_id, tag.name" + _TAGS,
}
_UNKNOWN = {
    "identity": " < ? AND NOT EXISTS (SELECT 1 FROM main.identity"
                " WHERE identity.kind = sign.kind AND identity.source_id = source.id"
                " AND identity.value = sign.value)",
    "tag": " < ? AND NOT EXISTS (SELECT 1 FROM main.tag AS held"
           " WHERE held.customer_id = person.customer_id AND held.name = tag.name)",
}
"""The signs and tags that known customers do not have yet; all of a new one's are unknown."""
_IN_ORDER = {
    "identity": " ORDER BY sign.kind, sign.source, sign.value, sign.hint",
    "tag": " ORDER BY 1, 2",
}


def _add(op: Operation, table: str, plan: CustomerPlan) -> None:
    """Add signs or tags. What a new customer brings goes with the customer and needs no image."""
    if plan.known:
        width = len(images.KEYS[table])
        rows = _ROWS[table] + _UNKNOWN[table] + _IN_ORDER[table]
        found = op.conn.execute(rows, (plan.first_new,)).fetchall()
        keys = dict.fromkeys(row[:width] for row in found)
        images.add_images(op.conn, op.id, table, ((images.row_key(key), None) for key in keys))
        if found:
            marks = ", ".join("?" * len(found[0]))
            op.conn.executemany(f"INSERT OR IGNORE INTO main.{table} VALUES ({marks})", found)  # noqa: S608
    rows = f"{_ROWS[table]} >= ?{_IN_ORDER[table]}"
    op.conn.execute(f"INSERT OR IGNORE INTO main.{table} {rows}", (plan.first_new,))


def _take_alone(conn: sqlite3.Connection, plan: CustomerPlan) -> str:
    """Keep the new customers of whom a single hint tells, where that is so of all: most of a first file.

    The condition that holds for the other hints; there is nothing to bring together of these.
    """
    alone = f"person.customer_id >= {plan.first_new:d} AND hint.extra = '{{}}'"
    conn.execute(
        f"INSERT INTO staging.customer SELECT person.customer_id, {_HINT}, hint.search"  # noqa: S608
        f" FROM staging.person JOIN staging.hint ON hint.hint = person.hint WHERE {alone}"
        " ORDER BY person.customer_id"
    )
    return f"NOT ({alone})"


def _merge_all(conn: sqlite3.Connection, context: Context, plan: CustomerPlan, which: str) -> None:
    """Bring together what the hints say for which the condition `which` holds, and compare it."""
    stored = _stored(conn, context, plan.first_new)
    by_hand = changed_by_hand(conn, "customer")
    pending: list[tuple[object, ...]] = []
    rows = conn.execute(
        f"SELECT person.customer_id, {_HINT} FROM staging.person"  # noqa: S608
        " JOIN staging.hint ON hint.hint = person.hint"
        f" WHERE person.customer_id IS NOT NULL AND {which}"
        " ORDER BY person.customer_id, person.day, person.hint"
    )
    for number, group in groupby(rows, key=itemgetter(0)):
        if len(pending) >= _CHUNK:
            _keep(conn, pending)
        first, *more = group
        said = merge.combine(_said(row[1:]) for row in (first, *more))
        if number < plan.first_new:
            told_here, known = next(stored)
            corrected = by_hand.get(number, ())
            changed = merge.changes(known, said, same_source=told_here, only_fill=corrected)
            if changed and context.newer:
                changed = _without_older(conn, context, number, changed)
            if said.consent and known.consent is False:
                _leave_unsubscribed(plan, number, known)
            plan.known += 1
            if not changed:
                continue
            plan.changed += 1
            _sample(plan, number, known, changed)
            for name, value in changed.items():
                setattr(known, name, value)
            said = known
        pending.append(_as_stored(number, said))
    _keep(conn, pending)


def _keep(conn: sqlite3.Connection, pending: list[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * (len(FIELDS) + 2))
    conn.executemany(f"INSERT INTO staging.customer VALUES ({marks})", pending)  # noqa: S608
    pending.clear()


def _stored(
    conn: sqlite3.Connection, context: Context, first_new: int
) -> Iterator[tuple[bool, Said]]:
    """The customers of the file that are stored, by number.

    Each with whether this file may change, not only fill, what is known: it is of the source from which the
    customer came, and not older than the file that brought the customer.
    """
    rows = conn.execute(
        f"SELECT batch.id, batch.source_id, {_CUSTOMER} FROM customer"  # noqa: S608
        " LEFT JOIN batch ON batch.id = customer.batch_id"
        " WHERE customer.id IN (SELECT customer_id FROM staging.person WHERE customer_id < ?)"
        " ORDER BY customer.id",
        (first_new,),
    )
    for batch_id, source_id, *values in rows:
        yield source_id == context.source_id and batch_id not in context.newer, _said(values)


def _said(row: Sequence[Any]) -> Said:
    *values, consent, do_not_contact, extra = row
    said = Said(*values)
    said.consent = None if consent is None else bool(consent)
    said.do_not_contact = bool(do_not_contact)
    said.extra = json.loads(extra) if extra != "{}" else {}
    return said


def _as_stored(number: int, said: Said) -> tuple[object, ...]:
    return (
        number,
        *(getattr(said, name) for name in merge.PLAIN),
        said.consent,
        said.do_not_contact,
        json.dumps(said.extra, ensure_ascii=False, sort_keys=True),
        search_text(said.name, said.email, said.phone, said.company, said.key),
    )


def _without_older(
    conn: sqlite3.Connection, context: Context, number: int, changed: dict[str, object]
) -> dict[str, object]:
    """The changes but for those that would put back what a more recent file has replaced."""
    rows = conn.execute(
        "SELECT operation.batch_id, before_image.row FROM before_image"
        " JOIN operation ON operation.id = before_image.operation_id"
        " WHERE before_image.table_name = 'customer' AND before_image.row_key = ?"
        " AND operation.undone_at IS NULL AND before_image.row IS NOT NULL",
        (images.row_key(number),),
    ).fetchall()
    for batch_id, text in rows:
        if batch_id in context.newer:
            once = _said([json.loads(text)[name] for name in FIELDS])
            changed = {name: value for name, value in changed.items() if value != getattr(once, name)}
    return changed


def _count_additions(conn: sqlite3.Connection, plan: CustomerPlan) -> None:
    """Count customers who only get a tag as changed, and see whether anyone gets a new sign."""
    known = (plan.first_new,)
    if not plan.known:
        return
    tagged = f"SELECT DISTINCT person.customer_id{_TAGS}{_UNKNOWN['tag']}"
    plan.changed += conn.execute(
        f"SELECT count(*) FROM ({tagged})"  # noqa: S608
        " WHERE customer_id NOT IN (SELECT id FROM staging.customer)",
        known,
    ).fetchone()[0]
    unknown = f"SELECT 1{_SIGNS}{_UNKNOWN['identity']} LIMIT 1"
    plan.new_signs = conn.execute(unknown, known).fetchone() is not None or bool(merged.own_wishes(conn))


def _sample(plan: CustomerPlan, number: int, known: Said, changed: dict[str, object]) -> None:
    for name, value in changed.items():
        if len(plan.samples) < SAMPLES:
            label = _label(number, known)
            plan.samples.append(Change("customer", number, label, name, getattr(known, name), value))


def _leave_unsubscribed(plan: CustomerPlan, number: int, known: Said) -> None:
    """Nobody who has unsubscribed is ever subscribed again by a file."""
    plan.turned_back += 1
    if len(plan.turned_back_samples) < SAMPLES:
        plan.turned_back_samples.append(
            Change("customer", number, _label(number, known), "consent", False, True)
        )


def _label(number: int, known: Said) -> str:
    return known.name or known.email or known.key or str(number)
