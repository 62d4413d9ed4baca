"""Definition: what counts as active, changed with a view of what the change does, before it is saved."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from activetui.activity.backtest import Costs
from activetui.activity.consistency import Finding
from activetui.activity.difference import Difference
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import N_, _, ngettext
from activetui.locales.formats import format_money, format_number, format_share
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.ask_text import AskTextDialog
from activetui.tui.dialogs.costs import CostsDialog
from activetui.tui.reading import Overtaken
from activetui.tui.screens import definition_data as data
from activetui.tui.screens import definition_flows as flows
from activetui.tui.screens.base import ActiveScreen
from activetui.tui.screens.definition_check import CheckPanel
from activetui.tui.screens.definition_draft import Draft
from activetui.tui.screens.definition_effect import EffectPanel, change_parts
from activetui.tui.screens.definition_history import HistoryPanel
from activetui.tui.screens.definition_past import PastPanel
from activetui.tui.screens.definition_tabs import PanelTab, PanelTabs
from activetui.tui.screens.definition_text import TomlEditor
from activetui.tui.screens.definition_window import SuggestionPanel, Taken

_LONG = 6
"""From so many steps on, looking at everyone is worth a word on how far it is."""
PANELS = (
    PanelTab("effect", "m", N_("who moves")),
    PanelTab("check", "c", N_("check")),
    PanelTab("window", "w", N_("window")),
    PanelTab("past", "p", N_("past")),
    PanelTab("history", "h", N_("history")),
)


class DefinitionScreen(ActiveScreen):
    """Left the definition, right what it does; what is changed stays a draft until it is saved."""

    MODE = "definition"
    AUTO_FOCUS = "TomlArea"
    DEFAULT_CSS = """
    DefinitionScreen {
        & .title, & .sum { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & .sum { margin-bottom: 1; }
        &.-narrow .sum { margin-bottom: 0; }
        & .left { width: 1fr; }
        & .side { width: 1fr; border-left: solid $panel; }
        & ContentSwitcher { height: 1fr; }
        & .side ContentSwitcher > * { height: 1fr; }
        &.-narrow .halves { layout: vertical; }
        &.-narrow .left { height: 1fr; width: 100%; }
        &.-narrow .side { height: 1fr; width: 100%; border-left: none; }
        &.-only-left .side { display: none; }
        &.-only-side .left { display: none; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("definition.save", "s,ctrl+s", "save", N_("save"),
                N_("Put the draft in force, as a new version"), footer=5),
        Command("definition.undo", "u", "undo_step", N_("undo"), N_("Take the last step of the draft back"),
                footer=93),
        Command("definition.discard", "X", "discard", N_("discard"),
                N_("Back to the definition in force; u brings the draft back")),
        Command("definition.preset", "b", "preset", N_("business"),
                N_("Begin from the definition of a sort of business"), footer=7),
        Command("definition.effect", "m", "panel('effect')", N_("who moves"),
                N_("Counts before and after, and who moves")),
        Command("definition.check", "c", "panel('check')", N_("check"), N_("What does not make sense")),
        Command("definition.window", "w", "panel('window')", N_("window"),
                N_("The window that your own past suggests")),
        Command("definition.past", "p", "panel('past')", N_("past"),
                N_("How often the definition would have been right")),
        Command("definition.history", "h", "panel('history')", N_("history"),
                N_("The versions that were saved")),
        Command("definition.from-file", "f", "from_file", N_("from a file"),
                N_("Take the definition from a TOML file")),
        Command("definition.to-file", "o", "to_file", N_("to a file"),
                N_("Write the definition to a TOML file")),
        Command("definition.zoom", "z", "zoom", N_("whole"),
                N_("Give this half the whole screen, or both again")),
        Command("definition.left", "escape", "to_left", N_("back"), N_("Back to the definition")),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self._standing: data.Standing | None = None
        self._looking = data.Looking()
        self._turn = 0
        """The number of the latest question about the effect."""
        self._suggested: data.Suggested | None = None
        self._note = ""
        self._shown = PANELS[0].panel

    def compose_body(self) -> Iterable[Widget]:
        """Two lines on where the draft stands, then both halves."""
        tabs = [PanelTab(tab.panel, tab.key, _(tab.title)) for tab in PANELS]
        yield Vertical(
            Static(classes="title", markup=False),
            Static(classes="sum", markup=False),
            Horizontal(
                Vertical(TomlEditor(id="toml"), classes="left"),
                Vertical(
                    PanelTabs(tabs, self._shown),
                    ContentSwitcher(
                        EffectPanel(id="effect"), CheckPanel(id="check"), SuggestionPanel(id="window"),
                        PastPanel(id="past"), HistoryPanel(id="history"),
                        initial=self._shown, id="panels",
                    ),
                    classes="side",
                ),
                classes="halves",
            ),
        )

    @property
    def draft(self) -> Draft:
        """The draft; there is one as soon as the store has answered."""
        assert self._draft is not None
        return self._draft

    # -- asking -------------------------------------------------------------------------------------------

    def refresh_data(self) -> None:
        """Ask what is in force; the panels ask when they are seen."""
        self._suggested = None
        self.ask(data.standing, self._standing_came, group="standing")

    def _standing_came(self, standing: data.Standing) -> None:
        self._standing = standing
        if self._draft is None:
            self._draft = Draft(standing.ground)
        else:
            self._draft.stand_on(standing.ground)
        self.query_one(HistoryPanel).show(standing.versions, standing.changes)
        self._show_draft()

    # -- the draft ----------------------------------------------------------------------------------------

    def _take(self, text: str, note: str = "") -> None:
        """Another text is the draft."""
        self._note = note
        if self.draft.change(text):
            self._show_draft()

    def _show_draft(self) -> None:
        self.query_one(TomlEditor).show_text(self.draft.text)
        self._judge()

    def _judge(self) -> None:
        """Say where the draft stands and what is wrong with it; ask what it would do."""
        self.query_one(".title", Static).update(_title(self.draft))
        self.query_one(TomlEditor).show_problems(self.draft.problems)
        self.refresh_bindings()
        self._ask_effect()

    def _ask_effect(self) -> None:
        definition, standing = self.draft.definition, self._standing
        if definition is None or standing is None:
            return
        self._turn += 1
        question = partial(
            self._looking.difference, before=self.draft.in_force, after=definition, day=self.session.day,
            progress=partial(self._progressed, self._turn),
        )
        self.ask(question, self._effect_came, group="effect")
        check = partial(data.findings, definition=definition, figures=standing.figures)
        self.ask(check, self._findings_came, group="check")
        self._ask_panel()

    def _progressed(self, turn: int, done: int, everything: int) -> None:
        """Called in the worker: stop if the draft is another one by now, else say how far it is."""
        if turn != self._turn:
            raise Overtaken
        if everything >= _LONG:
            self.call_later(self._show_progress, turn, done / everything)

    def _show_progress(self, turn: int, share: float) -> None:
        if turn == self._turn and share < 1:
            words = _("Looking at everyone: {share}").format(share=format_share(share))
            self.query_one(".sum", Static).update(Content.styled(words, "$quiet"))

    def _effect_came(self, difference: Difference) -> None:
        everyone = sum(difference.after_counts.values())
        self.query_one(".sum", Static).update(_sum(difference, everyone, self.draft.ground.currency))
        if self.draft.changed:
            nobody = _("Nobody gets another status.")
        else:
            nobody = _("Change the definition: who moves is shown here, before anything is saved.")
        self.query_one(EffectPanel).show(
            difference, day=self.session.day, currency=self.draft.ground.currency,
            nobody=nobody if everyone else _("No customers yet: i imports them from a CSV file."),
        )
        moved = format_number(difference.moved) if difference.moved else ""
        self.query_one(PanelTabs).note({"effect": moved})

    def _ask_panel(self) -> None:
        """Ask for what the panel that is seen shows, if that takes its time."""
        if self._shown == "window" or (self._shown == "past" and self._suggested is None):
            self.ask(partial(data.suggested, day=self.session.day), self._suggested_came, group="window")
        elif self._shown == "past":
            self._ask_past()

    def _suggested_came(self, suggested: data.Suggested) -> None:
        self._suggested = suggested
        self.query_one(SuggestionPanel).show(suggested.suggestion, suggested.regularity)
        if self._shown == "past":
            self._ask_past()

    @on(PastPanel.Asked)
    def _ask_past(self) -> None:
        definition, panel = self.draft.definition, self.query_one(PastPanel)
        if definition is None or self._suggested is None:
            return
        question = partial(
            data.past, looking=self._looking, definition=definition, horizon=panel.horizon,
            suggested_window=self._suggested.suggestion.window_days, day=self.session.day, costs=panel.costs,
        )
        self.ask(question, partial(panel.show, currency=self.draft.ground.currency), group="past",
                 refused=lambda error: panel.refuse(f"{error.message} {error.hint}"))

    @on(PastPanel.CostsWanted)
    def _costs_wanted(self) -> None:
        panel = self.query_one(PastPanel)

        def told(costs: Costs | None) -> None:
            if costs is not None:
                panel.costs = costs
                self._ask_past()

        self.app.push_screen(CostsDialog(panel.costs, self.draft.ground.currency), told)

    def _findings_came(self, findings: list[Finding]) -> None:
        self.query_one(CheckPanel).show(findings)
        self.query_one(PanelTabs).note({"check": format_number(len(findings)) if findings else "✓"})

    @on(TomlEditor.Typed)
    def _typed(self, event: TomlEditor.Typed) -> None:
        if self._draft is not None and self._draft.change(event.text, typed=True):
            self._judge()

    @on(TomlEditor.Left)
    def _toml_left(self) -> None:
        self.action_to_side()

    # -- keys ---------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is saved or discarded where nothing was changed."""
        if action in ("save", "discard") and (self._draft is None or not self._draft.changed):
            return False
        return super().check_action(action, parameters)

    def action_undo_step(self) -> None:
        """Take the last step of the draft back; without one, the last change of the store."""
        if self._draft is not None and self._draft.undo():
            self._show_draft()
        else:
            self.active_app.action_undo()

    def action_discard(self) -> None:
        """Back to what is in force."""
        if self.draft.discard():
            self._show_draft()
            self.active_app.tell(_("Discarded. u brings the draft back."))

    def action_preset(self) -> None:
        """Begin from a preset."""
        flows.choose_preset(self.active_app, self._take)

    def action_from_file(self) -> None:
        """Take the definition from a file."""
        flows.take_file(self.active_app, self._take)

    def action_to_file(self) -> None:
        """Write the definition to a file."""
        definition = self.draft.definition
        name = definition.name if definition is not None else self.draft.ground.name
        flows.write_file(self.active_app, self.draft.text, name)

    @on(SuggestionPanel.Wanted)
    def _suggestion_wanted(self, event: SuggestionPanel.Wanted) -> None:
        self._set_windows(event.taken)

    @on(PastPanel.WindowWanted)
    def _window_wanted(self, event: PastPanel.WindowWanted) -> None:
        self._set_windows(Taken(window_days=event.days))

    def _set_windows(self, taken: Taken) -> None:
        """Take windows over into the draft, and show who would move."""
        from activetui.activity.editing import set_window

        try:
            text = set_window(
                self.draft.text, window_days=taken.window_days, at_risk_share=taken.window_used,
                lost_days=taken.lost_days,
            )
        except OwnerError as error:
            self.active_app.tell_error(error)
            return
        if text == self.draft.text:
            self.active_app.tell(_("The definition says so already."))
            return
        self._take(text)
        self.active_app.tell(_("Taken over into the draft. m shows who would move; u takes it back."))

    @on(HistoryPanel.Wanted)
    def _version_wanted(self, event: HistoryPanel.Wanted) -> None:
        self._take(event.version.text, _("as version {n}").format(n=event.version.version))

    def action_save(self) -> None:
        """Ask why, then put the draft in force."""
        if self.draft.definition is None:
            self.active_app.tell(_("The draft has mistakes; correct them first."), severity="warning")
            return
        dialog = AskTextDialog(
            _("Save as version {version}").format(version=self._next_version()),
            _("Why? A word for the history; it may be left empty."), value=self._note,
        )
        self.app.push_screen(dialog, self._noted)

    def _next_version(self) -> int:
        return max(version.version for version in self._standing.versions) + 1 if self._standing else 1

    def _noted(self, note: str | None) -> None:
        if note is not None:
            flows.save(self.active_app, self.draft.text, one_line(note), self._saved)

    def _saved(self, version: int) -> None:
        self._note = ""
        self.draft.saved()
        words = _("Version {version} is in force. h shows the versions; Enter there returns to one.")
        self.active_app.tell(words.format(version=version))

    # -- what is seen -------------------------------------------------------------------------------------

    def action_panel(self, panel: str) -> None:
        """Show a panel and go there; from there, back to the definition."""
        here = self.query_one("#panels", ContentSwitcher)
        self._shown = panel
        here.current = panel
        self.query_one(PanelTabs).show(panel)
        self.remove_class("-only-left")
        self.set_class(self.has_class("-narrow") and panel != "effect", "-only-side")
        self._ask_panel()
        self.call_after_refresh(self.action_to_side)

    @on(PanelTabs.Opened)
    def _tab_opened(self, event: PanelTabs.Opened) -> None:
        self.action_panel(event.panel)

    def action_to_side(self) -> None:
        """The keys go to the panel."""
        self.query_one(f"#{self._shown}").first_stop.focus()  # type: ignore[attr-defined]

    def action_to_left(self) -> None:
        """The keys go to the definition."""
        self.remove_class("-only-side")
        self.query_one(TomlEditor).area.focus()

    def action_zoom(self) -> None:
        """Give the half with the keys the whole screen."""
        whole = self.has_class("-only-left") or self.has_class("-only-side")
        self.remove_class("-only-left", "-only-side")
        if not whole:
            inside = self.focused is not None and self.query_one(".side") in self.focused.ancestors
            self.add_class("-only-side" if inside else "-only-left")


def _title(draft: Draft) -> Content:
    ground = draft.ground
    name = draft.definition.name if draft.definition is not None else one_line(ground.name)
    parts: list[tuple[str, str]] = [(name, "bold"), ("   ", "")]
    if not draft.changed:
        words = _("version {version}, in force").format(version=format_number(ground.version))
        return Content.assemble(*parts, (words, "$quiet"))
    words = _("draft, not saved (in force: {name}, version {version})")
    parts.append((words.format(name=one_line(ground.name), version=format_number(ground.version)), "$accent"))
    if draft.problems:
        mistakes = ngettext("{n} mistake", "{n} mistakes", len(draft.problems))
        parts += [("   ", ""), (mistakes.format(n=format_number(len(draft.problems))), "$error")]
    return Content.assemble(*parts)


def _sum(difference: Difference, everyone: int, currency: str) -> Content:
    """The active base before and after, who leaves and enters it, and what they spend."""
    base = change_parts(difference.before_base, difference.after_base)
    of = ngettext("of {n} customer", "of {n} customers", everyone).format(n=format_number(everyone))
    parts = [(_("Active base"), "$quiet"), (" ", ""), *base, (" ", ""), (of, "$quiet")]
    leaving, entering = difference.leaving, difference.entering
    flows_in_words = [
        (leaving, ngettext("{n} leaves it: {money} a year", "{n} leave it: {money} a year",
                           leaving.customers)),
        (entering, ngettext("{n} enters it: {money} a year", "{n} enter it: {money} a year",
                            entering.customers)),
    ]
    for flow, words in flows_in_words:
        if flow.customers:
            money = format_money(flow.year_spend, currency, whole=True)
            parts += [("   ", ""), (words.format(n=format_number(flow.customers), money=money), "")]
    return Content.assemble(*parts)
