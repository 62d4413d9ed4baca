"""Lines that depend on the width they get."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

Part = tuple[str, str]
"""A piece of text and its style."""
Line = list[Part]


class FittedLines(Widget):
    """As high as its lines are many. Text is never read as markup."""

    DEFAULT_CSS = "FittedLines { height: auto; }"

    def lines(self, width: int) -> list[Line]:
        """The lines in so many cells."""
        raise NotImplementedError

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are in this width, but at least one."""
        return max(1, len(self.lines(width)))

    def render(self) -> RenderResult:
        """The lines."""
        lines = self.lines(self.content_size.width)
        return Content("\n").join(Content.assemble(*line) for line in lines)
