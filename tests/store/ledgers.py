"""Small ledgers for the tests of the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from activetui.ledger.days import from_iso
from activetui.ledger.kinds import Kind
from activetui.ledger.records import CustomerRecord, EventRecord
from activetui.store.facts import refresh
from activetui.store.imports.plans import StagedPlan
from activetui.store.imports.staging import Staging
from activetui.store.opening.file import transaction
from tests.store.made import open_new

TODAY = from_iso("2026-11-22")
NOW = "2026-11-22T12:00:00Z"
LOG = ("batch", "operation", "before_image", "refusal", "sqlite_sequence", "_sqlite_migrations")
"""What an undo leaves behind: that there was something to undo."""


def new_store(folder: Path, name: str = "shop.db") -> sqlite3.Connection:
    conn = open_new(folder / name, TODAY)
    with transaction(conn):
        refresh.refresh_all(conn, TODAY)  # keeps what it looked up, as after any import
    return conn


def person(*identities: tuple[str, str], **fields: Any) -> CustomerRecord:
    """A customer known by these; e-mail, phone and id are fields as well."""
    said = dict(identities)
    values = {"key": said.get("id", ""), "email": said.get("email", ""), "phone": said.get("phone", "")}
    return CustomerRecord(**{**values, "name": said.get("name", ""), **fields}, identities=identities)


def purchase(
    number: int | str,
    customer: CustomerRecord | None = None,
    *,
    amount: int = 1000,
    ago: int = 10,
    **fields: Any,
) -> EventRecord:
    values: dict[str, Any] = {"currency": "EUR", "state": "paid", "order_ref": str(number), **fields}
    return EventRecord(Kind.PURCHASE, TODAY - ago, f"purchase:{number}", customer, amount=amount, **values)


def refund(number: int | str, order: int | str, amount: int, *, ago: int = 5, **fields: Any) -> EventRecord:
    values: dict[str, Any] = {"currency": "EUR", "order_ref": str(order), **fields}
    return EventRecord(Kind.REFUND, TODAY - ago, f"refund:{number}", amount=amount, **values)


def plan_of(
    conn: sqlite3.Connection, records: Iterable[EventRecord | CustomerRecord], source: str = "shopify"
) -> StagedPlan:
    with Staging(conn, source, TODAY) as staging:
        for record in records:
            staging.add(record)
        return staging.plan()


def bring(
    conn: sqlite3.Connection,
    records: Iterable[EventRecord | CustomerRecord],
    source: str = "shopify",
    *,
    file: str = "orders.csv",
    file_hash: str = "",
) -> int | None:
    """Import records; the number of the batch."""
    with Staging(conn, source, TODAY, file_hash=file_hash) as staging:
        for record in records:
            staging.add(record)
        return staging.apply(
            file_name=file, file_hash=file_hash, system="test", assumptions={}, counts={}, made_at=NOW
        )


def rows(conn: sqlite3.Connection, sql: str, *values: object) -> list[tuple[Any, ...]]:
    return conn.execute(sql, values).fetchall()


def dump(conn: sqlite3.Connection, leave_out: Iterable[str] = LOG) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, exactly."""
    tables = [name for (name,) in conn.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")]
    return {
        name: sorted(conn.execute(f'SELECT * FROM main."{name}"').fetchall(), key=repr)
        for name in tables
        if name not in leave_out
    }


def schema(conn: sqlite3.Connection) -> list[tuple[Any, ...]]:
    return conn.execute("SELECT type, name, tbl_name, sql FROM main.sqlite_schema ORDER BY 1, 2").fetchall()


def meaning(conn: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """What a ledger says, whatever the numbers of its rows."""
    who = "coalesce((SELECT min(kind || value) FROM identity WHERE customer_id = customer.id), '')"
    return {
        "customers": sorted(
            conn.execute(
                f"SELECT {who}, key, name, email, phone, city, consent, do_not_contact, extra, search"
                " FROM customer"
            ).fetchall(),
            key=repr,
        ),
        "events": sorted(
            conn.execute(
                "SELECT source.name, event.key, kind, day, amount, refunded, net, counts, state, event.note, "
                f"coalesce({who}, '') FROM event JOIN source ON source.id = source_id"
                " LEFT JOIN customer ON customer.id = event.customer_id"
            ).fetchall(),
            key=repr,
        ),
        "facts": sorted(
            conn.execute(
                f"SELECT {who}, status, since, until, purchases, spend FROM fact"
                " JOIN customer ON customer.id = fact.customer_id"
            ).fetchall(),
            key=repr,
        ),
        "changes": sorted(conn.execute("SELECT * FROM status_change").fetchall()),
    }
