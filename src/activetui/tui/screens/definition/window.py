"""The window that the shop's own past suggests, with the curve it was read from."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import RenderResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from activetui.activity.definition import Definition
from activetui.activity.past.purchase_window import purchase_window
from activetui.activity.past.regularity import Regularity
from activetui.activity.past.suggestion import Suggestion
from activetui.activity.past.suggestion_words import proposals, sentences
from activetui.activity.status import Status
from activetui.insights.curve_picture import curve_picture, last_day_drawn, marks_of
from activetui.locales import N_, _
from activetui.locales.formats import days_words
from activetui.tui.commands import Command, bindings
from activetui.tui.screens.definition.choices import PanelChoices
from activetui.tui.words import SYMBOLS, status_style

_HEIGHT = 8
"""Lines of the curve without its axis."""


class CurveChart(Widget):
    """The share of purchases whose next one has come, by days of silence."""

    DEFAULT_CSS = "CurveChart { height: 13; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._found: Suggestion | None = None

    def show(self, found: Suggestion) -> None:
        """Show the curve of a suggestion, with its days marked."""
        self._found = found
        self.display = len(found.curve.share) > 1
        self.refresh()

    def render(self) -> RenderResult:
        """Title, columns, axis."""
        found = self._found
        if found is None:
            return Content("")
        lines = curve_picture(
            found.curve, last_day_drawn(found), self.content_size.width, _HEIGHT, marks_of(found)
        )
        title = _("Purchases whose next one has come, by days of silence")
        return Content.assemble(
            (title + "\n", "bold"), ("\n".join(lines[:_HEIGHT]) + "\n", "$accent"),
            ("\n".join(lines[_HEIGHT:]), "$quiet"),
        )


class Taken(NamedTuple):
    """What the draft is to take over; None leaves a part as it is."""

    window_days: int | None = None
    window_used: Decimal | None = None
    lost_days: int | None = None


class Now(NamedTuple):
    """What the draft says, in days of silence after a purchase; None where it says nothing."""

    window: int | None
    lost: int | None


def now_of(definition: Definition | None) -> Now:
    """The windows of a definition."""
    window = purchase_window(definition) if definition is not None else None
    if definition is None or window is None or definition.lost_days is None:
        return Now(window, None)
    return Now(window, window + definition.lost_days)


class SuggestionPanel(Vertical):
    """Proposals that can be taken over one by one or together, what they rest on, and the curve."""

    DEFAULT_CSS = """
    SuggestionPanel {
        & > PanelChoices { height: auto; max-height: 60%; }
        &.-few > PanelChoices { display: none; }
        & > VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; scrollbar-background: $background; }
        & .why { height: auto; padding: 0 1; margin: 1 0; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("suggestion.take", "y", "take", N_("take over"), N_("Take all proposals over into the draft"),
                footer=2, keeps=True),
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
        yield PanelChoices()
        with VerticalScroll():
            yield Static(classes="why", markup=False)
            yield CurveChart()

    @property
    def first_stop(self) -> Widget:
        """Where the keys go when the panel is entered."""
        return self.query_one(PanelChoices) if self._takes else self.query_one(VerticalScroll)

    def show(self, found: Suggestion, rhythm: Regularity, now: Now) -> None:
        """Show what the ledger suggests, beside what the draft says now."""
        choices = self.query_one(PanelChoices)
        before = choices.highlighted or 0
        choices.clear_options()
        self._takes = []
        if found.window_days is not None:
            self._takes = [
                Taken(found.window_days, found.window_used, found.lost_days),
                Taken(window_used=found.window_used), Taken(window_days=found.window_days),
                Taken(lost_days=found.lost_days),
            ]
            statuses = (Status.AT_RISK, Status.INACTIVE, Status.LOST)
            rows = list(zip(statuses, proposals(found), strict=True))
            choices.add_option(Option(Content.styled(_("Take all three over"), "bold")))
            choices.add_options([
                Option(_prompt(status, *row, until))
                for (status, row), until in zip(rows, (None, now.window, now.lost), strict=True)
            ])
            choices.highlighted = min(before, len(rows))
        self.set_class(not self._takes, "-few")
        words = [*sentences(found), rhythm.in_words()]
        self.query_one(".why", Static).update(Content("\n".join(words)))
        self.query_one(CurveChart).show(found)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Wanted(self._takes[event.option_index]))

    def action_take(self) -> None:
        """Take everything over."""
        if self._takes:
            self.post_message(self.Wanted(self._takes[0]))


def _prompt(status: Status, what: str, days: int, why: str, now: int | None) -> Content:
    present = _("(now {days})").format(days=days_words(now)) if now is not None and now != days else ""
    return Content.assemble(
        (SYMBOLS[status], status_style(status)), f" {what} ", (days_words(days), "bold"), " ",
        _("of silence"), " ", (present, "$quiet"), "\n", (f"  {why}", "$quiet"),
    )

