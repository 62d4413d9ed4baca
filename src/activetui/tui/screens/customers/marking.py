"""Marking customers in the list, to do something with all of them."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on

from activetui.locales import N_, _, ngettext
from activetui.locales.formats import format_number
from activetui.store.listing.people import Person
from activetui.tui import reading
from activetui.tui.commands import Command, bindings
from activetui.tui.screens.customers.marks import Marks
from activetui.tui.screens.customers.ordering import OrderingScreen
from activetui.tui.widgets.virtual_list import VirtualList

_OF_THE_LIST = frozenset({"mark", "mark_on", "mark_range", "mark_all", "mark_others"})


class MarkingScreen(OrderingScreen):
    """The list with marks. They hold across pages, orders and filters, until they are taken away."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("customers.mark", "space", "mark", N_("mark"),
                N_("Mark the customer, or no longer, and go on"), footer=5),
        Command("customers.mark-on", "shift+down,J", "mark_on(1)", N_("mark down"),
                N_("Mark the customer, whether or not they were, and go on"), palette=False),
        Command("customers.mark-back", "shift+up", "mark_on(-1)", N_("mark up"),
                N_("Mark the customer and go back to the one before"), palette=False),
        Command("customers.mark-range", "v", "mark_range", N_("mark range"),
                N_("Mark all from the one marked last to this one")),
        Command("customers.mark-all", "A", "mark_all", N_("mark all"), N_("Mark all that are found")),
        Command("customers.mark-others", "I,asterisk", "mark_others", N_("invert"),
                N_("Mark all that are found and not marked, and only those of them")),
        Command("customers.mark-none", "N", "mark_none", N_("no marks"), N_("Take all marks away")),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self.marks = Marks()

    def on_mount(self) -> None:
        """Rows have a place for their mark."""
        self.people.show_marks(lambda person: person.id in self.marks)

    def place_in_footer(self, command: Command) -> int:
        """While customers are marked, what can be done with them comes first."""
        return 1 if command.id == "customers.do" and len(self.marks) else command.footer

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where the filter finds nobody, there is nobody to mark; and no mark to take where there is none."""
        if action == "mark_none" and not len(self.marks):
            return False
        if action in _OF_THE_LIST and self.has_class("-nobody"):
            return False
        return super().check_action(action, parameters)

    def marks_changed(self, index: int | None = None) -> None:
        """Show which rows are marked (only the row `index` has changed, if given), and how many there are."""
        self.people.repaint_rows(index)
        number = len(self.marks)
        words = ngettext("{n} marked", "{n} marked", number).format(n=format_number(number))
        self.filter.show_marked(words if number else "")
        self.refresh_bindings()

    def action_mark(self) -> None:
        """Turn the mark of the customer under the cursor, and go on to the next."""
        self._mark_at(self.people.cursor)
        self.people.action_cursor(1)

    def action_mark_on(self, step: int) -> None:
        """Mark the customer under the cursor, then move."""
        current = self.people.current
        if current is not None and current.id not in self.marks:
            self._mark_at(self.people.cursor)
        self.people.action_cursor(step)

    def _mark_at(self, index: int) -> None:
        row = self.people.row_at(index)
        if row is not None:
            self.marks.turn(row.id)
            self.marks_changed(index)

    def action_mark_range(self) -> None:
        """Mark all from the one marked last to the one under the cursor."""
        self._mark_up_to(self.people.cursor)

    def _mark_up_to(self, index: int) -> None:
        if self.marks.last is None:
            self._mark_at(index)
        else:
            self.with_all(partial(self._mark_between, self.marks.last, index))

    def _mark_between(self, other: int, index: int) -> None:
        if other not in self.ids:
            self._mark_at(index)
            return
        first, last = sorted((self.ids.index(other), index))
        self.marks.last = self.ids[index]
        self._aside(partial(self.marks.add, self.ids[first : last + 1]))

    def action_mark_all(self) -> None:
        """Mark everyone in the list."""
        self.with_all(lambda: self._aside(partial(self.marks.add, self.ids)))

    def action_mark_others(self) -> None:
        """Turn the mark of everyone in the list."""
        self.with_all(lambda: self._aside(partial(self.marks.invert, self.ids)))

    def action_mark_none(self) -> None:
        """Nobody is marked any more."""
        if len(self.marks):
            self.marks.clear()
            self.marks_changed()
            self.active_app.tell(_("Nobody is marked any more."))

    def _aside(self, job: partial[None]) -> None:
        """A million marks take a moment: keys are answered meanwhile."""
        reading.work_aside(self, job, lambda _none: self.marks_changed(), self.active_app.tell_error)

    @on(VirtualList.MarkWanted, "#people")
    def _mark_wanted(self, event: VirtualList.MarkWanted) -> None:
        if event.up_to_here:
            self._mark_up_to(event.index)
        else:
            self._mark_at(event.index)

    def under_cursor(self) -> Person | None:
        """The customer under the cursor."""
        return self.people.current
