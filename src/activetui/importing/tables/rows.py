"""Records with the physical line on which each begins, also where a quotation mark is never closed."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from activetui.importing.tables.dialect import FIELD_LIMIT, Dialect, unwrap
from activetui.importing.tables.profile import kind_of
from activetui.ledger.records import Refusal
from activetui.locales import _

Row = tuple[int, list[str]]
"""Physical line (from 1) and cells."""

_WRAPPED = 50
"""Lines that a record within one cell goes on over at most."""
_LONG = 400
"""Lines in one record beyond which a quotation mark is looked at as never closed."""


class WrongWidth(list[str]):
    """The cells of a row that has not as many as there are headings, with its line as it stands."""

    __slots__ = ("text",)

    def __init__(self, cells: list[str], text: str) -> None:
        super().__init__(cells)
        self.text = text


class _Runaway(Exception):
    """A record swallows the records after it."""


class Feed:
    """Lines for the CSV reader; remembers those of the record that is being read."""

    def __init__(self, lines: Iterator[str], delimiter: str) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self._delimiter = delimiter
        self.record: list[str] = []
        self.at = 0
        """Lines given so far."""

    def __iter__(self) -> Feed:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines, None)
        if line is None:
            if self.record:
                raise _Runaway
            raise StopIteration
        record = self.record
        record.append(line)
        self.at += 1
        if len(record) % _LONG == 0 and self._swallows():
            raise _Runaway
        return line

    @property
    def waiting(self) -> bool:
        """Whether lines that were read before are to be given again."""
        return bool(self._again)

    def give_back(self, lines: Iterable[str]) -> None:
        """Give these lines, which follow those given so far, before any others."""
        self._again.extend(lines)

    def back_to_second_line(self) -> str:
        """Give the lines of the record again from its second one on; its first line."""
        first, *rest = self.record
        self._again.extendleft(reversed(rest))
        self.at -= len(rest)
        self.record.clear()
        return first

    def swallowed(self, row: Sequence[str], width: int) -> bool:
        """Whether a line after the first of the record is a whole row of `width` cells by itself."""
        likely = [line for line in self.record[1:] if line.count(self._delimiter) >= width - 1 > 0]
        if not likely:
            return False
        if len(row) != width:
            return len(likely) * 2 > len(self.record) - 1
        kinds = _kinds(row)
        alone = csv.reader(likely, delimiter=self._delimiter)
        return bool(kinds) and any(kinds == _kinds(cells) for cells in alone)

    def _swallows(self) -> bool:
        usual = self.record[0].count(self._delimiter)
        alike = sum(1 for line in self.record[1:] if line.count(self._delimiter) >= max(usual, 1))
        return alike * 2 > len(self.record)


def read_rows(
    lines: Iterator[str],
    dialect: Dialect,
    *,
    quotes: bool,
    unread: list[Refusal] | None = None,
    width: int = 0,
) -> Iterator[Row]:
    """Every record of a file, blank lines as empty lists. `quotes`: the file has quotation marks at all.

    With `width`, the number of columns, a row with more or fewer comes as `WrongWidth`. A line whose
    quotation mark is never closed goes to `unread` with the reason; the records after it are read as if it
    were not there.
    """
    csv.field_size_limit(FIELD_LIMIT)
    if not quotes or not dialect.quoted:
        yield from _plain(lines, dialect)
        return
    delimiter = ";" if dialect.wrapped else dialect.delimiter
    feed = Feed(_doubled(lines, delimiter) if dialect.escaped else lines, delimiter)
    for _line in zip(range(dialect.skip), feed, strict=False):
        feed.record.clear()
    if dialect.wrapped:
        width = 0
    rows = quoted_rows(feed, delimiter, [] if unread is None else unread, width)
    if dialect.wrapped:
        yield from _unwrapped(rows, dialect.delimiter)
        return
    for line, row in rows:
        if dialect.escaped and not isinstance(row, WrongWidth):
            yield line, [cell.replace("\\" + delimiter, delimiter) for cell in row]
        else:
            yield line, row


def _unwrapped(rows: Iterator[Row], delimiter: str) -> Iterator[Row]:
    """The records that stand in one cell each; one that goes on over several lines became several cells."""
    for line, row in rows:
        whole = row[0] if row else ""
        for _more in range(_WRAPPED):
            if whole.count('"') % 2 == 0:
                break
            _line, row = next(rows, (0, []))
            whole += " " + (row[0] if row else "")
        yield line, unwrap([whole], delimiter)


def _kinds(row: Sequence[str]) -> list[str]:
    """What the cells of a row look like; nothing where no cell is a day, a number, or an address."""
    kinds = [kind_of(cell.strip()) if cell.strip() else "" for cell in row[:-1]]
    return kinds if any(kind not in ("", "text") for kind in kinds) else []


def _doubled(lines: Iterator[str], delimiter: str) -> Iterator[str]:
    """Lines in which a backslash keeps quotation marks within a cell, with these doubled instead."""
    kept = re.compile(rf'\\"(?!\s*(?:{re.escape(delimiter)}|$))')
    return (kept.sub('""', line) if "\\" in line else line for line in lines)


def _plain(lines: Iterator[str], dialect: Dialect) -> Iterator[Row]:
    for _line in zip(range(dialect.skip), lines, strict=False):
        pass
    reader = csv.reader(lines, delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE)
    yield from zip(count(dialect.skip + 1), reader, strict=False)


def quoted_rows(feed: Feed, delimiter: str, unread: list[Refusal], width: int) -> Iterator[Row]:
    """The records that a feed gives, each as soon as its last line is there; else as `read_rows`."""
    record = feed.record
    while True:
        try:
            for row in csv.reader(feed, delimiter=delimiter):
                line = feed.at - len(record) + 1
                if width and len(record) > 1:
                    if feed.swallowed(row, width):
                        raise _Runaway
                elif width and len(row) != width and row:
                    row = WrongWidth(row, record[0])
                record.clear()
                yield line, row
            return
        except _Runaway:
            reason = _("a quotation mark is opened here and never closed")
        except csv.Error:
            reason = _("the cells of this line cannot be told apart")
        first = feed.back_to_second_line()
        unread.append(Refusal(feed.at, reason, tuple(first.rstrip("\r\n").split(delimiter))))
