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
from activetui.tui.cells import wrap
from activetui.tui.commands import Command, bindings, meaning_of
from activetui.tui.dialogs.base import Dialog
from activetui.tui.helping import Section
from activetui.tui.words import status_label, status_meaning, status_style

_WIDTH = 92
_FRAME = 5
"""Cells of the frame, of what is left free beside it, and of the bar."""
_KEYS = 12
"""Cells of the keys' column; longer keys push what stands beside them to the right."""
_LATER = 1000


class HelpDialog(Dialog[None]):
    """Sections of keys, then the statuses where they matter. It closes with the key that opened it."""

    DEFAULT_CSS = """
    HelpDialog {
        & .dialog { width: 92; }
        & .dialog > VerticalScroll { height: auto; max-height: 88vh; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("help.close", "question_mark,f1,q", "leave", N_("close"), N_("Close the help"),
                palette=False),
        Command("help.down", "j", "scroll(1)", N_("down"), N_("Down"), palette=False),
        Command("help.up", "k", "scroll(-1)", N_("up"), N_("Up"), palette=False),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self, title: str, sections: Sequence[Section], *, statuses: bool = True) -> None:
        super().__init__()
        self._title, self._sections, self._statuses = title, tuple(sections), statuses

    def title_words(self) -> str:
        """The screen that the help is about."""
        return self._title

    def keys_words(self) -> str:
        """How to leave."""
        return _("↑ ↓ scroll · Esc closes")

    def compose_dialog(self) -> Iterable[Widget]:
        """One long text."""
        yield VerticalScroll(Static(self._text()))

    def on_resize(self) -> None:
        """Break the lines anew."""
        self.query_one("VerticalScroll > Static", Static).update(self._text())

    def _text(self) -> Content:
        room = min(_WIDTH, self.app.size.width * 96 // 100) - _FRAME
        keys = (command.shown_keys() for section in self._sections for command in section.commands)
        width = max((length for key in keys if (length := cell_len(key)) <= _KEYS), default=_KEYS)
        lines: list[Content] = []
        for section in self._sections:
            lines.append(Content.styled(section.title, "bold $accent"))
            lines += [Content.styled(line, "$quiet") for line in wrap(section.about, room) if line]
            for command in sorted(section.commands, key=lambda each: each.footer or _LATER):
                lines += _key_lines(command, width, room)
            lines.append(Content(""))
        if self._statuses:
            lines += _status_lines(width)
        return Content("\n").join(lines)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def _status_lines(width: int) -> list[Content]:
    lines = [Content.styled(_("Statuses"), "bold $accent")]
    for status in Status:
        label = Content.styled(status_label(status), status_style(status)).pad_right(
            max(1, width + 8 - cell_len(status_label(status)))
        )
        lines.append(Content.assemble("  ", label, (status_meaning(status), "")))
    return lines


def _key_lines(command: Command, width: int, room: int) -> list[Content]:
    keys = command.shown_keys()
    begin = max(width, cell_len(keys)) + 4
    first, *more = wrap(meaning_of(command), max(20, room - begin))
    blanks = " " * (begin - 2 - cell_len(keys))
    return [
        Content.assemble("  ", (keys, "bold"), blanks, first),
        *(Content(" " * begin + line) for line in more),
    ]
