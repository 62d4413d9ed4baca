"""Lists of customers as files: CSV for spreadsheets, JSON for programs, Markdown for people and notes.

The one way in which a list leaves the store, for commands and screens alike.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, TextIO, TypeAlias

from activetui.ledger.days import Day
from activetui.ledger.errors import UsageError
from activetui.ledger.machine_text import csv_cell, json_text, markdown_cell
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_day, format_number
from activetui.store.listing import people
from activetui.store.listing.people import MACHINE_FIELDS, Clause
from activetui.store.opening.connection import one_view
from activetui.store.opening.new_file import whole_new_file
from activetui.store.other_days import as_of
from activetui.store.progress import Progress

Form: TypeAlias = Literal["csv", "json", "markdown"]
"""How a list can be written."""

ENDINGS: dict[str, Form] = {".csv": "csv", ".json": "json", ".md": "markdown", ".markdown": "markdown"}
"""The endings of file names, and what each stands for."""

_AT_ONCE = 2_000


def form_of(path: Path) -> Form:
    """What the ending of the file's name stands for; `UsageError` where it stands for nothing."""
    form = ENDINGS.get(path.suffix.lower())
    if form is None:
        raise UsageError(
            _("The name {path} does not say what to write.").format(path=path),
            _("Let it end in {endings}.").format(endings=", ".join(ENDINGS)),
        )
    return form


def write_customers(
    conn: sqlite3.Connection,
    whom: Clause | Sequence[int],
    path: Path,
    form: Form | None = None,
    day: Day | None = None,
    *,
    progress: Progress | None = None,
) -> int:
    """Write the customers whom a clause finds (by name), or those of some numbers (as given), to a new file.

    `form` None is what the file's name says. Figures are as of the day that the connection looks from; with
    `day`, it looks from that day first. The file is the owner's alone and appears whole or not at all: one
    that is there already is refused. Formulas of spreadsheets are made harmless. `progress` is told how many
    are written; if it raises, no file is left. The answer is how many customers were written.
    """
    form = form or form_of(path)
    if day is not None and as_of.day_of(conn) != day:
        as_of.look_from(conn, day, known_then=as_of.knows_then(conn))
    with whole_new_file(path) as draft, one_view(conn):
        numbers = people.ids(conn, whom, "name") if isinstance(whom, Clause) else whom
        with draft.open("w", encoding="utf-8", newline="") as out:
            title = _title(len(numbers), as_of.day_of(conn))
            return write_rows(out, form, MACHINE_FIELDS, _rows(conn, numbers, progress), title)


def write_rows(
    out: TextIO,
    form: Form,
    fields: Sequence[str],
    rows: Iterable[Mapping[str, object]],
    title: str,
    cell: Callable[[object], str] = csv_cell,
) -> int:
    """Write rows under the names of their fields; how many. `cell` makes a value a cell of CSV, harmless.

    A JSON row has whatever it has; Markdown begins with the title.
    """
    if form == "json":
        return _json(out, rows)
    if form == "markdown":
        return _markdown(out, fields, rows, title)
    return _csv(out, fields, rows, cell)


def written_words(written: int, path: Path) -> str:
    """What is told of a written file."""
    return ngettext("{n} customer written: {file}", "{n} customers written: {file}", written).format(
        n=format_number(written), file=one_line(str(path))
    )


def _rows(
    conn: sqlite3.Connection, numbers: Sequence[int], progress: Progress | None
) -> Iterator[dict[str, object]]:
    for start in range(0, len(numbers), _AT_ONCE):
        yield from map(people.machine_row, people.by_ids(conn, numbers[start : start + _AT_ONCE]))
        if progress:
            progress(min(start + _AT_ONCE, len(numbers)), len(numbers))


def _title(customers: int, day: Day) -> str:
    found = ngettext("{n} customer", "{n} customers", customers).format(n=format_number(customers))
    return f"{found} · {format_day(day)}"


def _csv(
    out: TextIO, fields: Sequence[str], rows: Iterable[Mapping[str, object]], cell: Callable[[object], str]
) -> int:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(fields)
    written = 0
    for row in rows:
        writer.writerow([cell(row[name]) for name in fields])
        written += 1
    return written


def _json(out: TextIO, rows: Iterable[Mapping[str, object]]) -> int:
    written = 0
    for row in rows:
        out.write((",\n" if written else "[\n") + json_text(row))
        written += 1
    out.write("\n]\n" if written else "[]\n")
    return written


def _markdown(
    out: TextIO, fields: Sequence[str], rows: Iterable[Mapping[str, object]], title: str
) -> int:
    out.write(f"{title}\n\n| {' | '.join(fields)} |\n|{' --- |' * len(fields)}\n")
    written = 0
    for row in rows:
        out.write("| " + " | ".join(markdown_cell(row[name]) for name in fields) + " |\n")
        written += 1
    return written
