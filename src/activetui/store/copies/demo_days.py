"""Moving a whole store in time, so that the demo is always of today.

Spans depend only on distances between days, so everything moves by the same number of days and nothing has
to be evaluated again. Birthdays stay. Meant for a private copy of the demo, never for an owner's file.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day
from activetui.store import ledger_start, settings
from activetui.store.facts import lives
from activetui.store.opening.file import open_store, transaction

DAYS: dict[str, tuple[str, ...]] = {
    "customer": ("history_from", "entered"),
    "batch": ("last_day",),
    "event": ("day", "until", "recorded", "entered"),
    "status_change": ("day",),
    "fact": (
        "since", "until", "next_change", "first_purchase", "last_purchase", "next_expected", "last_event",
        "last_contact",
    ),
    "subscription": ("first_day", "last_day"),
    "enrolment": ("started", "ended"),
    "task": ("due", "closed"),
    "playbook_round": ("started", "ended"),
    "round_member": ("drawn",),
    "alert_mark": ("day", "marked"),
    "kept_figure": ("day",),
    "operation": ("day",),
    "forgotten_person": ("day",),
}
"""Columns that hold days."""

MOMENTS: dict[str, tuple[str, ...]] = {
    "batch": ("made_at", "undone_at"),
    "definition": ("saved_at",),
    "segment": ("made_at",),
    "rule_text": ("saved_at",),
    "operation": ("made_at", "undone_at"),
    "forgotten_person": ("made_at",),
}
"""Columns that hold moments as ISO UTC text."""

DAY_SETTINGS = ("facts_day", "demo_today")
"""Settings that hold a day (the day on which the ledger starts is kept by `ledger_start`)."""

_ASIDE = 10_000_000
"""Far from every day: rows step aside first, so that none lands on another's key."""


def move_to(path: Path, today: Day) -> int:
    """Move the demo at `path` so that the day it was made for becomes `today`; by how many days it moved.

    A store that is not a demo (no setting `demo_today`) is left alone: 0.
    """
    with closing(open_store(path, today=today, read_only=True)) as conn:
        made_for = int(settings.get(conn, "demo_today", str(today)))
    if made_for != today:
        with closing(open_store(path, today=made_for)) as conn:
            _move(conn, today - made_for)
    return today - made_for


def _move(conn: sqlite3.Connection, by: int) -> None:
    with transaction(conn):
        conn.execute("DELETE FROM kept_figure")     # birthdays stay where they are, and so do months
        for table, columns in DAYS.items():
            for column in columns:
                _move_days(conn, table, column, by)
        _move_lives(conn, by)
        for table, columns in MOMENTS.items():
            for column in columns:
                _move_moments(conn, table, column, by)
        _move_before_images(conn, by)
        for key in DAY_SETTINGS:
            settings.put(conn, key, str(int(settings.get(conn, key)) + by))
        ledger_start.move(conn, by)


def _move_days(conn: sqlite3.Connection, table: str, column: str, by: int) -> None:
    aside = f'UPDATE "{table}" SET "{column}" = "{column}" + ? WHERE "{column}" > ? AND "{column}" < ?'  # noqa: S608
    conn.execute(aside, (by + _ASIDE, FAR_PAST, FAR_FUTURE - 1))
    back = f'UPDATE "{table}" SET "{column}" = "{column}" - ? WHERE "{column}" > ?'  # noqa: S608
    conn.execute(back, (_ASIDE, _ASIDE // 2))


def _move_lives(conn: sqlite3.Connection, by: int) -> None:
    rows = conn.execute("SELECT spans, customer_id FROM life").fetchall()
    changed = ((lives.moved(life, by), customer) for life, customer in rows)
    conn.executemany("UPDATE life SET spans = ? WHERE customer_id = ?", changed)


def _move_moments(conn: sqlite3.Connection, table: str, column: str, by: int) -> None:
    conn.execute(
        f"UPDATE \"{table}\" SET \"{column}\" = strftime('%Y-%m-%dT%H:%M:%SZ', \"{column}\", ?) "  # noqa: S608
        f"WHERE \"{column}\" <> ''",
        (f"{by:+d} days",),
    )


def _move_before_images(conn: sqlite3.Connection, by: int) -> None:
    """Old versions of rows move too: undoing a batch of the demo brings back moved days."""
    found = conn.execute(
        "SELECT operation_id, position, table_name, row FROM before_image WHERE row IS NOT NULL"
    ).fetchall()
    for operation, position, table, text in found:
        columns = DAYS.get(table, ())
        row = json.loads(text)
        if not isinstance(row, dict) or not columns:
            continue
        for column in columns:
            day = row.get(column)
            if isinstance(day, int) and FAR_PAST < day < FAR_FUTURE - 1:
                row[column] = day + by
        conn.execute(
            "UPDATE before_image SET row = ? WHERE operation_id = ? AND position = ?",
            (json.dumps(row, ensure_ascii=False), operation, position),
        )
