"""Choose one of a few things."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from activetui.locales import N_
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.base import Dialog


class Choice(NamedTuple):
    """One of the things."""

    value: str
    title: str
    """Already translated, one line."""
    meaning: str = ""
    """One more line below the title."""


class Choices(OptionList):
    """An option list that vim hands can use too."""

    DEFAULT_CSS = """
    Choices, Choices:focus {
        background: $surface; background-tint: $surface 0%; border: none; padding: 0;
        height: auto; max-height: 80vh; scrollbar-background: $surface; scrollbar-size-vertical: 1;
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("choices.down", "down,j", "cursor_down", N_("down"), N_("Next"), palette=False),
        Command("choices.up", "up,k", "cursor_up", N_("up"), N_("Before"), palette=False),
        Command("choices.first", "home,g", "first", N_("first"), N_("First"), palette=False),
        Command("choices.last", "end,G", "last", N_("last"), N_("Last"), palette=False),
    )
    BINDINGS = bindings(KEYS)


class ChooseDialog(Dialog[str]):
    """A list of choices; the answer is the `value` of one."""

    def __init__(self, title: str, choices: Sequence[Choice], present: str = "", *, hint: str = "") -> None:
        super().__init__()
        self._hint = hint
        self._title = title
        self._choices = tuple(choices)
        self._present = present

    def title_words(self) -> str:
        """What is to be chosen."""
        return self._title

    def compose_dialog(self) -> Iterable[Widget]:
        """The choices, below what is asked."""
        if self._hint:
            yield Static(Content(self._hint), classes="dialog--hint")
        yield Choices(*(Option(_prompt(choice), id=f"choice-{i}") for i, choice in enumerate(self._choices)))

    def on_mount(self) -> None:
        """Begin at the present choice."""
        values = [choice.value for choice in self._choices]
        self.query_one(Choices).highlighted = values.index(self._present) if self._present in values else 0

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index].value)


def _prompt(choice: Choice) -> Content:
    if not choice.meaning:
        return Content(choice.title)
    return Content.assemble((choice.title, "bold"), "\n", (choice.meaning, "$quiet"))
