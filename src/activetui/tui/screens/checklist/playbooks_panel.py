"""The playbooks: whom each fits now, its steps in words; switched off and on here, the rest by command."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import NOTHING, format_number
from activetui.tui.commands import Command, bindings
from activetui.tui.reading import Connection
from activetui.tui.screens.checklist.panel import ChecklistPanel, Progress
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.receipt_panel import ReceiptPanel, Row
from activetui.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:               # the app begins sooner without what they import
    from activetui.reactivation.playbooks.playbook_fit import Fit
    from activetui.reactivation.playbooks.playbook_types import Playbook
    from activetui.reactivation.rules.own_rules import Rule

_STEP = re.compile(r"\s+(\d+)\s+(.*)")


class Shown(NamedTuple):
    """One playbook as the panel shows it."""

    rule: Rule[Playbook]
    title: str
    words: tuple[Row, ...]
    """The whole of it, steps by number; what is wrong with it where it cannot be read."""
    fit: Fit | None = None
    problem: str = ""
    """Why it cannot be asked whom it fits."""


class PlaybooksPanel(ChecklistPanel):
    """Every playbook by rank; below, the one under the cursor in words."""

    GROUP = "playbooks"
    STOP = "checklist.list"
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("playbooks.switch", "o", "switch", N_("off / on"),
                N_("Begin it for nobody new, or put it in use again"), footer=2, changes=True),
        Command("playbooks.round", "n", "new_round", N_("round"),
                N_("Start a round with it: for all whom it fits, with some left in peace"), footer=3,
                changes=True),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._shown: list[Shown] = []
        self._fits: dict[str, Fit | str] = {}
        """Whom each fits, as far as that has been counted; why it cannot be asked."""

    def compose(self) -> Iterable[Widget]:
        """The playbooks; one of them in words."""
        yield Static(classes="about", markup=False)
        yield Static(classes="work", markup=False)
        yield Container(VirtualList(_columns(), id="playbooks-rows"), ReceiptPanel(id="playbooks-said"),
                        classes="panel--halves")

    @property
    def rows(self) -> VirtualList[Shown]:
        """The playbooks."""
        return self.query_one("#playbooks-rows", VirtualList)

    # -- asking -------------------------------------------------------------------------------------------

    def ask_all(self) -> None:
        """Show the playbooks at once, then whom each fits."""
        self.home.ask(_playbooks, self._playbooks_came, group="rules")
        self.ask_long(partial(_fits, day=self.home.session.day), self._fits_came)

    def _playbooks_came(self, found: list[Shown]) -> None:
        self._shown = found
        self._show()

    def _fits_came(self, fits: dict[str, Fit | str]) -> None:
        self._fits = fits
        self._show()

    def _with_fit(self, each: Shown) -> Shown:
        found = self._fits.get(each.rule.key)
        if isinstance(found, str):
            return each._replace(problem=found)
        return each._replace(fit=found)

    def _show(self) -> None:
        """Show what is known so far: of the two answers either may come first."""
        shown = [self._with_fit(each) for each in self._shown]
        in_use = sum(each.rule.in_use for each in shown)
        self.query_one(".about", Static).update(Content.assemble(
            (_("{n} playbooks, {in_use} in use").format(
                n=format_number(len(shown)), in_use=format_number(in_use)), "bold"),
            (" · " + _("of several that fit, the first is taken"), "$quiet"),
        ))
        self.rows.show_rows(shown)
        self.home.refresh_bindings()

    @on(VirtualList.Highlighted, "#playbooks-rows")
    def _row_highlighted(self) -> None:
        row = self.rows.current
        if row is None:
            return
        self._say(row, ())
        if row.fit is not None and row.rule.thing is not None:
            question = partial(_advice, plan=row.rule.thing, found=row.fit, day=self.home.session.day)
            self.home.ask(
                question, partial(self._say, row), group="advice", refused=lambda _error: None, slow=True
            )

    def _say(self, row: Shown, advice: Iterable[str]) -> None:
        from activetui.reactivation.playbooks.playbook_fit import fit_words

        rows = list(row.words)
        if row.problem:
            rows.append(("!", row.problem))
        if row.fit is not None:
            rows.append(("", fit_words(row.fit)))
        rows += [("!", sentence) for sentence in advice]
        change = _("To change it: activetui playbooks edit {key}").format(key=row.rule.key)
        self.query_one(ReceiptPanel).show("", None, rows, change, [""])

    # -- what is done -------------------------------------------------------------------------------------

    @on(VirtualList.Chosen, "#playbooks-rows")
    def _row_chosen(self) -> None:
        """Show whom it fits."""
        row = self.rows.current
        if row is not None and row.rule.thing is not None:
            self.home.active_app.show_customers(row.rule.thing.audience)

    def action_new_round(self) -> None:
        """Start a round with the playbook."""
        from activetui.tui.flows import rounds

        row = self.rows.current
        if row is not None and row.rule.thing is not None:
            rounds.start(self.home, plan=row.rule.thing)

    def action_switch(self) -> None:
        """Put the playbook in use, or out of it."""
        row = self.rows.current
        if row is None:
            return
        on_now, session = not row.rule.in_use, self.home.session
        words = _("Playbook in use: {title}") if on_now else _("Playbook off: {title}")
        what = words.format(title=row.title)

        def write(conn: Connection) -> bool:
            from activetui.reactivation.playbooks.playbook import SHELF

            return SHELF.switch(conn, row.rule.key, on_now, what=what, made_at=session.made_at())

        def told(_changed: bool) -> None:
            more = "" if on_now else _("; those in it go on to its end")
            self.home.active_app.tell_done(what + more)

        self.home.change(write, told)


def _playbooks(conn: Connection) -> list[Shown]:
    from activetui.reactivation.playbooks.look import rest_days
    from activetui.reactivation.playbooks.playbook import rules
    from activetui.reactivation.playbooks.playbook_words import playbook_lines
    from activetui.reactivation.rules.rule_reading import known_to

    known, rest, shown = known_to(conn), rest_days(conn), []
    for rule in rules(conn):
        if rule.thing is not None:
            _title, *lines = playbook_lines(rule.thing, known, rest)
            shown.append(Shown(rule, one_line(rule.thing.title), tuple(_row(line) for line in lines if line)))
        else:
            fault = str(rule.fault) if rule.fault is not None else ""
            shown.append(Shown(rule, rule.key, tuple(("!", one_line(line)) for line in fault.splitlines())))
    return shown


def _row(line: str) -> Row:
    """A line of the playbook in words; a step with its number beside it."""
    step = _STEP.match(line)
    return (step[1], one_line(step[2])) if step else ("", one_line(line))


def _fits(conn: Connection, progress: Progress, day: Day) -> dict[str, Fit | str]:
    """Whom each playbook fits, or why that cannot be asked."""
    from activetui.reactivation.playbooks.look import Look
    from activetui.reactivation.playbooks.playbook import rules
    from activetui.reactivation.playbooks.playbook_fit import fit

    look, every = Look(conn, day), rules(conn)
    found: dict[str, Fit | str] = {}
    for number, rule in enumerate(every):
        progress(number, len(every))
        if rule.thing is None:
            continue
        try:
            found[rule.key] = fit(look, rule.thing)
        except OwnerError as error:             # it asks for what this store does not have any more
            found[rule.key] = error.message
    return found


def _advice(conn: Connection, plan: Playbook, found: Fit, day: Day) -> list[str]:
    from activetui.reactivation.playbooks.look import Look
    from activetui.reactivation.playbooks.playbook_fit import advice

    return list(advice(Look(conn, day), plan, found))


def _columns() -> list[Column[Shown]]:
    def use(row: Shown) -> Cell:
        if not row.rule.in_use:
            return Cell(_("off"), "quiet")
        if row.rule.fault is not None or row.problem:
            return Cell(_("passed over"), "warning")
        return Cell({"program": _("yes"), "changed": _("yes, changed"), "own": _("yes, your own")}[
            row.rule.origin.value
        ])

    def count(name: str, heading: str, rank: int) -> Column[Shown]:
        def cell(row: Shown) -> Cell:
            return Cell(NOTHING if row.fit is None else format_number(getattr(row.fit, name)))

        return Column(name, heading, cell, 10, 13, right=True, rank=rank)

    return [
        Column("title", N_("Playbook"), lambda row: Cell(row.title, "" if row.rule.in_use else "quiet"), 24,
               60, rank=0, weight=4),
        Column("use", N_("In use"), use, 11, 14, rank=1),
        count("fits", N_("Fits"), 2),
        count("reachable", N_("Reachable"), 4),
        count("under_way", N_("Under way"), 3),
    ]
