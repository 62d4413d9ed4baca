"""What a change of the definition does: counts before and after, and who moves, by name."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.activity.difference import Difference, Move
from activetui.activity.status import Status
from activetui.activity.words import status_word
from activetui.ledger.days import Day
from activetui.locales import N_
from activetui.locales.formats import NOTHING, format_money, format_number, relative_day
from activetui.store.listing import people
from activetui.store.listing.people import Person
from activetui.tui.people import display_name
from activetui.tui.reading import Connection
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.fitted_lines import FittedLines, Line, Part
from activetui.tui.widgets.virtual_list import PAGE, VirtualList
from activetui.tui.words import SYMBOLS, status_label, status_style, status_variable

if TYPE_CHECKING:
    from activetui.tui.screens.base import ActiveScreen

_LOW = 32
"""Lines below which a screen is low."""


class CountsChange(FittedLines):
    """Every status that occurs, with its number before and after; as many on a line as fit.

    On a low screen those that change are enough, if there are any.
    """

    DEFAULT_CSS = "CountsChange { padding: 0 1; color: $quiet; }"

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Line] = []
        self._changing: list[Line] = []

    def show(self, difference: Difference) -> None:
        """Show these counts."""
        before, after = difference.before_counts, difference.after_counts
        occurring = [status for status in Status if before.get(status, 0) or after.get(status, 0)]
        rows = {
            status: [(SYMBOLS[status], status_style(status)), (f" {status_word(status)} ", ""),
                     *change_parts(before.get(status, 0), after.get(status, 0))]
            for status in occurring
        }
        self._rows = list(rows.values())
        self._changing = [rows[each] for each in occurring if before.get(each, 0) != after.get(each, 0)]
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Line]:
        """The counts in columns of one width."""
        rows = self._changing or self._rows if self.app.size.height < _LOW else self._rows
        widths = [sum(cell_len(text) for text, _style in row) for row in rows]
        column = max(widths, default=0) + 3
        abreast = max(1, (width + 3) // column)
        lines: list[Line] = []
        for place, (row, used) in enumerate(zip(rows, widths, strict=True)):
            if place % abreast == 0:
                lines.append([])
            lines[-1] += [*row, (" " * (column - used), "")]
        return lines


def change_parts(before: int, after: int) -> list[Part]:
    """A number before and after, with the difference where there is one."""
    if before == after:
        return [(format_number(after), "")]
    step = f"{'+' if after > before else '−'}{format_number(abs(after - before))}"
    words = f"{format_number(before)} → {format_number(after)}"
    return [(words, "bold $foreground"), (f" ({step})", "$accent")]


class EffectPanel(Vertical):
    """Counts, moves between statuses, and below the customers of the move under the cursor."""

    DEFAULT_CSS = """
    EffectPanel {
        & > .nobody { height: auto; padding: 1 1 0 1; color: $quiet; }
        & > VirtualList { padding: 0 0 0 1; }
        & > #moves { height: auto; max-height: 45%; margin-top: 1; }
        & > #movers { margin-top: 1; }
        &.-still > VirtualList { display: none; }
        &.-moving > .nobody { display: none; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes="-still")
        self._difference: Difference | None = None
        self._ids: array[int] = array("q")

    def compose(self) -> Iterable[Widget]:
        """Counts above, moves, customers below."""
        yield CountsChange()
        yield Static(classes="nobody", markup=False)
        yield VirtualList(_move_columns("EUR"), id="moves")
        yield VirtualList(_mover_columns(0, "EUR"), id="movers")

    @property
    def moves(self) -> VirtualList[Move]:
        """The moves."""
        return self.query_one("#moves", VirtualList)

    @property
    def movers(self) -> VirtualList[Person]:
        """The customers of one move."""
        return self.query_one("#movers", VirtualList)

    @property
    def first_stop(self) -> Widget:
        """Where the keys go when the panel is entered."""
        return self.moves

    def show(self, difference: Difference, *, day: Day, currency: str, nobody: Content) -> None:
        """Show a difference; `nobody` is said where nobody moves."""
        self._difference = difference
        self.query_one(CountsChange).show(difference)
        self.query_one(".nobody", Static).update(nobody)
        self.set_class(not difference.moves, "-still")
        self.set_class(bool(difference.moves), "-moving")
        self.moves.columns = tuple(_move_columns(currency))
        self.movers.columns = tuple(_mover_columns(day, currency))
        self.moves.show_rows(list(difference.moves))
        if not difference.moves:
            self.movers.show_rows([])

    @on(VirtualList.Highlighted, "#moves")
    def _move_highlighted(self, event: VirtualList.Highlighted) -> None:
        event.stop()
        if self._difference is None or event.index >= len(self._difference.who):
            return
        self._ids = array("q", self._difference.who[event.index].tolist())
        generation = self.movers.begin(len(self._ids), cursor=0)
        self._ask_for(generation, 0)

    @on(VirtualList.PageWanted, "#movers")
    def _page_wanted(self, event: VirtualList.PageWanted) -> None:
        event.stop()
        self._ask_for(event.generation, event.first)

    def _ask_for(self, generation: int, first: int) -> None:
        def came(rows: list[Person]) -> None:
            self.movers.put(generation, first, rows)

        wanted = self._ids[first : first + PAGE]
        screen = cast("ActiveScreen", self.screen)
        screen.ask(partial(_by_ids, ids=wanted), came, group=f"movers-{first}")

    @on(VirtualList.Chosen, "#moves")
    def _move_chosen(self, event: VirtualList.Chosen) -> None:
        event.stop()
        if self.screen.has_class("-narrow"):        # the names need the room of both halves
            self.screen.add_class("-only-side")
        self.movers.focus()

    @on(VirtualList.Chosen, "#movers")
    def _mover_chosen(self, event: VirtualList.Chosen) -> None:
        event.stop()
        if isinstance(event.row, Person):
            cast("ActiveScreen", self.screen).active_app.show_customer(event.row.id)


def _by_ids(conn: Connection, ids: array[int]) -> list[Person]:
    return people.by_ids(conn, ids)


def _move_columns(currency: str) -> list[Column[Move]]:
    return [
        Column("before", N_("From"), lambda move: _status_cell(move.before), 15, 18, rank=0),
        Column("after", N_("To"), lambda move: _status_cell(move.after), 15, 18, rank=0),
        Column("customers", N_("Customers"), lambda move: Cell(format_number(move.customers)), 9, 10,
               right=True, rank=1),
        Column("year", N_("Last year"), lambda move: Cell(format_money(move.year_spend, currency)), 11, 15,
               right=True, rank=2),
    ]


def _status_cell(status: Status) -> Cell:
    return Cell(status_label(status), status_variable(status))


def _mover_columns(day: Day, currency: str) -> list[Column[Person]]:
    def last(person: Person) -> Cell:
        when = person.last_purchase
        return Cell(NOTHING, "quiet") if when is None else Cell(relative_day(when, day))

    return [
        Column("name", N_("Customer"), lambda person: Cell(display_name(person)), 16, 44, rank=0, weight=4),
        Column("last", N_("Last purchase"), last, 13, 17, rank=1),
        Column("year", N_("Last year"), lambda person: Cell(format_money(person.year_spend, currency)),
               11, 15, right=True, rank=2),
    ]
