"""Segments: groups of customers by name, over time, beside each other, and put together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.insights.segment_history import changes_since
from activetui.ledger.days import Day, iso
from activetui.ledger.errors import OwnerError
from activetui.locales import N_, _
from activetui.locales.formats import format_day, format_number
from activetui.segments.library import Worth
from activetui.store.people import Person
from activetui.tui.commands import Command, bindings
from activetui.tui.list_place import ListPlace
from activetui.tui.people import people_columns
from activetui.tui.screens.segments import changes, data, rows, side_by_side, trend
from activetui.tui.screens.segments.combining import reference
from activetui.tui.screens.segments.data import Known
from activetui.tui.screens.segments.handling import Handling
from activetui.tui.screens.segments.panels import MEMBERS, SegmentPanels
from activetui.tui.screens.segments.watching import Watching
from activetui.tui.widgets.door import Door
from activetui.tui.widgets.list_messages import Chosen, Highlighted, PageWanted
from activetui.tui.widgets.virtual_list import PAGE, VirtualList


class SegmentsScreen(Handling):
    """Left the segments, right the one under the cursor."""

    MODE = "segments"
    AUTO_FOCUS = "#segments"
    DEFAULT_CSS = """
    SegmentsScreen {
        & .left { width: 13fr; }
        & #segments { height: 1fr; padding: 0 0 0 1; }
        & .work { height: 1; padding: 0 1; color: $quiet; display: none; }
        & .work.-shown { display: block; }
        & .side { width: 10fr; border-left: solid $panel; }
        &.-wide .left { width: 9fr; }
        &.-wide .side { width: 11fr; }
        &.-narrow .reading { margin-bottom: 0; max-height: 4; }
        &.-narrow .halves { layout: vertical; }
        &.-narrow .left { width: 100%; height: 1fr; }
        &.-narrow .side { width: 100%; height: 1fr; border-left: none; border-top: solid $panel; }
        &.-only-left .side { display: none; }
        &.-only-side .left { display: none; }
        &.-only-side .side { border: none; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("segments.mark", "space", "mark", N_("mark"),
                N_("Mark the segment, to compare it or put it together with others"), footer=2),
        Command("segments.mark-none", "N", "mark_none", N_("no marks"), N_("Take all marks away")),
        Command("segments.new", "n", "new", N_("new"), N_("Save a new segment"), footer=3, changes=True),
        Command("segments.combine", "o", "combine", N_("combine"),
                N_("Put the marked segments together: any, all, one without the other"), footer=4),
        Command("segments.export", "w", "export", N_("export"), N_("Write the segment's customers to a file"),
                footer=5),
        Command("segments.edit", "e", "edit", N_("edit"), N_("Change the segment's query"), changes=True),
        Command("segments.rename", "r", "rename", N_("rename"), N_("Give the segment another name"),
                changes=True),
        Command("segments.delete", "x", "delete", N_("delete"), N_("Delete the segment (can be undone)"),
                changes=True),
        Command("segments.members", "m", "panel('members')", N_("members"),
                N_("The customers of the segment")),
        Command("segments.changes", "c", "panel('changes')", N_("changes"),
                N_("Who entered and left since last month, and why")),
        Command("segments.trend", "h", "panel('trend')", N_("trend"),
                N_("The last twelve months as a table")),
        Command("segments.beside", "v", "panel('beside')", N_("side by side"),
                N_("Two marked segments side by side; one, or none, beside all customers")),
        Command("segments.since", "s", "since", N_("since"), N_("Show the changes since another day")),
        Command("segments.zoom", "z", "zoom", N_("whole"),
                N_("Give this half the whole screen, or both again")),
        Command("segments.left", "escape", "to_left", N_("back"),
                N_("Back to the segments; there, stop working out the trend")),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._watching = Watching(self, self._trends_moved_on)
        self._since: Day | None = None
        """The day with which the changes compare; None for the end of the month before."""
        self._described = ""
        """Which segment the panels show."""

    def compose_body(self) -> Iterable[Widget]:
        """Segments left, what the one under the cursor is right."""
        yield Horizontal(
            Vertical(
                VirtualList(rows.columns(1, "EUR", {}), id="segments"),
                Static(classes="work", markup=False),
                classes="left",
            ),
            SegmentPanels(self.session.day, classes="side"),
            classes="halves",
        )

    @property
    def segments(self) -> VirtualList[Worth]:
        """The list of segments."""
        return self.query_one("#segments", VirtualList)

    @property
    def panels(self) -> SegmentPanels:
        """The right half."""
        return self.query_one(SegmentPanels)

    # -- asking -------------------------------------------------------------------------------------------

    def refresh_data(self) -> None:
        """Ask for all segments; what was worked out of other days is kept if only segments have changed."""
        session = self.session
        if session.known_then:
            self._watching.end()
        else:
            self._watching.see(session.path, session.day, same_ledger=self.only_segments_changed)
        self.only_segments_changed = False
        self._described = ""
        if self.known is None:
            self.ask(data.names, self._names_came, group="names")
        self.ask(partial(data.known, day=session.day), self._known_came, group="segments", slow=True)

    def on_screen_suspend(self) -> None:
        """Another screen is seen: nothing is worked out here meanwhile."""
        super().on_screen_suspend()
        self._watching.pause()

    def on_screen_resume(self) -> None:
        """The screen is seen again: what was not worked out yet goes on."""
        super().on_screen_resume()
        if self.known is not None and not self._watching.stopped:
            self._follow(self.known)

    def on_unmount(self) -> None:
        """The app is left."""
        self._watching.end()

    def _names_came(self, worths: list[Worth]) -> None:
        if self.known is None:
            self.segments.show_rows(worths)

    def _known_came(self, known: Known) -> None:
        self.known = known
        if not known.customers:
            self.show_start()
            return
        self.show_body()
        self.panels.members.columns = tuple(people_columns(self.session.day, MEMBERS))
        names = [worth.segment.name for worth in known.worths]
        self.marked = [name for name in self.marked if name in names]
        self._show_columns()
        wanted = self.go_to or (self.current.name if self.current else "")
        self.go_to = ""
        self.segments.show_rows(known.worths, cursor=names.index(wanted) if wanted in names else None)
        self._follow(known)

    def _follow(self, known: Known) -> None:
        if not self.session.known_then:
            self._watching.follow([worth.segment.query for worth in known.worths])

    def _show_columns(self) -> None:
        """Paint the list with the marks and trends that there are."""
        known = self.known
        if known is not None:
            self.segments.columns = rows.columns(known.customers, known.currency, self._watching.trends)

    def _trends_moved_on(self) -> None:
        watching = self._watching
        work = self.query_one(".work", Static)
        words = _("Trend: {done} of {of} month-ends · Esc stops").format(
            done=format_number(watching.done), of=format_number(watching.of)
        )
        work.set_class(watching.running and watching.of > 0, "-shown")
        work.update(Content(words))
        self._show_columns()
        if self.panels.shown == "trend":
            self._show_trend()
        self.refresh_bindings()

    # -- the segment under the cursor ---------------------------------------------------------------------

    @on(VirtualList.Highlighted, "#segments")
    def _segment_highlighted(self, event: Highlighted) -> None:
        worth = event.row
        if not isinstance(worth, Worth) or self.known is None:
            return
        if self._described != worth.segment.name:
            self._described = worth.segment.name
            self.panels.describe(worth, self.known.readings.get(worth.segment.query, ""))
            self._show_panel(from_top=True)

    def _show_panel(self, *, from_top: bool = False) -> None:
        """Fill the panel that is seen for the segment under the cursor."""
        worth = self.segments.current
        if worth is None or self.known is None:
            return
        {
            "members": self._show_members, "changes": self._show_changes, "trend": self._show_trend,
            "beside": self._show_beside,
        }[self.panels.shown]()
        if from_top:
            self.refresh_bindings()

    def _show_members(self) -> None:
        worth = self.segments.current
        if worth is not None:
            self.panels.members.begin(worth.total.customers if worth.total else 0, cursor=0)

    @on(VirtualList.PageWanted, "#members")
    def _page_wanted(self, event: PageWanted) -> None:
        worth = self.segments.current
        if worth is None:
            return
        day = self.day_of(worth.segment)
        question = partial(
            data.members, query=worth.segment.query, day=day, limit=PAGE, offset=event.first
        )
        put = partial(self.panels.members.put, event.generation, event.first)
        self.ask(question, put, group=f"members-{event.first}", day=day)

    def _show_changes(self) -> None:
        segment = self.current
        panel = self.panels.changes
        if segment is None:
            return
        if self.session.known_then:
            panel.say(_("Changes are told from what is known now: K shows that."))
            return
        since = self._since
        if since is None or since >= self.session.day:
            since = changes_since(self.session.day)
        panel.say(_("Looking back to {day}…").format(day=format_day(since)))
        currency = self.known.currency if self.known else ""

        def refused(error: OwnerError) -> None:
            panel.say(f"{error.message} {error.hint}".strip())

        self._watching.changes(
            segment.query, since, partial(panel.show, currency=currency), refused
        )

    def _show_trend(self) -> None:
        segment = self.current
        found = None if segment is None else self._watching.trends.get(segment.query)
        if self.session.known_then:
            self.panels.trend.say(_("The trend is told from what is known now: K shows that."))
        elif found is None or self.known is None:
            self.panels.trend.say(_("Working out the month-ends…"))
        else:
            self.panels.trend.show(found, self.known.currency, complete=self._watching.complete)

    def _show_beside(self) -> None:
        pair = self.pair()
        if pair is None:
            return
        a, b, hint = pair

        def refused(error: OwnerError) -> None:
            self.panels.beside.say(f"{error.message} {error.hint}".strip())

        question = partial(data.beside, a=a, b=b, day=self.session.day)
        shown = partial(self.panels.beside.show, hint=hint)
        self.ask(question, shown, group="beside", slow=True, refused=refused)

    def on_mount(self) -> None:
        """Rows have a place for their mark."""
        self.segments.show_marks(lambda worth: worth.segment.name in self.marked)

    def marks_changed(self) -> None:
        """Show the marks, and what is compared by them."""
        self.segments.repaint_rows()
        if self.panels.shown == "beside":
            self._show_beside()

    # -- ways to the customers ----------------------------------------------------------------------------

    @on(VirtualList.Chosen, "#segments")
    def _segment_chosen(self, event: Chosen) -> None:
        if isinstance(event.row, Worth):
            self.active_app.show_customers(event.row.segment.query)

    @on(VirtualList.Chosen, "#members")
    def _member_chosen(self, event: Chosen) -> None:
        worth, person = self.segments.current, event.row
        if isinstance(person, Person) and worth is not None and worth.total is not None:
            place = ListPlace(
                person.id, worth.segment.query, "year_spend", True, self.panels.members.cursor,
                worth.total.customers, self.day_of(worth.segment),
            )
            self.active_app.show_customer(person.id, place)

    @on(VirtualList.Chosen, "#moves")
    def _moved_chosen(self, event: Chosen) -> None:
        if isinstance(event.row, changes.Row):
            self.active_app.show_customer(event.row.move.person.id)

    @on(VirtualList.Chosen, "#points")
    def _month_chosen(self, event: Chosen) -> None:
        segment = self.current
        if segment is None or not isinstance(event.row, trend.Row) or event.row.total is None:
            return
        day = "" if event.row.day == self.session.day else f"as-of:{iso(event.row.day)} "
        self.active_app.show_customers(day + reference(segment))

    @on(VirtualList.Chosen, "#figures")
    def _figure_chosen(self, event: Chosen) -> None:
        if isinstance(event.row, side_by_side.Row):
            self.active_app.show_customers(event.row.query)

    @on(Door.Opened)
    def _door_opened(self, event: Door.Opened) -> None:
        self.active_app.show_customers(event.query)

    # -- what is seen -------------------------------------------------------------------------------------

    def action_panel(self, panel: str) -> None:
        """Show a panel and go there; from there, back to the segments."""
        if panel == self.panels.shown and self._in_panels():
            self._to_list()
            return
        self.panels.open(panel)
        self._show_panel()
        self.remove_class("-only-left")
        self.set_class(self.has_class("-narrow"), "-only-side")
        self.call_after_refresh(self.panels.enter)

    @on(SegmentPanels.TabChosen)
    def _tab_chosen(self, event: SegmentPanels.TabChosen) -> None:
        self.action_panel(event.panel)

    def action_to_left(self) -> None:
        """Back to the segments; there, stop working out the trend."""
        if self._in_panels() or self.has_class("-only-side"):
            self._to_list()
        elif self._watching.running:
            self._watching.stop()
            self.active_app.tell(_("Stopped. What is known of the trends stays."))

    def _to_list(self) -> None:
        self.remove_class("-only-side")
        self.segments.focus()

    def action_since(self) -> None:
        """Ask for the day with which the changes compare."""
        self.ask_since(self._since_chosen)

    def _since_chosen(self, day: Day | None) -> None:
        self._since = day
        self.panels.open("changes")
        self._show_panel()

    def action_zoom(self) -> None:
        """Give the half with the keys the whole screen."""
        whole = self.has_class("-only-left") or self.has_class("-only-side")
        self.remove_class("-only-left", "-only-side")
        if not whole:
            self.add_class("-only-side" if self._in_panels() else "-only-left")

    def _in_panels(self) -> bool:
        """Whether a panel has the keys."""
        return self.focused is not None and self.panels in self.focused.ancestors

    # -- coming back --------------------------------------------------------------------------------------

    def bearings(self) -> object:
        """The segment under the cursor, and the panel."""
        return (self.current.name if self.current else "", self.panels.shown)

    def take_bearings(self, bearings: object) -> None:
        """Go to the segment and the panel that were seen."""
        match bearings:
            case (str(name), str(panel)):
                self.panels.open(panel)
                names = [worth.segment.name for worth in self.known.worths] if self.known else []
                if name in names:
                    self.segments.cursor = names.index(name)
                else:
                    self.go_to = name
                self._show_panel()
