"""A figure that leads somewhere: Enter or a click shows the customers behind it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from activetui.locales import N_
from activetui.tui.commands import Command, bindings


class Door(Static, can_focus=True):
    """A line of words; `query` is what it opens."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = """
    Door {
        height: auto; padding: 0 1;
        &:focus { background: $block-cursor-background; }
        &:hover { background: $block-cursor-blurred-background; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("door.open", "enter", "open", N_("open"), N_("Show the customers behind the figure"),
                footer=1, palette=False),
    )
    BINDINGS = bindings(KEYS)

    class Opened(Message):
        """The customers behind the figure are wanted."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    def __init__(self, query: str, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, markup=False)
        self.query_text = query

    def say(self, content: Content) -> None:
        """Show these words."""
        self.update(content)

    def action_open(self) -> None:
        """Show the customers behind the figure."""
        self.post_message(self.Opened(self.query_text))

    def on_click(self, event: events.Click) -> None:
        """The same by mouse."""
        event.stop()
        self.action_open()
