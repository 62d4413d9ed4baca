"""Taking a merged customer out of the other again: the rows, and what later changes remember of them.

What the merge did is taken out of everything that came after it, as if it had never been: a change by hand or
an import since can still be taken back, and each then gets what is theirs.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from activetui.ledger.days import Day
from activetui.store import customers
from activetui.store.changes import images
from activetui.store.changes.images import Row
from activetui.store.facts import refresh
from activetui.store.same_person import merged

MOVED = ("event", "identity")
"""The tables whose rows remember in `whose` to whom they belong."""


class Apart:
    """Taking one merged customer out of another again."""

    def __init__(self, conn: sqlite3.Connection, gone: int) -> None:
        """`gone` has been merged."""
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
        from activetui.store.imports import remains, settling

        conn = self.conn
        conn.execute("DELETE FROM merged_customer WHERE id = ?", (self.gone,))
        conn.execute("UPDATE operation SET undone_at = ? WHERE id = ?", (made_at, self.operation_id))
        for key, row in self._images("customer"):
            if key == images.row_key(self.gone):
                images.put_back(conn, "customer", key, images.as_text(row or {}))
        self._part("customer", "id = ?", (self.kept,), self._unfilled)
        for table in MOVED:
            self._part(table, "customer_id = ? AND whose IS NOT NULL", (self.root,), self._own)
        self._part_work()
        self._part_tags()
        self._part_marks()
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

    def _part_marks(self) -> None:
        """What became of alerts is each one's again, as it was when they were merged."""
        for key, row in self._images("alert_mark"):
            images.put_back(self.conn, "alert_mark", key, None if row is None else images.as_text(row))

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
