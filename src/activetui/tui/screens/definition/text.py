"""The definition as its TOML text: typed in, with every mistake and its line below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static, TextArea

from activetui.activity.mistakes import Problem
from activetui.ledger.text import one_line
from activetui.locales import N_, _, ngettext
from activetui.tui.commands import Command, bindings

_ACTING = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MOST = 4
"""Mistakes shown at a time."""


class TomlArea(TextArea):
    """The text itself. Letters are text here; Escape goes back to the form."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("toml.leave", "escape", "leave", N_("form"), N_("Back to the form"), footer=1,
                palette=False),
        Command("toml.mistake", "f8", "next_mistake", N_("next mistake"), N_("Go to the next mistake"),
                footer=2, palette=False),
    )
    BINDINGS = bindings(KEYS)

    class Left(Message):
        """The form is wanted again."""

    class MistakeWanted(Message):
        """The cursor is to go to the next mistake."""

    def get_line(self, line_index: int) -> Text:
        """A line as the terminal may see it: a file can hold letters that would act on it."""
        line = super().get_line(line_index)
        return Text(_ACTING.sub("\N{REPLACEMENT CHARACTER}", line.plain), end="", no_wrap=True)

    def action_leave(self) -> None:
        """Give the keys back to the form."""
        self.post_message(self.Left())

    def action_next_mistake(self) -> None:
        """Go to the next mistake."""
        self.post_message(self.MistakeWanted())


class TomlEditor(Vertical):
    """The text area, and below it what is wrong."""

    DEFAULT_CSS = """
    TomlEditor {
        & > TomlArea {
            height: 1fr; border: none; padding: 0; background: $background; color: $foreground;
            scrollbar-size-vertical: 1; scrollbar-size-horizontal: 1; scrollbar-background: $background;
            & .text-area--gutter { color: $quiet; }
            & .text-area--cursor-gutter { color: $foreground; background: $panel; }
            & .text-area--cursor-line { background: $panel; }
        }
        & > TomlArea:focus { border: none; }
        & > .mistakes { height: auto; max-height: 9; padding: 0 1; color: $error; display: none; }
        & > .mistakes.-shown { display: block; }
    }
    """

    class Typed(Message):
        """Another text stands there."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """The form is wanted again."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._problems: tuple[Problem, ...] = ()

    def compose(self) -> Iterable[Widget]:
        """The text, then its mistakes."""
        yield TomlArea(show_line_numbers=True, soft_wrap=False, theme="css", tab_behavior="focus")
        yield Static(classes="mistakes", markup=False)

    @property
    def area(self) -> TomlArea:
        """The text area."""
        return self.query_one(TomlArea)

    def show_text(self, text: str) -> None:
        """Put another text in, unless it stands there already; the cursor keeps its line."""
        area = self.area
        if area.text == text:
            return
        line = area.cursor_location[0]
        with self.prevent(TextArea.Changed):
            area.load_text(text)
        area.move_cursor((min(line, area.document.line_count - 1), 0))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong, each with its line."""
        self._problems = tuple(problems)
        below = self.query_one(".mistakes", Static)
        lines = [
            _("line {line}: {message}").format(line=problem.line, message=one_line(problem.message))
            for problem in self._problems[:_MOST]
        ]
        more = len(self._problems) - _MOST
        if more > 0:
            lines.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
        below.update(Content("\n".join(f"! {line}" for line in lines)))
        below.set_class(bool(lines), "-shown")

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Pass on what was typed."""
        event.stop()
        self.post_message(self.Typed(self.area.text))

    def on_toml_area_left(self, event: TomlArea.Left) -> None:
        """Pass on that the form is wanted."""
        event.stop()
        self.post_message(self.Left())

    def on_toml_area_mistake_wanted(self, event: TomlArea.MistakeWanted) -> None:
        """Put the cursor on the first mistake behind it, or on the first of all."""
        event.stop()
        if not self._problems:
            return
        area = self.area
        row, column = area.cursor_location
        places = [(problem.line - 1, problem.column - 1) for problem in self._problems]
        area.move_cursor(next((place for place in places if place > (row, column)), places[0]), center=True)
