"""The list of segments: names, figures, and the trend in a line."""

from __future__ import annotations

from collections.abc import Mapping

from activetui.insights.segment_history import Trend
from activetui.ledger.text import one_line
from activetui.locales import N_
from activetui.locales.formats import NOTHING, format_money, format_number, format_share
from activetui.segments.library import Segment, Worth
from activetui.tui.widgets.charts import spark
from activetui.tui.widgets.columns import Cell, Column


def columns(customers: int, currency: str, trends: Mapping[str, Trend]) -> list[Column[Worth]]:
    """The columns; `customers` are all there are, `trends` are by query."""

    def number(worth: Worth) -> Cell:
        return Cell(NOTHING if worth.total is None else format_number(worth.total.customers))

    def share(worth: Worth) -> Cell:
        if worth.total is None or not customers:
            return Cell(NOTHING)
        return Cell(format_share(worth.total.customers / customers))

    def spend(worth: Worth) -> Cell:
        return Cell(NOTHING if worth.total is None else format_money(worth.total.spend, currency))

    def line(worth: Worth) -> Cell:
        return Cell(trend_line(trends.get(worth.segment.query)), "accent")

    def change(worth: Worth) -> Cell:
        return Cell(change_words(trends.get(worth.segment.query)))

    return [
        Column("segment", N_("Segment"), lambda worth: title(worth.segment), 20, 36, rank=0, weight=6),
        Column("customers", N_("Customers"), number, 9, 9, right=True, rank=1),
        Column("share", N_("Share"), share, 6, 6, right=True, rank=5),
        Column("spend", N_("Revenue"), spend, 12, 15, right=True, rank=2),
        Column("trend", N_("12 months"), line, 13, 13, rank=3),
        Column("change", N_("Change"), change, 6, 6, right=True, rank=6),
    ]


def title(segment: Segment) -> Cell:
    """The name; own ones in the accent colour."""
    return Cell(one_line(segment.title), "" if segment.built_in else "accent")


def trend_line(trend: Trend | None) -> str:
    """A cell a month-end, higher where there were more customers; a dot where that can't be told."""
    if trend is None:
        return ""
    return spark([None if total is None else total.customers for _day, total in trend.points])


def change_words(trend: Trend | None) -> str:
    """How many customers more or fewer than at the first month-end that can be told."""
    if trend is None or trend.change is None:
        return ""
    return signed(trend.change)


def signed(number: int) -> str:
    """A difference with its sign."""
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return f"{sign}{format_number(abs(number))}"
