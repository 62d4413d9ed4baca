"""Making one customer of two, and taking that back again without loss.

The customer who is merged leaves no row in `customer`; their events, signs, tags and tasks go to the one who
is kept. Events and signs remember in `whose` to whom they belong, also those that come later by a sign of the
merged one. So the two can be taken apart at any time: each gets what is theirs, changes since included.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any, NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.store import customers, merge
from activetui.store.alerts import marks
from activetui.store.changes import images
from activetui.store.changes.images import Row
from activetui.store.changes.operations import Operation, operation
from activetui.store.facts import refresh
from activetui.store.opening.file import transaction
from activetui.store.same_person import merged
from activetui.store.same_person.apart import MOVED, Apart


class Merged(NamedTuple):
    """A customer who was merged into another."""

    id: int
    name: str
    """Their name, else e-mail or key."""
    kept: int
    """The customer who stands for them now."""
    made_at: str


def merge_customers(
    conn: sqlite3.Connection, keep: int, other: int, *, today: Day, made_at: str
) -> None:
    """Let `keep` stand for `other`, too, as one operation.

    What is known of `keep` stays and is filled from `other`; a wish not to be contacted of either holds. What
    files tell of `other` goes to `keep` from now on. `OwnerError` if they are one already, or not there.
    """
    kept, gone = customers.get(conn, keep), customers.get(conn, other)
    if keep == other:
        raise OwnerError(_("A customer cannot be merged with themselves."))
    what = _("merge of {other} into {name}").format(other=_label(gone), name=_label(kept))
    with operation(conn, what, made_at, day=today) as op:
        filled = _fill(op, kept.id, gone.id)
        for table in MOVED:
            _keep_rows(op, table, other)
            conn.execute(
                f"UPDATE {table} SET whose = coalesce(whose, customer_id), customer_id = ?"  # noqa: S608
                " WHERE customer_id = ?",
                (keep, other),
            )
        _move_tags(op, keep, other)
        ended = _move_work(op, keep, other, today)
        marks.move(op, keep, other)
        _move_differences(op, keep, other)
        op.changing("customer", other)
        conn.execute("DELETE FROM customer WHERE id = ?", (other,))
        conn.execute(
            "INSERT INTO merged_customer (id, kept, operation_id, filled) VALUES (?, ?, ?, ?)",
            (other, keep, op.id, json.dumps({"customer": filled} | ended, ensure_ascii=False)),
        )
        refresh.refresh(conn, [keep, other], today)


def unmerge(conn: sqlite3.Connection, gone: int, *, today: Day, made_at: str) -> int:
    """Take a merged customer out of the other again, as if they had never been one; the other's number.

    What came since goes to the one to whom it belongs by its signs; what was written by hand stays with the
    other. `OwnerError` if nobody with this number was merged.
    """
    with transaction(conn):
        row = conn.execute("SELECT 1 FROM merged_customer WHERE id = ?", (gone,)).fetchone()
        if row is None:
            raise OwnerError(
                _("Customer {id} has not been merged into another.").format(id=gone),
                _("See who has: activetui customer show ID names them under their customer."),
            )
        return Apart(conn, gone).take(today, made_at)


def unmerge_operation(conn: sqlite3.Connection, operation_id: int, *, today: Day, made_at: str) -> bool:
    """`unmerge` whom an operation has merged; False if it was no merge. The caller owns the transaction."""
    row = conn.execute("SELECT id FROM merged_customer WHERE operation_id = ?", (operation_id,)).fetchone()
    if row is None:
        return False
    Apart(conn, row[0]).take(today, made_at)
    return True


def merged_into(conn: sqlite3.Connection, customer_id: int) -> list[Merged]:
    """Whoever was merged into a customer, directly or through others, in the order of their numbers."""
    found = []
    for number in sorted(merged.within(conn, customer_id)[1:]):
        row, made_at = conn.execute(
            "SELECT before_image.row, made_at FROM merged_customer"
            " JOIN operation ON operation.id = merged_customer.operation_id"
            " JOIN before_image ON before_image.operation_id = operation.id"
            " AND table_name = 'customer' AND row_key = ? WHERE merged_customer.id = ?",
            (images.row_key(number), number),
        ).fetchone()
        was = json.loads(row)
        name = was["name"] or was["email"] or was["key"] or str(number)
        found.append(Merged(number, name, customer_id, made_at))
    return found


def not_the_same(conn: sqlite3.Connection, one: int, other: int, *, today: Day, made_at: str) -> None:
    """Never propose again that these two are one customer, as one operation."""
    first, second = sorted((customers.get(conn, one).id, customers.get(conn, other).id))
    if first == second:
        raise OwnerError(_("A customer is always the same as themselves."))
    what = _("{one} and {other} are two customers").format(
        one=_label(customers.get(conn, first)), other=_label(customers.get(conn, second))
    )
    with operation(conn, what, made_at, day=today) as op:
        _tell_apart(op, first, second)


def _label(customer: customers.Customer) -> str:
    return one_line(customer.name or customer.email or customer.key or str(customer.id))


def _keep_rows(op: Operation, table: str, customer_id: int) -> None:
    images.add_images_of(
        op.conn, op.id, table, f"SELECT * FROM {table} WHERE customer_id = ?", (customer_id,)  # noqa: S608
    )


def _fill(op: Operation, keep: int, other: int) -> dict[str, list[Any]]:
    """Fill what is empty of the one who is kept; each field with what it was and what it is now."""
    op.changing("customer", keep)
    before, gone = _customer(op.conn, keep), _customer(op.conn, other)
    changed = merge.changes(_said(before), _said(gone), same_source=False)
    if before["note"] and gone["note"] and gone["note"] not in before["note"]:
        changed["note"] = f"{before['note']} · {gone['note']}"
    changed["entered"] = min(before["entered"], gone["entered"])
    if "extra" in changed:
        changed["extra"] = json.dumps(changed["extra"], ensure_ascii=False, sort_keys=True)
    columns = ", ".join(f"{name} = ?" for name in changed)
    op.conn.execute(f"UPDATE customer SET {columns} WHERE id = ?", (*changed.values(), keep))  # noqa: S608
    customers.search_anew(op.conn, keep)
    after = _customer(op.conn, keep)
    return {name: [before[name], after[name]] for name in before if before[name] != after[name]}


def _customer(conn: sqlite3.Connection, number: int) -> Row:
    row = images.row_of(conn, "customer", images.row_key(number))
    assert row is not None
    return row


def _said(row: Row) -> merge.Said:
    said = merge.Said(**{name: row[name] for name in merge.PLAIN})
    said.consent = None if row["consent"] is None else bool(row["consent"])
    said.do_not_contact = bool(row["do_not_contact"])
    said.extra = json.loads(row["extra"])
    return said


def _move_tags(op: Operation, keep: int, other: int) -> None:
    _keep_rows(op, "tag", other)
    new = op.conn.execute(
        "SELECT name FROM tag WHERE customer_id = ? EXCEPT SELECT name FROM tag WHERE customer_id = ?",
        (other, keep),
    ).fetchall()
    for (name,) in new:
        op.inserted("tag", (keep, name))
        op.conn.execute("INSERT INTO tag (customer_id, name) VALUES (?, ?)", (keep, name))


def _move_work(op: Operation, keep: int, other: int, today: Day) -> dict[str, list[int]]:
    """Give the tasks away; of two customers who are being won back, the one who is kept goes on.

    Returns the numbers of the playbooks and tasks that end here, by table.
    """
    conn = op.conn
    going_on = conn.execute(
        "SELECT 1 FROM enrolment WHERE customer_id = ? AND ended IS NULL", (keep,)
    ).fetchone()
    ended: dict[str, list[int]] = {}
    for table, is_open, end in (
        ("enrolment", "ended IS NULL", "ended = ?, ending = 'stopped'"),
        ("task", "state = 'open'", "closed = ?, state = 'skipped'"),
    ):
        _keep_rows(op, table, other)
        opened = conn.execute(
            f"SELECT id FROM {table} WHERE customer_id = ? AND {is_open} ORDER BY id", (other,)  # noqa: S608
        ).fetchall()
        ended[table] = [number for (number,) in opened] if going_on else []
        for number in ended[table]:
            conn.execute(f"UPDATE {table} SET {end} WHERE id = ?", (today, number))  # noqa: S608
        conn.execute(f"UPDATE {table} SET customer_id = ? WHERE customer_id = ?", (keep, other))  # noqa: S608
    return ended


def _move_differences(op: Operation, keep: int, other: int) -> None:
    """Whoever is not the same as the one is not the same as the other."""
    pairs = op.conn.execute(
        "SELECT one, other FROM not_the_same WHERE one = ?1 OR other = ?1", (other,)
    ).fetchall()
    for pair in pairs:
        op.changing("not_the_same", pair)
        third = pair[0] if pair[1] == other else pair[1]
        if third != keep:
            _tell_apart(op, *sorted((keep, third)))


def _tell_apart(op: Operation, first: int, second: int) -> None:
    if op.conn.execute(
        "INSERT OR IGNORE INTO not_the_same (one, other) VALUES (?, ?)", (first, second)
    ).rowcount:
        op.inserted("not_the_same", (first, second))
