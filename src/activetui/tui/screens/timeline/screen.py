"""Timeline: the whole story of one customer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from activetui.locales import N_, _
from activetui.tui.card import receipt_rows
from activetui.tui.commands import Command, bindings, press_of
from activetui.tui.list_place import ListPlace, neighbour
from activetui.tui.screens.timeline import event_details, side
from activetui.tui.screens.timeline.event_changes import EventChanges
from activetui.tui.screens.timeline.events import (
    Wanted,
)
from activetui.tui.screens.timeline.lists import StoryLists, panel_tabs
from activetui.tui.screens.timeline.story import Story, story_of
from activetui.tui.screens.timeline.words import buying_content, head_content
from activetui.tui.values import Value, values_of
from activetui.tui.widgets.empty_state import NextStep
from activetui.tui.widgets.imports.sections import Sections
from activetui.tui.widgets.panel_tabs import PanelTabs
from activetui.tui.widgets.receipt_panel import ReceiptPanel
from activetui.tui.widgets.status_band import StatusBand


class Bearings(NamedTuple):
    """What stood on the screen, so that one can come back to it."""

    panel: str
    wanted: Wanted
    event: int
    """Number of the event under the cursor; 0 for none."""


class TimelineScreen(StoryLists, EventChanges):
    """One customer: status over the years, purchases, events and their figures, tasks, the person."""

    MODE = "timeline"
    AUTO_FOCUS = "#events"
    DEFAULT_CSS = """
    TimelineScreen {
        & .head { height: 2; padding: 0 1; }
        & .buying { height: auto; max-height: 2; padding: 0 1; }
        & #nothing { padding: 1 2; color: $quiet; }
        & VirtualList { padding: 0 0 0 1; }
        & .story, & ContentSwitcher { height: 1fr; }
        & ContentSwitcher { width: 1fr; }
        & Sections { width: 44; background: $surface; }
        & Sections:focus { background: $panel; }
        &.-narrow .story { layout: vertical; }
        & ReceiptPanel { display: none; }
        &.-narrow Sections { display: none; }
        &.-narrow ReceiptPanel { display: block; width: 1fr; height: auto; max-height: 6; }
        &.-wide Sections { width: 60; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("timeline.next", "n,right_square_bracket", "neighbour(1)", N_("next"),
                N_("The next customer of the list one came from"), footer=7),
        Command("timeline.previous", "p,left_square_bracket", "neighbour(-1)", N_("previous"),
                N_("The customer before in the list one came from"), footer=8),
        Command("timeline.back", "escape", "back", N_("back"),
                N_("Back to all events; from there, back to where you came from")),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._shown_customer: int | None = None
        self._keep_filter = False
        self._back_to: Bearings | None = None

    def compose_body(self) -> Iterable[Widget]:
        """Head, band, figures; then the lists, one at a time, with the receipt beside them."""
        yield Vertical(
            Static(classes="head"),
            StatusBand(),
            Static(classes="buying"),
            PanelTabs(panel_tabs(), "events"),
            Horizontal(
                self.compose_lists(),
                Sections(),
                ReceiptPanel(),
                classes="story",
            ),
        )

    def help_parts(self) -> list[tuple[str, list[Command]]]:
        """The list and the tasks."""
        return self._keys_of((_("With a task"), "TaskList"), (_("In the lists"), "#events"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a list that one came from there is no next customer."""
        if action == "neighbour" and self.place is None:
            return False
        return super().check_action(action, parameters)

    # -- asking -------------------------------------------------------------------------------------------

    @property
    def place(self) -> ListPlace | None:
        """Where the customer stands in the list one came from; None for no list."""
        place = self.session.place
        return place if place is not None and place.customer == self.session.customer else None

    def on_screen_resume(self) -> None:
        """Another customer may have been chosen meanwhile."""
        if self.session.customer != self._shown_customer:
            self._seen = None
        super().on_screen_resume()

    def refresh_data(self) -> None:
        """Ask for the customer's story."""
        customer = self.session.customer
        if customer is None:
            self._shown_customer = None
            self._nobody()
            return
        question = partial(
            story_of, customer_id=customer, day=self.session.day, today=self.session.today
        )
        self.ask(question, partial(self._came, customer), group="story")

    def _nobody(self) -> None:
        self.story = None
        if self.session.overview.empty:
            self.show_start()
            return
        self.show_empty(
            _("No customer chosen"),
            _("Choose one in the list: Enter opens the story of the customer under the cursor."),
            [NextStep(press_of("app.customers"), _("to the list of customers"))],
        )

    def _came(self, customer: int, story: Story | None) -> None:
        if story is None:
            self.session.customer = self._shown_customer = None
            self._nobody()
            return
        another = customer != self._shown_customer
        back_to, self._back_to = self._back_to, None
        self._shown_customer = customer
        if back_to is not None:
            self.wanted = back_to.wanted
        elif another and not self._keep_filter:
            self.wanted = Wanted()
        self._keep_filter = False
        self.story = story
        self.show_body()
        self._show_head()
        self.query_one(".buying", Static).update(buying_content(story.card, story.subscriptions))
        self.query_one(StatusBand).show_life(story.line)
        self._show_side()
        self.show_lists(another=another)
        if back_to is not None:
            self.action_panel(back_to.panel)
            self.go_to_event(back_to.event)
        self.refresh_bindings()

    def bearings(self) -> Bearings:
        """List, filter and cursor."""
        event = self.event
        return Bearings(self.panel, self.wanted, 0 if event is None else event.id)

    def take_bearings(self, bearings: object) -> None:
        """Be as it was then, once the story has come."""
        if isinstance(bearings, Bearings):
            self._back_to, self._seen = bearings, None

    def values_to_copy(self) -> Sequence[Value]:
        """What stands under the cursor, then how to reach the person."""
        if self.story is None:
            return ()
        event = self.event
        mine = super().values_to_copy() if event is None else event_details.values_of_event(event)
        return [*mine, *values_of(self.story.card.person)]

    def _show_side(self) -> None:
        """The receipt, with more beside it where there is room."""
        if self.story is not None:
            wide, until = self.has_class("-wide"), self.session.known_until
            self.query_one(Sections).show(side.sections(self.story, known_until=until, wide=wide))
            since, *others = receipt_rows(self.story.card, until)
            self.query_one(ReceiptPanel).show("", None, [*others, since])

    def _show_head(self) -> None:
        if self.story is not None:
            head = self.query_one(".head", Static)
            head.update(head_content(self.story.card, max(20, self.size.width - 2), self.place))

    def on_resize(self) -> None:
        """The status stands at the right edge, and a wide window has room for more."""
        self._show_head()
        self.call_after_refresh(self._show_side)

    async def action_back(self) -> None:
        """Back to the events, to all of them, to where one came from."""
        if self.story is not None and self.panel != "events":
            self.action_panel("events")
        elif self.story is not None and self.wanted.filtered:
            self.want(Wanted(folded=self.wanted.folded))
        else:
            await self.run_action("app.go_back")

    def action_neighbour(self, step: int) -> None:
        """Go on to the next customer of the list, or to the one before."""
        place = self.place
        if place is not None:
            question = partial(neighbour, place=place, step=step)
            self.ask(question, self._neighbour_found, group="neighbour", day=place.day)

    def _neighbour_found(self, place: ListPlace | None) -> None:
        if place is None:
            self.active_app.tell(_("The list ends here."))
            return
        self.session.customer, self.session.place = place.customer, place
        self._keep_filter = True
        self.refresh_data()
