"""Everything that the store knows of one person, as one file: for the person, who may ask for it."""

from __future__ import annotations

import csv
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from activetui.ledger.days import Day, iso
from activetui.ledger.errors import UsageError
from activetui.ledger.machine_text import csv_cell, json_text
from activetui.ledger.money import plain
from activetui.locales import _
from activetui.store import customers, events, receipts, rounds, tasks
from activetui.store.alerts import marks
from activetui.store.changes import corrections, forgotten, images
from activetui.store.facts import spans
from activetui.store.imports import kept_files
from activetui.store.listing import people
from activetui.store.opening.connection import one_view
from activetui.store.opening.new_file import whole_new_file
from activetui.store.other_days import as_of
from activetui.store.privacy import kept_rows, traces
from activetui.store.privacy.kept_table import KeptTable
from activetui.store.privacy.machine_rows import correction_row, event_row, machine_value, task_row
from activetui.store.privacy.traces import Traces
from activetui.store.progress import Progress

_JSON, _CSV = ".json", ".csv"


def person_data(
    conn: sqlite3.Connection, customer_id: int, day: Day, progress: Progress | None = None
) -> dict[str, Any]:
    """Everything known of a customer, by section: what is kept of them, in which words and from which files.

    The status and its reason are those of `day`; all else is whole, whatever its day. Days are ISO, money is
    a decimal string. `OwnerError` if there is none with this number. `progress` is told of how many kept
    files, of how many, were looked at.
    """
    customer = customers.get(conn, customer_id)
    if as_of.day_of(conn) != day:
        as_of.look_from(conn, day, known_then=as_of.knows_then(conn))
    who = traces.of_customer(conn, customer_id)
    person = people.by_ids(conn, [customer_id])[0]
    return {
        "as_of": iso(day),
        "customer": _customer(conn, customer),
        "signs": _signs(conn, customer_id),
        "figures": _figures(person),
        "status": _status(conn, customer_id, day),
        "status_over_time": [
            {"status": span.status.word, "start": iso(span.start), "end": iso(span.end)}
            for span in spans.spans_of(conn, customer_id)
        ],
        "events": [_event(conn, event) for event in events.events_of(conn, customer_id)],
        "deleted_events": _deleted(conn, who),
        "tasks": [
            task_row(task) | {"playbook_id": task.enrolment_id} for task in tasks.tasks_of(conn, customer_id)
        ],
        "playbooks": _playbooks(conn, customer_id),
        "rounds": [
            {
                "round": drawn.round.id, "name": drawn.round.name or None, "playbook": drawn.round.playbook,
                "side": drawn.side.name.lower(), "drawn": iso(drawn.day),
            }
            for drawn in rounds.draws_of(conn, who.customers)
        ],
        "alerts": [
            {"rule": mark.rule, "day": iso(mark.day), "state": mark.state.value, "on": iso(mark.marked)}
            for mark in marks.marks(conn) if mark.customer_id == customer_id
        ],
        "same_person": _merged(conn, who, customer_id),
        "changes": _changes(conn, who),
        "rows_of_files": _rows_of_files(conn, who, progress),
    }


def write_person(
    conn: sqlite3.Connection, customer_id: int, day: Day, path: Path, progress: Progress | None = None
) -> None:
    """Write `person_data` to a new file that is the owner's alone: JSON, or CSV where its name ends so.

    A file that is there already is refused (`OwnerError`); nothing is left after an error. Another ending is
    a `UsageError`.
    """
    ending = path.suffix.lower()
    if ending not in (_JSON, _CSV):
        raise UsageError(
            _("The name {path} does not say what to write.").format(path=path),
            _("Let it end in .json or .csv."),
        )
    with whole_new_file(path) as draft, one_view(conn):
        found = person_data(conn, customer_id, day, progress)
        with draft.open("w", encoding="utf-8", newline="") as out:
            if ending == _JSON:
                out.write(json_text(found, 2) + "\n")
                return
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(("what", "number", "name", "value"))
            writer.writerows([csv_cell(cell) for cell in row] for row in _cells(found))


def _customer(conn: sqlite3.Connection, customer: customers.Customer) -> dict[str, Any]:
    texts = {
        name: getattr(customer, name) or None for name in customers.COLUMNS
        if name not in (
            "id", "extra", "batch_id", "consent", "do_not_contact", "birthday", "history_from", "entered"
        )
    }
    return {
        "id": customer.id,
        **texts,
        "birthday": iso(customer.birthday),
        "history_from": iso(customer.history_from),
        "consent": customer.consent,
        "do_not_contact": customer.do_not_contact,
        "tags": list(customer.tags),
        "other": dict(customer.extra),
        "known_since": iso(customer.entered),
        "from_file": _file_name(conn, customer.batch_id),
    }


def _figures(person: people.Person) -> dict[str, Any]:
    names = ("active", "first_purchase", "last_purchase", "purchases", "spend", "currency", "types")
    row = people.machine_row(person)
    return {name: row[name] for name in names} | {
        "rhythm_days": person.rhythm, "next_expected": iso(person.next_expected),
    }


def _status(conn: sqlite3.Connection, customer_id: int, day: Day) -> dict[str, Any]:
    receipt = receipts.receipt_of(conn, customer_id, day)
    return {
        "status": receipt.status.word, "since": iso(receipt.since), "until": iso(receipt.until),
        "why": receipt.rule, "limit": receipt.threshold, "event_id": receipt.event_id,
        "would_change": receipt.would_change, "definition": receipt.definition, "version": receipt.version,
    }


def _signs(conn: sqlite3.Connection, customer_id: int) -> list[dict[str, Any]]:
    rows = conn.execute(
        "SELECT kind, source.name, value FROM identity LEFT JOIN source ON source.id = source_id"
        " WHERE customer_id = ? ORDER BY kind, source_id, value",
        (customer_id,),
    )
    return [{"kind": kind, "source": source, "value": value} for kind, source, value in rows]


def _event(conn: sqlite3.Connection, event: events.EventRow) -> dict[str, Any]:
    return event_row(event) | {
        "payment_numbers": [value for (value,) in conn.execute(
            "SELECT value FROM payment_ref WHERE event_id = ? ORDER BY value", (event.id,)
        )],
        "from_file": _file_name(conn, event.batch_id),
        "corrected": [
            correction_row(one, event) for one in corrections.corrections_of(conn, event.id)
        ],
    }


def _deleted(conn: sqlite3.Connection, who: Traces) -> list[dict[str, Any]]:
    """Events of theirs that were deleted by hand and are still remembered, so that they stay away."""
    theirs = {
        (row["source_id"], row["key"])
        for _place, _key, row in traces.images_of(conn, "event", "customer_id", who.customers)
    }
    return [
        {
            "date": iso(one.day), "label": one.label, "amount": plain(one.amount, one.currency),
            "currency": one.currency or None, "source": one.source,
        }
        for one in forgotten.listed(conn) if (one.source_id, one.key) in theirs
    ]


def _playbooks(conn: sqlite3.Connection, customer_id: int) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id, "playbook": one.playbook, "reason": one.reason or None, "started": iso(one.started),
            "ended": iso(one.ended), "ending": one.ending or None,
        }
        for one in tasks.enrolments_of(conn, customer_id)
    ]


def _merged(conn: sqlite3.Connection, who: Traces, customer_id: int) -> list[dict[str, Any]]:
    found = []
    for number in sorted(who.customers - {customer_id}):
        rows = traces.images_of(conn, "customer", "id", {number})
        found.append({"id": number, **(_content(rows[-1][2]) if rows else {})})
    return found


def _changes(conn: sqlite3.Connection, who: Traces) -> list[dict[str, Any]]:
    """What rows of theirs were before a change, as far as it is remembered."""
    found = []
    for table, column in (("customer", "id"), ("event", "customer_id"), ("task", "customer_id")):
        for (operation_id, position), _key, row in traces.images_of(conn, table, column, who.customers):
            made_at, what = conn.execute(
                "SELECT made_at, what FROM operation WHERE id = ?", (operation_id,)
            ).fetchone()
            found.append((operation_id, position, {
                "made_at": made_at, "change": what, "of": table, "id": row["id"], "before": _content(row),
            }))
    return [change for _operation, _position, change in sorted(found, key=lambda one: one[:2])]


def _content(row: images.Row) -> dict[str, Any]:
    """What a stored row says of the person, without what only the store needs."""
    inner = {"id", "search", "batch_id", "source_id", "customer_id", "whose", "net", "counts", "kind"}
    currency = str(row.get("currency") or "")
    return {
        name: machine_value(name, value, currency) for name, value in row.items()
        if name not in inner and value not in ("", None, "{}")
    }


def _rows_of_files(conn: sqlite3.Connection, who: Traces, progress: Progress | None) -> list[dict[str, Any]]:
    """The rows of imported files that are about them, as they stood there, refused ones among them."""
    found = []
    batches = conn.execute("SELECT id, file_name FROM batch ORDER BY id").fetchall()
    for done, (batch_id, name) in enumerate(batches, start=1):
        table = KeptTable(conn, batch_id)
        about = kept_rows.about_file(conn, table, who)
        rows: list[dict[str, Any]] = [
            {"line": line, "refused": True, "cells": cells}
            for _number, line, cells in kept_rows.refused_of(conn, batch_id, about)
        ]
        refused = {row["line"] for row in rows}
        if kept_files.is_kept(conn, batch_id):
            with suppress(UnicodeError, csv.Error, zlib.error):  # a file that is no table any more
                rows += [
                    {"line": row.line, "refused": False, "cells": table.named(row)}
                    for row in table.of(about) if row.line not in refused
                ]
        rows.sort(key=lambda row: row["line"])
        found += [{"import": batch_id, "file": name, **row} for row in rows]
        if progress is not None:
            progress(done, len(batches))
    return found


def _file_name(conn: sqlite3.Connection, batch_id: int | None) -> str | None:
    row = conn.execute("SELECT file_name FROM batch WHERE id = ?", (batch_id,)).fetchone()
    return None if row is None else str(row[0])


def _cells(found: dict[str, Any]) -> Iterator[tuple[str, int | None, str, Any]]:
    """The same, one value a row: the section, the number of the entry in it, the name, the value."""
    for section, content in found.items():
        if isinstance(content, list):
            for number, entry in enumerate(content, start=1):
                yield from ((section, number, name, value) for name, value in _leaves(entry))
        else:
            yield from ((section, None, name, value) for name, value in _leaves(content))


def _leaves(entry: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(entry, dict):
        for key, value in entry.items():
            yield from _leaves(value, f"{name}.{key}" if name else str(key))
    elif isinstance(entry, list):
        for number, value in enumerate(entry, start=1):
            yield from _leaves(value, f"{name}.{number}" if name else str(number))
    elif entry is not None:
        yield name, entry
