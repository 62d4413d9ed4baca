"""Who entered the segment and left it since a day, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.insights.segment_history import Changes, Move, Side
from activetui.ledger.text import one_line
from activetui.locales import N_, _, ngettext
from activetui.locales.formats import format_day_short, format_money, format_number
from activetui.store.listing.people import Person
from activetui.tui.people import display_name
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.list_messages import Highlighted
from activetui.tui.widgets.virtual_list import VirtualList


class Row(NamedTuple):
    """One customer of the list."""

    entered: bool
    move: Move

    @property
    def person(self) -> Person:
        """The customer."""
        return self.move.person


class ChangesPanel(Vertical):
    """Members then + entered − left = members now; the customers with their reasons."""

    DEFAULT_CSS = """
    ChangesPanel {
        & > .sum { height: auto; max-height: 7; padding: 0 1; }
        & > .why { height: auto; max-height: 2; padding: 0 1; color: $quiet; }
        &.-nobody > VirtualList { display: none; }
    }
    """

    def compose(self) -> Iterable[Widget]:
        """The sum, the customers, and the whole reason of the one under the cursor."""
        yield Static(classes="sum", markup=False)
        yield VirtualList(_columns(), id="moves")
        yield Static(classes="why", markup=False)

    @property
    def moves(self) -> VirtualList[Row]:
        """The customers."""
        return self.query_one("#moves", VirtualList)

    def say(self, words: str) -> None:
        """Say why there is nothing to show, or not yet."""
        self.query_one(".sum", Static).update(Content.styled(words, "$quiet"))
        self._show([])

    def show(self, found: Changes, currency: str, cursor: int | None = 0) -> None:
        """Show these changes, the cursor on a row, or where it is."""
        self.query_one(".sum", Static).update(_sum(found, currency))
        rows = [Row(True, move) for move in found.entered.named]
        self._show(rows + [Row(False, move) for move in found.left.named], cursor)

    def _show(self, rows: list[Row], cursor: int | None = 0) -> None:
        self.set_class(not rows, "-nobody")
        self.query_one(".why", Static).update("")
        self.moves.show_rows(rows, cursor=cursor)

    @on(VirtualList.Highlighted)
    def _highlighted(self, event: Highlighted) -> None:
        event.stop()
        if isinstance(event.row, Row):
            self.query_one(".why", Static).update(Content(_why(event.row.move)))


def _sum(found: Changes, currency: str) -> Content:
    line = _("{before} on {since} + {entered} entered − {left} left = {after}").format(
        before=format_number(found.before.customers), since=format_day_short(found.since, found.day),
        entered=format_number(found.entered.total.customers),
        left=format_number(found.left.total.customers), after=format_number(found.after.customers),
    )
    parts: list[tuple[str, str]] = [(line, "bold")]
    for title, side in ((_("Entered"), found.entered), (_("Left"), found.left)):
        if side.total.customers:
            parts.append(("\n" + _side(title, side, currency), "$quiet"))
    parts += [("\n" + note, "$quiet") for note in found.notes]
    return Content.assemble(*parts)


def _side(title: str, side: Side, currency: str) -> str:
    words = _("{title}: {money} in a year").format(
        title=title, money=format_money(side.total.year_spend, currency)
    )
    if len(side.by_cause) > 1:
        by = ", ".join(f"{one_line(label)} {format_number(number)}" for label, number in side.by_cause)
        words += " · " + _("by {conditions}").format(conditions=by)
    if len(side.named) < side.total.customers:
        shown = len(side.named)
        words += " · " + ngettext("the dearest {n} is shown", "the dearest {n} are shown", shown).format(
            n=format_number(shown)
        )
    return words


def _why(move: Move) -> str:
    return one_line(" · ".join(move.words))


def _columns() -> list[Column[Row]]:
    def moved(row: Row) -> Cell:
        if row.entered:
            return Cell("→ " + _("in"), "status-active")
        return Cell("← " + _("out"), "status-lost")

    def year(row: Row) -> Cell:
        return Cell(format_money(row.move.person.year_spend, row.move.person.currency))

    return [
        Column("moved", "", moved, 5, 9, rank=1),
        Column("name", N_("Customer"), lambda row: Cell(display_name(row.move.person)), 14, 26, rank=0,
               weight=2),
        Column("why", N_("Why"), lambda row: Cell(_why(row.move)), 24, 60, rank=2, weight=5),
        Column("year", N_("Last year"), year, 10, 13, right=True, rank=3),
    ]
