"""The line above the panels: each with its key, the one that is shown, and how much it has to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget


class PanelTab(NamedTuple):
    """One panel in the line."""

    panel: str
    key: str
    title: str
    """Already translated."""


class PanelTabs(Widget):
    """Keys and titles of the panels; where there is too little room, the keys of those that are hidden."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = """
    PanelTabs { height: 1; background: $surface; color: $foreground; }
    """

    class Opened(Message):
        """A click on a title."""

        def __init__(self, panel: str) -> None:
            super().__init__()
            self.panel = panel

    def __init__(self, tabs: Sequence[PanelTab], shown: str) -> None:
        super().__init__()
        self._tabs, self._shown = tuple(tabs), shown
        self._notes: dict[str, str] = {}

    def show(self, shown: str) -> None:
        """Say which panel is shown."""
        self._shown = shown
        self.refresh()

    def note(self, notes: Mapping[str, str]) -> None:
        """Say beside a title how much the panel has to say, such as a number of warnings."""
        self._notes.update(notes)
        self.refresh()

    def render(self) -> RenderResult:
        """The line."""
        parts: list[tuple[str, str]] = []
        for tab, text in self._texts(self.size.width):
            key, rest = text[: len(tab.key) + 2], text[len(tab.key) + 2 :]
            here = tab.panel == self._shown
            style = "bold $block-cursor-foreground on $block-cursor-background" if here else ""
            parts += [(key, style or "bold $accent"), (rest, style or "$foreground")]
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Open the panel whose title was clicked."""
        end = 0
        for tab, text in self._texts(self.size.width):
            end += cell_len(text)
            if event.x < end:
                self.post_message(self.Opened(tab.panel))
                return

    def _texts(self, width: int) -> list[tuple[PanelTab, str]]:
        """The tabs; while they are too wide, the last one that is not shown loses its title."""
        titled = {tab.panel for tab in self._tabs}
        while True:
            texts = [(tab, self._text(tab, title=tab.panel in titled)) for tab in self._tabs]
            losing = [tab.panel for tab in self._tabs if tab.panel in titled and tab.panel != self._shown]
            if sum(cell_len(text) for _tab, text in texts) <= width or not losing:
                return texts
            titled.discard(losing[-1])

    def _text(self, tab: PanelTab, *, title: bool) -> str:
        words = [tab.key, tab.title if title else "", self._notes.get(tab.panel, "")]
        return f" {' '.join(word for word in words if word)} "
