"""What kept files hold of one person, over all of them: emptied, or shown."""

from __future__ import annotations

import csv
import json
import sqlite3
import zlib
from typing import NamedTuple

from activetui.locales import _
from activetui.store.imports import kept_files
from activetui.store.privacy.kept_table import About, KeptTable
from activetui.store.privacy.traces import SALES, Traces
from activetui.store.progress import Progress


class Emptied(NamedTuple):
    """What became of the kept files."""

    rows: int
    """Rows that were emptied, refused ones among them."""
    dropped: tuple[str, ...]
    """The names of files that could not be changed in part and are kept no longer."""


def empty_files(
    conn: sqlite3.Connection, who: Traces, progress: Progress | None = None, only: int | None = None
) -> Emptied:
    """Empty what kept files (all, or that of one batch) hold of a person; the caller owns the transaction.

    `who.events` are still there. `progress` is told how many files were looked at, of how many.
    """
    batches = conn.execute(
        "SELECT id, file_name FROM batch WHERE ?1 IS NULL OR id = ?1 ORDER BY id", (only,)
    ).fetchall()
    rows, dropped = 0, []
    for done, (batch_id, name) in enumerate(batches, start=1):
        table = KeptTable(conn, batch_id)
        about = about_file(conn, table, who)
        rows += _empty_refusals(conn, batch_id, about)
        if kept_files.is_kept(conn, batch_id):
            try:
                rows += table.empty(about)
                clean = not _still_named(conn, batch_id, who)
            except (UnicodeError, csv.Error, zlib.error):
                clean = False
            if not clean:
                kept_files.drop(conn, batch_id)
                dropped.append(str(name))
        if progress is not None:
            progress(done, len(batches))
    return Emptied(rows, tuple(dropped))


def _still_named(conn: sqlite3.Connection, batch_id: int, who: Traces) -> bool:
    """Whether an e-mail of theirs stands in a file all the same, however its bytes are to be read."""
    emails = [
        email.encode(codec, "replace")
        for email in who.values("email") for codec in ("utf-8", "utf-16-le", "utf-16-be")
    ]
    return any(
        email in raw.lower() for _line, raw in kept_files.unpacked(conn, batch_id) for email in emails
    )


def about_file(conn: sqlite3.Connection, table: KeptTable, who: Traces) -> About:
    """Which rows of a kept file are about a person, by their events and signs."""
    numbers = json.dumps(sorted(who.events))
    lines = conn.execute(
        "SELECT line, kind FROM event WHERE batch_id = ? AND line > 0"
        " AND id IN (SELECT value FROM json_each(?))",
        (table.batch_id, numbers),
    ).fetchall()
    orders = conn.execute(
        "SELECT DISTINCT order_ref FROM event WHERE order_ref <> ''"
        " AND id IN (SELECT value FROM json_each(?))"
        " AND source_id = (SELECT source_id FROM batch WHERE id = ?)",
        (numbers, table.batch_id),
    ).fetchall()
    return About(
        who, who.ids_in(table.source), who.lines | {line for line, _kind in lines},
        who.sale_lines | {line for line, kind in lines if kind in SALES},
        frozenset(order for (order,) in orders),
    )


def refused_of(conn: sqlite3.Connection, batch_id: int, about: About) -> list[tuple[int, int, list[str]]]:
    """Refused rows of a batch that name a person: number of the row, its line, its cells."""
    found = []
    for number, line, text in conn.execute(
        "SELECT rowid, line, cells FROM refusal WHERE batch_id = ?", (batch_id,)
    ).fetchall():
        cells = [str(cell) for cell in json.loads(text)]
        if any(map(about.who.in_text, cells)) or not about.ids.isdisjoint(cells):
            found.append((number, line, cells))
    return found


def _empty_refusals(conn: sqlite3.Connection, batch_id: int, about: About) -> int:
    """Leave only the place of refused rows; why they were refused may quote them."""
    found = refused_of(conn, batch_id, about)
    conn.executemany(
        "UPDATE refusal SET cells = '[]', reason = ? WHERE rowid = ?",
        ((_("the row of somebody who was forgotten"), number) for number, *_row in found),
    )
    return len(found)
