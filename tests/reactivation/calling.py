"""A shop with a few customers and a few playbooks of its own, to test the checklist with."""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

from activetui.ledger.days import Day
from activetui.ledger.kinds import KIND_OF_WORD
from activetui.ledger.records import EventRecord
from activetui.reactivation.checklist import actions
from activetui.reactivation.checklist.checklist import checklist, items
from activetui.reactivation.playbooks.playbook import SHELF
from activetui.store import events
from activetui.store.changes.taking_back import undo_last
from activetui.store.other_days.as_of import look_from
from activetui.store.rule_texts import Sort, save_text
from tests.store.building import MADE_AT, TODAY, Building, everything

DEFINITION = """
name = "Thirty days"
[active]
any = [ { event = "purchase", within_days = 30 } ]
[at_risk]
any = [ { window_used = 0.8 }, { event = "complaint", within_days = 30, unless_resolved = true } ]
[lost]
days = 365
"""
CALLS = """
title = "Three steps"
for = "status:inactive purchases>=3"
again_after_days = 60
[success]
within_days = 45
[[steps]]
after_days = 0
channel = "phone"
title = "Call"
[[steps]]
after_days = 7
channel = "email"
title = "Write"
marketing = true
[[steps]]
after_days = 20
channel = "phone"
title = "Call again"
"""
REPAIR = """
title = "Repair"
rank = 1
for = "complaint:open"
serves = true
again_after_days = 40
[[steps]]
after_days = 0
channel = "phone"
title = "Say sorry"
[[steps]]
after_days = 3
channel = "email"
title = "Confirm"
"""
NOW: dict[str, Any] = {"day": TODAY, "today": TODAY, "made_at": MADE_AT}


def long_open(folder: Path) -> Building:
    """A shop whose ledger reaches back three years."""
    building = Building(folder / "shop.db", definition=DEFINITION)
    building.event(building.customer("Oldest"), on="2023-11-01", amount=100)
    return building


def only(conn: sqlite3.Connection, **texts: str) -> None:
    """Put these playbooks in use, by key, and no others."""
    for key in SHELF.texts():
        if key not in texts:
            save_text(conn, Sort.PLAYBOOK, key, "", in_use=False, what="off", made_at=MADE_AT)
    for key, text in texts.items():
        SHELF.use(conn, key, text, what="on", made_at=MADE_AT)


def opened(shop: Building, **texts: str) -> sqlite3.Connection:
    """The shop's store, with these playbooks only; without any, `CALLS` and `REPAIR`."""
    conn = shop.ready()
    only(conn, **(texts or {"calls": CALLS, "repair": REPAIR}))
    return conn


def regular(shop: Building, name: str, amount: int = 1000, **columns: object) -> int:
    """A customer who bought monthly until August, and then no more."""
    customer = shop.customer(name, **columns)
    for month in range(3, 9):
        shop.event(customer, on=f"2026-{month:02d}-10", amount=amount)
    return customer


def on(conn: sqlite3.Connection, day: Day) -> sqlite3.Connection:
    """The store, looked at from a day."""
    look_from(conn, day)
    return conn


def names(conn: sqlite3.Connection, day: Day = TODAY) -> list[str]:
    """Who is on the list on a day, in its order."""
    return [item.person.name for item in items(on(conn, day), day)]


def called(conn: sqlite3.Connection, day: Day = TODAY) -> list[str]:
    """Who is to be called on a day."""
    return [item.person.name for item in checklist(on(conn, day), day).calls]


def done(conn: sqlite3.Connection, customer: int, day: Day = TODAY, **said: object) -> actions.Did:
    """The customer's step, done on a day."""
    act = partial(actions.done, on(conn, day), customer, day=day, today=day, made_at=MADE_AT)
    return act(**said)  # type: ignore[arg-type]


def add(shop: Building, customer: int, kind: str, day: Day, **said: Any) -> int:
    """Something that happened after the store was opened, written down on its day."""
    record = EventRecord(KIND_OF_WORD[kind], day, "", **said)
    return events.log_event(shop.conn, customer, record, today=day, made_at=MADE_AT)


def undo(conn: sqlite3.Connection, day: Day = TODAY) -> str | None:
    """Take the last change back."""
    return undo_last(conn, today=day, made_at=MADE_AT)


def kept(conn: sqlite3.Connection) -> dict[str, object]:
    """Every table but the log of changes and what is worked out and kept."""
    without = ("operation", "before_image", "kept_figure")
    return {name: rows for name, rows in everything(conn).items() if name not in without}
