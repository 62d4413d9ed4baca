"""From a file to its tables: encoding, dialect, headings, and where one table ends and the next begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from activetui.importing.files.encodings import Encoding, decide_encoding
from activetui.importing.files.landmarks import heading_lines
from activetui.importing.files.lines import open_lines
from activetui.importing.files.part import Part, plain_part
from activetui.importing.files.paths import unreadable
from activetui.importing.files.scan import Scan, scan
from activetui.importing.tables.dialect import Dialect, decide_dialect
from activetui.importing.tables.garbled import garbled_columns, repaired_heading
from activetui.importing.tables.grouped import GROUP, is_grouped
from activetui.importing.tables.header import filled, is_repeated
from activetui.importing.tables.known import known
from activetui.importing.tables.profile import counts_rows, telling_column
from activetui.importing.tables.rows import read_rows
from activetui.importing.tables.sections import Block, blocks, first_block, is_marker
from activetui.importing.tables.shapeless import refuse_what_is_no_table, refuse_what_is_no_text
from activetui.importing.tables.table import Left, Table
from activetui.importing.tables.totals import is_subtotal, is_total
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import _

_SAMPLE_LINES = 600
_SAMPLE_SIZE = 400_000
_KNOWN = 2
"""Known headings from which on a line is worth a closer look."""


def read_tables(path: Path | Part, *, encoding: str = "", delimiter: str = "") -> list[Table]:
    """Look into a file as far as needed to know the shape of every table in it, in their order.

    `encoding` and `delimiter` are the owner's own; what comes from a sheet has neither. `OwnerError` if
    there is no table in the file.
    """
    part = path if isinstance(path, Part) else plain_part(path)
    if part.sheet:
        encoding, delimiter = "utf-8", ","
    found = scan(part.path)
    decided = decide_encoding(found, encoding)
    if part.sheet:
        decided = replace(decided, why=_("it comes from a workbook"))
    file = _File(part, found, decided)
    dialect = decide_dialect(file.top, wanted=delimiter, quotes=found.quotes)
    return file.tables(replace(dialect, why=decided.why) if part.sheet else dialect)


class _File:
    """One file while its tables are looked for."""

    def __init__(self, part: Part, found: Scan, encoding: Encoding) -> None:
        self._part, self._scan, self._encoding = part, found, encoding
        with open_lines(part.path, encoding, dirty=found.dirty) as lines:
            self.top = list(_limited(lines))
        """The first lines."""

    def tables(self, dialect: Dialect) -> list[Table]:
        """Every table with rows; `OwnerError` if there is none."""
        rows = [row for _line, row in read_rows(iter(self.top), dialect, quotes=self._scan.quotes)]
        if not any(map(filled, rows)) or not any(map(str.isalnum, chain.from_iterable(self.top))):
            raise OwnerError(
                _("{file} has no contents.").format(file=self._part.label), _("Export it again.")
            )
        refuse_what_is_no_text(self._part.label, self.top)
        top = first_block(rows)
        refuse_what_is_no_table(self._part.label, rows, top, self.top, dialect)
        if top.header is None:
            return [self._headless(dialect, rows)]
        found = self._blocks(top, dialect)
        tables = [self._table(block, dialect, rows) for block in found if block.header is not None]
        tables = [table for table in tables if _has_rows(table)]
        if not tables:
            raise OwnerError(
                _("{file} has headings but no rows.").format(file=self._part.label),
                _("Export it again, perhaps over a longer period."),
            )
        unread = tuple(block.title or _("a part without headings") for block in found if block.header is None)
        return [replace(tables[0], beside=unread), *tables[1:]] if unread else tables

    def _blocks(self, top: Block, dialect: Dialect) -> list[Block]:
        """Where the tables stand. The whole file is only gone through if a line may be headings again."""
        if top.header is None or dialect.wrapped or not self._may_begin_again(top, dialect):
            return [top]
        with open_lines(self._part.path, self._encoding, dirty=self._scan.dirty) as lines:
            records = read_rows(lines, dialect, quotes=self._scan.quotes)
            return list(blocks((row for _line, row in records), top))

    def _may_begin_again(self, top: Block, dialect: Dialect) -> bool:
        try:
            lines = heading_lines(self._part.path, self._encoding.codec, dialect.delimiter, top.headings[0])
            return self._is_headings_again(lines, top)
        except OSError as error:
            raise unreadable(self._part.path, error) from None

    @staticmethod
    def _is_headings_again(lines: Iterable[Sequence[str]], top: Block) -> bool:
        seen = False
        for cells in lines:
            words = filled(cells)
            if len(words) == 1 and is_marker(words[0]):
                return True
            if not is_repeated(cells, top.headings):
                if known(cells) >= _KNOWN:
                    return True
            elif seen:
                return True
            else:
                seen = True
        return False

    def _table(self, block: Block, dialect: Dialect, top: Sequence[Sequence[str]]) -> Table:
        assert block.header is not None
        below = top[block.first : block.end]
        above = top[: block.header] if block.header < len(top) else ()
        titles = tuple(" ".join(map(one_line, filled(row))) for row in above if filled(row))
        headings = ("", *block.headings) if counts_rows(below, len(block.headings)) else block.headings
        header = _trimmed(headings, below)
        grouped = is_grouped(below)
        names = tuple(repaired_heading(one_line(heading)) for heading in header)
        if grouped and not names[0]:
            names = (GROUP, *names[1:])
        table = Table(
            self._part, self._scan, self._encoding, dialect, names, block.header + dialect.skip, titles,
            first=block.first, end=block.end, width=len(headings), grouped=grouped,
            telling=telling_column(
                (row for row in below if not (is_total(row, ()) or is_subtotal(row))), len(header)
            ),
        )
        if not self._scan.garbled:
            return table
        found = garbled_columns((row for _line, row in table.rows()), len(header))
        return replace(table, garbled=found.columns, doubtful=found.doubtful)

    def _headless(self, dialect: Dialect, rows: Sequence[Sequence[str]]) -> Table:
        width = max(len(row) for row in rows)
        header = tuple(str(number) for number in range(1, width + 1))
        return Table(self._part, self._scan, self._encoding, dialect, header, None, (), width=width)


def _has_rows(table: Table) -> bool:
    """Whether a table has rows, be they such as cannot be taken."""
    left = Left()
    return next(table.rows((), left), None) is not None or bool(left.refusals)


def _limited(lines: Iterator[str]) -> Iterator[str]:
    taken = 0
    for line in islice(lines, _SAMPLE_LINES):
        taken += len(line)
        if taken > _SAMPLE_SIZE and taken > len(line):
            return
        yield line


def _trimmed(header: Sequence[str], below: Sequence[Sequence[str]]) -> Sequence[str]:
    """The headings without empty ones at the end under which nothing stands."""
    width = len(header)
    while width > 1 and not header[width - 1].strip():
        if any(len(row) >= width and row[width - 1].strip() for row in below):
            break
        width -= 1
    return header[:width]
