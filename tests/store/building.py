"""A store of invented customers and events in a few lines, by raw inserts.

    shop = Building(tmp_path / "shop.db")
    ana = shop.customer("Ana Sousa", email="ana@example.org", tags=["vip"])
    shop.event(ana, "purchase", "2026-11-10", amount=2500)
    conn = shop.ready()
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from activetui.activity.block import BlockEvent
from activetui.ledger.days import Day, from_iso
from activetui.ledger.kinds import KIND_OF_WORD
from activetui.ledger.settlement import settle
from activetui.ledger.text import fold
from activetui.store import settings
from activetui.store.definitions import save
from activetui.store.facts.refresh import refresh_all
from activetui.store.opening.file import transaction
from tests.store.made import open_new

TODAY: Day = from_iso("2026-11-22")
MADE_AT = "2026-11-22T10:00:00Z"

DERIVED = {
    "life": "SELECT * FROM life ORDER BY customer_id",
    "status_change": "SELECT * FROM status_change ORDER BY status, day",
    "subscription": "SELECT * FROM subscription ORDER BY customer_id, product, first_day",
    "fact": "SELECT * FROM main.fact ORDER BY customer_id",
}
"""All rows of every table that follows from the ledger and the definition."""


def day_of(when: Day | str) -> Day:
    """A day number, from a day number or an ISO date."""
    return from_iso(when) if isinstance(when, str) else when


class Building:
    """A store being filled; `conn` is its connection."""

    def __init__(self, path: Path, *, today: Day | str = TODAY, definition: str = "") -> None:
        self.path = path
        self.today = day_of(today)
        self.conn = open_new(path, self.today)
        self._events = 0
        if definition:
            save(self.conn, definition, note="", made_at=MADE_AT, today=self.today)

    def customer(self, name: str = "", *, tags: Iterable[str] = (), **columns: Any) -> int:
        """A new customer; the number. `columns` are those of the table."""
        values = {"name": name, "search": fold(name), **columns}
        number = self._insert("customer", values)
        self.conn.executemany("INSERT INTO tag VALUES (?, ?)", [(number, tag) for tag in tags])
        return number

    def event(
        self, customer: int | None, kind: str = "purchase", on: Day | str | None = None, **columns: Any
    ) -> int:
        """A new event (of a walk-in where `customer` is None), settled as an import would; the number.

        `on` is today unless given, `recorded` the day itself. `columns` are those of the table.
        """
        self._events += 1
        day = self.today if on is None else day_of(on)
        known = {"currency": "EUR"} if columns.get("amount") is not None else {}
        values: dict[str, Any] = {
            "customer_id": customer, "kind": KIND_OF_WORD.get(kind) or self.kind(kind), "day": day,
            "recorded": day, "source_id": 1, "key": f"built:{self._events}", **known, **columns,
        }
        for column in ("until", "recorded"):
            if isinstance(values.get(column), str):
                values[column] = from_iso(values[column])
        counts, net = settle(
            kind, values.get("state", ""), values.get("amount"), values.get("refunded", 0)
        )
        return self._insert("event", {"counts": int(counts), "net": net, **values})

    def put(self, event: BlockEvent) -> int:
        """An event as the evaluator knows it, as it is; the number."""
        self._events += 1
        return self._insert("event", {
            "customer_id": event.customer, "kind": event.kind, "day": event.day, "counts": int(event.counts),
            "net": event.net, "until": event.until, "action": event.action, "nature": event.nature,
            "rating": event.rating, "product": event.product, "channel": event.channel,
            "recorded": event.day if event.known is None else event.known,
            "source_id": 1, "key": f"built:{self._events}",
        })

    def kind(self, word: str) -> int:
        """The number of an own kind of event, added if it is new."""
        from activetui.store.kinds import add_kind

        return add_kind(self.conn, word)

    def setting(self, key: str, value: str) -> None:
        """Keep a setting."""
        settings.put(self.conn, key, value)

    def ready(self) -> sqlite3.Connection:
        """Work everyone out, commit; the connection."""
        with transaction(self.conn):
            refresh_all(self.conn, self.today)
        self.conn.commit()
        return self.conn

    def close(self) -> Path:
        """Everything worked out and written, the connection closed; the path."""
        self.ready().close()
        return self.path

    def _insert(self, table: str, values: Mapping[str, Any]) -> int:
        columns, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
        cursor = self.conn.execute(statement, tuple(values.values()))
        return int(cursor.lastrowid or 0)


def derived(conn: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """What every derived table holds, row by row."""
    return {table: conn.execute(query).fetchall() for table, query in DERIVED.items()}


def everything(conn: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """What every table holds, row by row."""
    names = conn.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    return {
        name: sorted(conn.execute(f'SELECT * FROM main."{name}"').fetchall(), key=repr) for (name,) in names
    }
