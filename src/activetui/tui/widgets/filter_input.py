"""The line on which a filter is typed, with completion and with what each clause finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol, Self

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from activetui.ledger.errors import OwnerError
from activetui.locales import N_, _
from activetui.tui.cells import shorten, wrap
from activetui.tui.commands import Command, bindings, key_name, key_of
from activetui.tui.widgets.query_input import QueryInput

_LONG = 0.5
"""Seconds after which it is said that an answer takes long."""


class Offer(Protocol):
    """A completion of the filter."""

    @property
    def word(self) -> str:
        """What it puts in."""

    @property
    def text(self) -> str:
        """The filter after taking it."""

    @property
    def cursor(self) -> int:
        """The place of the cursor after taking it."""


class FilterInput(QueryInput):
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

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Paint the line anew. It has all the room there is whatever is typed, so nothing moves."""
        return super().refresh(
            *regions, repaint=repaint, layout=layout and not self.is_mounted, recompose=recompose
        )

    def watch_value(self) -> None:
        """Tell the screen at once: what the letter finds is asked for while the letter is painted."""
        self.call_next(self._tell)

    def _tell(self) -> None:
        self.screen.post_message(FilterLine.Changed(self.value, self.cursor_position))

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
        & .filter--marked {
            width: auto; padding: 0 1; color: $accent; text-style: bold; text-align: right; display: none;
        }
        & .filter--marked.-shown { display: block; }
        & .filter--result {
            width: auto; padding: 0 1; color: $foreground; text-style: bold; text-align: right;
        }
        & > .filter--below { height: auto; max-height: 3; padding: 0 1; color: $quiet; display: none; }
        & > .filter--below.-shown { display: block; }
        & > .filter--below.-typing { display: block; height: 2; }
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
        self._offers: tuple[Offer, ...] = ()
        self._below: tuple[str, ...] = ()
        self._problem = False
        self._understood: tuple[str, ...] = ()
        self._result = self._said = ""
        self._expected: Timer | None = None
        """Runs until it is said that an answer takes long; None where none is expected."""
        self._room: dict[str, int] = {}
        self._lines: list[Content] = []

    def compose(self) -> ComposeResult:
        """The line and what stands below it."""
        with Horizontal():
            yield Static(Content(_("Filter")), classes="filter--label")
            yield FilterInput(placeholder=_invitation(), compact=True)
            yield Static(classes="filter--marked", markup=False)
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
        """Type here from now on: the next key is a letter already, however soon it comes."""
        self.screen.set_focus(self.query_one(FilterInput))

    @property
    def typing_at(self) -> int | None:
        """Behind how many letters the cursor stands; None while nobody types here."""
        line = self.query_one(FilterInput)
        return line.cursor_position if self.screen.focused is line else None

    def expect_result(self) -> None:
        """Another list is asked for: where it takes long, say so rather than how many the last one had."""
        self._expect_nothing()
        self._expected = self.set_timer(_LONG, self.say_looking)

    def say_looking(self) -> None:
        """Say that the list is not found yet, if one is expected still, and which key stops that."""
        if self._expected is not None:
            self._say_result(_("looking… {key} stops").format(key=key_of("customers.clear")))

    def _expect_nothing(self) -> None:
        if self._expected is not None:
            self._expected.stop()
            self._expected = None

    def show_result(self, words: str) -> None:
        """Say how many were found."""
        self._expect_nothing()
        self._result = words
        self._say_result(words)

    def _say_result(self, words: str) -> None:
        if words != self._said:
            self._said = words
            self._keep_room(".filter--result", words)

    def show_marked(self, words: str) -> None:
        """Say how many are marked; empty says nothing."""
        marked = self.query_one(".filter--marked", Static)
        marked.set_class(bool(words), "-shown")
        if words:
            self._keep_room(".filter--marked", f"✓ {words}")

    def _keep_room(self, place: str, words: str) -> None:
        """Show words in room that only grows, so that a number that changes moves nothing."""
        shown = self.query_one(place, Static)
        needed = cell_len(words) + 2
        if needed > self._room.get(place, 0):
            self._room[place] = needed
            shown.styles.width = needed
        shown.update(Content(words), layout=False)

    def show_reading(self, words: str, counts: str = "") -> None:
        """Say how the filter was understood, and what each clause finds alone; empty says nothing."""
        self._understood = tuple(text for text in (words, counts) if text)
        self._say_understood()

    def _say_understood(self) -> None:
        self.query_one(FilterInput).show_mistake(None)
        self._below, self._problem = self._understood, False
        self._show_below()

    def show_problem(self, error: OwnerError) -> None:
        """Say what cannot be understood, and underline it; how many were found is not said meanwhile."""
        self.query_one(FilterInput).show_mistake(error)
        self._expect_nothing()
        self._below, self._problem = (f"{error.message} {error.hint}".strip(),), True
        self._say_result("")
        self._show_below()

    def leave_problem(self, *, if_gone: bool = False) -> None:
        """Say again what was said before a problem; with `if_gone`, unless it stands in the line still."""
        if self._expected is not None and not self._problem:
            self._say_result(self._result)
        self._expect_nothing()
        if self._problem and not (if_gone and self.query_one(FilterInput).still_wrong):
            self._say_understood()
            self._say_result(self._result)

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Offer completions, the likeliest first."""
        self._offers = tuple(offers)
        self._show_below()

    def _show_below(self) -> None:
        """While one types, two lines whatever stands on them: the list below does not jump."""
        below = self.query_one(".filter--below", Static)
        typing = self.query_one(FilterInput).has_focus
        width = max(20, self.size.width - 2)
        lines: list[Content] = []
        if typing:
            lines.append(_offer_line(self._offers, width) if self._offers else Content(""))
        together = " — ".join(self._below)
        apart = cell_len(together) > width and not self._problem and not typing
        if self._problem:
            lines.append(Content(together))
        elif self._below:
            texts = self._below if apart else (together,)
            if not typing and cell_len(texts[0]) > width:
                texts = (*_two_lines(texts[0], width), *texts[1:])
            lines += [Content(shorten(text, width)) for text in texts]
        before, self._lines = self._lines, lines
        below.set_class(typing and not self._problem, "-typing")
        below.set_class(bool(lines), "-shown")
        below.set_class(self._problem, "-problem")
        if lines != before:
            grows = self._problem or not typing
            below.update(Content("\n").join(lines), layout=grows and len(lines) != len(before))

    @on(Input.Changed)
    @on(Input.Submitted)
    def _told(self, event: Input.Changed | Input.Submitted) -> None:
        """The line has told the screen already."""
        event.stop()

    @on(FilterInput.CompletionTaken)
    def _take(self) -> None:
        if self._offers:
            line = self.query_one(FilterInput)
            line.value = self._offers[0].text
            line.cursor_position = self._offers[0].cursor

    def on_descendant_focus(self) -> None:
        """Completions are for typing only."""
        self._show_below()

    def on_descendant_blur(self) -> None:
        """The words below stay."""
        self._show_below()


def _invitation() -> str:
    words = _("{key} to type: a name, or status:at_risk spend>500")
    return words.format(key=key_of("customers.filter"))


def _two_lines(text: str, width: int) -> list[str]:
    """The text broken once, at a blank; what has no room on the second line is cut."""
    first = wrap(text, width)[0]
    return [first, shorten(text[len(first) :].strip(), width)]


def _offer_line(offers: Sequence[Offer], width: int) -> Content:
    """As many offers as there is room for, the one that Tab takes first."""
    parts: list[tuple[str, str]] = [(f"{key_name('tab')} ", "bold $accent")]
    used = cell_len(parts[0][0])
    for place, offer in enumerate(offers):
        used += cell_len(offer.word) + 3
        if used > width and place:
            break
        parts += [(offer.word, "bold $foreground" if place == 0 else "$quiet"), ("   ", "")]
    return Content.assemble(*parts)
