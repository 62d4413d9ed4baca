"""The lists of the Timeline screen, one at a time: which is shown, what stands in them, what Enter opens."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.content import Content
from textual.widgets import ContentSwitcher, Static

from activetui.activity.words import kind_word
from activetui.insights.customer_story import Favourite
from activetui.ledger.days import to_date, to_day
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import format_day, format_number
from activetui.store.events import EventRow
from activetui.tui.commands import Command, bindings, key_of
from activetui.tui.dialogs.choose import Choice
from activetui.tui.dialogs.choose_many import ChooseManyDialog
from activetui.tui.event_words import kind_label
from activetui.tui.screens.timeline import event_details
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
from activetui.tui.screens.timeline.story import Work
from activetui.tui.screens.timeline.tables import MonthLine, month_columns, month_lines, product_columns
from activetui.tui.screens.timeline.task_changes import TaskChanges, TaskList
from activetui.tui.screens.timeline.words import nothing_words
from activetui.tui.widgets.panel_tabs import PanelTab, PanelTabs
from activetui.tui.widgets.status_band import StatusBand
from activetui.tui.widgets.virtual_list import VirtualList


def panel_tabs() -> list[PanelTab]:
    """The lists with their keys."""
    titles = {
        "events": _("Events"), "months": _("Months"), "products": _("Products"), "tasks": _("Tasks"),
        "person": _("Who"),
    }
    return [PanelTab(panel, key_of(f"timeline.{panel}"), title) for panel, title in titles.items()]


class StoryLists(TaskChanges, PersonChanges):
    """Events, months, products, tasks, and what is known of the person."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("timeline.kinds", "f,slash", "choose_kinds", N_("kinds"),
                N_("Show the events of some kinds only"), footer=3),
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
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self.wanted = Wanted()
        """Which events are shown."""

    def compose_lists(self) -> ContentSwitcher:
        """The lists, and what stands where one is empty."""
        return ContentSwitcher(
            VirtualList(COLUMNS, id="events"),
            VirtualList([], id="months"),
            VirtualList([], id="products"),
            TaskList(),
            VirtualList(person_columns(), id="person"),
            Static(id="nothing", markup=False),
            initial="events",
        )

    def show_lists(self, *, another: bool) -> None:
        """Show what the story says, from the top where it is that of `another` customer."""
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
        lines = lines_of(events, self.wanted, story.gaps, story.card.person.currency)
        if cursor is None and kept is not None:
            cursor = next((place for place, line in enumerate(lines) if _same(line, kept)), None)
        self.events.show_rows(lines, cursor=cursor)
        shown = sum(map(self.wanted.fits, events)) if self.wanted.filtered else len(events)
        self.query_one(PanelTabs).note({"events": count_words(shown, len(events), self.wanted)})

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

    def go_to_event(self, event_id: int) -> None:
        """Let the cursor stand on an event, if it is shown."""
        for place in range(self.events.total):
            row = self.events.row_at(place)
            if isinstance(row, EventLine) and row.event.id == event_id:
                self.events.cursor = place

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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without events there are no kinds to choose from."""
        if action == "choose_kinds" and (self.story is None or not self.story.card.events):
            return False
        return super().check_action(action, parameters)

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
        dialog = ChooseManyDialog(_("Which events?"), choices, self.wanted.kinds, hint=hint)
        self.app.push_screen(dialog, self._kinds_chosen)

    def _kinds_chosen(self, kinds: tuple[str, ...] | None) -> None:
        if kinds is not None:
            self.want(Wanted(frozenset(kinds), self.wanted.product, self.wanted.folded))

    def want(self, wanted: Wanted) -> None:
        """Show the events that are wanted."""
        self.wanted = wanted
        self.action_panel("events")
        self._show_events()

    # -- opening a line -----------------------------------------------------------------------------------

    @on(VirtualList.Chosen)
    def _chosen(self, chosen: VirtualList.Chosen) -> None:
        row: Any = chosen.row
        if isinstance(row, YearLine):
            self.wanted.folded ^= {row.year}
            self._show_events()
        elif isinstance(row, EventLine):
            self._open_event(row.event)
        elif isinstance(row, MonthLine):
            self._go_to_month(row)
        elif isinstance(row, Favourite):
            self.want(Wanted(product=row.product))
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
        self.wanted.folded.clear()
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
