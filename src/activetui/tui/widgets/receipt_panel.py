"""Why a customer has this status: the receipt, and the last events."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from activetui.activity.status import Status
from activetui.ledger.text import one_line
from activetui.tui.cells import wrap
from activetui.tui.widgets.fitted_lines import FittedLines, Line
from activetui.tui.words import status_label, status_style

Row = tuple[str, str]
"""A title and a text."""


class Paper(FittedLines):
    """The text of the panel: one widget, so that it is quick to change while the cursor runs."""

    def __init__(self) -> None:
        super().__init__()
        self._heads: list[Line] = []
        self._rows: tuple[Row, ...] = ()
        self._heading = ""
        self._ends: tuple[str, ...] = ()

    def write(self, heads: list[Line], rows: Sequence[Row], heading: str, ends: Sequence[str]) -> None:
        """First lines, rows of title and text, then a heading with lines below it."""
        self._heads, self._rows = heads, tuple((title, one_line(text)) for title, text in rows)
        self._heading, self._ends = heading, tuple(one_line(end) for end in ends)
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Line]:
        """The lines, texts hanging beside their titles."""
        indent = max((cell_len(title) for title, _text in self._rows), default=0) + 2
        lines = list(self._heads)
        for title, text in self._rows:
            for place, piece in enumerate(wrap(text, width - indent)):
                shown = title if place == 0 else ""
                lines.append([(shown + " " * (indent - cell_len(shown)), "$quiet"), (piece, "")])
        if self._ends:
            lines += [[], [(self._heading, "$quiet")]]
            for end in self._ends:
                lines += [[(piece, "")] for piece in wrap(end, width)]
        return lines


class ReceiptPanel(VerticalScroll):
    """A name, a status, the receipt, and the last events. Tab goes there to scroll it."""

    DEFAULT_CSS = """
    ReceiptPanel {
        padding: 0 1; background: $surface; scrollbar-size-vertical: 1; scrollbar-background: $surface;
        &:focus { background: $panel; scrollbar-background: $panel; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)

    def compose(self) -> ComposeResult:
        """The text scrolls."""
        yield Paper()

    def show(
        self,
        name: str,
        status: Status | None,
        rows: Sequence[Row],
        heading: str = "",
        lines: Sequence[str] = (),
    ) -> None:
        """Show this customer; without `name` and `status` where they stand nearby anyway."""
        heads: list[Line] = [[(one_line(name), "bold")]] if name else []
        if status is not None:
            heads.append([(status_label(status), f"bold {status_style(status)}")])
        self.query_one(Paper).write(heads, rows, heading, lines)
        self.scroll_home(animate=False)

    def clear(self) -> None:
        """Show nobody."""
        self.query_one(Paper).write([], (), "", ())
