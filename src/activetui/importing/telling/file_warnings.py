"""What was done to a file so that it could be read, in sentences for its owner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from activetui.importing.read import FileReading
from activetui.importing.tables.table import Table
from activetui.locales import _, ngettext

_SHOWN = 5


def file_warnings(reading: FileReading) -> list[str]:
    """Sentences about lines, letters and rows; `reading` has been gone through."""
    tables = [section.table for section in reading.sections]
    return [*_letters(tables), *_sections(reading, tables), *_rows(reading)]


def _letters(tables: Sequence[Table]) -> Iterator[str]:
    encoding = tables[0].encoding
    if encoding.others:
        yield ngettext(
            "{n} line is written in {other} and not in {encoding} like the others, and was read so: "
            "line {lines}.",
            "{n} lines are written in {other} and not in {encoding} like the others, and were read so: "
            "lines {lines}.",
            encoding.others,
        ).format(
            n=encoding.others, other=encoding.fallback, encoding=encoding.name,
            lines=lines_told(encoding.lines, encoding.others),
        )
    for table in tables:
        columns = [table.header[place] for place in sorted(table.garbled)]
        if columns:
            yield ngettext(
                "The letters of the column {columns} were garbled (JoÃ£o) and have been repaired (João).",
                "The letters of the columns {columns} were garbled (JoÃ£o) and have been repaired (João).",
                len(columns),
            ).format(columns=", ".join(columns))
        doubtful = [table.header[place] for place in table.doubtful]
        if doubtful:
            yield ngettext(
                "Some cells of the column {columns} look garbled (JoÃ£o), others do not: "
                "they stay as they are.",
                "Some cells of the columns {columns} look garbled (JoÃ£o), others do not: "
                "they stay as they are.",
                len(doubtful),
            ).format(columns=", ".join(doubtful))


def _sections(reading: FileReading, tables: Sequence[Table]) -> Iterator[str]:
    if len(tables) > 1:
        yield _("The file holds {n} tables, one below the other; each is read by its own headings.").format(
            n=len(tables)
        )
    if any(table.grouped for table in tables):
        yield _("The headings of groups are carried down to the rows below them.")
    if reading.left_out:
        yield _("Left out: {what}.").format(what="; ".join(reading.left_out))


def _rows(reading: FileReading) -> Iterator[str]:
    left = reading.left
    if left.joined:
        yield ngettext(
            "{n} row had the sign that parts columns within a cell, and was put together again: "
            "line {lines}.",
            "{n} rows had the sign that parts columns within a cell, and were put together again: "
            "lines {lines}.",
            len(left.joined),
        ).format(n=len(left.joined), lines=lines_told(left.joined, len(left.joined)))
    if left.closing:
        yield ngettext(
            "{n} note below the table is left out: line {lines}.",
            "{n} notes below the table are left out: lines {lines}.",
            len(left.closing),
        ).format(n=len(left.closing), lines=lines_told(left.closing, len(left.closing)))
    totals = len(left.totals) + left.subtotals
    if totals:
        yield ngettext(
            "{n} row that adds up others is left out.", "{n} rows that add up others are left out.", totals
        ).format(n=totals)


def lines_told(lines: Sequence[int], number: int) -> str:
    """The first of some line numbers, and that there are more."""
    told = ", ".join(map(str, lines[:_SHOWN]))
    return told if number <= _SHOWN else _("{lines} and {n} more").format(lines=told, n=number - _SHOWN)
