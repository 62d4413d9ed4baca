"""How often the draft, and windows of so many days, would have been right on a day of the past."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual import events, on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from activetui.activity.past.backtest import Costs, Row
from activetui.activity.past.backtest_rounds import Measures
from activetui.ledger.days import Day
from activetui.locales import N_, _
from activetui.locales.formats import (
    NOTHING,
    days_words,
    format_day,
    format_money,
    format_number,
    format_share,
)
from activetui.store.listing import people
from activetui.store.listing.people import Person
from activetui.tui.commands import Command, bindings
from activetui.tui.people import display_name
from activetui.tui.reading import Connection
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.virtual_list import PAGE, VirtualList

if TYPE_CHECKING:
    from activetui.tui.screens.base import ActiveScreen

SUGGESTED = "✓"
"""Stands behind the window that the past suggests."""
HORIZONS = (30, 60, 90, 180, 365)
ROUNDS = 4
"""Days of the past that are tested, a horizon apart, as far as the ledger reaches."""


class Tested(NamedTuple):
    """One rule, and whom it was wrong about."""

    rule: str
    """Already translated."""
    row: Row
    alarms: array[int]
    """Customers called inactive who bought all the same."""
    misses: array[int]
    """Customers called active who did not buy."""


class Past(NamedTuple):
    """The rules judged by what came after one day."""

    as_of: Day
    horizon: int
    buyers: int
    of: int
    auc: float | None
    rules: list[Tested]
    cheapest: Row | None
    days: Sequence[Day]
    """All days tested, `as_of` first; the rules are told for that one."""
    measures: Measures
    """The definition over all of them."""


class PastPanel(Vertical):
    """A rule a line; below, whom the rule under the cursor was wrong about."""

    DEFAULT_CSS = """
    PastPanel {
        & > .outcome { height: auto; padding: 0 1; color: $quiet; }
        & VirtualList { padding: 0 0 0 1; }
        & > #rules { height: auto; max-height: 50%; margin-top: 1; }
        & > .wrong { height: 1fr; margin-top: 1; }
        & > .wrong > Vertical { width: 1fr; }
        & .heading { height: 2; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        &.-refused > #rules, &.-refused > .wrong { display: none; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("past.shorter", "left_square_bracket", "horizon(-1)", N_("shorter"),
                N_("Look less far ahead of the day of the past")),
        Command("past.longer", "right_square_bracket", "horizon(1)", N_("horizon"),
                N_("Look farther ahead of the day of the past")),
        Command("past.costs", "dollar_sign", "costs", N_("costs"),
                N_("Say what a false alarm and a missed customer cost"), footer=1),
        Command("past.take", "y", "take", N_("take over"),
                N_("Take the window under the cursor over into the draft"), footer=2, keeps=True),
    )
    BINDINGS = bindings(KEYS)

    class Asked(Message):
        """The past is to be judged otherwise: another horizon, or other costs."""

    class CostsWanted(Message):
        """The costs are to be asked for."""

    class WindowWanted(Message):
        """The draft is to take a window over."""

        def __init__(self, days: int) -> None:
            super().__init__()
            self.days = days

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.horizon = 90
        self.costs: Costs | None = None
        self._ids: dict[str, array[int]] = {}

    def compose(self) -> Iterable[Widget]:
        """What came of it, the rules, the two errors by name."""
        yield Static(classes="outcome", markup=False)
        yield VirtualList(_rule_columns(""), id="rules")
        with Horizontal(classes="wrong"):
            for name in ("alarms", "misses"):
                with Vertical():
                    yield Static(classes="heading", id=f"{name}-heading", markup=False)
                    yield VirtualList(_person_columns(""), id=name)

    @property
    def rules(self) -> VirtualList[Tested]:
        """The rules."""
        return self.query_one("#rules", VirtualList)

    @property
    def first_stop(self) -> Widget:
        """Where the keys go when the panel is entered."""
        return self.rules

    def show(self, past: Past, currency: str) -> None:
        """Show what was found."""
        self.remove_class("-refused")
        self.query_one(".outcome", Static).update(_outcome(past))
        self.rules.columns = tuple(_rule_columns(currency if self.costs else ""))
        for name in ("alarms", "misses"):
            self.query_one(f"#{name}", VirtualList).columns = tuple(_person_columns(currency))
        self.rules.show_rows(past.rules)

    def refuse(self, message: str) -> None:
        """Say why the past cannot be judged."""
        self.add_class("-refused")
        self.query_one(".outcome", Static).update(Content(message))

    @on(VirtualList.Highlighted, "#rules")
    def _rule_highlighted(self, event: VirtualList.Highlighted) -> None:
        event.stop()
        tested = event.row
        if not isinstance(tested, Tested):
            return
        for name, title, meaning, ids in (
            ("alarms", _("False alarms"), _("called inactive, bought all the same"), tested.alarms),
            ("misses", _("Misses"), _("called active, did not buy"), tested.misses),
        ):
            words = Content.styled(f"{title} {format_number(len(ids))}", "bold")
            heading = Content.assemble(words, "\n", (meaning, "$quiet"))
            self.query_one(f"#{name}-heading", Static).update(heading)
            self._ids[name] = ids
            generation = self.query_one(f"#{name}", VirtualList).begin(len(ids), cursor=0)
            self._ask_for(name, generation, 0)

    @on(VirtualList.PageWanted)
    def _page_wanted(self, event: VirtualList.PageWanted) -> None:
        event.stop()
        if event.of.id in self._ids:
            self._ask_for(event.of.id, event.generation, event.first)

    def _ask_for(self, name: str, generation: int, first: int) -> None:
        rows: VirtualList[Person] = self.query_one(f"#{name}", VirtualList)
        wanted = self._ids[name][first : first + PAGE]
        question = partial(_by_ids, ids=wanted)
        cast("ActiveScreen", self.screen).ask(
            question, partial(rows.put, generation, first), group=f"{name}-{first}"
        )

    @on(VirtualList.Chosen)
    def _chosen(self, event: VirtualList.Chosen) -> None:
        event.stop()
        if isinstance(event.row, Person):
            cast("ActiveScreen", self.screen).active_app.show_customer(event.row.id)
        else:
            self.query_one("#alarms", VirtualList).focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """On a small screen the names need the room of the words above."""
        self.set_class(event.widget is not self.rules, "-names")

    def action_horizon(self, step: int) -> None:
        """Look farther ahead, or less far."""
        place = HORIZONS.index(self.horizon) + step
        if 0 <= place < len(HORIZONS):
            self.horizon = HORIZONS[place]
            self.post_message(self.Asked())

    def action_costs(self) -> None:
        """Ask what the two errors cost."""
        self.post_message(self.CostsWanted())

    def action_take(self) -> None:
        """Take the window under the cursor over."""
        tested = self.rules.current
        if tested is not None and tested.row.window_days is not None:
            self.post_message(self.WindowWanted(tested.row.window_days))


def _by_ids(conn: Connection, ids: array[int]) -> list[Person]:
    return people.by_ids(conn, ids)


def _outcome(past: Past) -> Content:
    """What came of that day and of the others, a sentence a line."""
    words = _(
        "On {day}: {buyers} of the {of} customers who had bought by then bought again within {horizon} "
        "([ and ] change it)."
    )
    lines = [words.format(
        day=format_day(past.as_of), buyers=format_number(past.buyers), of=format_number(past.of),
        horizon=days_words(past.horizon),
    )]
    if past.auc is not None:
        words = _("Days of silence alone rank them with an AUC of {auc} (0.5 is chance).")
        lines.append(words.format(auc=format_number(round(past.auc, 3))))
    if len(past.days) > 1:
        lines.append(_spread(past))
    if any(tested.rule.endswith(SUGGESTED) for tested in past.rules):
        lines.append(_("{mark} is the window that your past suggested then.").format(mark=SUGGESTED))
    if past.cheapest is not None:
        words = _("A window of {days} would have cost least.")
        lines.append(words.format(days=days_words(past.cheapest.window_days)))
    return Content("\n".join(lines))


def _spread(past: Past) -> str:
    """How much the definition's figures differ from one day to the next."""
    shown = [
        _("{what} {mean} ({low} to {high})").format(
            what=what, mean=format_share(spread.mean), low=format_share(spread.low),
            high=format_share(spread.high),
        )
        for what, spread in ((_("precision"), past.measures.precision), (_("recall"), past.measures.recall))
        if spread is not None
    ]
    words = _("This definition on {n} days back to {day}: {figures}.")
    return words.format(n=len(past.days), day=format_day(past.days[-1]), figures=", ".join(shown))


def _rule_columns(currency: str) -> list[Column[Tested]]:
    def number(value: int) -> Cell:
        return Cell(format_number(value))

    def share(value: float | None) -> Cell:
        return Cell(format_share(value))

    def cost(tested: Tested) -> Cell:
        value = tested.row.cost
        return Cell(NOTHING if value is None else format_money(value, currency))

    columns: list[Column[Tested]] = [
        Column("rule", N_("Rule"), lambda each: Cell(each.rule), 16, 26, rank=0, weight=2),
        Column("active", N_("Active"), lambda each: number(each.row.active), 7, 8, right=True, rank=1),
        Column("bought", N_("Bought"), lambda each: number(each.row.tp), 7, 8, right=True, rank=6),
        Column("misses", N_("Misses"), lambda each: number(each.row.fp), 7, 8, right=True, rank=4),
        Column("alarms", N_("False alarms"), lambda each: number(each.row.fn), 12, 13, right=True, rank=5),
        Column("precision", N_("Precision"), lambda each: share(each.row.precision), 9, 10, right=True,
               rank=2),
        Column("recall", N_("Recall"), lambda each: share(each.row.recall), 7, 8, right=True, rank=3),
        Column("accuracy", N_("Right"), lambda each: share(each.row.accuracy), 6, 7, right=True, rank=7),
    ]
    if currency:
        columns.append(Column("cost", N_("Cost"), cost, 10, 13, right=True, rank=1))
    return columns


def _person_columns(currency: str) -> list[Column[Person]]:
    return [
        Column("name", N_("Customer"), lambda person: Cell(display_name(person)), 14, 44, rank=0, weight=4),
        Column("year", N_("Last year"), lambda person: Cell(format_money(person.year_spend, currency)),
               11, 15, right=True, rank=1),
    ]
