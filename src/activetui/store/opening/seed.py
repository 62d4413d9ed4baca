"""What a data file holds before the first customer: kinds, the source of what is typed in, a definition."""

from __future__ import annotations

import sqlite3

from activetui.ledger.days import Day, iso
from activetui.ledger.kinds import Kind
from activetui.store.opening.schema import APPLICATION_ID

HAND = 1
"""The source of events that people type in."""


def seed(conn: sqlite3.Connection, today: Day) -> None:
    """Fill a file that has just got its tables. The preset for shops is in force until the owner chooses."""
    import tomllib

    from activetui.activity.presets import preset_text

    text = preset_text("shop")
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    conn.executemany("INSERT INTO kind (id, name) VALUES (?, ?)", [(int(kind), kind.word) for kind in Kind])
    conn.execute("INSERT INTO source (id, name) VALUES (?, 'hand')", (HAND,))
    conn.execute(
        "INSERT INTO definition (version, name, toml, saved_at) VALUES (1, ?, ?, ?)",
        (tomllib.loads(text)["name"], text, f"{iso(today)}T00:00:00Z"),
    )
    conn.executemany(
        "INSERT INTO meta (key, value) VALUES (?, ?)",
        [("definition_version", "1"), ("facts_day", str(today)), ("business_chosen", "")],
    )
