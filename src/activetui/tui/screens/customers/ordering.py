"""The order of the list."""

from __future__ import annotations

from typing import ClassVar

from textual import on

from activetui.locales import N_, _
from activetui.store.listing import people
from activetui.tui.commands import Command, bindings
from activetui.tui.screens.customers.listing import ListingScreen
from activetui.tui.widgets.virtual_list import VirtualList


class OrderingScreen(ListingScreen):
    """The list in any order."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("customers.sort", "s", "sort", N_("sort"), N_("Choose the column to sort by"), footer=6),
        Command("customers.reverse", "r", "reverse", N_("reverse"), N_("Turn the order round")),
    )
    BINDINGS = bindings(KEYS)

    @on(VirtualList.SortWanted, "#people")
    def _sort_wanted(self, event: VirtualList.SortWanted) -> None:
        self.sort_by(event.sort)

    def action_reverse(self) -> None:
        """Turn the order round."""
        self.descending = not self.descending
        self.refresh_data()

    def action_sort(self) -> None:
        """Ask for the column to sort by."""
        from activetui.tui.dialogs.choose import Choice, ChooseDialog
        from activetui.tui.people import person_columns

        choices = [Choice(each.sort, _(each.title)) for each in person_columns(self.day) if each.sort]
        self.app.push_screen(ChooseDialog(_("Sort by"), choices, self.sort), self.sort_by)

    def sort_by(self, sort: str | None) -> None:
        """Order by a field; once more turns it round."""
        if sort is not None:
            same = sort == self.sort
            self.descending = not self.descending if same else people.SORTS[sort].descending_first
            self.sort = sort
            self.hold.begin()           # the list in the other order is painted with what the dialog leaves
            self.refresh_data()
