"""Ask for one line of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on
from textual.content import Content
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input, Static

from activetui.ledger.errors import OwnerError
from activetui.tui.dialogs.base import Dialog


class AskTextDialog(Dialog[str]):
    """The answer is what was typed, once `check` does not refuse it."""

    def __init__(
        self,
        title: str,
        hint: str,
        *,
        value: str = "",
        check: Callable[[str], None] = lambda _text: None,
        suggester: Suggester | None = None,
    ) -> None:
        super().__init__()
        self._title, self._hint, self._value = title, hint, value
        self._check, self._suggester = check, suggester

    def title_words(self) -> str:
        """What is asked."""
        return self._title

    def compose_dialog(self) -> Iterable[Widget]:
        """A line to type on, and what can be typed."""
        yield Input(self._value, compact=True, suggester=self._suggester)
        yield Static(Content(self._hint), classes="dialog--hint")

    @on(Input.Changed)
    def _changed(self) -> None:
        self.show_problem("")

    @on(Input.Submitted)
    def _accept(self, event: Input.Submitted) -> None:
        try:
            self._check(event.value)
        except OwnerError as error:
            self.show_problem(f"{error.message} {error.hint}".strip())
        else:
            self.dismiss(event.value)
