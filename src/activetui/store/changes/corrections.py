"""What was corrected by hand, and how it holds against the files that come later.

A correction holds field by field: what a later file says of a corrected field is left aside, and told; what
was not corrected follows the file further. Taking the correction back lets the file say all of it again.
"""

from __future__ import annotations

# ruff: noqa: S608 - only fixed texts of this module are put together; values are bound
import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from activetui.ledger.days import Day
from activetui.locales import _, ngettext
from activetui.store.changes import images
from activetui.store.imports.older import says_something
from activetui.store.imports.plans import EventPlan
from activetui.store.imports.staged_tables import CONTENT

_SHOWN = 3
_WHOSE = "customer_id"
_SAME = ("source_id", "key")
_BY_HAND = """
operation.batch_id IS NULL AND operation.undone_at IS NULL
AND operation.id NOT IN (SELECT operation_id FROM merged_customer)"""


class Correction(NamedTuple):
    """One correction of an event by hand that still stands."""

    made_at: str
    day: Day
    changes: Mapping[str, tuple[Any, Any]]
    """Each corrected column with what it was and what it became."""


def corrections_of(conn: sqlite3.Connection, event_id: int) -> list[Correction]:
    """How an event was corrected by hand, the first correction first; empty if it never was."""
    found = []
    for step in _steps(conn, "event", images.row_key(event_id)):
        changes = {name: step.changes[name] for name in (*CONTENT, _WHOSE) if name in step.changes}
        if step.by_hand and changes:
            found.append(Correction(step.made_at, step.day, changes))
    return found


def changed_by_hand(conn: sqlite3.Connection, table: str) -> dict[int, set[str]]:
    """The columns that were changed by hand, and stand so, by the number of the row.

    `table` is `event` or `customer`. That two customers were made one changes nothing in this sense.
    """
    keys = conn.execute(
        "SELECT DISTINCT row_key FROM operation CROSS JOIN before_image"
        " ON before_image.operation_id = operation.id"
        f" WHERE {_BY_HAND} AND table_name = ? AND row IS NOT NULL",
        (table,),
    ).fetchall()
    found: dict[int, set[str]] = {}
    for (key,) in keys:
        names = {name for step in _steps(conn, table, key) if step.by_hand for name in step.changes}
        if names:
            found[int(images.key_values(key)[0])] = names
    return found


class _Step(NamedTuple):
    """What one operation changed of a row."""

    by_hand: bool
    made_at: str
    day: Day
    changes: dict[str, tuple[Any, Any]]


def _steps(conn: sqlite3.Connection, table: str, key: str) -> list[_Step]:
    """What every operation that still stands changed of a row that is there, the first first.

    Each is told from what the row was before it and before the next one.
    """
    now = images.row_of(conn, table, key)
    if now is None:
        return []
    rows = conn.execute(
        f"SELECT {_BY_HAND}, made_at, day, row FROM before_image"
        " JOIN operation ON operation.id = before_image.operation_id"
        " WHERE table_name = ? AND row_key = ? AND operation.undone_at IS NULL"
        " ORDER BY operation_id, position",
        (table, key),
    ).fetchall()
    before = [None if text is None else json.loads(text) for *_operation, text in rows]
    steps = []
    for place, (by_hand, made_at, day, _text) in enumerate(rows):
        once, later = before[place], (*before, now)[place + 1]
        # the number may have been another event's, which was deleted
        if once and later and all(once.get(name) == now.get(name) for name in _SAME if name in now):
            changes = {
                name: (value, later[name])
                for name, value in once.items() if name in later and value != later[name]
            }
            steps.append(_Step(bool(by_hand), made_at, day, changes))
    return steps


def hold(conn: sqlite3.Connection, plan: EventPlan) -> None:
    """Let the staged events say nothing of what was corrected by hand, and count where they would.

    To be asked before they are compared with the ledger; the caller owns the transaction.
    """
    _as_said(conn)
    corrected = changed_by_hand(conn, "event")
    examples: list[str] = []
    anew: list[str] = []
    for event_id, seq, said in _staged(conn, corrected):
        now = images.row_of(conn, "event", images.row_key(event_id)) or {}
        names = {name for name in corrected[event_id] if name in CONTENT}
        otherwise = {name for name in names if says_something(said, name) and said[name] != now[name]}
        moved = _WHOSE in corrected[event_id] and said["hint"] is not None
        if not (otherwise or moved):
            continue
        values = {name: now[name] for name in otherwise}
        _set_aside(conn, seq, said, values | ({"hint": None} if moved else {}))
        if otherwise:
            told_before = _told_before(conn, event_id)
            label = str(now["order_ref"] or now["key"])
            new = any(said[name] not in told_before.get(name, ()) for name in otherwise)
            (anew if new else examples).append(label)
    plan.corrected = len(examples) + len(anew)
    plan.warnings += _words(examples, anew)


def hold_lines(conn: sqlite3.Connection) -> None:
    """Let order lines that were corrected by hand be as they are; to be asked when lines are compared."""
    rows = conn.execute(
        "SELECT DISTINCT json_extract(row_key, '$[0]') FROM operation CROSS JOIN before_image"
        f" ON before_image.operation_id = operation.id WHERE {_BY_HAND} AND table_name = 'line'"
    ).fetchall()
    conn.executemany("UPDATE staging.known SET lines_differ = 0 WHERE event_id = ?", rows)


def _staged(
    conn: sqlite3.Connection, events: Collection[int]
) -> Iterable[tuple[int, int, dict[str, Any]]]:
    """The staged versions of events: number, place in the file, and what is said of them."""
    if not events:
        return []
    conn.execute("DROP TABLE IF EXISTS staging.corrected")
    conn.execute(
        "CREATE TABLE staging.corrected (source_id, key, event_id, PRIMARY KEY (source_id, key))"
        " WITHOUT ROWID"
    )
    conn.executemany(
        "INSERT INTO staging.corrected SELECT source_id, key, id FROM main.event WHERE id = ?",
        ((number,) for number in events),
    )
    said = ", ".join(f"said.{name}" for name in CONTENT)
    rows = conn.execute(
        f"SELECT corrected.event_id, said.seq, said.hint, {said} FROM staging.event AS said"
        " CROSS JOIN staging.source ON source.local = said.source"
        " CROSS JOIN staging.corrected ON corrected.source_id = source.id AND corrected.key = said.key"
    ).fetchall()
    return [
        (event_id, seq, dict(zip(("hint", *CONTENT), values, strict=True))) for event_id, seq, *values in rows
    ]


def _set_aside(
    conn: sqlite3.Connection, seq: int, said: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    """Let a staged event say these values, and keep what the file said: the plan may be made again."""
    conn.execute(
        "INSERT INTO staging.as_said VALUES (?, ?)", (seq, json.dumps({name: said[name] for name in values}))
    )
    columns = ", ".join(f"{name} = ?" for name in values)
    conn.execute(f"UPDATE staging.event SET {columns} WHERE seq = ?", (*values.values(), seq))


def _as_said(conn: sqlite3.Connection) -> None:
    """Let the staged events say again what the file said before an earlier plan."""
    conn.execute("CREATE TABLE IF NOT EXISTS staging.as_said (seq INTEGER PRIMARY KEY, said TEXT)")
    for seq, text in conn.execute("SELECT seq, said FROM staging.as_said").fetchall():
        values = json.loads(text)
        columns = ", ".join(f"{name} = ?" for name in values)
        conn.execute(f"UPDATE staging.event SET {columns} WHERE seq = ?", (*values.values(), seq))
    conn.execute("DELETE FROM staging.as_said")


def _told_before(conn: sqlite3.Connection, event_id: int) -> dict[str, set[Any]]:
    """What the columns of an event were before it was corrected."""
    told: dict[str, set[Any]] = {}
    for step in _steps(conn, "event", images.row_key(event_id)):
        for name, (before, _after) in step.changes.items():
            told.setdefault(name, set()).add(before)
    return told


def _words(as_before: list[str], anew: list[str]) -> list[str]:
    words = []
    if as_before:
        words.append(ngettext(
            "{n} event of this file was corrected by you before and stays so ({examples}).",
            "{n} events of this file were corrected by you before and stay so ({examples}).",
            len(as_before),
        ).format(n=len(as_before), examples=_examples(as_before)))
    if anew:
        words.append(ngettext(
            "{n} event that you have corrected is told in a new way by this file, and stays as you have it"
            " ({examples}).",
            "{n} events that you have corrected are told in a new way by this file, and stay as you have them"
            " ({examples}).",
            len(anew),
        ).format(n=len(anew), examples=_examples(anew)))
    return words


def _examples(labels: list[str]) -> str:
    shown = ", ".join(labels[:_SHOWN])
    return shown if len(labels) <= _SHOWN else _("{examples} …").format(examples=shown)
