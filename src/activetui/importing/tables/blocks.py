"""Some thousand rows as columns: what nearly every row of a large file needs is done a column at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from activetui.importing.tables.rows import Row


class Block(Sequence[Row]):
    """Rows of equal width. As a sequence it gives them one by one; `columns` has the same cells."""

    __slots__ = ("columns", "lines", "numbered")

    def __init__(
        self, lines: Sequence[int], columns: Sequence[Sequence[str]], numbered: int | None = None
    ) -> None:
        self.lines = lines
        """The physical line of each row."""
        self.columns = columns
        self.numbered = numbered
        """A column that is known to hold a plain id in every row, and no one twice."""

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Block: ...
    def __getitem__(self, place: int | slice) -> Row | Block:
        if isinstance(place, slice):
            return Block(self.lines[place], [column[place] for column in self.columns], self.numbered)
        return self.lines[place], [column[place] for column in self.columns]

    def __iter__(self) -> Iterator[Row]:
        return zip(self.lines, map(list, zip(*self.columns, strict=True)), strict=True)

    def after(self, row: Row) -> Block:
        """These rows after another one of the same width."""
        line, cells = row
        lines: Sequence[int] = [line, *self.lines]
        if isinstance(self.lines, range) and line + 1 == self.lines.start:
            lines = range(line, self.lines.stop)
        return Block(lines, [[cell, *column] for cell, column in zip(cells, self.columns, strict=True)])

    def is_filled(self, place: int, heading: str) -> bool:
        """Whether every row has something in a column, and none repeats its heading."""
        cells = self.columns[place]
        return "" not in cells and heading not in cells


def as_block(rows: Sequence[Row]) -> Block:
    """Rows, of which there is at least one, as columns."""
    if isinstance(rows, Block):
        return rows
    return Block([line for line, _row in rows], list(zip(*[row for _line, row in rows], strict=True)))


def column(rows: Sequence[Row], place: int) -> Sequence[str]:
    """The cells of all rows in one column."""
    return rows.columns[place] if isinstance(rows, Block) else [row[place] for _line, row in rows]
