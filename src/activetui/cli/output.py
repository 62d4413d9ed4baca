"""How answers are printed: as a table for people, or as CSV, JSON or Markdown for programs.

Rows hold machine values under English snake_case names: ISO dates, decimal strings, None for what is not
known. A table shows chosen columns of them in words; the other formats give every field.
"""

from __future__ import annotations

import csv
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any, TextIO

from activetui.cli.options import AsOfOption, DbOption, Format, FormatOption
from activetui.ledger.machine_text import csv_cell, json_text, markdown_cell, plain_cell
from activetui.ledger.text import one_line
from activetui.locales import _, language, use_language

__all__ = [
    "AsOfOption", "Column", "DbOption", "Format", "FormatOption",
    "clean_line", "emit", "emit_one", "json_text", "line", "width", "wording",
]

Row = Mapping[str, Any]

_GAP = "  "
_NARROWEST = 6
NOTHING = "–"
_COLUMNS = re.compile(r"(^ +| {2,})")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table for people."""

    field: str
    title: str = ""
    """The heading, translated; the field's name if empty."""
    show: Callable[[Row], str] | None = None
    """The cell in words, from the whole row; else the field's value."""
    right: bool = False
    """Numbers stand at the right."""
    whole: bool = False
    """Never cut, however narrow the terminal: a path that cannot be copied is of no use."""

    def heading(self) -> str:
        return self.title or self.field

    def cell(self, row: Row) -> str:
        return one_line(self.show(row) if self.show else plain_cell(row.get(self.field)))


@contextmanager
def wording(form: Format) -> Iterator[None]:
    """Sentences inside are said in the owner's language to people, in English to programs (JSON and CSV)."""
    spoken = language()
    use_language("en" if form in (Format.JSON, Format.CSV) else spoken)
    try:
        yield
    finally:
        use_language(spoken)


def emit(
    rows: Iterable[Row],
    form: Format,
    columns: Sequence[Column | str] = (),
    *,
    fields: Sequence[str] = (),
    empty: str = "",
) -> None:
    """Print rows. `columns` are those of the table; `fields` the machine fields (else the first row's).

    `empty` is the sentence a person reads when there is nothing.
    """
    shown = [column if isinstance(column, Column) else Column(column) for column in columns]
    names, rows = _names(rows, fields, shown)
    if form is Format.JSON:
        _json_list(rows)
    elif form is Format.CSV:
        _csv(names, rows)
    elif form is Format.MARKDOWN:
        _markdown(names, rows)
    else:
        _table(shown or [Column(name) for name in names], list(rows), empty)


def emit_one(row: Row, form: Format, text: Callable[[], Iterable[str]]) -> None:
    """Print one thing: an object in JSON, one row in CSV, field by field in Markdown, else `text`'s lines."""
    if form is Format.JSON:
        print(json_text(row, indent=2))
    elif form is Format.CSV:
        _csv(list(row), [row])
    elif form is Format.MARKDOWN:
        _markdown(["field", "value"], [{"field": name, "value": value} for name, value in row.items()])
    else:
        for part in text():
            line(part)


def line(text: str) -> None:
    """Print one line that cannot act on the terminal."""
    print(clean_line(text))


def clean_line(text: str) -> str:
    """The text as one harmless line that keeps its indentation and its columns."""
    return "".join(part if part.isspace() else one_line(part) for part in _COLUMNS.split(text)).rstrip()


def width(text: str) -> int:
    """How many cells of a terminal the text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _names(
    rows: Iterable[Row], fields: Sequence[str], shown: Sequence[Column]
) -> tuple[Sequence[str], Iterable[Row]]:
    if fields:
        return fields, rows
    rest = iter(rows)
    first = next(rest, None)
    if first is None:
        return [column.field for column in shown], ()
    return list(first), chain((first,), rest)


def _json_list(rows: Iterable[Row]) -> None:
    write = sys.stdout.write
    separator = "[\n"
    for row in rows:
        write(separator + json_text(row))
        separator = ",\n"
    write("[]\n" if separator == "[\n" else "\n]\n")


def _csv(names: Sequence[str], rows: Iterable[Row], out: TextIO | None = None) -> None:
    writer = csv.writer(out or sys.stdout, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([csv_cell(row.get(name)) for name in names])


def _markdown(names: Sequence[str], rows: Iterable[Row]) -> None:
    print("| " + " | ".join(names) + " |")
    print("|" + " --- |" * len(names))
    for row in rows:
        cells = (markdown_cell(row.get(name)) for name in names)
        print("| " + " | ".join(cells) + " |")


def _table(columns: Sequence[Column], rows: Sequence[Row], empty: str) -> None:
    if not rows:
        print(empty or _("Nothing found."))
        return
    cells = [[column.cell(row) or NOTHING for column in columns] for row in rows]
    headings = [column.heading() for column in columns]
    widths = [max(map(width, column)) for column in zip(headings, *cells, strict=True)]
    if sys.stdout.isatty():
        fixed = [column.whole for column in columns]
        widths = _narrowed(widths, fixed, shutil.get_terminal_size().columns)
    for number, parts in enumerate((headings, *cells)):
        padded = (
            _fit(part, room, column.right)
            for part, room, column in zip(parts, widths, columns, strict=True)
        )
        print(_GAP.join(padded).rstrip())
        if number == 0:
            print(_GAP.join("─" * room for room in widths))


def _narrowed(widths: list[int], fixed: Sequence[bool], room: int) -> list[int]:
    """The widths with the widest cut, a cell at a time, until the row fits or nothing can give."""
    widths = list(widths)
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - room
    giving = [place for place, whole in enumerate(fixed) if not whole]
    while excess > 0 and giving:
        widest = max(giving, key=widths.__getitem__)
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] -= 1
        excess -= 1
    return widths


def _fit(text: str, room: int, right: bool) -> str:
    taken = width(text)
    if taken > room:
        text = _cut(text, room - 1) + "…"
        taken = width(text)
    pad = " " * (room - taken)
    return pad + text if right else text + pad


def _cut(text: str, room: int) -> str:
    if text.isascii():
        return text[:room]
    from rich.cells import set_cell_size

    return set_cell_size(text, room).rstrip(" ")
