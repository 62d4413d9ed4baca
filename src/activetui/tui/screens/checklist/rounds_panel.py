"""Rounds: a playbook begun for many at once, with a part left in peace to compare with."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import format_day, format_number, relative_day
from activetui.tui.commands import Command, bindings, key_of
from activetui.tui.dialogs.choose import Choice
from activetui.tui.dialogs.pick import PickDialog
from activetui.tui.reading import Connection
from activetui.tui.screens.checklist.panel import ChecklistPanel, Progress
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.widgets.receipt_panel import ReceiptPanel
from activetui.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:               # the app begins sooner without what they import
    from activetui.reactivation.results.result_types import Results
    from activetui.reactivation.results.round_results import RoundResult

_TO_CONTACT, _IN_PEACE = "to_contact", "held_out"


class RoundsPanel(ChecklistPanel):
    """Every round, the newest first; below, both sides of the one under the cursor."""

    GROUP = "rounds"
    STOP = "checklist.list"
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("rounds.new", "n", "new", N_("new"),
                N_("Start a round: see first whom it draws, and what so many can show"), footer=2,
                changes=True),
        Command("rounds.add", "a", "more", N_("draw more"),
                N_("Draw into the round whom its playbook fits by now, with the same coin"), changes=True),
        Command("rounds.export", "w", "export", N_("export"),
                N_("Write its mails or letters that are due, or those to contact, to a file"), footer=3),
        Command("rounds.end", "e", "end", N_("end"), N_("End the round before its time"), footer=4,
                changes=True),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._found: Results | None = None

    def compose(self) -> Iterable[Widget]:
        """The rounds; what came of one."""
        yield Static(classes="about", markup=False)
        yield Static(classes="work", markup=False)
        yield Container(VirtualList[object]((), id="rounds-rows"), ReceiptPanel(id="rounds-said"),
                        classes="panel--halves")

    @property
    def rows(self) -> VirtualList[RoundResult]:
        """The rounds."""
        return self.query_one("#rounds-rows", VirtualList)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a round there is none to end, to write or to draw into."""
        if action in ("more", "export", "end") and (not self.is_mounted or self.rows.current is None):
            return False
        return super().check_action(action, parameters)

    # -- asking -------------------------------------------------------------------------------------------

    def ask_all(self) -> None:
        """Count both sides of every round."""
        self.ask_long(partial(_rounds, day=self.home.session.day), self._came)

    def _came(self, found: Results) -> None:
        from activetui.reactivation.results.result_words import known_to_words

        self._found = found
        words = _("{n} rounds · {key} starts one").format(
            n=format_number(len(found.rounds)), key=key_of("rounds.new")
        ) if found.rounds else ""
        known_to = known_to_words(found)
        self.query_one(".about", Static).update(Content.assemble(
            (words, "bold"), *([(f" · {known_to}", "$warning")] if known_to else [])
        ))
        self.rows.columns = _columns(found)
        self.rows.show_rows(found.rounds)
        if not found.rounds:
            self.query_one(ReceiptPanel).show("", None, [
                ("", _("No round yet. A round begins a playbook for all whom it fits, and leaves some in "
                       "peace by a coin: only so can be seen whether it works.")),
                ("", _("{key} starts one; before that you see whom it draws.").format(
                    key=key_of("rounds.new"))),
            ])
        self.home.refresh_bindings()

    @on(VirtualList.Highlighted, "#rounds-rows")
    def _row_highlighted(self) -> None:
        from activetui.reactivation.results.result_words import (
            playbook_title,
            round_sentences,
            round_title_of,
        )

        found, row = self._found, self.rows.current
        if found is None or row is None:
            return
        plan = _("Playbook: {title}").format(title=playbook_title(found, row.round.playbook))
        self.query_one(ReceiptPanel).show(
            round_title_of(found, row), None,
            [("", sentence) for sentence in (plan, *round_sentences(found, row))],
        )

    # -- what is done -------------------------------------------------------------------------------------

    def action_new(self) -> None:
        """Start a round."""
        from activetui.tui.flows import rounds

        if self.home.active_app.is_for_today():
            rounds.start(self.home)

    def action_more(self) -> None:
        """Draw more into the round."""
        from activetui.tui.flows import rounds

        row = self.rows.current
        if row is not None and self.home.active_app.is_for_today():
            rounds.draw_more(self.home, row.round)

    def action_end(self) -> None:
        """End the round."""
        from activetui.tui.flows import rounds

        row = self.rows.current
        if row is not None and self.home.active_app.is_for_today():
            rounds.end(self.home, row.round)

    def action_export(self) -> None:
        """Write those to contact to a file."""
        row, found = self.rows.current, self._found
        if row is None or found is None:
            return
        from activetui.tui.flows import due_file
        from activetui.tui.flows.export_list import export_list

        name = one_line(row.round.name) or row.round.playbook
        whom = partial(_side, number=row.round.id, day=found.day, which=_TO_CONTACT)
        title = _("Write those to contact in round {n} to which file?").format(n=row.round.id)
        due_file.begin(
            self.home, due_file.Which(name, row.round.playbook, row.round.id),
            lambda: export_list(self.home.active_app, whom, name, title=title),
        )

    @on(VirtualList.Chosen, "#rounds-rows")
    def _row_chosen(self) -> None:
        row = self.rows.current
        if row is None:
            return
        words = _("{what}: {n}")
        sides = ((_TO_CONTACT, _("to contact"), row.to_contact.drawn),
                 (_IN_PEACE, _("left in peace"), row.held_out.drawn))
        choices = [Choice(key, words.format(what=what, n=format_number(n))) for key, what, n in sides if n]
        self.app.push_screen(
            PickDialog(_("Show which customers?"), choices),
            lambda which: None if which is None else self._open(row.round.id, which),
        )

    def _open(self, number: int, which: str) -> None:
        question = partial(_side, number=number, day=self.home.session.day, which=which)
        self.home.ask(question, self.open_customers, group="side")


def _rounds(conn: Connection, progress: Progress, day: Day) -> Results:
    from activetui.reactivation.results.result_types import By
    from activetui.reactivation.results.results import results

    return results(conn, day, by=By.ROUND, natural=False, progress=progress)


def _side(conn: Connection, number: int, day: Day, which: str) -> list[int]:
    from activetui.store.rounds import Side, members

    side = Side.TO_CONTACT if which == _TO_CONTACT else Side.HELD_OUT
    return [member.customer_id for member in members(conn, number, day) if member.side is side]


def _columns(found: Results) -> list[Column[RoundResult]]:
    from activetui.reactivation.results.result_words import playbook_title, verdict_words
    from activetui.reactivation.results.round_results import Verdict

    def title(row: RoundResult) -> Cell:
        return Cell(one_line(row.round.name) or playbook_title(found, row.round.playbook))

    def until(row: RoundResult) -> Cell:
        if row.round.ended is not None:
            return Cell(_("ended {day}").format(day=format_day(row.round.ended)), "quiet")
        over = row.window_ends < found.day
        return Cell(_("over") if over else relative_day(row.window_ends, found.day), "quiet" if over else "")

    def verdict(row: RoundResult) -> Cell:
        words = verdict_words(row.verdict, row.difference, row.more_needed, row.window_ends)
        colour = {Verdict.MORE: "success", Verdict.FEWER: "error"}.get(row.verdict, "")
        return Cell(words, colour)

    def count(name: str, heading: str, rank: int) -> Column[RoundResult]:
        return Column(
            name, heading, lambda row: Cell(format_number(getattr(row, name).drawn)), 10, 13, right=True,
            rank=rank,
        )

    return [
        Column("round", N_("No."), lambda row: Cell(str(row.round.id)), 3, 5, right=True, rank=1),
        Column("title", N_("Round"), title, 18, 40, rank=0),
        Column("started", N_("Started"), lambda row: Cell(format_day(row.round.started)), 11, 13, rank=4),
        Column("until", N_("Window"), until, 11, 18, rank=6),
        count("to_contact", N_("To contact"), 3),
        count("held_out", N_("In peace"), 5),
        Column("verdict", N_("Result"), verdict, 22, 80, rank=2, weight=4),
    ]
