"""What the columns of a file were taken for, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from textual import on
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget

from activetui.importing.columns.column import Column as FileColumn
from activetui.importing.columns.field_words import field_words
from activetui.importing.deciding.understand import Understanding
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import format_money, format_share
from activetui.tui.cells import shorten, wrap
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.fitted_lines import FittedLines, Line
from activetui.tui.widgets.virtual_list import VirtualList

_EXAMPLES = 4
_SURE = 0.8
"""Below this a guess is worth a look."""


class ColumnRow(NamedTuple):
    """One column of the file."""

    column: FileColumn
    heading: str
    """As people read it; the number of a column without one."""
    examples: tuple[str, ...]
    """The first different cells."""
    total: str = ""
    """What a column of money adds up to, as people read it; empty for others."""

    @property
    def used(self) -> bool:
        """Whether the import takes anything from it."""
        return bool(self.column.field)


def column_rows(understood: Understanding, sums: Mapping[int, int] | None = None) -> list[ColumnRow]:
    """The columns, those that are used first; `sums` are those of columns of money, in minor units."""
    code = understood.currency.code
    rows = [
        ColumnRow(
            column, heading_of(column), _examples(understood, column.index),
            format_money(sums[column.index], code) if sums and column.index in sums else "",
        )
        for column in understood.columns
    ]
    return sorted(rows, key=lambda row: not row.used)


def heading_of(column: FileColumn) -> str:
    """The heading of a column as people read it."""
    return one_line(column.name) or _("column {n}").format(n=column.index + 1)


def _examples(understood: Understanding, place: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for _line, row in understood.sample[:500]:
        cell = one_line(row[place]) if place < len(row) else ""
        if cell:
            found[cell] = None
        if len(found) >= _EXAMPLES:
            break
    return tuple(found)


class _Detail(FittedLines):
    """The column under the cursor, whole."""

    DEFAULT_CSS = "_Detail { max-height: 5; padding: 0 1; background: $surface; }"

    row: ColumnRow | None = None

    def show(self, row: ColumnRow | None) -> None:
        """Tell of this column."""
        self.row = row
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Line]:
        """Heading and meaning, reason, cells."""
        row = self.row
        if row is None:
            return [[]]
        meaning = field_words(row.column.field)
        lines: list[Line] = [[(shorten(row.heading, max(8, width // 2)), "bold"), (" → ", "$quiet"),
                              (meaning, "$accent" if row.used else "$quiet")]]
        sure = _("{share} sure: {why}").format(
            share=format_share(row.column.confidence), why=one_line(row.column.why)
        )
        why = sure if row.used else one_line(row.column.why)
        lines += [[(piece, "")] for piece in wrap(why, width)[:2]]
        cells = _("such as {cells}").format(cells=" · ".join(row.examples)) if row.examples else ""
        total = _("adds up to {total}").format(total=row.total) if row.total else ""
        if cells or total:
            lines.append([(shorten("; ".join(filter(None, (total, cells))), width), "$quiet")])
        return lines


class ColumnsPanel(Vertical):
    """Every column; Enter gives the one under the cursor another meaning."""

    DEFAULT_CSS = """
    ColumnsPanel { & > VirtualList { padding: 0 0 0 1; height: 1fr; } }
    """

    class Wanted(Message):
        """A column is to mean something else."""

        def __init__(self, row: ColumnRow) -> None:
            super().__init__()
            self.row = row

    def compose(self) -> Iterable[Widget]:
        """The list, and the column under the cursor."""
        yield VirtualList(_columns(), id="columns")
        yield _Detail()

    @property
    def first_stop(self) -> VirtualList[ColumnRow]:
        """The list."""
        return self.query_one("#columns", VirtualList)

    def show(self, rows: Sequence[ColumnRow]) -> None:
        """Show these columns; the cursor stays with its column."""
        current = self.first_stop.current
        places = [row.column.index for row in rows]
        here = current.column.index if current is not None else -1
        self.first_stop.show_rows(rows, cursor=places.index(here) if here in places else 0)

    @on(VirtualList.Highlighted)
    def _highlighted(self, event: VirtualList.Highlighted) -> None:
        event.stop()
        self.query_one(_Detail).show(event.row if isinstance(event.row, ColumnRow) else None)

    @on(VirtualList.Chosen)
    def _chosen(self, event: VirtualList.Chosen) -> None:
        event.stop()
        if isinstance(event.row, ColumnRow):
            self.post_message(self.Wanted(event.row))


def _columns() -> list[Column[ColumnRow]]:
    return [
        Column("heading", N_("Column"), lambda row: Cell(row.heading, "" if row.used else "quiet"),
               18, 30, rank=0, weight=2),
        Column("meaning", N_("Meaning"), _meaning, 22, 36, rank=1, weight=3),
        Column("sure", N_("Sure"), _sure, 6, 6, right=True, rank=2),
        Column("cells", N_("Such as"), lambda row: Cell(" · ".join(row.examples), "quiet"),
               12, 48, rank=3, weight=2),
        Column("why", N_("Why"), lambda row: Cell(one_line(row.column.why), "quiet"), 24, 60, rank=4),
    ]


def _meaning(row: ColumnRow) -> Cell:
    return Cell(field_words(row.column.field), "accent" if row.used else "quiet")


def _sure(row: ColumnRow) -> Cell:
    if not row.used:
        return Cell("")
    share = format_share(row.column.confidence)
    return Cell(share, "" if row.column.confidence >= _SURE else "warning")
