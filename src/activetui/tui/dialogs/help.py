"""The keys of the present screen and the words of the app, made from the declarations of the commands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.activity.status import Status
from activetui.locales import N_, _
from activetui.tui.commands import Command, bindings, meaning_of
from activetui.tui.dialogs.base import Dialog
from activetui.tui.words import status_label, status_meaning, status_style

Section = tuple[str, Sequence[Command]]


class HelpDialog(Dialog[None]):
    """Sections of keys, then the statuses. It closes with the key that opened it."""

    DEFAULT_CSS = """
    HelpDialog .dialog > VerticalScroll { height: auto; max-height: 88vh; }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("help.close", "question_mark,f1,q", "leave", N_("close"), N_("Close the help"),
                palette=False),
        Command("help.down", "j", "scroll(1)", N_("down"), N_("Down"), palette=False),
        Command("help.up", "k", "scroll(-1)", N_("up"), N_("Up"), palette=False),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self, title: str, sections: Sequence[Section]) -> None:
        super().__init__()
        self._title, self._sections = title, tuple(sections)

    def title_words(self) -> str:
        """The screen that the help is about."""
        return self._title

    def keys_words(self) -> str:
        """How to leave."""
        return _("↑ ↓ scroll · Esc closes")

    def compose_dialog(self) -> Iterable[Widget]:
        """One long text."""
        yield VerticalScroll(Static(self._text()))

    def _text(self) -> Content:
        width = max(
            (cell_len(command.shown_keys()) for _title, keys in self._sections for command in keys), default=8
        )
        lines: list[Content] = []
        for title, keys in self._sections:
            lines.append(Content.styled(title, "bold $accent"))
            lines += [_key_line(command, width) for command in keys]
            lines.append(Content(""))
        lines.append(Content.styled(_("Statuses"), "bold $accent"))
        for status in Status:
            label = Content.styled(status_label(status), status_style(status)).pad_right(
                max(1, width + 8 - cell_len(status_label(status)))
            )
            lines.append(Content.assemble("  ", label, (status_meaning(status), "")))
        return Content("\n").join(lines)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def _key_line(command: Command, width: int) -> Content:
    keys = command.shown_keys()
    return Content.assemble("  ", (keys, "bold"), " " * (width - cell_len(keys) + 2), meaning_of(command))
