"""Customers: everyone, or those whom a filter finds, with the receipt of the one under the cursor."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.ledger.errors import OwnerError
from activetui.locales import N_, _
from activetui.locales.formats import format_number
from activetui.store import people
from activetui.store.people import Person
from activetui.tui.card import Card, card_of, receipt_rows
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.choose import Choice, ChooseDialog
from activetui.tui.event_words import event_line
from activetui.tui.list_place import ListPlace
from activetui.tui.people import display_name, people_columns
from activetui.tui.reading import Connection
from activetui.tui.screens.customers import data
from activetui.tui.screens.base import ActiveScreen
from activetui.tui.widgets.filter_input import FilterInput, FilterLine
from activetui.tui.widgets.receipt_panel import ReceiptPanel
from activetui.tui.widgets.status_counts import StatusCounts
from activetui.tui.widgets.virtual_list import PAGE, VirtualList


class CustomersScreen(ActiveScreen):
    """A filter, a list of any length, and what is known of the customer under the cursor."""

    MODE = "customers"
    AUTO_FOCUS = "VirtualList"
    DEFAULT_CSS = """
    CustomersScreen {
        & .nobody { height: 1fr; padding: 1 2; color: $quiet; display: none; }
        &.-nobody .nobody { display: block; }
        &.-nobody VirtualList { display: none; }
        & VirtualList { padding: 0 0 0 1; width: 1fr; }
        & ReceiptPanel { width: 44; }
        &.-wide ReceiptPanel { width: 56; }
        &.-narrow ReceiptPanel { display: none; width: 1fr; height: 10; }
        &.-narrow .found { layout: vertical; }
        &.-panel ReceiptPanel { display: block; }
        &.-no-panel ReceiptPanel { display: none; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("customers.filter", "slash", "filter", N_("filter"), N_("Filter the list"), footer=2),
        Command("customers.sort", "s", "sort", N_("sort"), N_("Choose the column to sort by"), footer=3),
        Command("customers.reverse", "r", "reverse", N_("reverse"), N_("Turn the order round"), footer=4),
        Command("customers.panel", "space", "panel", N_("receipt"), N_("Show or hide the receipt"), footer=5),
        Command("customers.clear", "escape", "clear", N_("everyone"), N_("Clear the filter")),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._sort = "name"
        self._descending = False
        self._clause = people.EVERYONE
        self._ids: array[int] = array("q")
        self._keep: int | None = None
        self._shown = ("", "", False)
        """Filter, sort and direction of the list that is shown."""

    def compose_body(self) -> Iterable[Widget]:
        """Filter, counts, list and panel."""
        yield Vertical(
            FilterLine(),
            StatusCounts(),
            Horizontal(
                VirtualList(people_columns(self.session.day), id="people"),
                Static(classes="nobody", markup=False),
                ReceiptPanel(),
                classes="found",
            ),
        )

    @property
    def people(self) -> VirtualList[Person]:
        """The list."""
        return self.query_one("#people", VirtualList)

    @property
    def filter(self) -> FilterLine:
        """The filter line."""
        return self.query_one(FilterLine)

    # -- asking -------------------------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        """Take a query that another screen hands over, then look again."""
        query, self.session.query = self.session.query, None
        if query is not None and query != self.filter.text:
            with self.prevent(FilterLine.Changed):
                self.filter.set_text(query)
            self._seen = None
        super().on_screen_resume()

    def refresh_data(self) -> None:
        """Ask for the first page; the rest follows."""
        current = self.people.current
        self._keep = current.id if current is not None else None
        text, day = self.filter.text, self.session.day
        question = partial(
            data.first_page, text=text, day=day, sort=self._sort, descending=self._descending, limit=PAGE
        )
        self.ask(question, self._first_page_came, group="list", refused=self._not_understood)
        if text.strip():
            self.ask(partial(data.understood, text=text, day=day), self._understood, group="words",
                     refused=lambda _error: None)
        else:
            self.filter.show_reading("")

    def _first_page_came(self, page: data.FirstPage) -> None:
        self._clause = page.clause
        self.people.columns = tuple(people_columns(self.session.day))
        self.people.show_sort(self._sort, self._descending)
        asked = (self.filter.text, self._sort, self._descending)
        if page.complete or asked != self._shown:
            self._ids = array("q", (person.id for person in page.rows))
            self.people.show_rows(page.rows, cursor=self._place_kept())
        self._shown = asked
        if not page.rows:
            self.query_one(ReceiptPanel).clear()
        self.set_class(not page.rows, "-nobody")
        self.ask(partial(data.figures, clause=page.clause), self._figures_came, group="figures")
        if not page.complete:
            question = partial(
                data.listing, clause=page.clause, sort=self._sort, descending=self._descending,
                keep=self._keep, cursor=self.people.cursor,
            )
            self.ask(question, self._all_came, group="all")

    def _figures_came(self, figures: data.Figures) -> None:
        if not figures.everyone:
            self.show_start()
            return
        self.show_body()
        found, everyone = format_number(figures.found), format_number(figures.everyone)
        if figures.found == figures.everyone:
            words = _("{n} customers").format(n=everyone)
        else:
            words = _("{found} of {everyone}").format(found=found, everyone=everyone)
        self.filter.show_result(words)
        self.query_one(StatusCounts).show(figures.by_status)
        nobody = _("Nobody among your {n} customers fits this filter. Esc shows everyone again.")
        self.query_one(".nobody", Static).update(Content(nobody.format(n=everyone)))

    def _all_came(self, listing: data.Listing) -> None:
        self._ids = listing.ids
        generation = self.people.begin(len(listing.ids), cursor=listing.place)
        for first, rows in listing.pages:
            self.people.put(generation, first, rows)

    def _place(self) -> ListPlace:
        """Where the cursor stands, so that the timeline can go on to the next customer."""
        return ListPlace(
            self.filter.text, self._sort, self._descending, self.people.cursor, self.people.total,
            self.session.day,
        )

    def _place_kept(self) -> int:
        """Where the customer that had the cursor now stands."""
        if self._keep is None:
            return 0
        try:
            return self._ids.index(self._keep)
        except ValueError:
            return min(self.people.cursor, max(0, len(self._ids) - 1))

    def _understood(self, found: data.Understood) -> None:
        counts = " · ".join(f"{label} {format_number(number)}" for label, number in found.clauses)
        alone = _("each alone: {counts}").format(counts=counts)
        self.filter.show_reading(found.words, alone if counts else "")

    def _not_understood(self, error: OwnerError) -> None:
        self.filter.show_result("")
        self.query_one(".nobody", Static).update("")
        self.filter.show_problem(f"{error.message} {error.hint}".strip())

    @on(VirtualList.PageWanted)
    def _page_wanted(self, event: VirtualList.PageWanted) -> None:
        wanted = self._ids[event.first : event.first + event.limit]

        def came(rows: list[Person]) -> None:
            self.people.put(event.generation, event.first, rows)

        self.ask(partial(_by_ids, ids=wanted), came, group=f"page-{event.first}")

    # -- the person ---------------------------------------------------------------------------------------

    @on(FilterLine.Changed)
    def _filter_changed(self, event: FilterLine.Changed) -> None:
        self.refresh_data()
        question = partial(data.offers, text=event.text, cursor=event.at)
        self.ask(question, self.filter.show_offers, group="offers", refused=lambda _error: None)

    @on(FilterInput.Left)
    def _filter_left(self) -> None:
        self.people.focus()

    @on(VirtualList.Chosen)
    def _chosen(self, event: VirtualList.Chosen) -> None:
        if isinstance(event.row, Person):
            self.active_app.show_customer(event.row.id, self._place())

    @on(VirtualList.Highlighted)
    def _highlighted(self, event: VirtualList.Highlighted) -> None:
        if isinstance(event.row, Person):
            self.session.customer = event.row.id
            self._ask_card()

    def _ask_card(self) -> None:
        """Ask for the receipt beside the list, if it is seen."""
        customer = self.session.customer
        if customer is not None and self.query_one(ReceiptPanel).display:
            question = partial(card_of, customer_id=customer, day=self.session.day)
            self.ask(question, self._card_came, group="card")

    def _card_came(self, card: Card | None) -> None:
        panel = self.query_one(ReceiptPanel)
        if card is None:
            panel.clear()
            return
        lines = [event_line(event, card.day) for event in card.events]
        name, status = display_name(card.customer), card.receipt.status
        panel.show(name, status, receipt_rows(card), _("Last events"), lines)

    @on(VirtualList.SortWanted)
    def _sort_wanted(self, event: VirtualList.SortWanted) -> None:
        self._sort_by(event.sort)

    def action_filter(self) -> None:
        """Type a filter."""
        self.filter.focus_line()

    def action_clear(self) -> None:
        """Show everyone."""
        self.filter.set_text("")
        self.people.focus()

    def action_panel(self) -> None:
        """Show the receipt if it is hidden, else hide it."""
        shown = self.query_one(ReceiptPanel).display
        self.set_class(not shown, "-panel")
        self.set_class(shown, "-no-panel")
        self.call_after_refresh(self._ask_card)

    def action_reverse(self) -> None:
        """Turn the order round."""
        self._descending = not self._descending
        self.refresh_data()

    def action_sort(self) -> None:
        """Ask for the column to sort by."""
        choices = [
            Choice(column.sort, _(column.title)) for column in people_columns(self.session.day) if column.sort
        ]
        self.app.push_screen(ChooseDialog(_("Sort by"), choices, self._sort), self._sort_by)

    def _sort_by(self, sort: str | None) -> None:
        if sort is None:
            return
        self._descending = not self._descending if sort == self._sort else people.SORTS[sort].descending_first
        self._sort = sort
        self.refresh_data()


def _by_ids(conn: Connection, ids: array[int]) -> list[Person]:
    return people.by_ids(conn, ids)
