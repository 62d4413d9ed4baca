"""The right half filled for the segment under the cursor, and the ways from it to the customers."""

from __future__ import annotations

from functools import partial

from textual import on

from activetui.insights.segment_history import changes_since
from activetui.ledger.days import Day, iso
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.locales.formats import format_day, format_money
from activetui.segments.library import Worth
from activetui.store.listing.people import Person
from activetui.tui.commands import key_of
from activetui.tui.list_place import ListPlace
from activetui.tui.screens.segments import changes, data, side_by_side, trend
from activetui.tui.screens.segments.combining import reference
from activetui.tui.screens.segments.handling import Handling
from activetui.tui.screens.segments.panels import SegmentPanels
from activetui.tui.screens.segments.watching import Watching
from activetui.tui.widgets.door import Door
from activetui.tui.widgets.list_messages import Chosen, Highlighted, PageWanted
from activetui.tui.widgets.virtual_list import PAGE, VirtualList


class Showing(Handling):
    """The part of the screen that shows one segment from four sides."""

    def __init__(self) -> None:
        super().__init__()
        self.watching = Watching(self, self.trends_moved_on)
        self.since: Day | None = None
        """The day with which the changes compare; None for the end of the month before."""
        self.described = ""
        """Which segment the panels show."""
        self.stale = False
        """Whether what they show of it may have changed."""

    def trends_moved_on(self) -> None:
        """More of the trends is known, or nothing more is worked out."""
        raise NotImplementedError

    @property
    def segments(self) -> VirtualList[Worth]:
        """The list of segments."""
        return self.query_one("#segments", VirtualList)

    @property
    def panels(self) -> SegmentPanels:
        """The right half."""
        return self.query_one(SegmentPanels)

    # -- the segment under the cursor ---------------------------------------------------------------------

    @on(VirtualList.Highlighted, "#segments")
    def _segment_highlighted(self, event: Highlighted) -> None:
        worth = event.row
        if not isinstance(worth, Worth) or self.known is None:
            return
        another = self.described != worth.segment.name
        if another or self.stale:
            self.described, self.stale = worth.segment.name, False
            self.panels.describe(worth, self.known.readings.get(worth.segment.query, ""))
            self.show_panel(from_top=another)
            self._ask_paid(worth)

    def _ask_paid(self, worth: Worth) -> None:
        """Say of the segment what is paid for subscriptions, which is in no column."""
        text = worth.segment.query
        if self.known is None or text not in self.known.readings:
            return
        day, currency, words = self.day_of(worth.segment), self.known.currency, self.known.readings[text]

        def came(paid: int) -> None:
            if paid and self.described == worth.segment.name:
                self.panels.describe(worth, words, format_money(paid, currency))

        self.ask(partial(data.paid, query=text, day=day), came, group="paid", slow=True, day=day)

    def show_panel(self, *, from_top: bool = True) -> None:
        """Fill the panel that is seen for the segment under the cursor; `from_top` as for another segment."""
        if self.segments.current is None or self.known is None:
            return
        cursor = 0 if from_top else None
        match self.panels.shown:
            case "members":
                self._show_members(cursor)
            case "changes":
                self._show_changes(cursor)
            case "trend":
                self.show_trend()
            case _:
                self._show_beside()

    def _show_members(self, cursor: int | None) -> None:
        worth, members = self.segments.current, self.panels.members
        if worth is None or self.known is None:
            return
        text = worth.segment.query
        if text not in self.known.days:
            members.begin(worth.total.customers if worth.total else 0, cursor=cursor)
            return
        day = self.known.days[text]

        def begin(customers: int) -> None:
            members.begin(customers, cursor=cursor)

        begin(0)
        self.ask(partial(data.size, query=text, day=day), begin, group="size", day=day)

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

    def _show_changes(self, cursor: int | None) -> None:
        segment = self.current
        panel = self.panels.changes
        if segment is None:
            return
        if self.session.known_then:
            words = _("Changes are told from what is known now: {key} shows that.")
            panel.say(words.format(key=key_of("app.known")))
            return
        since = self.since
        if since is None or since >= self.session.day:
            since = changes_since(self.session.day)
        if cursor is not None:
            panel.say(_("Looking back to {day}…").format(day=format_day(since)))
        currency = self.known.currency if self.known else ""

        def refused(error: OwnerError) -> None:
            panel.say(f"{error.message} {error.hint}".strip())

        self.watching.changes(
            segment.query, since, partial(panel.show, currency=currency, cursor=cursor), refused
        )

    def show_trend(self) -> None:
        segment = self.current
        found = None if segment is None else self.watching.trends.get(segment.query)
        if self.session.known_then:
            words = _("The trend is told from what is known now: {key} shows that.")
            self.panels.trend.say(words.format(key=key_of("app.known")))
        elif found is None or self.known is None:
            self.panels.trend.say(_("Working out the month-ends…"))
        else:
            self.panels.trend.show(found, self.known.currency, complete=self.watching.complete)

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

    def marks_changed(self) -> None:
        """Show the marks, and what is compared by them."""
        self.segments.repaint_rows()
        self.refresh_bindings()
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
        members = self.panels.members
        if isinstance(person, Person) and worth is not None:
            place = ListPlace(
                person.id, worth.segment.query, "year_spend", True, members.cursor, members.total,
                self.day_of(worth.segment), self.session.day,
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
