"""A customer's life in a few lines: the status over the years, and the purchases below."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from activetui.activity.status import Status
from activetui.ledger.days import Day
from activetui.tui.widgets.charts import columns_of
from activetui.tui.widgets.timescale import (
    BETWEEN,
    LABEL,
    Year,
    amounts_by_slice,
    main_status,
    timescale,
)
from activetui.tui.words import SYMBOLS, status_style

_AHEAD = 150
"""Days beyond the day looked at up to which a coming change is still drawn."""
_MARGIN = 20
"""Days drawn after a coming change, so that what comes can be seen."""
BAR_LINES = 2
NOW = "┊"

Span = tuple[Status, Day, Day]
Part = tuple[str, str]


class StatusBand(Widget):
    """One symbol a slice of time; `┊` stands before the first slice after the day looked at.

    What lies after it is what will happen unless something happens.
    """

    DEFAULT_CSS = """
    StatusBand { height: auto; padding: 0 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._spans: tuple[Span, ...] = ()
        self._purchases: tuple[tuple[Day, int], ...] = ()
        self._day: Day = 0
        self._first: Day = 0
        self._flips_on: Day | None = None

    def show_life(
        self,
        spans: Sequence[Span],
        purchases: Sequence[tuple[Day, int]],
        *,
        first: Day,
        day: Day,
        flips_on: Day | None,
    ) -> None:
        """Draw the spans from the year of `first` on; `purchases` are days with what was paid."""
        self._spans, self._purchases = tuple(spans), tuple(purchases)
        self._first, self._day, self._flips_on = min(first, day), day, flips_on
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The band and the bars."""
        return 1 + BAR_LINES

    def render(self) -> RenderResult:
        """The lines."""
        if not self._spans:
            return Content("")
        years = timescale(self._first, self._until(), self.content_size.width - len(NOW))
        mark = next(
            (piece.start for year in years for piece in year.slices if piece.start > self._day), None
        )
        lines = [self._band(years, mark), *self._bars(years, mark)]
        return Content("\n").join(Content.assemble(*line) for line in lines)

    def _until(self) -> Day:
        flip = self._flips_on
        if flip is None or flip > self._day + _AHEAD:
            return self._day
        return max(self._day, flip + _MARGIN)

    def _band(self, years: Sequence[Year], mark: Day | None) -> list[Part]:
        parts: list[Part] = []
        for place, year in enumerate(years):
            parts.append((f"{' ' * BETWEEN if place else ''}{year.year} ", "$quiet"))
            for piece in year.slices:
                if piece.start == mark:
                    parts.append((NOW, "bold $accent"))
                status = main_status(self._spans, piece)
                if status is None:
                    parts.append((" ", ""))
                else:
                    dim = "dim " if piece.start > self._day else ""
                    parts.append((SYMBOLS[status], f"{dim}{status_style(status)}"))
        return parts

    def _bars(self, years: Sequence[Year], mark: Day | None) -> list[list[Part]]:
        sums = amounts_by_slice(years, self._purchases)
        flat = [amount for year in sums for amount in year]
        lines: list[list[Part]] = []
        for line in columns_of(flat, BAR_LINES):
            text, at = "", 0
            for place, year in enumerate(years):
                text += " " * (LABEL + (BETWEEN if place else 0))
                for piece in year.slices:
                    text += (NOW if piece.start == mark else "") + line[at]
                    at += 1
            lines.append([(text, "$accent")])
        return lines
