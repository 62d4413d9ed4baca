"""Segments: built in and saved, with count, share and spend; the members beside."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar, NamedTuple

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import NOTHING, format_money, format_number, format_share
from activetui.segments import library
from activetui.segments.library import Segment, Worth
from activetui.store import people
from activetui.store.people import Person
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.segment import SegmentDialog
from activetui.tui.people import people_columns
from activetui.tui.reading import Connection
from activetui.tui.screens.base import ActiveScreen
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.virtual_list import PAGE, VirtualList


class Known(NamedTuple):
    """All segments with what they come to."""

    worths: list[Worth]
    customers: int
    currency: str


class SegmentsScreen(ActiveScreen):
    """Groups of customers by name."""

    MODE = "segments"
    AUTO_FOCUS = "#segments"
    DEFAULT_CSS = """
    SegmentsScreen {
        & #segments { width: 9fr; padding: 0 0 0 1; }
        & .side { width: 11fr; padding: 0 0 0 1; border-left: solid $panel; }
        & .reading { height: auto; max-height: 7; padding: 0 1; margin-bottom: 1; }
        &.-narrow .side { width: 8fr; }
        &.-narrow #segments { width: 12fr; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("segments.new", "n", "new", N_("new"), N_("Save a new segment"), footer=2, changes=True),
        Command("segments.edit", "e", "edit", N_("edit"), N_("Change the segment's query"),
                footer=3, changes=True),
        Command("segments.delete", "x", "delete", N_("delete"), N_("Delete the segment (can be undone)"),
                footer=4, changes=True),
    )
    BINDINGS = bindings(KEYS)

    def compose_body(self) -> Iterable[Widget]:
        """Segments left, what they mean and who is in them right."""
        yield Horizontal(
            VirtualList(_columns(1, "EUR"), id="segments"),
            Vertical(
                Static(classes="reading", markup=False),
                VirtualList(people_columns(self.session.day), id="members"),
                classes="side",
            ),
        )

    @property
    def segments(self) -> VirtualList[Worth]:
        """The list of segments."""
        return self.query_one("#segments", VirtualList)

    @property
    def members(self) -> VirtualList[Person]:
        """The members of the segment under the cursor."""
        return self.query_one("#members", VirtualList)

    # -- asking -------------------------------------------------------------------------------------------

    def refresh_data(self) -> None:
        """Ask for all segments."""
        self.ask(partial(_known, day=self.session.day), self._known_came, group="segments")

    def _known_came(self, known: Known) -> None:
        if not known.customers:
            self.show_start()
            return
        self.show_body()
        self.segments.columns = tuple(_columns(known.customers, known.currency))
        self.members.columns = tuple(people_columns(self.session.day))
        self.segments.show_rows(known.worths)

    @on(VirtualList.Highlighted, "#segments")
    def _segment_highlighted(self, event: VirtualList.Highlighted) -> None:
        worth = event.row
        if not isinstance(worth, Worth):
            return
        self.query_one(".reading", Static).update(_reading(worth))
        if worth.total is None:
            self.members.show_rows([])
            return
        question = partial(_members, query=worth.segment.query, day=self.session.day)
        self.ask(question, partial(self.members.show_rows, cursor=0), group="members")

    # -- the person ---------------------------------------------------------------------------------------

    @on(VirtualList.Chosen, "#segments")
    def _segment_chosen(self, event: VirtualList.Chosen) -> None:
        if isinstance(event.row, Worth):
            self.active_app.show_customers(event.row.segment.query)

    @on(VirtualList.Chosen, "#members")
    def _member_chosen(self, event: VirtualList.Chosen) -> None:
        if isinstance(event.row, Person):
            self.active_app.show_customer(event.row.id)

    def action_new(self) -> None:
        """Ask for name and query of a new segment."""
        self.app.push_screen(SegmentDialog(), self._save)

    def action_edit(self) -> None:
        """Change the query of an own segment; of a built-in one, save it under another name."""
        worth = self.segments.current
        if worth is None:
            return
        name = "" if worth.segment.built_in else worth.segment.name
        self.app.push_screen(SegmentDialog(name, worth.segment.query), self._save)

    def _save(self, named: tuple[str, str] | None) -> None:
        if named is None:
            return
        name, query = named
        made_at = self.session.made_at

        def write(conn: Connection) -> None:
            library.save(conn, name, query, made_at=made_at())

        saved = _("Saved: {name}. u takes it back.").format(name=one_line(name))
        self.change(write, lambda _none: self.active_app.tell(saved))

    def action_delete(self) -> None:
        """Delete an own segment."""
        worth = self.segments.current
        if worth is None:
            return
        made_at = self.session.made_at

        def write(conn: Connection) -> str:
            return library.delete(conn, worth.segment.name, made_at=made_at())

        self.change(write, self._deleted)

    def _deleted(self, name: str) -> None:
        self.active_app.tell(_("Deleted: {name}. u takes it back.").format(name=one_line(name)))


def _known(conn: Connection, day: Day) -> Known:
    from activetui.store import settings

    return Known(library.worth(conn, day), people.count(conn), settings.currency(conn))


def _members(conn: Connection, query: str, day: Day) -> list[Person]:
    from activetui.segments.asking import ask

    return people.page(conn, ask(conn, query, day).clause, "year_spend", True, limit=PAGE)


def _columns(everyone: int, currency: str) -> list[Column[Worth]]:
    def share(worth: Worth) -> Cell:
        return Cell(NOTHING if worth.total is None else format_share(worth.total.customers / everyone))

    def spend(worth: Worth) -> Cell:
        return Cell(NOTHING if worth.total is None else format_money(worth.total.spend, currency))

    def number(worth: Worth) -> Cell:
        return Cell(NOTHING if worth.total is None else format_number(worth.total.customers))

    return [
        Column("segment", N_("Segment"), lambda worth: _title(worth.segment), 18, 36, rank=0, weight=4),
        Column("customers", N_("Customers"), number, 9, 10, right=True, rank=1),
        Column("share", N_("Share"), share, 6, 7, right=True, rank=3),
        Column("spend", N_("Spend"), spend, 12, 15, right=True, rank=2),
    ]


def _title(segment: Segment) -> Cell:
    return Cell(one_line(segment.title), "" if segment.built_in else "accent")


def _reading(worth: Worth) -> Content:
    segment = worth.segment
    return Content.assemble(
        (one_line(segment.title), "bold"), "\n",
        (one_line(worth.problem or segment.meaning), "$error" if worth.problem else ""), "\n",
        (one_line(segment.query), "$quiet"),
    )
