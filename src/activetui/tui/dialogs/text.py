"""Show something whole that a line could only show in part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.widget import Widget

from activetui.locales import N_, _
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.base import Dialog
from activetui.tui.widgets.receipt_panel import Paper, Row


class TextDialog(Dialog[None]):
    """Rows of title and text."""

    DEFAULT_CSS = """
    TextDialog .dialog > VerticalScroll { height: auto; max-height: 80vh; }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("text.close", "enter,q", "leave", N_("close"), N_("Close"), palette=False),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self, title: str, rows: Sequence[Row]) -> None:
        super().__init__()
        self._title, self._rows = title, tuple(rows)

    def title_words(self) -> str:
        """What is shown."""
        return self._title

    def keys_words(self) -> str:
        """How to leave."""
        return _("Esc closes")

    def compose_dialog(self) -> Iterable[Widget]:
        """The rows, which may be long."""
        paper = Paper()
        paper.write([], self._rows, "", ())
        yield VerticalScroll(paper)
