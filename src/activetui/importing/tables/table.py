"""The table in a file, or each of several: its headings, and its rows as often as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from activetui.importing.files.encodings import Encoding
from activetui.importing.files.lines import open_lines
from activetui.importing.files.part import Part
from activetui.importing.files.scan import Scan
from activetui.importing.tables.chunks import Shape, read_chunks
from activetui.importing.tables.day_parts import DayParts, Join
from activetui.importing.tables.day_within import Within
from activetui.importing.tables.dialect import Dialect
from activetui.importing.tables.grouped import Above, Carry, Down
from activetui.importing.tables.header import SEARCHED
from activetui.importing.tables.mending import Mender
from activetui.importing.tables.profile import shapes_of
from activetui.importing.tables.rows import Row, read_rows
from activetui.importing.tables.sift import Left, Sift
from activetui.importing.tables.totals import is_total

_CHUNK = 1_000
_SHAPED = 2_000
"""Rows from which it is learnt what the cells of a column look like."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file understood as a table, or one of several tables in it."""

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
    first: int = 0
    """The record of the first row, from 0, not counting lines that only speak to programs."""
    end: int | None = None
    """The record before which the table ends, counted likewise; None: with the file."""
    width: int = 0
    """Columns as the headings were written, with empty ones at the end that `header` leaves out."""
    telling: int = 0
    """A column by which rows are told from notes and totals in the first one; 0: none is known."""
    grouped: bool = False
    """Whether headings of groups are carried down in the first column."""
    above: Above | None = None
    """What holds for the rows below the one that says it; None: every row says all of itself."""
    parts: tuple[DayParts, ...] = ()
    """Columns whose cells are put together: the day, the month and the year of one day."""
    within: int | None = None
    """A column whose cells end with the day of the row, which makes a column of its own."""
    garbled: Mapping[int, str] = field(default_factory=dict)
    """Columns whose letters were misread once, with the encoding they were misread in: they are repaired."""

    doubtful: tuple[int, ...] = ()
    """Columns in which some cells look misread and others do not."""
    beside: tuple[str, ...] = ()
    """Titles of what stands in the file besides the tables, without headings that are known."""

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

    @property
    def header_line(self) -> int | None:
        """The line of the file on which the headings begin, from 1: a title above may take several."""
        if self.header_row is None:
            return None
        with open_lines(self.path, self.encoding, dirty=self.scan.dirty) as lines:
            rows = read_rows(lines, self.dialect, quotes=self.scan.quotes)
            place = self.header_row - self.dialect.skip
            return next((line for line, _row in islice(rows, place, None)), None)

    @property
    def written(self) -> tuple[str, ...]:
        """The headings without those of columns that the file itself has not."""
        made = int(self.within is not None) + bool(self.above is not None and self.above.headed)
        return self.header[:-made] if made else self.header

    def rows(self, keys: Sequence[int] = (), left: Left | None = None) -> Iterator[Row]:
        """The data rows, each as wide as the header; what is no data goes to `left`.

        `keys` are columns that every true row fills (date, id, customer): rows in which all are empty are
        looked at more closely.
        """
        for rows in self.chunks(keys, left):
            yield from rows

    def chunks(self, keys: Sequence[int] = (), left: Left | None = None) -> Iterator[Sequence[Row]]:
        """The same rows, some thousands at a time; as a `Block` where nothing about them is unusual."""
        aside = Left() if left is None else left
        written = [place for place in keys if place < len(self.written)]
        sift = Sift(self.written, self.garbled, written, aside, self._mender, self.telling)
        with self._chunks(aside) as chunks:
            sifted = map(sift.rows, chunks)
            if self.parts:
                sifted = map(Join(self.parts).rows, sifted)
            if self.within is not None:
                sifted = map(Within(self.within).rows, sifted)
            yield from sifted if self.above is None else map(Down(self.above, aside).rows, sifted)
        sift.end()

    def sample(self, size: int = 3000) -> list[Row]:
        """The first data rows, total rows left out."""
        return [(line, row) for line, row in islice(self.rows(), size) if not is_total(row, ())]

    @contextmanager
    def _records(self, left: Left) -> Iterator[Iterator[Row]]:
        """The records from the first row on up to the end of the table."""
        with open_lines(self.path, self.encoding, dirty=self.scan.dirty) as lines:
            before = len(left.refusals)
            rows = read_rows(
                lines, self.dialect, quotes=self.scan.quotes, unread=left.refusals, width=self.width
            )
            for _row in islice(rows, self.first):
                pass
            del left.refusals[before:]  # what stands above the table is not its own
            if self.end is not None:
                rows = islice(rows, self.end - self.first)
            yield Carry().down(rows) if self.grouped else rows

    @contextmanager
    def _chunks(self, left: Left) -> Iterator[Iterator[Sequence[Row]]]:
        """The same records, some thousands at a time."""
        if self.end is not None or self.grouped:
            with self._records(left) as records:
                yield iter(lambda: list(islice(records, _CHUNK)), [])
            return
        shape = Shape(self.dialect, self.scan.quotes, self.first, self.width, len(self.written))
        with open_lines(self.path, self.encoding, dirty=self.scan.dirty) as lines:
            yield read_chunks(lines, shape, left.refusals)

    def _mender(self) -> Mender:
        """What puts rows together that fell apart; learns from the rows that did not."""
        width = len(self.written)
        with self._records(Left()) as records:
            whole = [row[:width] for _line, row in islice(records, _SHAPED) if len(row) == self.width]
        return Mender(shapes_of(whole, width), self.dialect.delimiter)


__all__ = ["SEARCHED", "Left", "Table"]
