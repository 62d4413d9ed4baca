"""Playbooks begun, steps done and rounds drawn, put into a store in a line each."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from activetui.ledger.days import Day
from activetui.store.opening.file import transaction
from tests.store.building import Building, day_of

Steps = Sequence[tuple[str | Day, str, str]]
"""Day, channel and outcome of each step done."""


def begin(
    shop: Building, customer: int, playbook: str, on: str | Day, steps: Steps = (), *,
    reason: str = "", round_id: int | None = None,
) -> int:
    """Begin a playbook for a customer, with steps done, each with its contact in the ledger; the number."""
    begun = insert(
        shop.conn, "enrolment", customer_id=customer, playbook=playbook, reason=reason, started=day_of(on),
        round_id=round_id,
    )
    for place, (day, channel, outcome) in enumerate(steps):
        contact = shop.event(customer, "contact", day, action="out", channel=channel)
        insert(
            shop.conn, "task", enrolment_id=begun, customer_id=customer, step=place, title="",
            due=day_of(day), channel=channel, state="done", closed=day_of(day), outcome=outcome,
            event_id=contact,
        )
    return begun


def insert(conn: sqlite3.Connection, table: str, **values: object) -> int:
    """A row of any table; its number."""
    columns, marks = ", ".join(values), ", ".join("?" * len(values))
    with transaction(conn):
        cursor = conn.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(values.values()))
    return int(cursor.lastrowid or 0)
