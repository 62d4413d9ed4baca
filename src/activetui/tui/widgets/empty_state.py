"""What stands where there is nothing to show: why, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from activetui.tui.commands import key_name


class NextStep(NamedTuple):
    """Something that can be done from here."""

    key: str
    word: str
    """Already translated."""
    action: str = ""
    """Textual action that a click runs."""


class EmptyState(Vertical):
    """A title, an explanation, and the keys that lead on."""

    DEFAULT_CSS = """
    EmptyState {
        align: center middle; height: 1fr; padding: 0 2;
        & > Static { width: auto; max-width: 72; }
        & > .empty--title { text-style: bold; margin-bottom: 1; }
        & > .empty--why { color: $quiet; margin-bottom: 1; }
    }
    """

    class Step(Static):
        """One line that can be clicked."""

        ALLOW_SELECT: ClassVar[bool] = False

        def __init__(self, step: NextStep) -> None:
            super().__init__(
                Content.assemble((f" {key_name(step.key)} ", "bold $accent"), (f" {step.word}", ""))
            )
            self.step = step

        def on_click(self, event: events.Click) -> None:
            """Do what the line says."""
            event.stop()
            self.app.simulate_key(self.step.key)

    def compose(self) -> ComposeResult:
        """A title and an explanation; the steps come with `say`."""
        yield Static(classes="empty--title", markup=False)
        yield Static(classes="empty--why", markup=False)

    def say(self, title: str, why: str, steps: Sequence[NextStep] = ()) -> None:
        """Show this text and these ways on."""
        title_line, why_line = self.query_one(".empty--title", Static), self.query_one(".empty--why", Static)
        title_line.update(Content(title))
        why_line.update(Content(why))
        self.query(EmptyState.Step).remove()
        self.mount(*(EmptyState.Step(step) for step in steps))
