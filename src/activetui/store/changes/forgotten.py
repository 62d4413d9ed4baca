"""Events that were deleted by hand, and that the next import of their file is not to bring back."""

from __future__ import annotations

# ruff: noqa: S608 - only fixed texts of this module are put together
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from activetui.ledger.days import Day
from activetui.locales import _, ngettext
from activetui.store.changes.operations import Operation, operation
from activetui.store.imports.older import says_something, says_the_same
from activetui.store.imports.plans import EventPlan
from activetui.store.imports.staged_tables import CONTENT
from activetui.store.opening.seed import HAND


@dataclass(frozen=True, slots=True)
class Forgotten:
    """One event that stays away."""

    source_id: int
    source: str
    key: str
    label: str
    """The order number, else what it was for, else its key."""
    kind: int
    day: Day
    amount: int | None
    """Minor units of `currency`."""
    currency: str


def listed(conn: sqlite3.Connection, source_id: int | None = None) -> list[Forgotten]:
    """The events that stay away, of one source or of all, the newest first."""
    rows = conn.execute(
        "SELECT source_id, source.name, key, row FROM forgotten_event"
        " JOIN source ON source.id = source_id WHERE ?1 IS NULL OR source_id = ?1",
        (source_id,),
    )
    found = [_forgotten(number, source, key, json.loads(text)) for number, source, key, text in rows]
    return sorted(found, key=lambda one: (-one.day, one.source_id, one.key))


def forget(op: Operation, event: Mapping[str, Any]) -> None:
    """Let an event (its columns by name), which is being deleted by hand, stay away; part of an operation."""
    if event["source_id"] == HAND:
        return
    key = (event["source_id"], event["key"])
    op.changing("forgotten_event", key)
    op.conn.execute(
        "INSERT INTO forgotten_event (source_id, key, row) VALUES (?, ?, ?)"
        " ON CONFLICT (source_id, key) DO UPDATE SET row = excluded.row",
        (*key, _as_text(event)),
    )


def let_return(
    conn: sqlite3.Connection, events: Iterable[tuple[int, str]], *, made_at: str, today: Day
) -> int:
    """Let events (source and key) come back with the next import of their file, as one operation; how many.
    """
    returning = 0
    with operation(conn, _("let deleted events return"), made_at, day=today) as op:
        for key in events:
            op.changing("forgotten_event", key)
            returning += conn.execute(
                "DELETE FROM forgotten_event WHERE source_id = ? AND key = ?", key
            ).rowcount
    return returning


def leave_out(conn: sqlite3.Connection, plan: EventPlan, *, bring_back: bool) -> None:
    """Drop the staged events that were deleted by hand, or with `bring_back` note that they come back.

    The caller owns the transaction.
    """
    if conn.execute("SELECT 1 FROM main.forgotten_event LIMIT 1").fetchone() is None:
        return
    said = ", ".join(f"said.{name}" for name in CONTENT)
    rows = conn.execute(
        f"SELECT said.seq, gone.source_id, gone.key, gone.row, {said} FROM staging.event AS said"
        " CROSS JOIN staging.source ON source.local = said.source"
        " CROSS JOIN main.forgotten_event AS gone ON gone.source_id = source.id AND gone.key = said.key"
    ).fetchall()
    for _seq, source_id, key, text, *values in rows:
        now = dict(zip(CONTENT, values, strict=True))
        if bring_back:
            plan.forgotten_anew.append((source_id, key, None))
        elif not says_the_same(once := json.loads(text), now):
            once |= {name: value for name, value in now.items() if says_something(now, name)}
            plan.forgotten_anew.append((source_id, key, _as_text(once)))
    if bring_back or not rows:
        return
    plan.forgotten = len(rows)
    for table in ("event", "line"):
        conn.executemany(f"DELETE FROM staging.{table} WHERE seq = ?", ((row[0],) for row in rows))
    plan.warnings.append(
        ngettext(
            "{n} event of this file was deleted by you before and stays away.",
            "{n} events of this file were deleted by you before and stay away.",
            len(rows),
        ).format(n=len(rows))
    )


def note(op: Operation, plan: EventPlan) -> None:
    """Keep what a file told anew of deleted events: taking a deletion back must not bring an older version.

    The caller owns the transaction.
    """
    for source_id, key, text in plan.forgotten_anew:
        op.changing("forgotten_event", (source_id, key))
        if text is None:
            op.conn.execute("DELETE FROM forgotten_event WHERE source_id = ? AND key = ?", (source_id, key))
        else:
            op.conn.execute(
                "UPDATE forgotten_event SET row = ? WHERE source_id = ? AND key = ?", (text, source_id, key)
            )


def _as_text(event: Mapping[str, Any]) -> str:
    return json.dumps({name: event[name] for name in CONTENT}, ensure_ascii=False, separators=(",", ":"))


def _forgotten(source_id: int, source: str, key: str, row: dict[str, Any]) -> Forgotten:
    label = row["order_ref"] or row["product"] or key
    return Forgotten(
        source_id, source, key, label, row["kind"], row["day"], row["amount"], row["currency"]
    )
