"""Timeline: the whole story of one customer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from activetui.activity.words import kind_word
from activetui.insights.customer_story import Favourite
from activetui.ledger.days import to_date, to_day
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import format_day, format_number
from activetui.store.events import EventRow
from activetui.tui.card import receipt_rows
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.choose import Choice
from activetui.tui.dialogs.choose_many import ChooseManyDialog
from activetui.tui.event_words import kind_label
from activetui.tui.list_place import ListPlace, neighbour
from activetui.tui.screens.timeline import event_details, side
from activetui.tui.screens.timeline.event_changes import EventChanges
from activetui.tui.screens.timeline.events import (
    COLUMNS,
    EventLine,
    Line,
    Wanted,
    YearLine,
    count_words,
    kinds_in,
    lines_of,
    year_of,
)
from activetui.tui.screens.timeline.person import PersonLine, person_columns, person_lines
from activetui.tui.screens.timeline.person_changes import PersonChanges
from activetui.tui.screens.timeline.story import Story, Work, story_of
from activetui.tui.screens.timeline.tables import MonthLine, month_columns, month_lines, product_columns
from activetui.tui.screens.timeline.task_changes import TaskChanges, TaskList
from activetui.tui.screens.timeline.words import buying_content, head_content, nothing_words
from activetui.tui.widgets.empty_state import NextStep
from activetui.tui.widgets.imports.sections import Sections
from activetui.tui.widgets.panel_tabs import PanelTab, PanelTabs
from activetui.tui.widgets.receipt_panel import ReceiptPanel
from activetui.tui.widgets.status_band import StatusBand
from activetui.tui.widgets.virtual_list import VirtualList

PANELS = ("events", "months", "products", "tasks", "person")


class TimelineScreen(EventChanges, TaskChanges, PersonChanges):
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
        Command("timeline.kinds", "f,slash", "choose_kinds", N_("kinds"),
                N_("Show the events of some kinds only"), footer=3),
        Command("timeline.next", "n,right_square_bracket", "neighbour(1)", N_("next"),
                N_("The next customer of the list one came from"), footer=7),
        Command("timeline.previous", "p,left_square_bracket", "neighbour(-1)", N_("previous"),
                N_("The customer before in the list one came from"), footer=8),
        Command("timeline.older", "left,h", "year(-1)", N_("year before"), N_("Go to the year before"),
                palette=False),
        Command("timeline.newer", "right,l", "year(1)", N_("next year"), N_("Go to the next year"),
                palette=False),
        Command("timeline.events", "v", "panel('events')", N_("events"), N_("All events, day by day")),
        Command("timeline.months", "m", "panel('months')", N_("months"),
                N_("The band and the bars as a table, month by month")),
        Command("timeline.products", "o", "panel('products')", N_("products"),
                N_("What the customer buys, and how often")),
        Command("timeline.tasks", "s", "panel('tasks')", N_("tasks"),
                N_("The steps to win the customer back, and what came of them")),
        Command("timeline.person", "w", "panel('person')", N_("who"),
                N_("Everything that is known of the person")),
        Command("timeline.back", "escape", "back", N_("back"),
                N_("Back to all events; from there, back to the list")),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._wanted = Wanted()
        self._shown_customer: int | None = None
        self._keep_filter = False

    def compose_body(self) -> Iterable[Widget]:
        """Head, band, figures; then the lists, one at a time, with the receipt beside them."""
        tabs = [
            PanelTab("events", "v", _("Events")), PanelTab("months", "m", _("Months")),
            PanelTab("products", "o", _("Products")), PanelTab("tasks", "s", _("Tasks")),
            PanelTab("person", "w", _("Who")),
        ]
        yield Vertical(
            Static(classes="head"),
            StatusBand(),
            Static(classes="buying"),
            PanelTabs(tabs, "events"),
            Horizontal(
                ContentSwitcher(
                    VirtualList(COLUMNS, id="events"),
                    VirtualList([], id="months"),
                    VirtualList([], id="products"),
                    TaskList(),
                    VirtualList(person_columns(), id="person"),
                    Static(id="nothing", markup=False),
                    initial="events",
                ),
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
            [NextStep("2", _("to the list of customers"))],
        )

    def _came(self, customer: int, story: Story | None) -> None:
        if story is None:
            self.session.customer = self._shown_customer = None
            self._nobody()
            return
        another = customer != self._shown_customer
        self._shown_customer = customer
        if another and not self._keep_filter:
            self._wanted = Wanted()
        self._keep_filter = False
        self.story = story
        self.show_body()
        self._show_head()
        self.query_one(".buying", Static).update(buying_content(story.card))
        self.query_one(StatusBand).show_life(story.line)
        self._show_side()
        self._show_lists(another=another)
        self.refresh_bindings()

    def _show_side(self) -> None:
        """The receipt, with more beside it where there is room."""
        if self.story is not None:
            wide = self.has_class("-wide")
            self.query_one(Sections).show(side.sections(self.story, wide=wide))
            since, *others = receipt_rows(self.story.card)
            self.query_one(ReceiptPanel).show("", None, [*others, since])

    def _show_head(self) -> None:
        if self.story is not None:
            head = self.query_one(".head", Static)
            head.update(head_content(self.story.card, max(20, self.size.width - 2), self.place))

    def on_resize(self) -> None:
        """The status stands at the right edge, and a wide window has room for more."""
        self._show_head()
        self.call_after_refresh(self._show_side)

    def _show_lists(self, *, another: bool) -> None:
        story = self.told
        start = 0 if another else None
        self._show_events(cursor=1 if another else None)
        months: VirtualList[MonthLine] = self.query_one("#months", VirtualList)
        months.columns = month_columns(story.card.person.currency)
        months.show_rows(month_lines(story), cursor=start)
        products: VirtualList[Favourite] = self.query_one("#products", VirtualList)
        products.columns = product_columns(story)
        products.show_rows(story.favourites, cursor=start)
        tasks = self.query_one(TaskList)
        tasks.only_looks = self.session.known_then
        tasks.show_rows(story.work, cursor=start)
        self.query_one("#person", VirtualList).show_rows(person_lines(story), cursor=start)
        self._show_panel()
        open_tasks = sum(work.task.state == "open" for work in story.work)
        self.query_one(PanelTabs).note({
            "products": format_number(len(story.favourites)),
            "tasks": format_number(open_tasks) if open_tasks else "",
        })

    def _show_events(self, *, cursor: int | None = None) -> None:
        """Show the events that are wanted; the cursor stays at its event where that is still there."""
        story, kept = self.told, self.events.current
        events = story.card.events
        lines = lines_of(events, self._wanted, story.gaps, story.card.person.currency)
        if cursor is None and kept is not None:
            cursor = next((place for place, line in enumerate(lines) if _same(line, kept)), None)
        self.events.show_rows(lines, cursor=cursor)
        shown = sum(self._wanted.fits(event) for event in events)
        self.query_one(PanelTabs).note({"events": count_words(shown, len(events), self._wanted)})

    # -- where one stands ---------------------------------------------------------------------------------

    @on(VirtualList.Highlighted, "#events")
    def _at_event(self, event: VirtualList.Highlighted) -> None:
        if isinstance(event.row, EventLine | YearLine):
            self.query_one(StatusBand).show_year(year_of(event.row))
            self.refresh_bindings()

    @on(VirtualList.Highlighted, "#months")
    def _at_month(self, event: VirtualList.Highlighted) -> None:
        if isinstance(event.row, MonthLine) and self.panel == "months":
            self.query_one(StatusBand).show_year(to_date(event.row.month.first).year)

    def action_year(self, step: int) -> None:
        """Go to the first line of another year."""
        line = self.events.current
        if self.story is None or line is None:
            return
        self.action_panel("events")
        years = [(place, row.year) for place in range(self.events.total)
                 if isinstance(row := self.events.row_at(place), YearLine)]
        here = next((at for at, (_place, year) in enumerate(years) if year == year_of(line)), 0)
        self.events.cursor = years[max(0, min(here - step, len(years) - 1))][0]

    def action_panel(self, panel: str) -> None:
        """Show another list, and give it the keys."""
        if self.story is None:
            return
        self.panel = panel
        self.query_one(PanelTabs).show(panel)
        self._show_panel()
        self.query_one(f"#{panel}").focus()
        self.refresh_bindings()

    def _show_panel(self) -> None:
        """The list that was chosen, or what to do where it is empty."""
        empty = not self.query_one(f"#{self.panel}", VirtualList).total
        if empty:
            self.query_one("#nothing", Static).update(Content(nothing_words(self.panel)))
        self.query_one(ContentSwitcher).current = "nothing" if empty else self.panel

    @on(PanelTabs.Opened)
    def _tab_opened(self, event: PanelTabs.Opened) -> None:
        self.action_panel(event.panel)

    def action_back(self) -> None:
        """Back to the events, to all of them, to where one came from."""
        if self.story is not None and self.panel != "events":
            self.action_panel("events")
        elif self.story is not None and self._wanted.filtered:
            self._want(Wanted(folded=self._wanted.folded))
        else:
            self.active_app.show_screen("customers")

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

    # -- which events -------------------------------------------------------------------------------------

    def action_choose_kinds(self) -> None:
        """Choose the kinds of event to show."""
        if self.story is None:
            return
        choices = [
            Choice(word, f"{one_line(kind_word(word))}  {format_number(number)}")
            for word, number in kinds_in(self.story.card.events)
        ]
        hint = _("None ticked shows them all.")
        dialog = ChooseManyDialog(_("Which events?"), choices, self._wanted.kinds, hint=hint)
        self.app.push_screen(dialog, self._kinds_chosen)

    def _kinds_chosen(self, kinds: tuple[str, ...] | None) -> None:
        if kinds is not None:
            self._want(Wanted(frozenset(kinds), self._wanted.product, self._wanted.folded))

    def _want(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.action_panel("events")
        self._show_events()

    # -- opening a line -----------------------------------------------------------------------------------

    @on(VirtualList.Chosen)
    def _chosen(self, chosen: VirtualList.Chosen) -> None:
        row: Any = chosen.row
        if isinstance(row, YearLine):
            self._wanted.folded ^= {row.year}
            self._show_events()
        elif isinstance(row, EventLine):
            self._open_event(row.event)
        elif isinstance(row, MonthLine):
            self._go_to_month(row)
        elif isinstance(row, Favourite):
            self._want(Wanted(product=row.product))
        elif isinstance(row, Work) and not self.session.known_then:
            self.ask_outcome(row)
        elif isinstance(row, PersonLine) and not self.session.known_then:
            self._open_person(row)

    def _open_event(self, event: EventRow) -> None:
        question = partial(event_details.behind, event=event)
        self.ask(question, partial(self._show_event, event), group="event")

    def _show_event(self, event: EventRow, behind: event_details.Behind) -> None:
        from activetui.tui.dialogs.text import TextDialog

        title = f"{kind_label(event)}, {format_day(event.day, 'full')}"
        self.app.push_screen(TextDialog(title, event_details.rows(event, behind)))

    def _go_to_month(self, line: MonthLine) -> None:
        """To the first event of the month, or the first before it."""
        until = to_day(to_date(line.month.first + 31).replace(day=1))
        self._wanted.folded.clear()
        self.action_panel("events")
        self._show_events()
        for place in range(self.events.total):
            row = self.events.row_at(place)
            if isinstance(row, EventLine) and row.event.day < until:
                self.events.cursor = place
                return

    def _open_person(self, line: PersonLine) -> None:
        if line.merged is not None:
            self.take_apart(line.merged)
        elif line.field:
            self.action_edit(line.field)


def _same(line: Line, other: Line) -> bool:
    if isinstance(line, EventLine) and isinstance(other, EventLine):
        return line.event.id == other.event.id
    return isinstance(line, YearLine) and isinstance(other, YearLine) and line.year == other.year
