"""What came of it: row by row, with what may be said of the row under the cursor."""

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
from activetui.locales.formats import format_number
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.choose import Choice
from activetui.tui.dialogs.pick import PickDialog
from activetui.tui.reading import Connection
from activetui.tui.screens.checklist.panel import ChecklistPanel, Progress
from activetui.tui.screens.checklist.periods import Period, period_words, periods, read_period
from activetui.tui.widgets.receipt_panel import ReceiptPanel
from activetui.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:               # the app begins sooner without what they import
    from activetui.reactivation.results.result_types import Result, Results
    from activetui.reactivation.results.won_back import State

_OTHER = "other"
_EVERY = ""


class ResultsPanel(ChecklistPanel):
    """Results by playbook, step, channel, reason, round or month, of a period."""

    GROUP = "results"
    STOP = "checklist.list"
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("results.by", "v", "by", N_("by"), N_("By playbook, step, channel, reason, round or month"),
                footer=2),
        Command("results.period", "s", "period", N_("time"), N_("Of which time: a month, a quarter, a year"),
                footer=3),
        Command("results.playbook", "f", "playbook", N_("playbook"), N_("Of one playbook only")),
        Command("results.table", "t", "table", N_("table"),
                N_("Every figure as a number, or the shares drawn again"), footer=4),
        Command("results.columns-right", "right", "shift(1)", N_("columns"),
                N_("The columns farther to the right"), palette=False),
        Command("results.columns-left", "left", "shift(-1)", N_("columns"),
                N_("The columns farther to the left"), palette=False),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.by = "playbook"
        self.period: Period | None = None
        """None until one was chosen: all the time."""
        self.playbook = _EVERY
        self.as_table = False
        self._found: Results | None = None

    def compose(self) -> Iterable[Widget]:
        """What is asked; the rows; what may be said of one."""
        yield Static(classes="about", markup=False)
        yield Static(classes="work", markup=False)
        yield Container(VirtualList[object]((), id="results-rows"), ReceiptPanel(id="results-said"),
                        classes="panel--halves")

    @property
    def rows(self) -> VirtualList[Result]:
        """The rows, the whole first."""
        return self.query_one("#results-rows", VirtualList)

    # -- asking -------------------------------------------------------------------------------------------

    def ask_all(self) -> None:
        """Count what came of it."""
        period = self.period
        self.ask_long(
            partial(
                _results, day=self.home.session.day, by=self.by, since=period.since if period else None,
                until=period.until if period else None, playbook=self.playbook or None,
            ),
            self._came,
        )

    def _came(self, found: Results) -> None:
        self._found = found
        self._say_about(found)
        self._show_rows(found)

    def _say_about(self, found: Results) -> None:
        from activetui.reactivation.results.result_words import by_words, known_to_words, playbook_title

        period = self.period or next(periods(found.day))
        parts: list[tuple[str, str]] = [
            (_("By {what}").format(what=by_words(found.by).lower()), "bold"),
            (" · " + _("first contacts: {period}").format(period=period_words(period)), "$quiet"),
        ]
        if self.playbook:
            parts.append((f" · {playbook_title(found, self.playbook)}", "$accent"))
        known_to = known_to_words(found)
        if known_to:
            parts.append((f" · {known_to}", "$warning"))
        self.query_one(".about", Static).update(Content.assemble(*parts))

    def _show_rows(self, found: Results) -> None:
        from activetui.tui.screens.checklist.result_columns import drawn_columns, number_columns

        self.rows.columns = number_columns(found) if self.as_table else drawn_columns(found)
        self.rows.show_rows([found.whole, *found.rows] if found.rows else [])
        if not found.rows:
            self.query_one(ReceiptPanel).show("", None, [
                ("", _("No playbook was begun for anybody in this time.")),
                ("", _("Results come of what you do in the list; a round shows whether it works.")),
            ])

    @on(VirtualList.Highlighted, "#results-rows")
    def _row_highlighted(self) -> None:
        found, row = self._found, self.rows.current
        if found is None or row is None:
            return
        from activetui.reactivation.results.result_words import by_notes, row_sentences
        from activetui.tui.screens.checklist.result_columns import title_of

        said = row_sentences(found, row)
        note = by_notes(found.by)
        self.query_one(ReceiptPanel).show(
            title_of(found, row), None, [("", sentence) for sentence in said],
            _("How to read it") if note else "", [note] if note else [],
        )

    # -- what is asked for --------------------------------------------------------------------------------

    def action_by(self) -> None:
        """Choose what the rows are."""
        from activetui.reactivation.results.result_types import By
        from activetui.reactivation.results.result_words import by_words

        choices = [Choice(each.value, by_words(each)) for each in By]
        self.app.push_screen(PickDialog(_("Results by what?"), choices, self.by), self._by_chosen)

    def _by_chosen(self, by: str | None) -> None:
        if by is not None and by != self.by:
            self.by = by
            self.rows.cursor = 0
            self.ask_all()

    def action_period(self) -> None:
        """Choose the time."""
        day = self.home.session.day
        known = list(periods(day))
        choices = [Choice(each.key, each.title, period_words(each)) for each in known[1:]]
        choices = [
            Choice(known[0].key, known[0].title), *choices,
            Choice(_OTHER, _("from one day to another"), _("such as 2026-07-01..2026-09-30, -3m..today")),
        ]
        present = self.period.key if self.period else known[0].key
        hint = _("By the day of the first contact.")
        dialog = PickDialog(_("Of which time?"), choices, present, hint=hint)
        self.app.push_screen(dialog, lambda key: self._period_chosen(key, {each.key: each for each in known}))

    def _period_chosen(self, key: str | None, known: dict[str, Period]) -> None:
        if key is None:
            return
        if key in known:
            self._use_period(known[key])
            return
        from activetui.tui.dialogs.ask_text import AskTextDialog

        day = self.home.session.day
        dialog = AskTextDialog(
            _("From which day to which?"), _("Two days with two dots, such as 2026-07-01..2026-09-30"),
            check=lambda text: _check_period(text, day),
        )
        self.app.push_screen(
            dialog, lambda text: None if text is None else self._use_period(read_period(text, day))
        )

    def _use_period(self, period: Period) -> None:
        self.period = period
        self.ask_all()

    def action_playbook(self) -> None:
        """Choose one playbook, or all."""
        if self._found is None:
            return
        plans = self._found.plans
        choices = [Choice(_EVERY, _("all playbooks")), *(
            Choice(key, one_line(plan.title)) for key, plan in sorted(plans.items())
        )]
        self.app.push_screen(PickDialog(_("Results of which playbook?"), choices, self.playbook),
                             self._playbook_chosen)

    def _playbook_chosen(self, key: str | None) -> None:
        if key is not None and key != self.playbook:
            self.playbook = key
            self.ask_all()

    def action_table(self) -> None:
        """Every figure as a number, or the shares drawn."""
        self.as_table = not self.as_table
        if self._found is not None:
            self._show_rows(self._found)

    def action_shift(self, by: int) -> None:
        """Show columns that have no room."""
        self.rows.shift_columns(by)

    # -- the customers behind a row -----------------------------------------------------------------------

    @on(VirtualList.Chosen, "#results-rows")
    def _row_chosen(self) -> None:
        row = self.rows.current
        if row is None:
            return
        counts = (
            ("begun", _("for whom it was begun"), row.begun),
            ("contacted", _("contacted"), row.contacted),
            ("won_back", _("won back"), row.won_back),
            ("too_early", _("too early to say"), row.too_early),
            ("by_themselves", _("came back by themselves"), row.by_themselves),
            ("not_contacted", _("not contacted"), row.not_contacted),
        )
        words = _("{what}: {n}")
        choices = [
            Choice(key, words.format(what=what, n=format_number(n))) for key, what, n in counts if n
        ]
        numbers = {key: n for key, _what, n in counts}
        self.app.push_screen(
            PickDialog(_("Show which customers?"), choices, "won_back"),
            lambda which: None if which is None else self._behind_chosen(row, which, numbers[which]),
        )

    def _behind_chosen(self, row: Result, which: str, counted: int) -> None:
        found = self._found
        if found is None:
            return
        key = None if row is found.whole else row.key
        question = partial(
            _behind, found=found, key=key, playbook=self.playbook or None, which=which
        )

        def came(numbers: list[int]) -> None:
            if 0 < len(numbers) < counted:
                words = _("{n} times, {customers} customers: some were in it twice.")
                self.home.active_app.tell(words.format(
                    n=format_number(counted), customers=format_number(len(numbers))
                ))
            self.open_customers(numbers)

        self.ask_long(question, came)


def _results(
    conn: Connection,
    progress: Progress,
    day: Day,
    by: str,
    since: Day | None,
    until: Day | None,
    playbook: str | None,
) -> Results:
    from activetui.reactivation.results.result_types import By
    from activetui.reactivation.results.results import results

    return results(
        conn, day, by=By(by), since=since, until=until, playbook_key=playbook, progress=progress
    )


def _behind(
    conn: Connection, progress: Progress, found: Results, key: object, playbook: str | None, which: str
) -> list[int]:
    from activetui.reactivation.results.results import customers_behind

    by_state = customers_behind(
        conn, found.day, by=found.by, key=key, since=found.since, until=found.until,  # type: ignore[arg-type]
        playbook_key=playbook, progress=progress,
    )
    return sorted({number for state in _states(which) for number in by_state[state]})


def _states(which: str) -> list[State]:
    from activetui.reactivation.results.won_back import State

    if which == "begun":
        return list(State)
    if which == "contacted":
        return [State.WON_BACK, State.TOO_EARLY, State.AWAY]
    return [State(which)]


def _check_period(text: str, day: Day) -> None:
    read_period(text, day)
