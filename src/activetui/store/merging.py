"""Making one customer of two, and taking that back again without loss.

The customer who is merged leaves no row in `customer`; their events, signs, tags and tasks go to the one who
is kept. Events and signs remember in `whose` to whom they belong, also those that come later by a sign of the
merged one. So the two can be taken apart at any time: each gets what is theirs, changes since included.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.store import customers, images, merge, merged, refresh
from activetui.store.file import transaction
from activetui.store.images import Row
from activetui.store.operations import Operation, operation

_MOVED = ("event", "identity")


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
        for table in _MOVED:
            _keep_rows(op, table, other)
            conn.execute(
                f"UPDATE {table} SET whose = coalesce(whose, customer_id), customer_id = ?"  # noqa: S608
                " WHERE customer_id = ?",
                (keep, other),
            )
        _move_tags(op, keep, other)
        ended = _move_work(op, keep, other, today)
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
        return _Apart(conn, gone).take(today, made_at)


def unmerge_operation(conn: sqlite3.Connection, operation_id: int, *, today: Day, made_at: str) -> bool:
    """`unmerge` whom an operation has merged; False if it was no merge. The caller owns the transaction."""
    row = conn.execute("SELECT id FROM merged_customer WHERE operation_id = ?", (operation_id,)).fetchone()
    if row is None:
        return False
    _Apart(conn, row[0]).take(today, made_at)
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


class _Apart:
    """Taking one merged customer out of another again."""

    def __init__(self, conn: sqlite3.Connection, gone: int) -> None:
        self.conn, self.gone = conn, gone
        self.kept, self.operation_id, by_merge = conn.execute(
            "SELECT kept, operation_id, filled FROM merged_customer WHERE id = ?", (gone,)
        ).fetchone()
        self.by_merge: dict[str, Any] = json.loads(by_merge)
        self.root = merged.kept_of(conn, gone)
        self.group = frozenset(merged.within(conn, gone))
        """The merged one, and whoever was merged into them before: they stay together."""
        self.filled: dict[str, list[Any]] = self.by_merge["customer"]
        self.playbooks = {row["id"] for _key, row in self._images("enrolment") if row is not None}

    def take(self, today: Day, made_at: str) -> int:
        """Do it; the number of the customer who stood for both. The caller owns the transaction."""
        from activetui.store import remains, settling

        conn = self.conn
        conn.execute("DELETE FROM merged_customer WHERE id = ?", (self.gone,))
        conn.execute("UPDATE operation SET undone_at = ? WHERE id = ?", (made_at, self.operation_id))
        for key, row in self._images("customer"):
            if key == images.row_key(self.gone):
                images.put_back(conn, "customer", key, images.as_text(row or {}))
        self._part("customer", "id = ?", (self.kept,), self._unfilled)
        for table in _MOVED:
            self._part(table, "customer_id = ? AND whose IS NOT NULL", (self.root,), self._own)
        self._part_work()
        self._part_tags()
        self._part_differences()
        self._part_images()
        swept = remains.sweep(conn)
        settling.settle_orders(conn, swept.orders)
        refresh.refresh(conn, sorted({self.root, self.kept, self.gone} | swept.touched), today)
        return self.root

    def _images(self, table: str) -> list[tuple[str, Row | None]]:
        rows = self.conn.execute(
            "SELECT row_key, row FROM before_image WHERE operation_id = ? AND table_name = ?",
            (self.operation_id, table),
        )
        return [(key, None if text is None else json.loads(text)) for key, text in rows]

    def _part(
        self, table: str, where: str, values: tuple[int, ...], change: Callable[[Row], Row | None]
    ) -> None:
        """Write rows as `change` says; None: as they are."""
        cursor = self.conn.execute(f"SELECT * FROM {table} WHERE {where}", values)  # noqa: S608
        names = [part[0] for part in cursor.description]
        for values_of_row in cursor.fetchall():
            row = dict(zip(names, values_of_row, strict=True))
            if (new := change(row)) is not None:
                key = images.row_key(tuple(row[name] for name in images.KEYS[table]))
                images.put_back(self.conn, table, key, images.as_text(new))

    def _own(self, row: Row) -> Row | None:
        """An event or a sign of the merged one, theirs again."""
        whose = row.get("whose")
        if whose not in self.group:
            return None
        return row | {"customer_id": self.gone, "whose": None if whose == self.gone else whose}

    def _unfilled(self, row: Row) -> Row | None:
        """The one who was kept, without what the merged one filled, where it is still that."""
        changed = {
            name: before for name, (before, after) in self.filled.items()
            if name != "search" and row.get(name) == after
        }
        if not changed:
            return None
        row = row | changed
        found = [row[name] for name in ("name", "email", "phone", "company", "key")]
        return row | {"search": customers.search_text(*found)}

    def _part_work(self) -> None:
        """Playbooks and tasks of the merged one go on where only the merge has ended them."""
        for table, changed in (("enrolment", ("ended", "ending")), ("task", ("closed", "state"))):
            self._part(table, "customer_id = ?", (self.root,), self._moved_back)
            ended = self.by_merge[table]
            for _key, row in self._images(table):
                if row is not None and row["id"] in ended:
                    self.conn.execute(
                        f"UPDATE {table} SET {changed[0]} = ?, {changed[1]} = ? WHERE id = ?",  # noqa: S608
                        (row[changed[0]], row[changed[1]], row["id"]),
                    )

    def _part_tags(self) -> None:
        for key, row in self._images("tag"):
            if row is not None:
                images.put_back(self.conn, "tag", key, images.as_text(row))
                continue
            images.put_back(self.conn, "tag", key, None)  # the one who is kept had it from the merged one
            self.conn.execute(
                "UPDATE before_image SET row = NULL"
                " WHERE operation_id > ? AND table_name = 'tag' AND row_key = ?",
                (self.operation_id, key),
            )

    def _part_differences(self) -> None:
        for key, row in self._images("not_the_same"):
            if row is None:
                images.put_back(self.conn, "not_the_same", key, None)
            elif all(self._is_there("customer", row[name]) for name in ("one", "other")):
                images.put_back(self.conn, "not_the_same", key, images.as_text(row))

    def _is_there(self, table: str, number: int) -> bool:
        return images.row_of(self.conn, table, images.row_key(number)) is not None

    def _part_images(self) -> None:
        """What later changes remember of the rows: as if the two had never been one."""
        changes: dict[str, Callable[[Row], Row | None]] = {
            "event": self._own, "identity": self._own,
            "customer": lambda row: self._unfilled(row) if row["id"] == self.kept else None,
            "enrolment": self._moved_back, "task": self._moved_back,
        }
        for position, table, row in list(self._later_images()):
            if table in changes and (new := changes[table](row)) is not None:
                self.conn.execute(
                    "UPDATE before_image SET row = ? WHERE operation_id = ? AND position = ?",
                    (images.as_text(new), *position),
                )

    def _moved_back(self, row: Row) -> Row | None:
        """A playbook or a task of the merged one, theirs again; new tasks of their playbooks are, too."""
        ours = row.get("enrolment_id", row["id"]) in self.playbooks
        return row | {"customer_id": self.gone} if ours else None

    def _later_images(self) -> Iterator[tuple[tuple[int, int], str, Row]]:
        rows = self.conn.execute(
            "SELECT operation_id, position, table_name, row FROM before_image"
            " WHERE operation_id > ? AND row IS NOT NULL AND (table_name IN ('enrolment', 'task')"
            " OR (table_name = 'customer' AND row_key = ?)"
            " OR (table_name IN ('event', 'identity') AND row LIKE '%\"whose\":%'"
            "  AND row NOT LIKE '%\"whose\":null%'))",
            (self.operation_id, images.row_key(self.kept)),
        )
        for operation_id, position, table, text in rows:
            yield (operation_id, position), table, json.loads(text)
