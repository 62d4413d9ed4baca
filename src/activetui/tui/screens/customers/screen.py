"""Customers: everyone, or those whom a filter finds, with the receipt of the one under the cursor."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from activetui.locales import N_, _
from activetui.store.listing.people import Person
from activetui.tui.card import Card, card_of, receipt_rows
from activetui.tui.commands import Command, bindings, key_of
from activetui.tui.event_words import event_line
from activetui.tui.people import display_name, people_columns
from activetui.tui.screens.customers import chosen_columns, data
from activetui.tui.screens.customers.bulk import BulkScreen
from activetui.tui.widgets.filter_input import FilterLine
from activetui.tui.widgets.go_to import GoTo
from activetui.tui.widgets.receipt_panel import ReceiptPanel
from activetui.tui.widgets.status_counts import StatusCounts
from activetui.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from activetui.tui.dialogs.segment import Kept

_BY_TEXT = frozenset({"name", "key", "email", "phone", "company", "country"})
"""Orders in which one can go to a letter."""


class CustomersScreen(BulkScreen):
    """A filter, a list of any length, and what is known of the customer under the cursor."""

    MODE = "customers"
    AUTO_FOCUS = "VirtualList"
    DEFAULT_CSS = """
    CustomersScreen {
        & .nobody { height: 1fr; padding: 1 2; color: $quiet; display: none; }
        &.-nobody .nobody { display: block; }
        &.-nobody VirtualList { display: none; }
        & VirtualList { width: 1fr; }
        & ReceiptPanel { width: 44; }
        &.-wide ReceiptPanel { width: 56; }
        &.-narrow ReceiptPanel { display: none; width: 1fr; height: 10; }
        &.-narrow .found { layout: vertical; }
        &.-panel ReceiptPanel { display: block; }
        &.-no-panel ReceiptPanel { display: none; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("customers.panel", "p", "panel", N_("receipt"), N_("Show or hide the receipt"), footer=7),
        Command("customers.columns", "c", "columns", N_("columns"),
                N_("Choose the columns and their order")),
        Command("customers.columns-right", "right,l", "shift_columns(1)", N_("columns"),
                N_("See the columns further right"), palette=False),
        Command("customers.columns-left", "left,h", "shift_columns(-1)", N_("columns"),
                N_("See the columns further left"), palette=False),
        Command("customers.go-to", "apostrophe", "go_to", N_("go to"),
                N_("Go to the names that begin with a letter, or with what you type")),
        Command("customers.save", "n", "save_segment", N_("save"), N_("Save the filter as a segment"),
                footer=3, changes=True),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._chosen = chosen_columns.remembered()
        self._card_under_way = False
        self._card_shown: int | None = None

    def compose_body(self) -> Iterable[Widget]:
        """Filter, counts, list and panel."""
        yield Vertical(
            FilterLine(),
            StatusCounts(),
            Horizontal(
                VirtualList(people_columns(self.session.day, self._chosen), id="people"),
                Static(classes="nobody", markup=False),
                ReceiptPanel(),
                classes="found",
            ),
            GoTo(),
        )

    def help_parts(self) -> list[tuple[str, list[Command]]]:
        """The counts of the statuses have keys, too."""
        return [*super().help_parts(), *self._keys_of((_("On the counts of the statuses"), "StatusCounts"))]

    def columns_changed(self) -> None:
        """Give the list its columns, seen from the day of the list."""
        self.people.columns = people_columns(self.day, self._chosen)

    def nobody_shown(self) -> None:
        """There is no receipt."""
        self.query_one(ReceiptPanel).clear()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to save while there is a filter."""
        if action == "save_segment" and not (self.is_mounted and self.filter.text.strip()):
            return False
        return super().check_action(action, parameters)

    # -- the customer under the cursor --------------------------------------------------------------------

    @on(VirtualList.Chosen, "#people")
    def _chosen_row(self, event: VirtualList.Chosen) -> None:
        if isinstance(event.row, Person):
            self.active_app.show_customer(event.row.id, self.place())

    @on(VirtualList.Highlighted, "#people")
    def _highlighted(self, event: VirtualList.Highlighted) -> None:
        if isinstance(event.row, Person):
            self.session.customer = event.row.id
            self.people.call_after_refresh(self._ask_card)      # the list is painted first

    def _ask_card(self) -> None:
        """Ask for the receipt beside the list, if it is seen; one at a time, while the cursor runs."""
        customer = self.session.customer
        if customer is not None and not self._card_under_way and self.query_one(ReceiptPanel).display:
            self._card_under_way = True
            question = partial(card_of, customer_id=customer, day=self.day)
            self.ask(
                question, partial(self._card_came, customer), group="card", day=self.day,
                refused=lambda _error: self._card_came(customer, None),
            )

    def _card_came(self, customer: int, card: Card | None) -> None:
        self._card_under_way = False
        panel = self.query_one(ReceiptPanel)
        if card is None:
            panel.clear()
        else:
            lines = [event_line(event, card.day) for event in card.events]
            name, status = display_name(card.customer), card.receipt.status
            panel.show(name, status, receipt_rows(card, self.session.known_until), _("Last events"), lines)
        if self.session.customer != customer:
            self._ask_card()

    def on_screen_suspend(self) -> None:
        """Nothing is under way for a screen that is not seen."""
        self._card_under_way = False
        super().on_screen_suspend()

    def action_panel(self) -> None:
        """Show the receipt if it is hidden, else hide it."""
        shown = self.query_one(ReceiptPanel).display
        self.set_class(not shown, "-panel")
        self.set_class(shown, "-no-panel")
        self.call_after_refresh(self._ask_card)

    # -- columns ------------------------------------------------------------------------------------------

    def action_columns(self) -> None:
        """Choose the columns and their order."""
        from activetui.tui.dialogs.columns import ColumnsDialog

        self.app.push_screen(ColumnsDialog(self.day, self._chosen), self._columns_chosen)

    def _columns_chosen(self, chosen: tuple[str, ...] | None) -> None:
        if chosen is not None:
            self._chosen = chosen
            chosen_columns.remember(chosen)
            self.columns_changed()

    def action_shift_columns(self, by: int) -> None:
        """Where columns have no room, pass over some."""
        self.people.shift_columns(by)

    # -- a letter -----------------------------------------------------------------------------------------

    def action_go_to(self) -> None:
        """Type the beginning of a name, or of another text that the list is ordered by."""
        if self.sort not in _BY_TEXT:
            self.sort, self.descending = "name", False
            self.refresh_data()
        self.query_one(GoTo).begin()

    @on(GoTo.Typed)
    def _go_to(self, event: GoTo.Typed) -> None:
        wanted = self.shown
        if wanted is not None and event.text:
            question = partial(data.place_of, clause=self.clause, wanted=wanted, beginning=event.text)
            self.ask(question, self._went, group="go-to", day=wanted.seen_from)

    def _went(self, place: int | None) -> None:
        go_to = self.query_one(GoTo)
        if place is not None:
            self.people.cursor = place
        go_to.show_problem("" if place is not None else _("nobody begins so"))

    @on(GoTo.Left)
    def _gone(self) -> None:
        self.people.focus()

    # -- a segment ----------------------------------------------------------------------------------------

    def action_save_segment(self) -> None:
        """Name the filter, to have it again."""
        from activetui.tui.dialogs.segment import SegmentDialog

        self.app.push_screen(SegmentDialog(self.filter.text.strip()), self._saved)

    def _saved(self, kept: Kept | None) -> None:
        if kept is not None:
            from activetui.tui.dialogs.segment import saved_words

            self.active_app.store_changed()
            told = _("{saved}. It stands among the segments ({key})")
            self.active_app.tell_done(told.format(saved=saved_words(kept), key=key_of("app.segments")))
