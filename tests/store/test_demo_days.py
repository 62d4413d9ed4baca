"""A demo that is always of today: everything moves by the same number of days, and nothing else."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day, from_iso
from activetui.ledger.kinds import Kind
from activetui.ledger.records import CustomerRecord, EventRecord
from activetui.store import settings
from activetui.store.copies.demo_days import DAYS, MOMENTS, move_to
from activetui.store.facts import refresh, spans
from activetui.store.imports.staging import Staging
from activetui.store.opening.file import open_store, transaction
from activetui.store.opening.schema import MIGRATIONS

MADE_FOR = from_iso("2026-11-22")
WHEN = "2026-11-22T10:00:00Z"
NO_DAYS = {
    "part", "first_line", "whose", "kept", "one", "other", "person",
    "id", "source_id", "customer_id", "batch_id", "first_event", "last_event", "first_customer",
    "last_customer", "line", "birthday", "consent", "do_not_contact", "kind", "amount", "refunded", "net",
    "counts", "rating", "event_id", "position", "unit_price", "version", "status", "change", "next_status",
    "purchases", "purchase_days", "spend", "year_spend", "types", "enrolment_id", "step", "operation_id",
    "in_use", "hold_out", "window_days", "round_id", "held_out",
}
"""Whole numbers that are no days. `last_event` is a day in `fact` and a number in `batch`."""


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A small store that says it is a demo: purchases, a running subscription, a booking ahead."""
    path = tmp_path / "demo.db"
    with closing(open_store(path, today=MADE_FOR, create=True)) as conn:
        staging = Staging(conn, "test", MADE_FOR)
        for number, ago in enumerate((-10, 0, 1, 20, 40, 400, 800)):
            staging.add(event(number, MADE_FOR - ago))
        staging.add(event(20, MADE_FOR - 90, kind=Kind.SUBSCRIPTION, action="start", product="club"))
        staging.apply(
            file_name="x.csv", file_hash="0", system="native", assumptions={}, counts={}, made_at=WHEN
        )
        with transaction(conn):
            settings.put(conn, "demo_today", str(MADE_FOR))
    return path


def event(
    number: int, day: Day, kind: Kind = Kind.PURCHASE, action: str = "", product: str = ""
) -> EventRecord:
    customer = CustomerRecord(key=str(number), name=f"Customer {number}", identities=(("id", str(number)),))
    if day > MADE_FOR:
        kind = Kind.BOOKING
    return EventRecord(
        kind=int(kind), day=day, key=f"{kind.word}:{number}", customer=customer, action=action,
        product=product, amount=1000, currency="EUR",
    )


def statuses(conn: sqlite3.Connection, today: Day) -> list[object]:
    numbers = [number for (number,) in conn.execute("SELECT id FROM customer ORDER BY id")]
    return [
        [
            (span.status, _relative(span.start, today), _relative(span.end, today))
            for span in spans.spans_of(conn, number)
        ]
        for number in numbers
    ]


def _relative(day: Day, today: Day) -> Day:
    return day - today if FAR_PAST < day < FAR_FUTURE - 1 else day


@pytest.mark.parametrize("today", ["2026-11-23", "2027-03-01", "2025-02-28", "2040-01-01"])
def test_every_status_is_as_far_from_today_as_it_was(demo: Path, today: str) -> None:
    day = from_iso(today)
    with closing(open_store(demo, today=MADE_FOR)) as conn:
        before = statuses(conn, MADE_FOR)
        counts = spans.counts_on(conn, MADE_FOR)
    assert move_to(demo, day) == day - MADE_FOR
    with closing(open_store(demo, today=day)) as conn:
        assert statuses(conn, day) == before
        assert spans.counts_on(conn, day) == counts
        assert settings.facts_day(conn) == day
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    assert move_to(demo, day) == 0


@pytest.mark.parametrize("today", ["2027-03-01", "2024-03-01"])
def test_what_was_worked_out_is_what_the_moved_ledger_gives(demo: Path, today: str) -> None:
    day = from_iso(today)
    move_to(demo, day)
    with closing(open_store(demo, today=day)) as conn:
        tables = ("life", "fact", "status_change", "subscription", "meta")
        moved = {table: conn.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables}
        with transaction(conn):
            refresh.refresh_all(conn, day)
        for table, rows in moved.items():
            assert conn.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() == rows, table


def test_an_owners_store_is_never_moved(demo: Path) -> None:
    with closing(open_store(demo, today=MADE_FOR)) as conn:
        with transaction(conn):
            conn.execute("DELETE FROM meta WHERE key = 'demo_today'")
        before = list(conn.iterdump())
    assert move_to(demo, MADE_FOR + 100) == 0
    with closing(open_store(demo, today=MADE_FOR)) as conn:
        assert list(conn.iterdump()) == before


def test_every_column_of_the_schema_is_known_to_hold_days_or_not() -> None:
    script = "\n".join(sql for _name, sql in MIGRATIONS)
    dropped = re.findall(r"DROP TABLE (\w+)", script)
    for table, body in re.findall(r"CREATE TABLE (\w+) \((.*?)\) STRICT", script, re.DOTALL):
        if table in dropped:
            continue
        for column in re.findall(r'^\s*"?(\w+)"? INTEGER', body, re.MULTILINE):
            assert column in DAYS.get(table, ()) or column in NO_DAYS, f"{table}.{column}: a day or not?"
        for column in re.findall(r"(\w+_at) TEXT", body):
            assert column in MOMENTS.get(table, ()), f"{table}.{column}: a moment or not?"
