"""The active base over the last months as bars, with the months in words below."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from activetui.ledger.days import Day, to_date
from activetui.locales import _
from activetui.locales.formats import format_month, format_number
from activetui.tui.widgets.charts import UNKNOWN, columns_of

HEIGHT = 6


class TrendChart(Widget):
    """One bar a month, the last one for the day that is looked at."""

    DEFAULT_CSS = """
    TrendChart { height: 9; padding: 0 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._trend: Sequence[tuple[Day, int | None]] = ()

    def show_trend(self, trend: Sequence[tuple[Day, int | None]]) -> None:
        """Show the active base on these days, oldest first; None where it cannot be told."""
        self._trend = tuple(trend)
        self.refresh()

    def render(self) -> RenderResult:
        """Title, bars with the greatest and the least figure beside, months."""
        if not self._trend:
            return Content("")
        counts = [count for _day, count in self._trend]
        values = [count or 0 for count in counts]
        top = format_number(max(values))
        margin = max(cell_len(top), 3) + 1
        room = max(1, (self.content_size.width - margin) // len(values))
        bars = columns_of([float(value) for value in values], HEIGHT)
        bars[-1] = "".join(
            UNKNOWN if count is None else bar for count, bar in zip(counts, bars[-1], strict=True)
        )
        title = _("Active base, the last {n} months").format(n=len(values) - 1)
        parts: list[tuple[str, str]] = [(title + "\n", "bold")]
        for number, line in enumerate(bars):
            label = top if number == 0 else "0" if number == HEIGHT - 1 else ""
            parts.append((label.rjust(margin - 1) + " ", "$quiet"))
            parts.append(("".join(_wide(cell, room) for cell in line) + "\n", "$accent"))
        parts.append((" " * margin + _months(self._trend, room), "$quiet"))
        return Content.assemble(*parts)


def _wide(cell: str, room: int) -> str:
    return cell.ljust(room) if room == 1 or cell == UNKNOWN else cell * (room - 1) + " "


def _months(trend: Sequence[tuple[Day, int | None]], room: int) -> str:
    """The names of as many months as there is room for, each under its bar; the year with January."""
    line = ""
    for number, (day, _count) in enumerate(trend):
        start = number * room
        words = format_month(day)
        wanted = number == 0 or to_date(day).month in (1, 4, 7, 10)
        if wanted and start >= cell_len(line) + bool(line) and start + cell_len(words) <= len(trend) * room:
            line += " " * (start - cell_len(line)) + words
    return line
