"""Choose several of a few things."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import SelectionList, Static
from textual.widgets.selection_list import Selection

from activetui.ledger.errors import OwnerError
from activetui.locales import N_, _
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.base import Dialog
from activetui.tui.dialogs.choose import Choice


class ManyChoices(SelectionList[str]):
    """A list with a box to tick beside each choice."""

    DEFAULT_CSS = """
    ManyChoices, ManyChoices:focus {
        background: $surface; background-tint: $surface 0%; border: none; padding: 0;
        height: auto; max-height: 70vh; scrollbar-background: $surface; scrollbar-size-vertical: 1;
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("many.down", "down,j", "cursor_down", N_("down"), N_("Next"), palette=False),
        Command("many.up", "up,k", "cursor_up", N_("up"), N_("Before"), palette=False),
        Command("many.first", "home,g", "first", N_("first"), N_("First"), palette=False),
        Command("many.last", "end,G", "last", N_("last"), N_("Last"), palette=False),
        Command("many.tick", "space", "select", N_("tick"), N_("Choose it, or no longer"), palette=False),
    )
    BINDINGS = bindings(KEYS)


class ChooseManyDialog(Dialog[tuple[str, ...]]):
    """Choices to tick; the answer are the values of those that are ticked, in the order of the list."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("choose-many.accept", "enter", "accept", N_("accept"), N_("Take what is ticked"),
                palette=False, priority=True),
    )
    BINDINGS = bindings(KEYS)

    def __init__(
        self, title: str, choices: Sequence[Choice], present: Iterable[str] = (), *, hint: str = "",
        check: Callable[[tuple[str, ...]], None] = lambda _values: None,
    ) -> None:
        super().__init__()
        self._title, self._choices, self._hint = title, tuple(choices), hint
        self._present, self._check = frozenset(present), check

    def title_words(self) -> str:
        """What is to be chosen."""
        return self._title

    def keys_words(self) -> str:
        """Which keys answer."""
        return _("Space ticks · Enter accepts · Esc leaves")

    def compose_dialog(self) -> Iterable[Widget]:
        """The choices, below what is asked."""
        if self._hint:
            yield Static(Content(self._hint), classes="dialog--hint")
        yield ManyChoices(*(
            Selection(Content(choice.title), choice.value, choice.value in self._present)
            for choice in self._choices
        ))

    def action_accept(self) -> None:
        """The answer, unless it is refused."""
        ticked = set(self.query_one(ManyChoices).selected)
        values = tuple(choice.value for choice in self._choices if choice.value in ticked)
        try:
            self._check(values)
        except OwnerError as error:
            self.show_problem(f"{error.message} {error.hint}".strip())
        else:
            self.dismiss(values)
