"""What every dialog has: a title, a frame, Escape."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from activetui.locales import N_
from activetui.tui.commands import Command, bindings
from activetui.tui.widgets.behind import Behind

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None]):
    """A question in the middle of the screen; its answer is None where it was left by Escape."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle; background: $background 60%;
        & > .dialog {
            width: 76; max-width: 96%; height: auto; max-height: 96%;
            background: $surface; border: round $accent; padding: 0 1;
            border-title-color: $accent; border-subtitle-color: $quiet;
        }
        & .dialog--problem { color: $error; height: auto; display: none; margin-top: 1; }
        & .dialog--problem.-shown { display: block; }
        & .dialog--hint { color: $quiet; height: auto; }
        & Input { background: $panel; }
        & VerticalScroll { scrollbar-size-vertical: 1; scrollbar-background: $surface; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("dialog.leave", "escape", "leave", N_("leave"), N_("Leave without a change"), palette=False),
        Command("dialog.help", "f1,question_mark", "app.help", N_("help"), N_("What this is, and its keys"),
                palette=False),
    )
    BINDINGS = bindings(KEYS)

    def compose(self) -> ComposeResult:
        """The frame around `compose_dialog`."""
        problem = Static(classes="dialog--problem", markup=False)
        frame = Vertical(*self.compose_dialog(), problem, classes="dialog")
        frame.border_title = Content(self.title_words())
        frame.border_subtitle = Content(self.keys_words())
        yield frame

    def render(self) -> RenderableType:
        """The screen behind, in the dialog's shade."""
        shown = super().render()
        return Behind(shown.screen, shown.color) if isinstance(shown, BackgroundScreen) else shown

    def title_words(self) -> str:
        """The title."""
        raise NotImplementedError

    def keys_words(self) -> str:
        """Which keys answer; in the frame below."""
        from activetui.locales import _

        return _("Enter accepts · Esc leaves")

    def compose_dialog(self) -> Iterable[Widget]:
        """What stands in the frame."""
        raise NotImplementedError

    def show_problem(self, message: str) -> None:
        """Say in the dialog what is wrong with the answer; empty takes it away."""
        problem = self.query_one(".dialog--problem", Static)
        problem.update(Content(message))
        problem.set_class(bool(message), "-shown")

    def action_leave(self) -> None:
        """No answer."""
        self.dismiss(None)
