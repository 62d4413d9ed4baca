"""A line below a list on which one types where in it to go."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from activetui.locales import N_, _
from activetui.tui.commands import Command, bindings


class GoToInput(Input):
    """The line itself."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("goto.leave", "escape,enter,down,up", "leave", N_("to the list"), N_("Back to the list"),
                footer=1, palette=False),
    )
    BINDINGS = bindings(KEYS)

    class Leave(Message):
        """The line is to go."""

    def action_leave(self) -> None:
        """Give the keys back to the list."""
        self.post_message(self.Leave())


class GoTo(Horizontal):
    """Seen only while one types on it."""

    DEFAULT_CSS = """
    GoTo {
        height: 1; display: none; dock: bottom;
        &.-shown { display: block; }
        & .goto--label { width: auto; padding: 0 1; color: $quiet; }
        & .goto--problem { width: auto; padding: 0 1; color: $error; }
        & GoToInput { width: 1fr; background: $panel; }
    }
    """

    class Typed(Message):
        """Where to go."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """The list is to have the keys again."""

    def compose(self) -> ComposeResult:
        """A label and a line."""
        yield Static(Content(_("Go to")), classes="goto--label")
        yield GoToInput(placeholder=_("the first letters, in the order of the list"), compact=True)
        yield Static(classes="goto--problem", markup=False)

    def begin(self) -> None:
        """Type here from now on."""
        self.add_class("-shown")
        line = self.query_one(GoToInput)
        line.value = ""
        self.show_problem("")
        line.focus()

    def show_problem(self, words: str) -> None:
        """Say that there is no such place."""
        self.query_one(".goto--problem", Static).update(Content(words))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    @on(GoToInput.Leave)
    def _leave(self, event: GoToInput.Leave) -> None:
        event.stop()
        self.remove_class("-shown")
        self.post_message(self.Left())

    def on_descendant_blur(self) -> None:
        """It goes when the keys go elsewhere."""
        self.remove_class("-shown")
