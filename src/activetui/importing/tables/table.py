"""The table in a file: its headings, and its rows as often as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from activetui.importing.files.encodings import Encoding, decide_encoding
from activetui.importing.files.lines import open_lines
from activetui.importing.files.packed import Part, plain_part
from activetui.importing.files.scan import Scan, scan
from activetui.importing.tables.dialect import Dialect, decide_dialect
from activetui.importing.tables.header import SEARCHED, find_header, is_repeated
from activetui.importing.tables.rows import Row, read_rows
from activetui.importing.tables.totals import is_footer, is_total
from activetui.ledger.errors import OwnerError
from activetui.ledger.records import Refusal
from activetui.ledger.text import one_line
from activetui.locales import _

_SAMPLE_LINES = 600
_SAMPLE_SIZE = 400_000
_CHUNK = 1_000


@dataclass(slots=True)
class Left:
    """What one reading of the rows left out, and why."""

    empty: int = 0
    headers: int = 0
    totals: list[Row] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    short: int = 0

    def add(self, other: Left) -> None:
        """What another reading left out, besides."""
        self.empty += other.empty
        self.headers += other.headers
        self.short += other.short
        self.totals += other.totals
        self.refusals += other.refusals


@dataclass(frozen=True, slots=True)
class Table:
    """A file understood as a table."""

    part: Part
    """Where it is, and what the owner calls it."""
    scan: Scan
    encoding: Encoding
    dialect: Dialect
    header: tuple[str, ...]
    """Headings as written; numbers from 1 where the file has none."""
    header_row: int | None
    """Which record holds the headings, from 0, blank lines counted; None: the file has none."""
    titles: tuple[str, ...]
    """What stands above the headings."""

    @property
    def path(self) -> Path:
        """The plain file that is read; for the owner's own, see `part`."""
        return self.part.path

    @property
    def label(self) -> str:
        """What it is called on a screen, such as `backup.zip › orders.csv`."""
        return self.part.label

    @property
    def file_name(self) -> str:
        """The name by which a program's exports are known."""
        return self.part.file_name

    def rows(self, keys: Sequence[int] = (), left: Left | None = None) -> Iterator[Row]:
        """The data rows, each as wide as the header; what is no data goes to `left`.

        `keys` are columns that every true row fills (date, id, customer): rows in which all are empty are
        looked at more closely.
        """
        for rows in self.chunks(keys, left):
            yield from rows

    def chunks(self, keys: Sequence[int] = (), left: Left | None = None) -> Iterator[list[Row]]:
        """The same rows, some thousands at a time."""
        aside = Left() if left is None else left
        with open_lines(self.path, self.encoding, dirty=self.scan.dirty) as lines:
            rows = read_rows(lines, self.dialect, quotes=self.scan.quotes, unread=aside.refusals)
            if self.header_row is not None:
                deque_past = self.header_row + 1 - self.dialect.skip
                for _row in islice(rows, deque_past):
                    pass
            while chunk := list(islice(rows, _CHUNK)):
                yield self._data(chunk, keys, aside)

    def sample(self, size: int = 3000) -> list[Row]:
        """The first data rows, total rows left out."""
        return [(line, row) for line, row in islice(self.rows(), size) if not is_total(row, ())]

    def _data(self, rows: list[Row], keys: Sequence[int], left: Left) -> list[Row]:
        """The data rows among `rows`; only those that do not look like one are looked at closely."""
        width, key = len(self.header), keys[0] if keys else 0
        heading = self.header[key]
        data: list[Row] = []
        for one in rows:
            line, row = one
            if len(row) == width and row[key] and row[key] != heading:
                data.append(one)
            else:
                whole = self._looked_at(line, row, keys, left)
                if whole is not None:
                    data.append((line, whole))
        return data

    def _looked_at(self, line: int, row: list[str], keys: Sequence[int], left: Left) -> list[str] | None:
        width = len(self.header)
        if not any(cell.strip() for cell in row):
            left.empty += 1
            return None
        if is_repeated(row, self.header):
            left.headers += 1
            return None
        if is_footer(row):
            return None
        if len(row) < width:
            if is_total(row, keys):
                left.totals.append((line, row))
                return None
            left.short += 1
            return row + [""] * (width - len(row))
        if any(cell.strip() for cell in row[width:]):
            reason = _("the row has {n} cells, the headings are {m}").format(n=len(row), m=width)
            left.refusals.append(Refusal(line, reason, tuple(row)))
            return None
        del row[width:]
        if is_total(row, keys):
            left.totals.append((line, row))
            return None
        return row


def read_table(path: Path | Part, *, encoding: str = "", delimiter: str = "") -> Table:
    """Look into a file as far as needed to know its shape. `OwnerError` if there is no table in it.

    `encoding` and `delimiter` are the owner's own; what comes from a sheet has neither.
    """
    part = path if isinstance(path, Part) else plain_part(path)
    path = part.path
    found = scan(path)
    if part.sheet:
        encoding, delimiter = "utf-8", ","
    decided = decide_encoding(found, encoding)
    with open_lines(path, decided, dirty=found.dirty) as lines:
        top = list(_limited(lines))
    dialect = decide_dialect(top, wanted=delimiter, quotes=found.quotes)
    rows = [row for _line, row in read_rows(iter(top), dialect, quotes=found.quotes)]
    place = find_header(rows)
    name = part.label
    if not any(any(cell.strip() for cell in row) for row in rows):
        raise OwnerError(_("{file} has no contents.").format(file=name), _("Export it again."))
    if place is None:
        width = max(len(row) for row in rows)
        header, titles = tuple(str(number) for number in range(1, width + 1)), ()
        return Table(part, found, decided, dialect, header, None, titles)
    header = _trimmed(rows[place], rows[place + 1 :])
    if not any(any(cell.strip() for cell in row) for row in rows[place + 1 :]):
        raise OwnerError(
            _("{file} has headings but no rows.").format(file=name),
            _("Export it again, perhaps over a longer period."),
        )
    above = tuple(
        " ".join(one_line(cell) for cell in row if cell.strip()) for row in rows[:place] if any(row)
    )
    return Table(part, found, decided, dialect, header, place + dialect.skip, above)


def _limited(lines: Iterator[str]) -> Iterator[str]:
    taken = 0
    for line in islice(lines, _SAMPLE_LINES):
        taken += len(line)
        if taken > _SAMPLE_SIZE and taken > len(line):
            return
        yield line


def _trimmed(header: Sequence[str], below: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The headings without empty ones at the end under which nothing stands."""
    width = len(header)
    while width > 1 and not header[width - 1].strip():
        if any(len(row) >= width and row[width - 1].strip() for row in below):
            break
        width -= 1
    return tuple(one_line(cell) for cell in header[:width])


__all__ = ["SEARCHED", "Left", "Table", "read_table"]
