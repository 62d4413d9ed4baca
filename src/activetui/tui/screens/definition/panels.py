"""The right half of the Definition screen: what the draft would do, seen from five sides."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from activetui.activity.consistency import LedgerFigures
from activetui.activity.difference import Difference
from activetui.activity.past.backtest import Costs
from activetui.activity.questions import Question
from activetui.ledger.errors import OwnerError
from activetui.locales import N_, _
from activetui.locales.formats import format_number, format_share
from activetui.tui.commands import key_of
from activetui.tui.dialogs.choose import Choice, ChooseDialog
from activetui.tui.dialogs.costs import CostsDialog
from activetui.tui.reading import Overtaken
from activetui.tui.screens.definition import data
from activetui.tui.screens.definition.check import CheckPanel, Open, effect_words, note_of
from activetui.tui.screens.definition.draft import Draft
from activetui.tui.screens.definition.effect import EffectPanel
from activetui.tui.screens.definition.history import HistoryPanel
from activetui.tui.screens.definition.past import PastPanel
from activetui.tui.screens.definition.window import SuggestionPanel, Taken, now_of
from activetui.tui.screens.definition.words import sum_line, ways_on
from activetui.tui.widgets.panel_tabs import PanelTab, PanelTabs

if TYPE_CHECKING:
    from activetui.tui.screens.base import ActiveScreen

TABS = (
    PanelTab("effect", "m", N_("moves")),
    PanelTab("check", "c", N_("check")),
    PanelTab("window", "w", N_("window")),
    PanelTab("past", "p", N_("past")),
    PanelTab("history", "h", N_("history")),
)
_LONG = 6
"""From so many steps on, looking at everyone is worth a word on how far it is."""


class Panels(Vertical):
    """A line of panels and the one that is seen; it asks the store for what they show."""

    DEFAULT_CSS = """
    Panels {
        & ContentSwitcher { height: 1fr; }
        & ContentSwitcher > * { height: 1fr; }
    }
    """

    class TextWanted(Message):
        """Another text is to be the draft."""

        def __init__(self, text: str, note: str = "") -> None:
            super().__init__()
            self.text, self.note = text, note

    class Left(Message):
        """The definition is to have the keys."""

    class Summed(Message):
        """What the draft would do, in one line."""

        def __init__(self, words: Content) -> None:
            super().__init__()
            self.words = words

    class TabChosen(Message):
        """A click on the title of a panel."""

        def __init__(self, panel: str) -> None:
            super().__init__()
            self.panel = panel

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.shown = TABS[0].panel
        self.difference: Difference | None = None
        """What the draft does; None until that is known."""
        self._draft: Draft | None = None
        self._standing: data.Standing | None = None
        self._figures: LedgerFigures | None = None
        self._checked: data.Checked | None = None
        self._answered: list[Open] = []
        self._looking = data.Looking()
        self._turn = 0
        """The number of the latest question about the effect."""

    def compose(self) -> Iterable[Widget]:
        """The line of titles, then the panel."""
        yield PanelTabs([PanelTab(tab.panel, tab.key, _(tab.title)) for tab in TABS], self.shown)
        yield ContentSwitcher(
            EffectPanel(id="effect"), CheckPanel(id="check"), SuggestionPanel(id="window"),
            PastPanel(id="past"), HistoryPanel(id="history"), initial=self.shown,
        )

    @property
    def _screen(self) -> ActiveScreen:
        return cast("ActiveScreen", self.screen)

    # -- what is seen -------------------------------------------------------------------------------------

    def open(self, panel: str) -> None:
        """Show a panel."""
        self.shown = panel
        self.query_one(ContentSwitcher).current = panel
        self.query_one(PanelTabs).show(panel)
        self._ask_panel()

    def enter(self) -> None:
        """The keys go to the panel."""
        self.query_one(f"#{self.shown}").first_stop.focus()  # type: ignore[attr-defined]

    @on(PanelTabs.Opened)
    def _tab_opened(self, event: PanelTabs.Opened) -> None:
        event.stop()
        self.post_message(self.TabChosen(event.panel))

    # -- asking -------------------------------------------------------------------------------------------

    def stand_on(self, standing: data.Standing) -> None:
        """Another definition is in force, or the ledger is another one."""
        self._standing, self._figures = standing, None
        self.query_one(HistoryPanel).show(standing.versions, standing.changes)

    def follow(self, draft: Draft) -> None:
        """The draft is another one: ask what it would do."""
        self._draft, self.difference, self._checked, self._answered = draft, None, None, []
        if draft.definition is None:
            self._turn += 1
            words = _("Once the mistakes are corrected, you see here what the change does.")
            self.post_message(self.Summed(Content.styled(words, "$quiet")))
            self.query_one(PanelTabs).note({"effect": "", "check": ""})
            return
        self._ask_effect()
        self._ask_check()
        self._ask_panel()
        self._show_suggestion()

    def _ask_effect(self) -> None:
        if self._draft is None or self._draft.definition is None:
            return
        self._turn += 1
        question = partial(
            self._looking.difference, before=self._draft.in_force, after=self._draft.definition,
            day=self._screen.session.day, progress=partial(self._progressed, self._turn),
        )
        self._screen.ask(question, self._effect_came, group="effect")

    def _progressed(self, turn: int, done: int, everything: int) -> None:
        """Called in the worker: stop if the draft is another one by now, else say how far it is."""
        self._go_on(turn, done, everything)
        if everything >= _LONG:
            self.call_later(self._show_progress, turn, done / everything)

    def _show_progress(self, turn: int, share: float) -> None:
        if turn == self._turn and share < 1:
            words = _("Looking at everyone: {share}").format(share=format_share(share))
            self.post_message(self.Summed(Content.styled(words, "$quiet")))

    def _effect_came(self, difference: Difference) -> None:
        assert self._draft is not None
        self.difference = difference
        everyone, currency = sum(difference.after_counts.values()), self._draft.ground.currency
        self.post_message(self.Summed(sum_line(difference, everyone, currency)))
        if self._draft.changed:
            nobody = _("Nobody gets another status.")
        else:
            nobody = _("Change the definition: who moves is shown here, before anything is saved.")
        self.query_one(EffectPanel).show(
            difference, day=self._screen.session.day, currency=currency,
            nobody=Content(nobody) if everyone else ways_on(),
        )
        moved = format_number(difference.moved) if difference.moved else ""
        self.query_one(PanelTabs).note({"effect": moved})

    def _ask_check(self) -> None:
        """Ask what does not make sense, once the figures of the ledger are there."""
        if self._draft is None or self._draft.definition is None:
            return
        if self._figures is None:
            self._screen.ask(data.figures, self._figures_came, group="figures")
            return
        check = partial(
            data.checked, definition=self._draft.definition, ground=self._draft.ground, figures=self._figures
        )
        self._screen.ask(check, self._checked_came, group="check")

    def _figures_came(self, figures: LedgerFigures) -> None:
        self._figures = figures
        self._show_suggestion()
        self._ask_check()
        self._ask_panel()

    def _show_suggestion(self) -> None:
        figures = self._figures
        if figures is None or figures.suggestion is None or figures.regularity is None or not self._draft:
            return
        now = now_of(self._draft.definition)
        self.query_one(SuggestionPanel).show(figures.suggestion, figures.regularity, now)

    def _checked_came(self, checked: data.Checked) -> None:
        self._checked = checked
        known = {each.question.code: each.effect for each in self._answered}
        questions = [Open(each.question, known.get(each.question.code)) for each in checked.questions]
        self.query_one(CheckPanel).show(checked.findings, questions)
        self.query_one(PanelTabs).note({"check": note_of(checked.findings, questions)})
        self._ask_panel()

    def _ask_answers(self) -> None:
        """Ask what the other answers to the open questions would do."""
        draft, checked = self._draft, self._checked
        if draft is None or draft.definition is None or checked is None:
            return
        question = partial(
            data.answered, looking=self._looking, questions=checked.questions, before=draft.definition,
            ground=draft.ground, day=self._screen.session.day, progress=partial(self._go_on, self._turn),
        )
        self._screen.ask(question, self._answers_came, group="answers")

    def _answers_came(self, answered: list[Open]) -> None:
        self._answered = answered
        if self._checked is not None:
            self.query_one(CheckPanel).show(self._checked.findings, answered)

    def _ask_panel(self) -> None:
        """Ask for what takes its time only where it is seen."""
        if self.shown == "past":
            self._ask_past()
        elif self.shown == "check":
            self._ask_answers()

    @on(PastPanel.Asked)
    def _ask_past(self) -> None:
        panel = self.query_one(PastPanel)
        known = self._figures.past if self._figures is not None else None
        if self._draft is None or self._draft.definition is None or known is None:
            return
        question = partial(
            data.past, definition=self._draft.definition, history=known.history, horizon=panel.horizon,
            costs=panel.costs, progress=partial(self._go_on, self._turn),
        )
        self._screen.ask(
            question, partial(panel.show, currency=self._draft.ground.currency), group="past",
            refused=lambda error: panel.refuse(f"{error.message} {error.hint}"),
        )

    def _go_on(self, turn: int, _done: int, _everything: int) -> None:
        """Called in the worker: stop if the draft is another one by now."""
        if turn != self._turn:
            raise Overtaken

    # -- what the panels want -----------------------------------------------------------------------------

    @on(CheckPanel.FindingChosen)
    def _finding_chosen(self) -> None:
        self.post_message(self.Left())

    @on(CheckPanel.QuestionChosen)
    def _question_chosen(self, event: CheckPanel.QuestionChosen) -> None:
        open_question = event.open_question
        question = open_question.question
        choices = [Choice("now", _("As it is now"), question.now)]
        if question.toml is not None:
            choices.append(Choice("other", _("The other answer"), question.other))
        settled = _("Either way the question is settled, and the definition remembers that.")
        words = (question.question, effect_words(open_question.effect), settled)
        dialog = ChooseDialog(_("Only you can decide"), choices, hint="\n".join(filter(None, words)))
        self.app.push_screen(dialog, partial(self._settle, question))

    def _settle(self, question: Question, answer: str | None) -> None:
        """Take an answer over into the draft, and the question as settled."""
        from activetui.activity.editing import set_agreed

        if answer is None or self._draft is None or self._draft.definition is None:
            return
        text = question.toml if answer == "other" and question.toml else self._draft.text
        settled = {*self._draft.definition.agreed, question.code}
        self.post_message(self.TextWanted(set_agreed(text, sorted(settled))))

    @on(PastPanel.CostsWanted)
    def _costs_wanted(self) -> None:
        panel = self.query_one(PastPanel)

        def told(costs: Costs | None) -> None:
            if costs is not None:
                panel.costs = costs
                self._ask_past()

        currency = self._draft.ground.currency if self._draft is not None else ""
        self.app.push_screen(CostsDialog(panel.costs, currency), told)

    @on(SuggestionPanel.Wanted)
    def _suggestion_wanted(self, event: SuggestionPanel.Wanted) -> None:
        self._set_windows(event.taken)

    @on(PastPanel.WindowWanted)
    def _window_wanted(self, event: PastPanel.WindowWanted) -> None:
        self._set_windows(Taken(window_days=event.days))

    def _set_windows(self, taken: Taken) -> None:
        """Take windows over into the draft."""
        from activetui.activity.editing import set_window

        if self._draft is None:
            return
        tell = self._screen.active_app.tell
        try:
            text = set_window(
                self._draft.text, window_days=taken.window_days, at_risk_share=taken.window_used,
                lost_days=taken.lost_days,
            )
        except OwnerError as error:
            self._screen.active_app.tell_error(error)
            return
        if text == self._draft.text:
            tell(_("The definition says so already."))
            return
        self.post_message(self.TextWanted(text))
        words = _("Taken over into the draft. {moves} shows who would move; {undo} takes it back.")
        tell(words.format(moves=key_of("definition.effect"), undo=key_of("definition.undo")))

    @on(HistoryPanel.Wanted)
    def _version_wanted(self, event: HistoryPanel.Wanted) -> None:
        self.post_message(
            self.TextWanted(event.version.text, _("as version {n}").format(n=event.version.version))
        )
