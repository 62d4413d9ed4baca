"""The window that the shop's own past suggests, with the curve it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import on
from textual.app import RenderResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from activetui.activity.regularity import Regularity
from activetui.activity.status import Status
from activetui.activity.suggestion import Suggestion
from activetui.activity.suggestion_words import proposals, sentences
from activetui.locales import N_, _
from activetui.locales.formats import days_words, format_number, format_share
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.choose import Choices
from activetui.tui.widgets.charts import columns_of
from activetui.tui.words import SYMBOLS, status_style

_HEIGHT = 7
_BEYOND = 1.25
"""How far the curve is drawn beyond the last of the proposals."""


class Mark(NamedTuple):
    """A day of silence that is marked below the curve."""

    days: int
    status: Status


class CurveChart(Widget):
    """The share of purchases whose next one has come, by days of silence."""

    DEFAULT_CSS = "CurveChart { height: 11; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._shares: tuple[float, ...] = ()
        self._marks: tuple[Mark, ...] = ()

    def show(self, shares: Sequence[float], marks: Sequence[Mark]) -> None:
        """Show the share for each day of silence from 0 on."""
        self._shares, self._marks = tuple(shares), tuple(marks)
        self.display = len(self._shares) > 1
        self.refresh()

    def render(self) -> RenderResult:
        """Title, bars with the greatest share beside, the marks, the days."""
        if len(self._shares) < 2:
            return Content("")
        top = format_share(max(self._shares))
        margin = max(cell_len(top), 2) + 1
        room = max(10, self.content_size.width - margin)
        last = len(self._shares) - 1
        days = [round(place * last / (room - 1)) for place in range(room)]
        title = _("Purchases whose next one has come, by days since")
        parts: list[tuple[str, str]] = [(title + "\n", "bold")]
        for number, line in enumerate(columns_of([self._shares[day] for day in days], _HEIGHT)):
            label = top if number == 0 else "0" if number == _HEIGHT - 1 else ""
            parts += [(label.rjust(margin - 1) + " ", "$quiet"), (line + "\n", "$accent")]
        end = days_words(last)
        parts.append((f"{' ' * margin}0{' ' * (room - 1 - cell_len(end))}{end}\n", "$quiet"))
        return Content.assemble(*parts, *self._mark_lines(margin, room, last))

    def _mark_lines(self, margin: int, room: int, last: int) -> list[tuple[str, str]]:
        """Each mark below its day, on the first line where there is room for it."""
        lines: list[list[tuple[str, str]]] = [[]]
        used = [0]
        for mark in sorted(self._marks):
            place = round(mark.days * (room - 1) / last)
            words = f"{SYMBOLS[mark.status]} {format_number(mark.days)}"
            place = min(place, room - cell_len(words))
            number = next((n for n, end in enumerate(used) if place > end or not end), len(used))
            if number == len(used):
                lines.append([])
                used.append(0)
            lines[number] += [(" " * (place - used[number]), ""), (words, status_style(mark.status))]
            used[number] = place + cell_len(words)
        return [part for line in lines for part in ((" " * margin, ""), *line, ("\n", ""))]


class Taken(NamedTuple):
    """What the draft is to take over; None leaves a part as it is."""

    window_days: int | None = None
    window_used: Decimal | None = None
    lost_days: int | None = None


class SuggestionPanel(Vertical):
    """Proposals that can be taken over one by one or together, what they rest on, and the curve."""

    DEFAULT_CSS = """
    SuggestionPanel {
        & > Choices, & > Choices:focus {
            height: auto; max-height: 60%; padding: 0; background: $background;
            background-tint: $background 0%;
        }
        &.-few > Choices { display: none; }
        & > VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; scrollbar-background: $background; }
        & .why { height: auto; padding: 0 1; margin-bottom: 1; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("suggestion.take", "y", "take", N_("take over"), N_("Take all proposals over into the draft"),
                footer=1),
    )
    BINDINGS = bindings(KEYS)

    class Wanted(Message):
        """The draft is to take something over."""

        def __init__(self, taken: Taken) -> None:
            super().__init__()
            self.taken = taken

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._takes: list[Taken] = []

    def compose(self) -> Iterable[Widget]:
        """Proposals above, reasons and curve below."""
        yield Choices()
        with VerticalScroll():
            yield Static(classes="why", markup=False)
            yield CurveChart()

    @property
    def first_stop(self) -> Widget:
        """Where the keys go when the panel is entered."""
        return self.query_one(Choices) if self._takes else self.query_one(VerticalScroll)

    def show(self, found: Suggestion, rhythm: Regularity) -> None:
        """Show what the ledger suggests."""
        choices = self.query_one(Choices)
        choices.clear_options()
        self._takes = []
        marks: list[Mark] = []
        if found.window_days is not None:
            self._takes = [
                Taken(found.window_days, found.window_used, found.lost_days),
                Taken(window_used=found.window_used), Taken(window_days=found.window_days),
                Taken(lost_days=found.lost_days),
            ]
            statuses = (Status.AT_RISK, Status.INACTIVE, Status.LOST)
            rows = list(zip(statuses, proposals(found), strict=True))
            marks = [Mark(days, status) for status, (_what, days, _why) in rows]
            choices.add_option(Option(Content.styled(_("Take all three over"), "bold")))
            choices.add_options([Option(_prompt(status, *row)) for status, row in rows])
            choices.highlighted = 0
        self.set_class(not self._takes, "-few")
        words = [*sentences(found), rhythm.in_words()]
        self.query_one(".why", Static).update(Content("\n".join(words)))
        self.query_one(CurveChart).show(_shares(found, marks), marks)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Wanted(self._takes[event.option_index]))

    def action_take(self) -> None:
        """Take everything over."""
        if self._takes:
            self.post_message(self.Wanted(self._takes[0]))


def _prompt(status: Status, what: str, days: int, why: str) -> Content:
    return Content.assemble(
        (SYMBOLS[status], status_style(status)), f" {what} ", (days_words(days), "bold"),
        (" " + _("of silence"), ""), "\n", (f"  {why}", "$quiet"),
    )


def _shares(found: Suggestion, marks: Sequence[Mark]) -> list[float]:
    last = round(max((mark.days for mark in marks), default=found.horizon) * _BEYOND)
    days = range(min(last, found.horizon) + 1)
    return [found.share_within(day) or 0.0 for day in days]
