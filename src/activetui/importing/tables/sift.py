"""The rows of a table parted from everything else that stands among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from activetui.importing.tables.blocks import Block
from activetui.importing.tables.garbled import repaired
from activetui.importing.tables.header import filled, is_repeated
from activetui.importing.tables.mending import Mender
from activetui.importing.tables.rows import Row, WrongWidth
from activetui.importing.tables.totals import is_footer, is_subtotal, is_total
from activetui.ledger.records import Refusal
from activetui.locales import _

_CLOSING_WIDTH = 3
"""Columns from which on a line with one cell below the table is no row of it."""


@dataclass(slots=True)
class Left:
    """What one reading of the rows left out or changed, and why."""

    empty: int = 0
    headers: int = 0
    totals: list[Row] = field(default_factory=list)
    subtotals: int = 0
    """Rows that add up one group of rows."""
    closing: list[int] = field(default_factory=list)
    """Lines of notes below the table."""
    refusals: list[Refusal] = field(default_factory=list)
    short: int = 0
    joined: list[int] = field(default_factory=list)
    """Lines whose cells were put together: a cell of theirs holds the sign that parts columns."""

    def add(self, other: Left) -> None:
        """What another reading left out, besides."""
        self.empty += other.empty
        self.headers += other.headers
        self.subtotals += other.subtotals
        self.short += other.short
        self.totals += other.totals
        self.closing += other.closing
        self.refusals += other.refusals
        self.joined += other.joined


class Sift:
    """One going through the rows of a table. `keys` are columns that every true row fills."""

    def __init__(
        self, header: Sequence[str], garbled: Mapping[int, str], keys: Sequence[int], left: Left,
        mender: Callable[[], Mender], telling: int = 0,
    ) -> None:
        self._key = keys[0] if keys else telling
        self._telling = telling or self._key
        self._header, self._garbled, self._keys, self._left = header, garbled, keys, left
        self._make_mender = mender
        self._mender: Mender | None = None
        self._closing: list[tuple[int, Row]] = []
        """Lines that are notes if no row follows, each with its place among the rows of the chunk."""
        self._gap = -1
        """How many rows of the chunk there were when an empty or a total row came; -1: none came."""

    def rows(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The data rows among some; only those that do not look like one are looked at closely."""
        width, key, telling = len(self._header), self._key, self._telling
        heading = self._header[key]
        waits = self._closing or self._gap >= 0 or self._garbled
        if isinstance(rows, Block) and not waits and rows.is_filled(key, heading) and (
            telling == key or "" not in rows.columns[telling]
        ):
            return rows
        data: list[Row] = []
        for one in rows:
            line, row = one
            if len(row) == width and row[telling] and row[key] and row[key] != heading:
                data.append(one)
            else:
                whole = self._looked_at(line, row, len(data))
                if whole is not None:
                    data.append((line, whole))
        if self._closing or self._gap >= 0:
            self._settle(data)
        if self._garbled:
            self._repair(data)
        return data

    def end(self) -> None:
        """No row follows any more."""
        self._left.closing += [line for _place, (line, _row) in self._closing]

    def _looked_at(self, line: int, row: list[str], number: int) -> list[str] | None:
        width, left = len(self._header), self._left
        words = filled(row)
        if not words:
            left.empty += 1
            self._gap = number
            return None
        if is_repeated(row, self._header):
            left.headers += 1
            return None
        if is_footer(row):
            left.closing.append(line)
            return None
        if is_subtotal(row) and not any(row[one].strip() for one in self._keys[:1] if 0 < one < len(row)):
            left.subtotals += 1
            return None
        if any(cell.strip() for cell in row[width:]):
            mended = self._mended(row)
            if mended is None:
                reason = _("the row has {n} cells, the headings are {m}").format(n=len(row), m=width)
                left.refusals.append(Refusal(line, reason, tuple(row)))
                return None
            left.joined.append(line)
            row = mended
        short = len(row) < width
        if is_total(row[:width], self._keys):
            left.totals.append((line, list(row)))
            self._gap = number
            return None
        if len(words) == 1 and width >= _CLOSING_WIDTH and self._gap == number and row[0].strip():
            self._closing.append((number, (line, row)))
            return None
        left.short += short and len(words) > 1  # one cell alone is a heading of rows, or no row
        return [*row, *[""] * (width - len(row))] if short else row[:width]

    def _mended(self, row: list[str]) -> list[str] | None:
        if self._mender is None:
            self._mender = self._make_mender()
        return self._mender.mend(row, row.text if isinstance(row, WrongWidth) else "")

    def _settle(self, data: list[Row]) -> None:
        """Lines after which rows came are rows themselves; the others wait on."""
        waiting: list[tuple[int, Row]] = []
        added = 0
        for place, (line, row) in self._closing:
            if place < len(data) - added:
                data.insert(place + added, (line, (row + [""] * len(self._header))[: len(self._header)]))
                added += 1
            else:
                waiting.append((0, (line, row)))
        self._closing = waiting
        self._gap = 0 if self._gap >= 0 and self._gap == len(data) - added else -1

    def _repair(self, data: list[Row]) -> None:
        for _line, row in data:
            for column, codec in self._garbled.items():
                cell = row[column]
                if not cell.isascii():
                    row[column] = repaired(cell, codec) or cell
