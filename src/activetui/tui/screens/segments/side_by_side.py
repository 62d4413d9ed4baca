"""Two segments side by side, with the customers who are in one, in both, in the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.activity.status import Status
from activetui.activity.words import status_word
from activetui.insights.segment_comparison import compared_figures
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import format_money, format_number
from activetui.segments.library import Segment
from activetui.store.listing.people import Total
from activetui.tui.cells import fit
from activetui.tui.screens.segments.combining import exactly, of_status, reference
from activetui.tui.screens.segments.data import Beside
from activetui.tui.screens.segments.trend import bar
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.door import Door
from activetui.tui.widgets.virtual_list import VirtualList

_NAME, _BAR = 18, 8
"""Cells of a part's name and of its bar."""


class Row(NamedTuple):
    """One figure of both."""

    what: str
    a: str
    b: str
    query: str
    """The customers behind the figure."""


class BesidePanel(Vertical):
    """The figures of both, and the overlap below: each part leads to its customers."""

    DEFAULT_CSS = """
    BesidePanel {
        & > .hint { height: auto; padding: 0 1; color: $quiet; }
        & > #figures { height: auto; max-height: 1fr; }
        & > .parts { height: auto; margin-top: 1; }
        & > .parts Door { height: 1; padding: 0; text-wrap: nowrap; text-overflow: ellipsis; }
        &.-nothing > .parts { display: none; }
    }
    """

    def compose(self) -> Iterable[Widget]:
        """What is compared, the figures, the overlap."""
        yield Static(classes="hint", markup=False)
        yield VirtualList(_columns("A", "B"), id="figures")
        yield Vertical(*(Door("", id=part) for part in ("only-a", "both", "only-b")), classes="parts")

    @property
    def figures(self) -> VirtualList[Row]:
        """The figures."""
        return self.query_one("#figures", VirtualList)

    def say(self, words: str) -> None:
        """Say why there is nothing to show, or not yet."""
        self.query_one(".hint", Static).update(Content(words))
        self.add_class("-nothing")
        self.figures.show_rows([])

    def show(self, beside: Beside, hint: str) -> None:
        """Show two segments; `hint` says which ones they are and how to choose others."""
        self.remove_class("-nothing")
        self.query_one(".hint", Static).update(Content(hint))
        a, b = beside.a, beside.b
        titles = one_line(a.title), _("all customers") if b is None else one_line(b.title)
        self.figures.columns = _columns(*titles)
        rows = _rows(beside)
        self.figures.styles.height = len(rows) + 1
        self.figures.show_rows(rows)
        both = [a] if b is None else [a, b]
        found = beside.found
        parts = (
            ("#only-a", found.only_a, _("only {name}").format(name=titles[0]), exactly(both, 1)),
            ("#both", found.both, _("in both"), exactly(both, (1 << len(both)) - 1)),
            ("#only-b", found.only_b, _("only {name}").format(name=titles[1]),
             f"-{reference(a)}" if b is None else exactly(both, 2)),
        )
        most = max(total.customers for _place, total, _words, _query in parts)
        for place, total, words, query in parts:
            door = self.query_one(place, Door)
            door.query_text = query
            door.say(_part(words, total, most, beside.currency))


def _part(words: str, total: Total, most: int, currency: str) -> Content:
    money = _("{money} in a year").format(money=format_money(total.year_spend, currency, whole=True))
    return Content.assemble(
        (fit(words, _NAME), "$quiet"), " ", (fit(bar(total.customers, most, _BAR), _BAR), "$accent"),
        (f" {format_number(total.customers)}", "bold"), (f" · {money}", "$quiet"),
    )


def _rows(beside: Beside) -> list[Row]:
    segments: list[Segment] = [beside.a] if beside.b is None else [beside.a, beside.b]
    words = {status_word(status): status.word for status in Status}
    rows = []
    for what, a, b in compared_figures(beside.found, beside.currency):
        status = words.get(what)
        query = reference(beside.a) if status is None else of_status(segments, status)
        rows.append(Row(what, a, b, query))
    return rows


def _columns(a: str, b: str) -> list[Column[Row]]:
    return [
        Column("what", N_("Figure"), lambda row: Cell(row.what, "quiet"), 14, 22, rank=0),
        Column("a", a, lambda row: Cell(row.a), 15, 24, right=True, rank=1, as_it_is=True),
        Column("b", b, lambda row: Cell(row.b), 15, 24, right=True, rank=2, as_it_is=True),
    ]
