"""A customer's life in a few lines: the status over the years, the purchases below, and the years' names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from activetui.activity.status import Status
from activetui.activity.words import status_word
from activetui.ledger.days import Day, to_date
from activetui.locales import _
from activetui.locales.formats import format_money, format_month_name
from activetui.tui.widgets.charts import columns_of
from activetui.tui.widgets.timescale import BETWEEN, Slice, Year, amounts_by_slice, main_status, timescale
from activetui.tui.words import SYMBOLS, status_style

_AHEAD = 200
"""Days beyond the day looked at up to which something that is to come is still drawn."""
_MARGIN = 20
"""Days drawn after a coming change, so that what comes can be seen."""
_YEAR = 4
"""Letters of a year."""
NOW = "┊"
EXPECTED = "◇"

Span = tuple[Status, Day, Day]
Part = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LifeLine:
    """What the band draws."""

    spans: tuple[Span, ...]
    purchases: tuple[tuple[Day, int], ...]
    """Days with what was paid, in minor units of `currency`."""
    currency: str
    first: Day
    """The day from whose year on there is something to draw."""
    day: Day
    """The day looked at."""
    flips_on: Day | None
    """The day on which the status changes if nothing happens; None for never."""
    expected: Day | None
    """When the customer is expected next; None where that cannot be said."""

    @property
    def until(self) -> Day:
        """The last day worth drawing: what is to come soon can be seen."""
        coming = [day for day in (self.flips_on, self.expected) if day is not None]
        near = [day + _MARGIN for day in coming if self.day < day <= self.day + _AHEAD]
        return max([self.day, *near])


class StatusBand(Widget):
    """One symbol a slice of time, bars of what was paid, an axis, and in a high window what the signs mean.

    `┊` stands before the first slice after the day looked at: what lies after it is what will happen unless
    something happens. `◇` on the axis is when the customer is expected next.
    """

    DEFAULT_CSS = """
    StatusBand { height: auto; padding: 0 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._line: LifeLine | None = None
        self._year: int | None = None

    def show_life(self, line: LifeLine) -> None:
        """Draw this life."""
        self._line = line
        self.refresh(layout=True)

    def show_year(self, year: int | None) -> None:
        """Make a year stand out; where not all years have room, those around it are drawn."""
        if year != self._year:
            self._year = year
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """More lines in a higher window."""
        return 2 + self._bar_lines + self._has_legend

    @property
    def _bar_lines(self) -> int:
        height = self.screen.size.height
        return 1 if height < 24 else 2 if height < 32 else 3 if height < 46 else 5

    @property
    def _has_legend(self) -> bool:
        return self.screen.size.height >= 30

    def render(self) -> RenderResult:
        """The lines."""
        line = self._line
        if line is None or not line.spans:
            return Content("")
        width = self.content_size.width
        years, margin = _scale(line, width, self._year)
        place = Placing(years, line.day, margin, width)
        drawn = [
            _band(line, place),
            *_bars(line, years, place, self._bar_lines),
            _axis(line, years, place, self._year),
        ]
        _mark_expected(line, place, drawn[:0:-1])
        if self._has_legend:
            drawn.append(_legend(line, place, width))
        return Content("\n").join(Content.assemble(*parts) for parts in drawn)


class Placing:
    """In which cell each slice stands, and the line between what was and what is to come."""

    def __init__(self, years: Sequence[Year], day: Day, margin: int, room: int) -> None:
        self.slices: list[tuple[int, Slice]] = []
        """Each slice with its cell."""
        self.now: int | None = None
        """The cell of the line; None where nothing after the day looked at is drawn."""
        self.margin = margin
        cell = margin
        for year in years:
            for piece in year.slices:
                if self.now is None and piece.start > day:
                    self.now = cell
                    cell += 1
                self.slices.append((cell, piece))
                cell += 1
            cell += BETWEEN
        self.width = min(cell - BETWEEN + _YEAR, room)

    def blank(self) -> list[Part]:
        """A line of blank cells, with the line between what was and what is to come."""
        cells: list[Part] = [(" ", "")] * self.width
        if self.now is not None:
            cells[self.now] = (NOW, "bold $accent")
        return cells

    def cell_of(self, day: Day) -> int | None:
        """The cell of a day; None where it is not drawn."""
        return next((cell for cell, piece in self.slices if piece.start <= day < piece.end), None)


def _scale(line: LifeLine, width: int, year: int | None) -> tuple[list[Year], int]:
    """The years, and the cells before them for what the highest bar stands for."""
    margin = 0
    while True:
        years = timescale(line.first, line.until, width - len(NOW) - margin, with_year=year)
        top = _top(line, years)
        if not top or cell_len(top) < margin:
            return years, margin
        margin = cell_len(top) + 1


def _top(line: LifeLine, years: Sequence[Year]) -> str:
    """What the highest bar stands for; empty without one."""
    most = max((amount for year in amounts_by_slice(years, line.purchases) for amount in year), default=0)
    return format_money(most, line.currency, whole=True) if most else ""


def _band(line: LifeLine, place: Placing) -> list[Part]:
    cells = place.blank()
    for cell, piece in place.slices:
        status = main_status(line.spans, piece)
        if status is not None:
            dim = "dim " if piece.start > line.day else ""
            cells[cell] = (SYMBOLS[status], f"{dim}{status_style(status)}")
    return cells


def _bars(line: LifeLine, years: Sequence[Year], place: Placing, height: int) -> list[list[Part]]:
    """The bars, with what the highest one stands for beside its top."""
    flat = [amount for year in amounts_by_slice(years, line.purchases) for amount in year]
    lines = []
    for bar in columns_of(flat, height):
        cells = place.blank()
        for (cell, _piece), step in zip(place.slices, bar, strict=True):
            if step != " ":
                cells[cell] = (step, "$accent")
        lines.append(cells)
    _write(lines[0], 0, _top(line, years), "$quiet", place.margin - 1)
    return lines


def _axis(line: LifeLine, years: Sequence[Year], place: Placing, chosen: int | None) -> list[Part]:
    """The years with some of their months; `‹` and `›` where there are others that have no room."""
    cells = place.blank()
    at = iter(place.slices)
    expected = None if line.expected is None else place.cell_of(line.expected)
    for year in years:
        style = "bold $accent" if year.year == chosen else "$foreground"
        mine = [next(at)[0] for _piece in year.slices]
        last = len(cells) - 1 if year is years[-1] else mine[-1]
        free = _write(cells, mine[0], str(year.year), style, last)
        for cell, piece in zip(mine, year.slices, strict=True):
            begins, name = to_date(piece.start), format_month_name(piece.start)
            ends = cell + cell_len(name)
            touched = expected is not None and cell - 2 < expected <= ends
            if free < cell and ends <= mine[-1] + 1 and not touched and _begins_quarter(begins):
                free = _write(cells, cell, name, "$quiet", mine[-1])
    if to_date(line.first).year < years[0].year and place.margin:
        cells[place.margin - 1] = ("‹", "$quiet")
    if years[-1].year < to_date(line.until).year:
        cells[-1] = ("›", "$quiet")
    return cells


def _mark_expected(line: LifeLine, place: Placing, lines: Sequence[list[Part]]) -> None:
    """Mark the day on which the customer is expected next in the first of the lines with room for it."""
    cell = None if line.expected is None else place.cell_of(line.expected)
    if cell is None:
        return
    for cells in lines:
        if cells[cell][0] == " ":
            cells[cell] = (EXPECTED, "bold $accent")
            return


def _begins_quarter(day: date) -> bool:
    return day.day == 1 and day.month in (4, 7, 10)


def _write(cells: list[Part], at: int, text: str, style: str, last: int) -> int:
    """Write a text into the cells from `at` to `last` if it has room there; the cell after it."""
    if at + cell_len(text) > last + 1:
        return at
    for cell, letter in enumerate(text, start=at):
        if cells[cell][0] != NOW:
            cells[cell] = (letter, style)
    return at + len(text)


def _legend(line: LifeLine, place: Placing, width: int) -> list[Part]:
    """The statuses that are drawn, in words; then the other signs."""
    drawn = {main_status(line.spans, piece) for _cell, piece in place.slices}
    parts: list[Part] = [(" " * place.margin, "")]
    for status in Status:
        if status in drawn:
            parts += [(SYMBOLS[status], status_style(status)), (f" {status_word(status)}   ", "$quiet")]
    if place.now is not None:
        parts += [(NOW, "bold $accent"), (" " + _("day looked at, then what is to come") + "   ", "$quiet")]
    if line.expected is not None and place.cell_of(line.expected) is not None:
        parts += [(EXPECTED, "bold $accent"), (" " + _("expected next"), "$quiet")]
    while sum(cell_len(text) for text, _style in parts) > width:
        parts = parts[:-2]
    return parts
