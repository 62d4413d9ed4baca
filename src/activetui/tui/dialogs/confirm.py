"""Show what is about to happen, and ask whether it may."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.locales import N_, _
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.base import Dialog


class ConfirmDialog(Dialog[bool]):
    """A text and yes or no; the answer True is yes."""

    DEFAULT_CSS = """
    ConfirmDialog .dialog > VerticalScroll { height: auto; max-height: 70vh; }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("confirm.yes", "y,enter", "yes", N_("yes"), N_("Do it"), palette=False),
        Command("confirm.no", "n", "leave", N_("no"), N_("Leave it"), palette=False),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self, title: str, text: str, yes: str) -> None:
        super().__init__()
        self._title, self._text, self._yes = title, text, yes

    def title_words(self) -> str:
        """What is about to happen."""
        return self._title

    def keys_words(self) -> str:
        """Yes and no."""
        return _("y {yes} · n or Esc leaves it").format(yes=self._yes)

    def compose_dialog(self) -> Iterable[Widget]:
        """The text, which may be long."""
        yield VerticalScroll(Static(Content(self._text)))

    def action_yes(self) -> None:
        """It may happen."""
        self.dismiss(True)
