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

from activetui.locales import N_, _
from activetui.tui.cells import shorten

PRODUCT = "ActiveTUI"


SHORT_TITLES = {
    "today": N_("Today"), "customers": N_("Cust."), "timeline": N_("Time."), "segments": N_("Segm."),
    "checklist": N_("Check."), "insights": N_("Insig."), "definition": N_("Defin."), "imports": N_("Imp."),
}
"""What stands in the header where whole titles have no room, by mode."""


class Tab(NamedTuple):
    """One screen in the header."""

    mode: str
    key: str
    title: str
    """Already translated."""

    @property
    def short(self) -> str:
        """The title where there is little room; the whole one if no shorter one is known."""
        short = SHORT_TITLES.get(self.mode, "")
        return _(short) if short else self.title


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
    short_day: reactive[str] = reactive("")
    """The same without the year."""
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
        """What fits into `width` cells.

        First the product's name goes, then the business, then titles become short, then the year goes; the
        title of the screen that is open stays whole.
        """
        right = " · ".join(text for text in (self.business, self.day) if text)
        titled, short = [tab.title for tab in self.tabs], [tab.short for tab in self.tabs]
        choices = (
            (True, titled, right), (False, titled, right), (False, titled, self.day), (False, short, right),
            (False, short, self.day), (False, short, self.short_day), (False, short, ""),
            (False, [""] * len(titled), self.short_day), (False, [""] * len(titled), ""),
        )
        left: list[Part] = []
        for product, titles, ending in choices:
            left = self._left(product, titles)
            used = sum(cell_len(part.text) for part in left)
            if used + cell_len(ending) + 2 * bool(ending) <= width:
                blanks = " " * max(0, width - used - cell_len(ending) - 1)
                return [*left, Part(blanks, ""), Part(ending, "$quiet")]
        return [Part(shorten(part.text, width), part.style, part.mode) for part in left[:1]]

    def _left(self, product: bool, titles: Sequence[str]) -> list[Part]:
        parts = [Part(f" {PRODUCT}  ", "bold $accent")] if product else []
        for tab, title in zip(self.tabs, titles, strict=True):
            here = tab.mode == self.mode
            shown = tab.title if here else title
            text = f" {tab.key} {shown} " if shown == tab.title else f" {tab.key} {shown}".rstrip()
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
