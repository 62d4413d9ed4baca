"""The list itself: it follows filter, order and day, and is read a page at a time.

What is seen first is asked for first: as many rows as there is room for, then the whole page, then how many
were found, then what each condition finds, and last the numbers of all in order, by which any page is found
at once. Each answer leads to the next question, and another filter overtakes them all; so no key waits for
what it does not need.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from functools import partial
from typing import ClassVar, NamedTuple

from textual import on
from textual.content import Content
from textual.widgets import Static

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import N_
from activetui.segments.alone_words import counts_words
from activetui.store.listing import people
from activetui.store.listing.people import Person
from activetui.tui.clause_counts import clause_counts
from activetui.tui.commands import Command, bindings
from activetui.tui.list_place import ListPlace
from activetui.tui.screens.customers import data
from activetui.tui.screens.customers.data import Wanted
from activetui.tui.screens.customers.found_words import found_words, nobody_words
from activetui.tui.screens.customers.offering import OfferingScreen
from activetui.tui.screens.customers.status_term import status_of, with_status, without_status
from activetui.tui.widgets.as_of_banner import AsOfBanner
from activetui.tui.widgets.filter_input import FilterInput, FilterLine
from activetui.tui.widgets.hold import Hold
from activetui.tui.widgets.list_pages import PAGE
from activetui.tui.widgets.status_counts import StatusCounts
from activetui.tui.widgets.virtual_list import VirtualList

_FIGURES = "figures"
"""The questions of how many there are and who they all are."""
_MORE_THAN_SEEN = 10
"""Rows asked for first beyond those that are seen: the window may grow, the cursor go down a little."""
_ASKS_OF_A_DAY = re.compile(r"as-?of", re.IGNORECASE)


class Bearings(NamedTuple):
    """What brings the list back as it was."""

    text: str
    sort: str
    descending: bool
    customer: int | None


class ListingScreen(OfferingScreen):
    """A filter, the counts of the statuses, and a list of any length."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("customers.filter", "slash", "filter", N_("filter"), N_("Filter the list"), footer=2),
        Command("customers.status", "f", "statuses", N_("statuses"),
                N_("Go to the counts of the statuses: Enter shows those of one")),
        Command("customers.clear", "escape", "clear", N_("everyone"), N_("Clear the filter")),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self.sort = "name"
        self.descending = False
        self.shown: Wanted | None = None
        """The list that is seen."""
        self.clause = people.EVERYONE
        self.ids: array[int] = array("q")
        """The numbers of all in the list, in its order; empty while they are not known."""
        self._back_to: Bearings | None = None
        """What is being brought back."""
        self._keep: int | None = None
        """The customer with whom the cursor stays, if that is near."""
        self._follow = False
        """Whether the cursor goes to that customer wherever in the list that is."""
        self._waiting: list[Callable[[], None]] = []
        """What is to be done once the numbers of all are known."""
        self.hold = Hold(self)
        """Holds the picture while the list in another order comes."""
        self._turn = 0
        """Which question for a list is the newest."""
        self._unsaid: data.FirstPage | None = None
        """The beginning of the list that is seen, while not all is known that is said of it."""

    @property
    def people(self) -> VirtualList[Person]:
        """The list."""
        return self.query_one("#people", VirtualList)

    @property
    def day(self) -> Day:
        """The day as of which the list is seen."""
        return self.session.day if self.shown is None else self.shown.seen_from

    def columns_changed(self) -> None:
        """Another day or other columns: the list gets its columns anew."""
        raise NotImplementedError

    def nobody_shown(self) -> None:
        """The list is empty now."""
        raise NotImplementedError

    # -- where one is -------------------------------------------------------------------------------------

    def bearings(self) -> Bearings:
        """Filter, order and cursor."""
        current = self.people.current
        return Bearings(self.filter.text, self.sort, self.descending, current.id if current else None)

    def take_bearings(self, bearings: object) -> None:
        """Be as it was then."""
        if isinstance(bearings, Bearings):
            self._set_filter(bearings.text)
            self.sort, self.descending = bearings.sort, bearings.descending
            self._back_to, self._seen = bearings, None

    def place(self) -> ListPlace | None:
        """Where the cursor stands, for going on to the next customer from elsewhere."""
        shown, current = self.shown, self.people.current
        if shown is None or current is None:
            return None
        at, total = self.people.cursor, self.people.total
        return ListPlace(
            current.id, shown.text, shown.sort, shown.descending, at, total, shown.seen_from, shown.day
        )

    def on_screen_resume(self) -> None:
        """Take a query that another screen hands over, then look again."""
        query, self.session.query = self.session.query, None
        if query is not None and query != self.filter.text:
            self._set_filter(query)
            self._seen = None
        super().on_screen_resume()

    def _set_filter(self, text: str) -> None:
        with self.prevent(FilterLine.Changed):
            self.filter.set_text(text)

    def show_frame(self) -> None:
        """Where the filter asks of another day, the banner says so."""
        super().show_frame()
        if self.shown is not None and self.shown.seen_from != self.session.day == self.shown.day:
            view = self.session.view_from(self.shown.seen_from)
            banner = self.query_one(AsOfBanner)
            banner.show_day(view, self.session.today, self.active_app.making.shown)

    # -- asking -------------------------------------------------------------------------------------------

    def refresh_data(self) -> None:
        """Ask for the list that filter, order and day want."""
        self._turn += 1
        self.session.reader.forget((id(self), _FIGURES))    # of the list before, in the way of this one
        text, day = self.filter.text, self.session.day
        if _ASKS_OF_A_DAY.search(text):
            question = partial(data.day_asked, text=text, day=day, typing_at=self.filter.typing_at)
            self.ask(question, self._ask_for_list, group="list", refused=self._not_understood)
        else:
            self._ask_for_list(day)

    def _ask_for_list(self, seen_from: Day | None) -> None:
        if seen_from is None:
            self._stay()
            return
        wanted = Wanted(self.filter.text, self.sort, self.descending, self.session.day, seen_from)
        self._choose_cursor(wanted)
        self._waiting.clear()
        if wanted == self.shown and self.ids:
            firsts = [first for first in self.people.pages.firsts() if first < len(self.ids)][-2:]
            seen = [self.ids[first : first + PAGE] for first in firsts]
            self.ask(
                partial(data.same_page, wanted=wanted, ids=seen), partial(self._same_came, wanted, firsts),
                group="list", refused=self._not_understood, day=seen_from,
            )
        else:
            self.filter.expect_result()
            rows = PAGE if self._follow else min(PAGE, self.people.rows_seen + _MORE_THAN_SEEN)
            self.ask(
                partial(data.first_page, wanted=wanted, typing_at=self.filter.typing_at, rows=rows),
                partial(self._first_page_came, wanted),
                group="list", refused=self._not_understood, day=seen_from,
            )

    def _choose_cursor(self, wanted: Wanted) -> None:
        """Stay with the customer in the same list, in another order where near, and when a filter goes."""
        back, before, current = self._back_to, self.shown, self.people.current
        self._keep, self._follow = None, False
        if back is not None and back[:3] == wanted[:3]:
            self._keep, self._follow = back.customer, True
        elif before is not None and current is not None and wanted.text in ("", before.text):
            self._keep = current.id
            self._follow = wanted == before or wanted.text != before.text

    def _same_came(
        self, wanted: Wanted, firsts: list[int], answer: tuple[data.FirstPage, list[list[Person]]]
    ) -> None:
        """The store has changed: the rows that are seen come first, the order when all are known."""
        found, pages = answer
        if found.complete:
            self._first_page_came(wanted, found)
            return
        self.filter.leave_problem()
        for first, rows in zip(firsts, pages, strict=True):
            self.people.put(self.people.pages.generation, first, rows)
        self.clause = found.clause
        self._ask_figures(wanted, found)

    def _first_page_came(self, wanted: Wanted, found: data.FirstPage | None) -> None:
        if found is None:
            self._stay()
            return
        before, self.shown, self.clause = self.shown, wanted, found.clause
        self.hold.end()
        if before is None or before.seen_from != wanted.seen_from:
            self.columns_changed()
            self.show_frame()
        self.people.show_sort(wanted.sort, wanted.descending)
        self.filter.show_reading(found.reading)
        if found.complete or wanted != before:
            numbers = array("q", (person.id for person in found.rows))
            self.ids = numbers if found.complete else array("q")
            self.people.show_rows(found.rows, cursor=self._place_in(numbers, same=wanted == before))
        if not found.rows:
            self.nobody_shown()
        if self.has_class("-nobody") is bool(found.rows):
            self.set_class(not found.rows, "-nobody")
            self.refresh_bindings()
        self._ask_figures(wanted, found)

    def _stay(self) -> None:
        """Half a word: what is shown stays, and what was not known of it yet is asked for again."""
        self.filter.leave_problem(if_gone=True)
        self._go_on()

    def _go_on(self) -> None:
        if self.shown is not None and self._unsaid is not None:
            self._ask_figures(self.shown, self._unsaid)

    def _place_in(self, numbers: array[int], *, same: bool) -> int:
        """Where the customer stands with whom the cursor stays; else the top of another list."""
        if self._keep is not None and self._keep in numbers:
            return numbers.index(self._keep)
        return self.people.cursor if same else 0

    def _ask_figures(self, wanted: Wanted, found: data.FirstPage) -> None:
        """Ask for all else once the rows are painted: the next key may come before."""
        self._unsaid = found
        self.people.call_after_refresh(self._ask_the_rest, self._turn, wanted, found)

    def _ask_the_rest(self, turn: int, wanted: Wanted, found: data.FirstPage) -> None:
        if turn != self._turn:
            return
        if not found.complete and found.asked < PAGE:
            self.ask(
                partial(data.whole_page, wanted=wanted, found=found),
                partial(self._whole_page_came, turn, wanted), group="list", day=wanted.seen_from,
            )
            return
        others = without_status(wanted.text) if status_of(wanted.text) is not None else None
        self.ask(
            partial(data.figures, clause=found.clause, others=others, day=wanted.day),
            partial(self._figures_came, wanted, found), group=_FIGURES, slow=True, day=wanted.seen_from,
        )

    def _whole_page_came(self, turn: int, wanted: Wanted, found: data.FirstPage) -> None:
        if self.shown != wanted or turn != self._turn:
            return
        self._unsaid = found
        if found.complete:
            self.ids = array("q", (person.id for person in found.rows))
        self.people.pages.put(0, found.rows)        # nothing to paint: what is seen is the same
        self.people.grow(len(found.rows))
        self._ask_the_rest(turn, wanted, found)

    def _figures_came(self, wanted: Wanted, found: data.FirstPage, figures: data.Figures) -> None:
        if not figures.everyone:
            self.show_start()
            return
        self.show_body()
        self.filter.show_result(found_words(figures.found, figures.everyone))
        self.query_one(StatusCounts).show(figures.by_status, status_of(wanted.text))
        if not found.rows:
            self.query_one(".nobody", Static).update(Content(nobody_words(figures.everyone)))
        if not found.complete:
            self.people.grow(figures.found)
        self._ask_counts(wanted, found)

    def _ask_counts(self, wanted: Wanted, found: data.FirstPage) -> None:
        if not found.reading:
            self._ask_for_all(wanted, found)
            return
        self.ask(
            partial(clause_counts, text=wanted.text, day=wanted.day),
            partial(self._counts_came, wanted, found), group=_FIGURES, slow=True, day=wanted.seen_from,
        )

    def _counts_came(self, wanted: Wanted, found: data.FirstPage, counts: list[tuple[str, int]]) -> None:
        self.filter.show_reading(found.reading, counts_words(counts))
        self._ask_for_all(wanted, found)

    def _ask_for_all(self, wanted: Wanted, found: data.FirstPage) -> None:
        if found.complete:
            self._all_known()
            return
        cursor = self.people.cursor
        question = partial(data.listing, clause=found.clause, wanted=wanted, keep=self._keep, cursor=cursor)
        self.ask(
            question, partial(self._all_came, cursor), group=_FIGURES, slow=True, day=wanted.seen_from
        )

    def _all_came(self, cursor: int, listing: data.Listing) -> None:
        moved = self.people.cursor != cursor
        known, self.ids = self.ids, listing.ids
        if known or (self._follow and not moved):
            place = listing.place_now(self.people.current, self.people.cursor) if moved else listing.place
            self.people.begin(len(listing.ids), cursor=place)
        self.people.grow(len(listing.ids))
        here = self.people.pages.firsts()
        for first, rows in listing.pages:
            if first not in here:
                self.people.put(self.people.pages.generation, first, rows)
        self._all_known()

    def _all_known(self) -> None:
        self._back_to = self._unsaid = None
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            each()

    def with_all(self, then: Callable[[], None]) -> None:
        """Do something as soon as the numbers of all in the list are known; not if another list is wanted."""
        if len(self.ids) == self.people.total:
            then()
        else:
            self._waiting.append(then)

    def _not_understood(self, error: OwnerError) -> None:
        self.filter.show_problem(error)
        self._go_on()

    @on(VirtualList.PageWanted, "#people")
    def _page_wanted(self, event: VirtualList.PageWanted) -> None:
        wanted = self.shown
        if wanted is None:
            return
        question = partial(
            data.page, clause=self.clause, wanted=wanted, ids=self.ids, first=event.first,
            total=self.people.total,
        )
        came = partial(self.people.put, event.generation, event.first)
        self.ask(question, came, group=f"page-{event.first}", day=wanted.seen_from)

    # -- the person ---------------------------------------------------------------------------------------

    @on(FilterLine.Changed)
    def _filter_changed(self, event: FilterLine.Changed) -> None:
        self.refresh_data()
        self.offer_soon(event.text, event.at)

    @on(FilterInput.Left)
    @on(StatusCounts.Left)
    def _back_to_list(self) -> None:
        self.set_focus(self.people)
        if self.shown is not None and self.shown.text != self.filter.text:
            self.refresh_data()         # what was half a word is meant as it is

    @on(StatusCounts.Picked)
    def _status_picked(self, event: StatusCounts.Picked) -> None:
        self.filter.set_text(with_status(self.filter.text, event.status))

    def action_filter(self) -> None:
        """Type a filter."""
        self.filter.focus_line()
        self.offer_soon(self.filter.text, self.filter.typing_at or 0)

    def action_statuses(self) -> None:
        """Choose among the counts of the statuses."""
        self.query_one(StatusCounts).focus()

    def action_clear(self) -> None:
        """Show everyone."""
        self.filter.set_text("")
        self.people.focus()
