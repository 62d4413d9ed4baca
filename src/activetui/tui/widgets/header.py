"""The first line: the screens with their keys, the business, and the day that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from activetui.tui.cells import shorten

PRODUCT = "ActiveTUI"


class Tab(NamedTuple):
    """One screen in the header."""

    mode: str
    key: str
    title: str


class Part(NamedTuple):
    """A run of cells in the header; `mode` is the screen that a click opens."""

    text: str
    style: str
    mode: str = ""


class HeaderLine(Widget):
    """Screens on the left, business and day on the right; as much of it as there is room for."""

    DEFAULT_CSS = """
    HeaderLine { height: 1; background: $panel; color: $foreground; }
    """

    business: reactive[str] = reactive("")
    """The owner's name for the business, one line."""
    day: reactive[str] = reactive("")
    """The day that is looked at, as people read it."""
    mode: reactive[str] = reactive("")
    """The screen that is open."""

    class Opened(Message):
        """A click on a screen's title."""

        def __init__(self, mode: str) -> None:
            super().__init__()
            self.mode = mode

    def __init__(self, tabs: Sequence[Tab], mode: str) -> None:
        super().__init__()
        self.tabs = tuple(tabs)
        self.set_reactive(HeaderLine.mode, mode)

    def render(self) -> RenderResult:
        """The line, exactly as wide as the screen."""
        return Content.assemble(*((part.text, part.style) for part in self.parts(self.size.width)))

    def parts(self, width: int) -> list[Part]:
        """What fits into `width` cells: first the product's name goes, then the business, then titles."""
        right = " · ".join(text for text in (self.business, self.day) if text)
        choices = (
            (True, True, right), (False, True, right), (False, True, self.day),
            (False, False, right), (False, False, self.day), (False, False, ""),
        )
        left: list[Part] = []
        for product, titles, ending in choices:
            left = self._left(product, titles)
            used = sum(cell_len(part.text) for part in left)
            if used + cell_len(ending) + 2 <= width:
                return [*left, Part(" " * (width - used - cell_len(ending) - 1), ""), Part(ending, "$quiet")]
        return [Part(shorten(part.text, width), part.style, part.mode) for part in left[:1]]

    def _left(self, product: bool, titles: bool) -> list[Part]:
        parts = [Part(f" {PRODUCT}  ", "bold $accent")] if product else []
        for tab in self.tabs:
            here = tab.mode == self.mode
            text = f" {tab.key} {tab.title} " if titles or here else f" {tab.key} "
            style = "bold $block-cursor-foreground on $block-cursor-background" if here else "$foreground"
            parts.append(Part(text, style, tab.mode))
        return parts

    def on_click(self, event: events.Click) -> None:
        """Open the screen whose title was clicked."""
        end = 0
        for part in self.parts(self.size.width):
            end += cell_len(part.text)
            if event.x < end:
                if part.mode:
                    self.post_message(self.Opened(part.mode))
                return
