"""The first rows of a file as it is, below their headings and meanings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import on
from textual.containers import Vertical
from textual.widget import Widget

from activetui.importing.columns.field_words import field_words
from activetui.importing.columns.vocabulary import FIELDS
from activetui.importing.deciding.understand import Understanding
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import format_number
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.text import TextDialog
from activetui.tui.screens.imports.columns_panel import heading_of
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.virtual_list import VirtualList

SHOWN = 200
"""Rows of the file that are shown."""
_NARROWEST, _USUAL, _WIDEST = 6, 20, 34
"""Cells of a column: at least, before it is left to the right, and at most."""


class FileRow(NamedTuple):
    """One row: its line in the file and its cells, as one line each. Line 0 are the meanings."""

    line: int
    cells: tuple[str, ...]


class RowList(VirtualList[FileRow]):
    """Rows of a file that may be wider than the screen."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("rows.left", "left,h", "sideways(-1)", N_("left"), N_("Columns further left"), palette=False),
        Command("rows.right", "right,l", "sideways(1)", N_("right"), N_("Columns further right"),
                footer=2, palette=False),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__([_line_column()], id=id)
        self._all: list[Column[FileRow]] = []
        self._first = 0

    def show_table(self, columns: Sequence[Column[FileRow]], rows: Sequence[FileRow]) -> None:
        """Show another table, from its first column."""
        self._all, self._first = list(columns), 0
        self.columns = [_line_column(), *self._all]
        self.show_rows(rows, cursor=min(1, len(rows) - 1))

    def action_sideways(self, step: int) -> None:
        """Show from the next column on, or the one before."""
        self._first = max(0, min(self._first + step, len(self._all) - 1))
        self.columns = [_line_column(), *self._all[self._first :]]


class RowsPanel(Vertical):
    """The rows; Enter shows one whole."""

    DEFAULT_CSS = """
    RowsPanel { & > RowList { padding: 0 0 0 1; height: 1fr; } }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._headings: tuple[str, ...] = ()

    def compose(self) -> Iterable[Widget]:
        """One list."""
        yield RowList(id="rows")

    @property
    def first_stop(self) -> RowList:
        """The list."""
        return self.query_one(RowList)

    def show(self, understood: Understanding) -> None:
        """Show the first rows of this file."""
        meanings = tuple(field_words(one.field) if one.field else "" for one in understood.columns)
        rows = [FileRow(line, tuple(map(one_line, row))) for line, row in understood.sample[:SHOWN]]
        self._headings = tuple(heading_of(column) for column in understood.columns)
        self.first_stop.show_table(_columns(understood, self._headings, rows), [FileRow(0, meanings), *rows])

    @on(VirtualList.Chosen)
    def _chosen(self, event: VirtualList.Chosen) -> None:
        event.stop()
        if isinstance(event.row, FileRow) and event.row.line:
            rows = list(zip(self._headings, event.row.cells, strict=False))
            title = _("Line {line}").format(line=format_number(event.row.line))
            self.app.push_screen(TextDialog(title, rows))


def _line_column() -> Column[FileRow]:
    return Column("line", N_("Line"), lambda row: Cell(format_number(row.line) if row.line else "", "quiet"),
                  6, 8, right=True, rank=0)


def _columns(
    understood: Understanding, headings: Sequence[str], rows: Sequence[FileRow]
) -> list[Column[FileRow]]:
    found = []
    for place, column in enumerate(understood.columns):
        texts = [headings[place], field_words(column.field) if column.field else ""]
        texts += [row.cells[place] for row in rows[:50] if place < len(row.cells)]
        width = max(_NARROWEST, min(_WIDEST, max(map(cell_len, texts))))
        sort = FIELDS[column.field].sort if column.field else ""
        found.append(Column(
            f"cell{place}", headings[place], partial(_cell, place, bool(column.field)), min(width, _USUAL),
            width, right=sort in ("money", "number"), rank=place + 1, as_it_is=True,
        ))
    return found


def _cell(place: int, used: bool, row: FileRow) -> Cell:
    text = row.cells[place] if place < len(row.cells) else ""
    if not row.line:
        return Cell(text, "accent")
    return Cell(text, "" if used else "quiet")
