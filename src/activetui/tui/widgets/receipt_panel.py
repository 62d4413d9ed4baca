"""Why a customer has this status: the receipt, and the last events."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from activetui.activity.status import Status
from activetui.ledger.text import one_line
from activetui.tui.cells import wrap
from activetui.tui.widgets.fitted_lines import FittedLines, Line
from activetui.tui.widgets.scrolled import tell_size
from activetui.tui.words import status_label, status_style

Row = tuple[str, str]
"""A title and a text."""


class Written:
    """What stands on the paper, whatever its width."""

    def __init__(
        self,
        heads: Sequence[Line] = (),
        rows: Sequence[Row] = (),
        heading: str = "",
        ends: Sequence[str] = (),
    ) -> None:
        self._heads, self._rows = tuple(heads), tuple((title, one_line(text)) for title, text in rows)
        self._heading, self._ends = heading, tuple(one_line(end) for end in ends)

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


class Paper(FittedLines):
    """Rows of title and text, as high as they need."""

    def __init__(self) -> None:
        super().__init__()
        self._written = Written()

    def write(self, heads: list[Line], rows: Sequence[Row], heading: str, ends: Sequence[str]) -> None:
        """First lines, rows of title and text, then a heading with lines below it."""
        self._written = Written(heads, rows, heading, ends)
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Line]:
        """The lines."""
        return self._written.lines(width)


class ReceiptPanel(ScrollView, can_focus=True):
    """A name, a status, the receipt, and the last events. Tab goes there to scroll it.

    It paints its lines itself: another customer under the cursor is another text on the same paper, and
    nothing around it moves.
    """

    DEFAULT_CSS = """
    ReceiptPanel {
        padding: 0 1; background: $surface; scrollbar-size-vertical: 1; scrollbar-background: $surface;
        overflow-x: hidden; overflow-y: auto; scrollbar-gutter: stable; height: 1fr;
        &:focus { background: $panel; scrollbar-background: $panel; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._written = Written()
        self._strips: list[Strip] | None = None
        self._blank: Strip | None = None

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
        self._write(Written(heads, rows, heading, lines))

    def clear(self) -> None:
        """Show nobody."""
        self._write(Written())

    def _write(self, written: Written) -> None:
        before, top = self._strips, self.scroll_offset.y
        self._written, self._strips = written, None
        self._measure()
        self.scroll_to(y=0, animate=False, immediate=True)
        if self.styles.height is not None and self.styles.height.is_auto:
            self.refresh(layout=True)
        elif before is None or top:
            self.refresh()
        else:
            self._refresh_changed(before)

    def _refresh_changed(self, before: list[Strip]) -> None:
        """Paint only the lines that say something else now."""
        now, blank = self._painted(), self._blank_line()
        for line in range(min(self.size.height, max(len(now), len(before)))):
            old, new = (strips[line] if line < len(strips) else blank for strips in (before, now))
            if old != new:
                self.refresh(Region(0, line, self.size.width, 1))

    def _measure(self) -> None:
        """At least as high as the panel: with a text that fits, nothing around it is laid out anew."""
        region = self.scrollable_content_region
        if region.width > 0:
            tell_size(self, Size(region.width, max(region.height, len(self._painted()))))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are in this width, but at least one."""
        return max(1, len(self._written.lines(max(1, width))))

    def _painted(self) -> list[Strip]:
        if self._strips is None:
            width = self.scrollable_content_region.width
            content = Content("\n").join(Content.assemble(*line) for line in self._written.lines(width))
            self._strips = Visual.to_strips(self, content, width, None, self.visual_style, pad=True)
        return self._strips

    def _blank_line(self) -> Strip:
        if self._blank is None:
            self._blank = Strip.blank(self.scrollable_content_region.width, self.rich_style)
        return self._blank

    def render_line(self, y: int) -> Strip:
        """One line of the paper."""
        strips, place = self._painted(), self.scroll_offset.y + y
        return strips[place] if place < len(strips) else self._blank_line()

    def on_resize(self) -> None:
        """Write on the new width."""
        self._strips = self._blank = None
        self._measure()

    def notify_style_update(self) -> None:
        """The theme or the focus changed."""
        super().notify_style_update()
        self._strips = self._blank = None
