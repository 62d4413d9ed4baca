"""The trend of a segment as a table: a line for the end of each month."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.insights.segment_history import Trend
from activetui.ledger.days import Day
from activetui.locales import N_, _
from activetui.locales.formats import NOTHING, format_day, format_money, format_number
from activetui.segments.past import notes
from activetui.store.listing.people import Total
from activetui.tui.screens.segments.rows import signed
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.virtual_list import VirtualList

_BAR = 10
_EIGHTHS = " ▏▎▍▌▋▊▉█"


class Row(NamedTuple):
    """One month-end, or the day itself."""

    day: Day
    total: Total | None
    asked: bool
    """Whether it is known by now if it can be told."""
    change: int | None
    """Customers more or fewer than a month before."""
    most: int
    """Customers of the longest bar."""


class TrendPanel(Vertical):
    """Figures with bars, and what must be known of them."""

    DEFAULT_CSS = """
    TrendPanel {
        & > .notes { height: auto; max-height: 6; padding: 0 1; color: $quiet; margin-top: 1; }
        & > #points { height: auto; max-height: 1fr; }
    }
    """

    def compose(self) -> Iterable[Widget]:
        """The months, and notes below."""
        yield VirtualList(_columns("EUR"), id="points")
        yield Static(classes="notes", markup=False)

    @property
    def points(self) -> VirtualList[Row]:
        """The months."""
        return self.query_one("#points", VirtualList)

    def say(self, words: str) -> None:
        """Say why there is nothing to show, or not yet."""
        self.points.show_rows([])
        self.points.styles.height = 1
        self.query_one(".notes", Static).update(Content(words))

    def show(self, trend: Trend, currency: str, *, complete: bool) -> None:
        """Show this trend, the latest month first; `complete` when nothing is being worked out any more."""
        self.points.columns = _columns(currency)
        rows = _rows(trend, complete=complete)
        self.points.styles.height = len(rows) + 1
        self.points.show_rows(rows)
        said = notes(trend.reach, trend.told_from, trend.points[0].day)
        self.query_one(".notes", Static).update(Content("\n".join(said)))


def _rows(trend: Trend, *, complete: bool) -> list[Row]:
    most = max((point.total.customers for point in trend.points if point.total), default=0)
    rows = []
    before: Total | None = None
    for day, total in trend.points:
        change = total.customers - before.customers if total is not None and before is not None else None
        rows.append(Row(day, total, complete or total is not None, change, most))
        before = total
    return rows[::-1]


def bar(number: int, most: int, cells: int) -> str:
    """A bar in eighths of a cell."""
    steps = 0 if most <= 0 else round(number / most * cells * 8)
    if number > 0:
        steps = max(1, steps)
    return "█" * (steps // 8) + (_EIGHTHS[steps % 8] if steps % 8 else "")


def _columns(currency: str) -> list[Column[Row]]:
    def customers(row: Row) -> Cell:
        if row.total is None:
            return Cell(_("can't say") if row.asked else "…", "quiet")
        return Cell(format_number(row.total.customers))

    def change(row: Row) -> Cell:
        return Cell("" if row.change is None else signed(row.change), "quiet")

    def money(amount: int | None) -> Cell:
        return Cell(NOTHING if amount is None else format_money(amount, currency), "" if amount else "quiet")

    return [
        Column("day", N_("Day"), lambda row: Cell(format_day(row.day)), 12, 14, rank=0),
        Column("customers", N_("Customers"), customers, 9, 11, right=True, rank=1),
        Column("bar", "", lambda row: Cell("" if row.total is None else bar(
            row.total.customers, row.most, _BAR
        ), "accent"), _BAR, _BAR, rank=3),
        Column("change", N_("Change"), change, 6, 8, right=True, rank=2),
        Column("year", N_("In a year"), lambda row: money(row.total and row.total.year_spend), 12, 15,
               right=True, rank=4),
        Column("spend", N_("Revenue"), lambda row: money(row.total and row.total.spend), 12, 15, right=True,
               rank=5),
    ]
