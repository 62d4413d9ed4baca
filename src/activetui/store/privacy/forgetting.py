"""Forgetting a person for good: nothing of them is left in the data file, and no file brings them back.

What they paid stays as sales without a person, so that the totals of the business hold; everything else that
was known of them goes, wherever it stands: rows, what rows once were, the names of changes, the kept files.
Their signs stay as fingerprints (`marks`), by which the next import leaves them out.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from activetui.ledger.days import Day
from activetui.locales import _
from activetui.locales.formats import format_day
from activetui.store import customers
from activetui.store.alerts import marks as alert_marks
from activetui.store.facts import refresh
from activetui.store.listing import search
from activetui.store.opening.file import path_of, transaction
from activetui.store.opening.guard import owner_errors
from activetui.store.privacy import erasing, kept_rows, marks, old_versions, traces
from activetui.store.privacy.traces import Traces
from activetui.store.progress import Progress


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What became of everything that was known of a person."""

    sales: int
    """Purchases and refunds that stay, without a person."""
    events: int
    """Events of other kinds that are gone."""
    tasks: int
    """Tasks that are gone, done ones among them."""
    rows: int
    """Rows of kept files that were emptied."""
    dropped: tuple[str, ...] = ()
    """Names of files that could not be emptied in part and are kept no longer."""
    erased: bool = True
    """Whether the bytes are gone, too; False while another program uses the data file (`finish`)."""
    copies: tuple[Path, ...] = ()
    """Copies of the data file beside it, from before larger changes, that may still know the person."""
    mentions: tuple[str, ...] = field(default=())
    """What was written about others and may still name them: customers by their names, saved segments."""


def forget(
    conn: sqlite3.Connection,
    customer_id: int,
    *,
    today: Day,
    made_at: str,
    progress: Progress | None = None,
) -> Forgotten:
    """Forget a customer, and whoever was merged into them, for good: this cannot be taken back.

    `OwnerError` if there is none with this number. Not within a transaction; all or nothing happens.
    `progress` is told how many kept files were looked at.
    """
    customers.get(conn, customer_id)
    with owner_errors(path_of(conn)):
        conn.execute("PRAGMA secure_delete = ON")
        with transaction(conn):
            who = traces.of_customer(conn, customer_id)
            emptied = kept_rows.empty_files(conn, who, progress)
            tasks = _tasks(conn, who)
            _keep_marks(conn, customer_id, who, made_at, today)
            conn.executemany(
                "DELETE FROM merged_customer WHERE id = ?", ((number,) for number in who.customers)
            )
            occasions = alert_marks.occasions(conn, who.signs, who.events)
            old_versions.forget_images(conn, who)
            _rename_batches(conn, who)
            sales, events = _part_with_events(conn, who)
            conn.executemany(
                "DELETE FROM round_member WHERE customer_id = ?", ((number,) for number in who.customers)
            )
            alert_marks.forget(conn, who.customers, occasions)
            conn.execute("DELETE FROM customer WHERE id = ?", (customer_id,))
            search.drop(conn)  # it holds pieces of names; the app makes it anew when there is time
            refresh.refresh(conn, sorted(who.customers), today)
            mentions = tuple(_mentions(conn, who))
    return Forgotten(
        sales, events, tasks, emptied.rows, emptied.dropped, erasing.erase(conn),
        tuple(erasing.copies(conn)), mentions,
    )


def finish(conn: sqlite3.Connection) -> bool:
    """Erase the bytes of what was forgotten while another program used the data file; whether that is done.
    """
    return erasing.erase(conn)


def _tasks(conn: sqlite3.Connection, who: Traces) -> int:
    return sum(
        conn.execute("SELECT count(*) FROM task WHERE customer_id = ?", (number,)).fetchone()[0]
        for number in who.customers
    )


def _keep_marks(
    conn: sqlite3.Connection, customer_id: int, who: Traces, made_at: str, today: Day
) -> None:
    """Keep the fingerprints of their signs, but of those by which somebody else is known."""
    others = set()
    for sign in who.signs:
        row = conn.execute(
            "SELECT customer_id FROM identity WHERE kind = ? AND value = ? AND source_id ="
            " CASE ?3 WHEN '' THEN 0 ELSE (SELECT id FROM source WHERE name = ?3) END",
            (sign.kind, sign.value, sign.source),
        ).fetchone()
        if row is not None and row[0] not in who.customers:
            others.add(sign)
    numbers = [customer_id, *sorted(who.customers - {customer_id})]
    marks.keep(conn, numbers, who.signs - others, made_at=made_at, day=today)


def _part_with_events(conn: sqlite3.Connection, who: Traces) -> tuple[int, int]:
    """Leave their sales without a person, and delete their other events; how many of each."""
    sales = 0
    numbers = json.dumps(sorted(who.events))
    cursor = conn.execute("SELECT * FROM event WHERE id IN (SELECT value FROM json_each(?))", (numbers,))
    names = [part[0] for part in cursor.description]
    for values in cursor.fetchall():
        event = dict(zip(names, values, strict=True))
        if event["kind"] not in traces.SALES:
            continue
        sales += 1
        changed = old_versions.anonymous(event, who)
        columns = ", ".join(f"{name} = ?" for name in changed)
        conn.execute(f"UPDATE event SET {columns} WHERE id = ?", (*changed.values(), event["id"]))  # noqa: S608
    gone = conn.execute(
        "DELETE FROM event WHERE customer_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(who.customers)),),
    ).rowcount
    for number, place, *texts in conn.execute(
        "SELECT event_id, position, product, sku, category FROM line"
        " WHERE event_id IN (SELECT value FROM json_each(?))",
        (numbers,),
    ).fetchall():
        if any(map(who.in_text, texts)):
            conn.execute(
                "UPDATE line SET product = ?, sku = ?, category = ? WHERE event_id = ? AND position = ?",
                (*map(who.without, texts), number, place),
            )
    return sales, gone


def _rename_batches(conn: sqlite3.Connection, who: Traces) -> None:
    """Take the person out of the names of files, and of what is kept of how they were read."""
    for number, name, assumptions in conn.execute("SELECT id, file_name, assumptions FROM batch").fetchall():
        if who.in_text(name):
            title = _("file {id}").format(id=number)
            conn.execute("UPDATE batch SET file_name = ? WHERE id = ?", (title, number))
            what = _("import of {file}").format(file=title)
            conn.execute("UPDATE operation SET what = ? WHERE batch_id = ?", (what, number))
        if who.in_text(assumptions):
            text = json.dumps(_without(json.loads(assumptions), who), ensure_ascii=False)
            conn.execute("UPDATE batch SET assumptions = ? WHERE id = ?", (text, number))


def _without(value: object, who: Traces) -> object:
    if isinstance(value, str):
        return who.without(value)
    if isinstance(value, list):
        return [_without(one, who) for one in value]
    return {key: _without(one, who) for key, one in value.items()} if isinstance(value, dict) else value


def _mentions(conn: sqlite3.Connection, who: Traces) -> Iterator[str]:
    """Where the owner has written about others, and may have named the person: nobody else can judge that."""
    for name, query, note in conn.execute("SELECT name, query, note FROM segment ORDER BY name").fetchall():
        if any(map(who.in_text, (name, query, note))):
            yield _("segment {name}").format(name=name)
    for number, name, note in conn.execute(
        "SELECT id, name, note FROM customer WHERE note <> '' ORDER BY id"
    ).fetchall():
        if who.in_text(note):
            yield _("note about customer {id} {name}").format(id=number, name=name)
    for number, day, note in conn.execute("SELECT id, day, note FROM event WHERE note <> '' ORDER BY id"):
        if who.in_text(note):
            yield _("note of event {id} on {day}").format(id=number, day=format_day(day))
    for number, note in conn.execute("SELECT customer_id, note FROM task WHERE note <> '' ORDER BY id"):
        if who.in_text(note):
            yield _("note of a task for customer {id}").format(id=number)
