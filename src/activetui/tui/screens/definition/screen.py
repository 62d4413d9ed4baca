"""Definition: what counts as active, changed with a view of what the change does, before it is saved."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.tui import reading
from activetui.tui.commands import Command, bindings, commands_of, key_of
from activetui.tui.dialogs.ask_text import AskTextDialog
from activetui.tui.flows import definition as flows
from activetui.tui.screens.definition import data
from activetui.tui.screens.definition.draft import Draft
from activetui.tui.screens.definition.form.form import DefinitionForm
from activetui.tui.screens.definition.panels import Panels
from activetui.tui.screens.definition.text import TomlEditor
from activetui.tui.screens.definition.words import saving_words, title_line
from activetui.tui.screens.halves import HalvesScreen


class DefinitionScreen(HalvesScreen):
    """Left the definition, right what it does; what is changed stays a draft until it is saved."""

    MODE = "definition"
    AUTO_FOCUS = "FormRows"
    DEFAULT_CSS = """
    DefinitionScreen {
        & .title, & .sum { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & .sum { margin-bottom: 1; }
        &.-narrow .sum { margin-bottom: 0; }
        & .left { width: 1fr; height: 1fr; }
        & .left > * { height: 1fr; }
        & .side { width: 1fr; border-left: solid $panel; }
        &.-narrow .halves { layout: vertical; }
        &.-narrow .left { height: 1fr; width: 100%; }
        &.-narrow .side { height: 1fr; width: 100%; border-left: none; }
        &.-narrow EffectPanel > #movers, &.-narrow PastPanel > #rules { margin-top: 0; }
        &.-narrow PastPanel > .wrong { margin-top: 0; }
        &.-narrow PastPanel.-names > .outcome { display: none; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("definition.save", "s,ctrl+s", "save", N_("save"),
                N_("Put the draft in force, as a new version"), footer=2, changes=True),
        Command("definition.undo", "u", "undo_step", N_("undo"), N_("Take the last step of the draft back"),
                footer=93),
        Command("definition.discard", "X", "discard", N_("discard"),
                N_("Back to the definition in force; undo brings the draft back")),
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
        Command("definition.text", "v", "text", N_("text"), N_("The definition as TOML text, or as a form"),
                footer=6),
        Command("definition.zoom", "z", "zoom", N_("whole"),
                N_("Give this half the whole screen, or both again")),
        Command("definition.left", "escape", "to_left", N_("back"), N_("Back to the definition")),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self._standing: data.Standing | None = None
        self._note = ""
        self._path: Path | None = None
        """The file that the draft is for."""
        self._kept = ""
        """The unsaved text that the store remembers."""

    def compose_body(self) -> Iterable[Widget]:
        """Two lines on where the draft stands, then both halves."""
        yield Vertical(
            Static(classes="title", markup=False),
            Static(classes="sum", markup=False),
            Horizontal(
                ContentSwitcher(
                    DefinitionForm(id="form"), TomlEditor(id="toml"), initial="form", classes="left",
                ),
                Panels(classes="side"),
                classes="halves",
            ),
        )

    @property
    def draft(self) -> Draft:
        """The draft; there is one as soon as the store has answered."""
        assert self._draft is not None
        return self._draft

    @property
    def form(self) -> DefinitionForm:
        """The definition as a form."""
        return self.query_one(DefinitionForm)

    @property
    def editor(self) -> TomlEditor:
        """The definition as its TOML text."""
        return self.query_one(TomlEditor)

    @property
    def panels(self) -> Panels:
        """The right half."""
        return self.query_one(Panels)

    def help_parts(self) -> list[tuple[str, list[Command]]]:
        """The form, its text, the panels and their lists."""
        form = [*commands_of(self.form.first_stop), *commands_of(self.form)]
        others = self._keys_of(
            (_("In the text"), "TomlArea"), (_("Beside the suggested window"), "SuggestionPanel"),
            (_("Beside the past"), "PastPanel"), (_("In the lists"), "VirtualList"),
        )
        return [(_("In the form"), form), *others]

    # -- asking -------------------------------------------------------------------------------------------

    def refresh_data(self) -> None:
        """Ask what is in force; the panels ask when they are seen."""
        self.ask(data.standing, self._standing_came, group="standing")

    def _standing_came(self, standing: data.Standing) -> None:
        self._standing = standing
        if self._draft is None or self._path != self.session.path:
            self._draft, self._kept, self._path = Draft(standing.ground), standing.kept, self.session.path
            if standing.kept:
                self._draft.change(standing.kept)
        else:
            self._draft.stand_on(standing.ground)
        self.panels.stand_on(standing)
        self._show_draft()

    # -- leaving ------------------------------------------------------------------------------------------

    def on_screen_suspend(self) -> None:
        """Another screen is seen: the draft is remembered."""
        super().on_screen_suspend()
        if self._unkept():
            keep = partial(data.keep, text=self._kept)
            reading.change(self, self.session.reader, keep, lambda _none: None, self.active_app.tell_error)

    def on_unmount(self) -> None:
        """The app is left: the draft is remembered for the next time."""
        if self._unkept():
            with suppress(OwnerError):
                self.session.reader.write(partial(data.keep, text=self._kept))

    def _unkept(self) -> bool:
        """Whether the store remembers another text than the draft's."""
        session = self.session
        if self._draft is None or self._path != session.path or not session.path.exists():
            return False
        if session.known_then:      # the store can only be looked at
            return False
        before, self._kept = self._kept, self._draft.text if self._draft.changed else ""
        return before != self._kept

    # -- the draft ----------------------------------------------------------------------------------------

    def _take(self, text: str, note: str = "") -> None:
        """Another text is the draft."""
        self._note = note
        if self.draft.change(text):
            self._show_draft()

    def _show_draft(self) -> None:
        ground = self.draft.ground
        self.form.own_kinds, self.form.currency = ground.own_kinds, ground.currency
        self.form.show(self.draft.text)
        self.editor.show_text(self.draft.text)
        self._judge()

    def _judge(self) -> None:
        """Say where the draft stands and what is wrong with it; ask what it would do."""
        title = title_line(self.draft, known_then=self.session.known_then)
        self.query_one(".title", Static).update(title)
        self.editor.show_problems(self.draft.problems)
        self.refresh_bindings()
        self.panels.follow(self.draft)

    @on(Panels.Summed)
    def _summed(self, event: Panels.Summed) -> None:
        self.query_one(".sum", Static).update(event.words)

    @on(Panels.TextWanted)
    def _text_wanted(self, event: Panels.TextWanted) -> None:
        self._take(event.text, event.note)

    @on(DefinitionForm.Changed)
    def _form_changed(self, event: DefinitionForm.Changed) -> None:
        if self._draft is not None and self._draft.change(event.text):
            self.editor.show_text(event.text)
            self._judge()

    @on(TomlEditor.Typed)
    def _typed(self, event: TomlEditor.Typed) -> None:
        if self._draft is not None and self._draft.change(event.text, typed=True):
            self._judge()

    @on(TomlEditor.Left)
    def _toml_left(self) -> None:
        self._show_as("form")

    # -- keys ---------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is saved or discarded where nothing was changed."""
        if action in ("save", "discard") and (self._draft is None or not self._draft.changed):
            return False
        return super().check_action(action, parameters)

    def action_undo_step(self) -> None:
        """Take the last step of the draft back, also one that was saved; nothing else is touched here."""
        if self._draft is not None and self._draft.undo():
            self._show_draft()
        else:
            words = _("The draft has no step to take back. On other screens {key} undoes changes.")
            self.active_app.tell(words.format(key=key_of("app.undo")))

    def action_discard(self) -> None:
        """Back to what is in force."""
        if self.draft.discard():
            self._show_draft()
            words = _("Discarded. {key} brings the draft back.")
            self.active_app.tell(words.format(key=key_of("definition.undo")))

    def action_preset(self) -> None:
        """Begin from a preset."""
        hint = _("It becomes the draft: you see who would move before anything is saved.")
        flows.choose_preset(self.active_app, self._take, hint=hint)

    def action_from_file(self) -> None:
        """Take the definition from a file."""
        flows.take_file(self.active_app, self._take)

    def action_to_file(self) -> None:
        """Write the definition to a file."""
        definition = self.draft.definition
        name = definition.name if definition is not None else self.draft.ground.name
        flows.write_file(self.active_app, self.draft.text, name)

    def action_save(self) -> None:
        """Ask why, then put the draft in force."""
        after = self.draft.definition
        if after is None:
            self.active_app.tell(_("The draft has mistakes; correct them first."), severity="warning")
            return
        dialog = AskTextDialog(
            _("Save as version {version}: why?").format(version=self._next_version()),
            saving_words(self.draft.in_force, after, self.panels.difference), value=self._note,
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
        words = _(
            "Version {version} is in force. {undo} takes it back as a draft; {history} shows all versions."
        )
        self.active_app.tell(words.format(
            version=version, undo=key_of("definition.undo"), history=key_of("definition.history")
        ))

    # -- what is seen -------------------------------------------------------------------------------------

    def action_panel(self, panel: str) -> None:
        """Show a panel and go there; from there, back to the definition."""
        if panel == self.panels.shown and self.at_side:
            self.action_to_left()
            return
        self.panels.open(panel)
        self.remove_class("-only-left")
        self.set_class(self.has_class("-narrow") and panel != "effect", "-only-side")
        self.call_after_refresh(self.panels.enter)

    @on(Panels.Left)
    def _panels_left(self) -> None:
        self.action_to_left()

    @on(Panels.TabChosen)
    def _tab_chosen(self, event: Panels.TabChosen) -> None:
        self.action_panel(event.panel)

    def action_to_left(self) -> None:
        """The keys go to the definition."""
        self.remove_class("-only-side")
        self._show_as(self.query_one(".left", ContentSwitcher).current or "form")

    def action_text(self) -> None:
        """The text behind the form, or the form again."""
        self.remove_class("-only-side")
        shown = self.query_one(".left", ContentSwitcher).current
        self._show_as("form" if shown == "toml" else "toml")

    def _show_as(self, way: str) -> None:
        """Show the definition as a form or as text, and give it the keys."""
        self.query_one(".left", ContentSwitcher).current = way
        if way == "form":
            self.form.show(self.draft.text)
        place = self.form.first_stop if way == "form" else self.editor.area
        self.call_after_refresh(place.focus)
