"""Choose several of a few things."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from activetui.ledger.errors import OwnerError
from activetui.locales import N_, _
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.base import Dialog
from activetui.tui.dialogs.choose import Choice, Choices


class ChooseManyDialog(Dialog[tuple[str, ...]]):
    """Choices to tick; the answer are the values of those that are ticked, in the order of the list."""

    DEFAULT_CSS = """
    ChooseManyDialog Choices, ChooseManyDialog Choices:focus { max-height: 70vh; }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("ticks.turn", "space", "tick", N_("tick"), N_("Choose it, or no longer"),
                palette=False),
        Command("ticks.accept", "enter", "accept", N_("accept"), N_("Take what is ticked"),
                palette=False, priority=True),
    )
    BINDINGS = bindings(KEYS)

    def __init__(
        self, title: str, choices: Sequence[Choice], present: Iterable[str] = (), *, hint: str = "",
        check: Callable[[tuple[str, ...]], None] = lambda _values: None,
    ) -> None:
        super().__init__()
        self._title, self._choices, self._hint = title, tuple(choices), hint
        self._ticked, self._check = set(present), check

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
        yield Choices(*(Option(self._prompt(choice)) for choice in self._choices))

    def on_mount(self) -> None:
        """Begin at the first that is ticked."""
        ticked = [place for place, choice in enumerate(self._choices) if choice.value in self._ticked]
        self.query_one(Choices).highlighted = ticked[0] if ticked else 0

    def _prompt(self, choice: Choice) -> Content:
        if choice.value in self._ticked:
            return Content.assemble(("✓ ", "$accent"), (choice.title, "bold"))
        return Content(f"  {choice.title}")

    def action_tick(self) -> None:
        """Choose what is under the cursor, or no longer."""
        place = self.query_one(Choices).highlighted
        if place is not None:
            self._turn(place)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._turn(event.option_index)

    def _turn(self, place: int) -> None:
        choice = self._choices[place]
        self._ticked ^= {choice.value}
        self.query_one(Choices).replace_option_prompt_at_index(place, self._prompt(choice))
        self.show_problem("")

    def action_accept(self) -> None:
        """The answer, unless it is refused."""
        values = tuple(choice.value for choice in self._choices if choice.value in self._ticked)
        try:
            self._check(values)
        except OwnerError as error:
            self.show_problem(f"{error.message} {error.hint}".strip())
        else:
            self.dismiss(values)
