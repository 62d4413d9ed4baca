"""Segments: groups of customers by name, over time, beside each other, and put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.ledger.days import Day
from activetui.locales import N_, _
from activetui.locales.formats import format_number
from activetui.segments.library import Worth
from activetui.tui.commands import Command, bindings, key_of
from activetui.tui.people import people_columns
from activetui.tui.screens.segments import data, rows
from activetui.tui.screens.segments.data import Known
from activetui.tui.screens.segments.panels import MEMBERS, SegmentPanels
from activetui.tui.screens.segments.showing import Showing
from activetui.tui.values import Value
from activetui.tui.widgets.virtual_list import VirtualList

MANY = 200_000
"""Customers from which on trends are only worked out when somebody asks for them."""


class SegmentsScreen(Showing):
    """Left the segments, right the one under the cursor."""

    MODE = "segments"
    AUTO_FOCUS = "#segments"
    # side by side, the trends and the reasons need more room than the halves of other screens
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (116, "-middle"), (150, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    SegmentsScreen {
        & .left { width: 16fr; }
        & #segments { height: 1fr; padding: 0 0 0 1; }
        & .work { height: 1; padding: 0 1; color: $quiet; display: none; }
        & .work.-shown { display: block; }
        & .side { width: 10fr; border-left: solid $panel; }
        &.-wide .left { width: 23fr; }
        &.-wide .side { width: 18fr; }
        &.-narrow .reading { margin-bottom: 0; max-height: 5; }
        &.-narrow .halves { layout: vertical; }
        &.-narrow .left { width: 100%; height: 1fr; }
        &.-narrow .side { width: 100%; height: 1fr; border-left: none; border-top: solid $panel; }
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
        self.trends_wanted = False
        """Whether somebody has asked for the trends, however long they take."""

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

    def on_mount(self) -> None:
        """Rows have a place for their mark."""
        self.segments.show_marks(lambda worth: worth.segment.name in self.marked)

    # -- asking -------------------------------------------------------------------------------------------

    def refresh_data(self) -> None:
        """Ask for all segments; what was worked out of other days is kept if only segments have changed."""
        session = self.session
        if session.known_then:
            self.watching.end()
        else:
            self.watching.see(session.path, session.day, same_ledger=self.only_segments_changed)
        self.only_segments_changed = False
        self.stale = True
        if self.known is None:
            self.ask(data.names, self._names_came, group="names")
        self.ask(partial(data.known, day=session.day), self._known_came, group="segments", slow=True)

    def on_screen_suspend(self) -> None:
        """Another screen is seen: nothing is worked out here meanwhile."""
        super().on_screen_suspend()
        self.watching.pause()

    def on_screen_resume(self) -> None:
        """The screen is seen again: what was not worked out yet goes on."""
        seen = self._seen
        super().on_screen_resume()
        if seen == self._seen and self.known is not None and not self.watching.stopped:
            self._follow(self.known)

    def on_unmount(self) -> None:
        """The app is left."""
        self.watching.end()

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
        """Work out the trends; of very many customers, only once somebody wants to see them."""
        if self.session.known_then:
            return
        if known.customers > MANY and not self.trends_wanted:
            words = _("Trends of so many customers take minutes. {key} begins.")
            self._say_work(words.format(key=key_of("segments.trend")))
            return
        self.watching.follow([worth.segment.query for worth in known.worths])

    def _show_columns(self) -> None:
        """Paint the list with the marks and trends that there are."""
        known = self.known
        if known is not None:
            self.segments.columns = rows.columns(known.customers, known.currency, self.watching.trends)

    def trends_moved_on(self) -> None:
        watching = self.watching
        words = _("Trend: {done} of {of} month-ends · {key} stops").format(
            done=format_number(watching.done), of=format_number(watching.of), key=key_of("segments.left")
        )
        self._say_work(words if watching.running and watching.of > 0 else "")
        self._show_columns()
        if self.panels.shown == "trend":
            self.show_trend()
        self.refresh_bindings()

    def _say_work(self, words: str) -> None:
        """Say below the list how far the trends are; nothing takes the line away."""
        work = self.query_one(".work", Static)
        work.set_class(bool(words), "-shown")
        work.update(Content(words))

    # -- what is seen -------------------------------------------------------------------------------------

    def action_panel(self, panel: str) -> None:
        """Show a panel and go there; from there, back to the segments."""
        if panel == self.panels.shown and self.at_side:
            self._to_list()
            return
        self.panels.open(panel)
        if panel == "trend" and not self.watching.running and self.known is not None:
            self.trends_wanted = True
            self._follow(self.known)
        self.show_panel()
        self.remove_class("-only-left")
        self.set_class(self.has_class("-narrow"), "-only-side")
        self.call_after_refresh(self.panels.enter)

    @on(SegmentPanels.TabChosen)
    def _tab_chosen(self, event: SegmentPanels.TabChosen) -> None:
        self.action_panel(event.panel)

    def action_to_left(self) -> None:
        """Back to the segments; there, stop working out the trend."""
        if self.at_side or self.has_class("-only-side"):
            self._to_list()
        elif self.watching.running:
            self.watching.stop()
            self.active_app.tell(_("Stopped. What is known of the trends stays."))

    def _to_list(self) -> None:
        self.remove_class("-only-side")
        self.segments.focus()

    def action_since(self) -> None:
        """Ask for the day with which the changes compare."""
        self.ask_since(self._since_chosen)

    def _since_chosen(self, day: Day | None) -> None:
        self.since = day
        self.panels.open("changes")
        self.show_panel()

    def values_to_copy(self) -> Sequence[Value]:
        """In the list, the segment's query before all."""
        segment = self.current
        if segment is None or self.focused is not self.segments:
            return super().values_to_copy()
        words = self.known.readings.get(segment.query, "") if self.known else ""
        return [
            Value(_("query"), segment.query), Value(_("name"), segment.title), Value(_("in words"), words),
        ]

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
                self.show_panel()
