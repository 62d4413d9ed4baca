"""What old versions of rows, and the names of changes, remember of a person who is being forgotten."""

from __future__ import annotations

# ruff: noqa: S608 - only fixed texts of this module are put together; values are bound
import json
import re
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from activetui.ledger.text import fold
from activetui.locales import _
from activetui.store.alerts import marks
from activetui.store.changes import images
from activetui.store.identity import Sign
from activetui.store.privacy.traces import SALES, Traces, images_of

_HANGING = {
    "tag": "customer_id", "enrolment": "customer_id", "task": "customer_id", "round_member": "customer_id",
    "alert_mark": "customer_id", "customer": "id",
}


def anonymous(event: Mapping[str, Any], who: Traces) -> dict[str, Any]:
    """The columns of a sale that change when its customer is forgotten."""
    texts = {name: who.without(str(event[name])) for name in ("product", "order_ref", "channel")}
    changed = {"customer_id": None, "whose": None, "note": "", "rating": None, **texts}
    if who.in_text(str(event["key"])):
        changed["key"] = f"forgotten:{event['id']}"
    return changed


def forget_images(conn: sqlite3.Connection, who: Traces) -> None:
    """Take the person out of every old version of a row; the caller owns the transaction.

    `who.events` are still there. What is taken back later brings sales back without a person, and nothing
    else of theirs.
    """
    touched: set[int] = set()
    gone: set[tuple[int, int]] = set()
    _forget_deleted(conn, who, touched)
    for table, column in _HANGING.items():
        gone |= {place for place, _key, _row in images_of(conn, table, column, who.customers)}
    gone |= _by_key(conn, who)
    events = set(who.events)
    for place, key, row in images_of(conn, "event", "customer_id", who.customers):
        events.add(int(images.key_values(key)[0]))
        touched.add(place[0])
        if row["kind"] in SALES:
            _rewrite(conn, place, row | anonymous(row, who))
        else:
            gone.add(place)
    gone |= _of_events(conn, who, events)
    conn.executemany("DELETE FROM before_image WHERE operation_id = ? AND position = ?", sorted(gone))
    _rename(conn, who, touched | {operation_id for operation_id, _position in gone})
    conn.execute(
        "DELETE FROM operation WHERE batch_id IS NULL AND id NOT IN (SELECT operation_id FROM before_image)"
        " AND id NOT IN (SELECT operation_id FROM merged_customer)"
    )


def _rewrite(conn: sqlite3.Connection, place: tuple[int, int], row: images.Row) -> None:
    conn.execute(
        "UPDATE before_image SET row = ? WHERE operation_id = ? AND position = ?",
        (images.as_text(row), *place),
    )


def _by_key(conn: sqlite3.Connection, who: Traces) -> set[tuple[int, int]]:
    """Old versions that name the person in their key, as those of signs, tasks, draws and marks of alerts."""
    found: set[tuple[int, int]] = set()
    sources: dict[int, str] = dict(conn.execute("SELECT id, name FROM source")) | {0: ""}
    occasions = marks.occasions(conn, who.signs, who.events)
    for operation_id, position, table, key in conn.execute(
        "SELECT operation_id, position, table_name, row_key FROM before_image"
        " WHERE table_name IN ('identity', 'tag', 'not_the_same', 'customer', 'alert_mark', 'round_member')"
    ):
        parts = images.key_values(key)
        if table == "identity":
            kind, source, value = parts
            theirs = Sign(str(kind), sources.get(int(source), ""), str(value)) in who.signs
        elif table == "not_the_same":
            theirs = not who.customers.isdisjoint(map(int, parts))
        elif table == "round_member":
            theirs = parts[1] in who.customers
        elif table == "alert_mark":
            theirs = parts[1] in who.customers or parts[2] in occasions
        else:
            theirs = parts[0] in who.customers
        if theirs:
            found.add((operation_id, position))
    for table in ("task", "enrolment"):
        for number in who.customers:
            found |= set(conn.execute(
                "SELECT operation_id, position FROM before_image"
                f" WHERE table_name = '{table}' AND row_key IN"
                f" (SELECT '[' || id || ']' FROM {table} WHERE customer_id = ?)",
                (number,),
            ))
    return found


def _of_events(conn: sqlite3.Connection, who: Traces, events: Iterable[int]) -> set[tuple[int, int]]:
    """Old versions of what hangs on their events; of sales only what names them."""
    found: set[tuple[int, int]] = set()
    kinds = dict(conn.execute(
        "SELECT id, kind FROM event WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(events)),),
    ))
    for operation_id, position, table, key, text in conn.execute(
        "SELECT operation_id, position, table_name, row_key, row FROM before_image"
        " WHERE table_name IN ('event', 'line', 'payment_ref')"
        " AND json_extract(row_key, CASE table_name WHEN 'payment_ref' THEN '$[1]' ELSE '$[0]' END)"
        " IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(events)),),
    ):
        number = int(images.key_values(key)[1 if table == "payment_ref" else 0])
        sale = kinds.get(number, SALES[0]) in SALES
        if not sale or (table == "line" and text and who.in_text(text)):
            found.add((operation_id, position))
    return found


def _forget_deleted(conn: sqlite3.Connection, who: Traces, touched: set[int]) -> None:
    """Keep of events of theirs that were deleted by hand, and stay away, no more than of a sale."""
    for _place, _key, row in images_of(conn, "event", "customer_id", who.customers):
        _forget_one_deleted(conn, who, row)
    for operation_id, position, key, text in conn.execute(
        "SELECT operation_id, position, row_key, row FROM before_image"
        " WHERE table_name = 'forgotten_event' AND row IS NOT NULL"
    ).fetchall():
        row = json.loads(text)
        there = conn.execute(
            "SELECT 1 FROM event WHERE source_id = ? AND key = ? AND id IN (SELECT value FROM json_each(?))",
            (*images.key_values(key), json.dumps(sorted(who.events))),
        ).fetchone()
        if there or who.in_text(text):
            touched.add(operation_id)
            _rewrite(conn, (operation_id, position), row | {"row": _without(json.loads(row["row"]), who)})


def _forget_one_deleted(conn: sqlite3.Connection, who: Traces, event: Mapping[str, Any]) -> None:
    found = conn.execute(
        "SELECT row FROM forgotten_event WHERE source_id = ? AND key = ?", (event["source_id"], event["key"])
    ).fetchone()
    if found is None:
        return
    conn.execute(
        "UPDATE forgotten_event SET row = ? WHERE source_id = ? AND key = ?",
        (_without(json.loads(found[0]), who), event["source_id"], event["key"]),
    )


def _without(content: dict[str, Any], who: Traces) -> str:
    texts = {name: who.without(str(content[name])) for name in ("product", "order_ref", "channel")}
    return images.as_text(content | texts | {"note": "", "rating": None})


def _rename(conn: sqlite3.Connection, who: Traces, operations: Iterable[int]) -> None:
    """Changes by hand of what was theirs keep no name."""
    theirs = set(operations)
    labels = {fold(label) for label in (*who.names, *(sign.value for sign in who.signs))} - {""}
    for number, what in conn.execute("SELECT id, what FROM operation WHERE batch_id IS NULL").fetchall():
        named = number in theirs and any(
            re.search(rf"(?<!\w){re.escape(label)}(?!\w)", fold(what)) for label in labels
        )
        if named or who.in_text(what):
            conn.execute(
                "UPDATE operation SET what = ? WHERE id = ?",
                (_("a change of somebody who was forgotten"), number),
            )
