"""The line on which a filter is typed, with completion and with what each clause finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from activetui.locales import N_, _
from activetui.tui.commands import Command, bindings

_MOST_SHOWN = 8


class FilterInput(Input):
    """The line itself. Letters are text here; Escape and Enter go back to the list."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("filter.list", "enter,down", "to_list", N_("to the list"), N_("Back to the list"), footer=1,
                palette=False),
        Command("filter.complete", "tab", "complete", N_("complete"), N_("Take the completion shown first"),
                footer=2, palette=False),
        Command("filter.clear", "escape", "clear_or_leave", N_("clear"),
                N_("Clear the filter; when it is empty, back to the list"), footer=3, palette=False),
    )
    BINDINGS = bindings(KEYS)

    class Left(Message):
        """The list is to have the keys again."""

    class CompletionTaken(Message):
        """The first completion is to be put in."""

    def action_to_list(self) -> None:
        """Give the keys back to the list."""
        self.post_message(self.Left())

    def action_complete(self) -> None:
        """Put the first completion in."""
        self.post_message(self.CompletionTaken())

    def action_clear_or_leave(self) -> None:
        """Empty the line first; leave it when it is empty."""
        if self.value:
            self.value = ""
        else:
            self.post_message(self.Left())


class FilterLine(Vertical):
    """Label, line and result; below them completions, the counts of the clauses, or what is wrong."""

    DEFAULT_CSS = """
    FilterLine {
        height: auto;
        & > Horizontal { height: 1; }
        & .filter--label { width: auto; padding: 0 1; color: $quiet; }
        & FilterInput { width: 1fr; background: $surface; }
        & FilterInput:focus { background: $panel; }
        & .filter--result { width: auto; padding: 0 1; color: $foreground; text-style: bold; }
        & > .filter--below { height: auto; max-height: 3; padding: 0 1; color: $quiet; display: none; }
        & > .filter--below.-shown { display: block; }
        & > .filter--below.-problem { color: $error; }
    }
    """

    @dataclass
    class Changed(Message):
        """Another text or another place of the cursor."""

        text: str
        at: int

    def __init__(self) -> None:
        super().__init__()
        self._completions: tuple[str, ...] = ()
        self._below: Content | None = None
        self._problem = False

    def compose(self) -> ComposeResult:
        """The line and what stands below it."""
        with Horizontal():
            yield Static(Content(_("Filter")), classes="filter--label")
            yield FilterInput(placeholder=_("/ to type: a name, or status:at_risk spend>500"), compact=True)
            yield Static(classes="filter--result", markup=False)
        yield Static(classes="filter--below", markup=False)

    @property
    def text(self) -> str:
        """The filter as it is typed."""
        return self.query_one(FilterInput).value

    def set_text(self, text: str) -> None:
        """Put another filter in."""
        line = self.query_one(FilterInput)
        line.value = text
        line.cursor_position = len(text)

    def focus_line(self) -> None:
        """Type here from now on."""
        self.query_one(FilterInput).focus()

    def show_result(self, words: str) -> None:
        """Say how many were found."""
        self.query_one(".filter--result", Static).update(Content(words))

    def show_clauses(self, words: str) -> None:
        """Say what each clause finds alone; empty says nothing."""
        self._below, self._problem = (Content(words) if words else None), False
        self._show_below()

    def show_problem(self, words: str) -> None:
        """Say what cannot be understood."""
        self._below, self._problem = Content(words), True
        self._show_below()

    def show_completions(self, completions: Sequence[str]) -> None:
        """Offer completions of the filter, each the whole text after taking it."""
        self._completions = tuple(completions)
        self._show_below()

    def _show_below(self) -> None:
        below = self.query_one(".filter--below", Static)
        typing = self.query_one(FilterInput).has_focus
        offers = self._completions[:_MOST_SHOWN] if typing else ()
        lines = [line for line in (_offer_line(offers, self.text), self._below) if line is not None]
        below.update(Content("\n").join(lines))
        below.set_class(bool(lines), "-shown")
        below.set_class(self._problem and self._below is not None, "-problem")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value, self.query_one(FilterInput).cursor_position))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()

    @on(FilterInput.CompletionTaken)
    def _take(self) -> None:
        if self._completions:
            self.set_text(self._completions[0])

    def on_descendant_blur(self) -> None:
        """Completions are for typing only."""
        self._show_below()


def _offer_line(offers: Sequence[str], text: str) -> Content | None:
    if not offers:
        return None
    parts: list[tuple[str, str]] = [("Tab ", "bold $accent")]
    for place, offer in enumerate(offers):
        parts.append((_last_word(offer), "bold $foreground" if place == 0 else "$quiet"))
        parts.append(("   ", ""))
    return Content.assemble(*parts[:-1])


def _last_word(text: str) -> str:
    return text.rstrip().rpartition(" ")[2] or text
