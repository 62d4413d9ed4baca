"""What the keys of the app do on every screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual import events
from textual.dom import DOMNode

from activetui.ledger.days import Day
from activetui.locales import N_, _
from activetui.tui import reading
from activetui.tui.commands import Command, commands_of
from activetui.tui.helping import Section, once_each, sections_of_focus
from activetui.tui.host import Host
from activetui.tui.list_place import ListPlace
from activetui.tui.reading import Connection
from activetui.tui.screens import SCREENS
from activetui.tui.screens.base import ActiveScreen
from activetui.tui.session import Session
from activetui.tui.trail import Place, Trail

KEYS: tuple[Command, ...] = (
    *(
        Command(f"app.{each.mode}", each.key, f"app.show_screen('{each.mode}')", each.title, each.meaning)
        for each in SCREENS
    ),
    Command("app.day", "d", "app.choose_day", N_("as-of day"), N_("Look from another day"), footer=92),
    Command("app.back-to-today", "D", "app.back_to_today", N_("today"), N_("Look from today again")),
    Command("app.known", "K", "app.toggle_known", N_("known then"),
            N_("On another day: see what was known then, or what is known now")),
    Command("app.stop-waiting", "escape", "app.stop_making", N_("stop"),
            N_("While another day is worked out: wait no longer for it"), palette=False, priority=True,
            passing=True),
    Command("app.back", "backspace,less_than_sign,ctrl+o", "app.go_back", N_("back"),
            N_("Back to where you were, with its filter and its cursor")),
    Command("app.forward", "greater_than_sign", "app.go_forward", N_("forward"),
            N_("Forward again to where you came back from")),
    Command("app.copy", "y", "app.copy", N_("copy"),
            N_("Copy the whole value under the cursor to the terminal's clipboard")),
    Command("app.undo", "u", "app.undo", N_("undo"), N_("Undo the last change"), footer=93),
    Command("app.import", "i", "app.import_file", N_("import"), N_("Import a CSV file")),
    Command("app.demo", "T,t", "app.try_demo", N_("demo"),
            N_("Try the demo: a shop with invented customers")),
    Command("app.business", "b", "app.choose_business", N_("business"),
            N_("Choose your sort of business, and so what counts as active")),
    Command("app.theme", "f2", "app.change_theme", N_("colours"), N_("Choose the colours (themes)")),
    Command("app.commands", "ctrl+p", "app.command_palette", N_("commands"),
            N_("All commands, found by typing"), footer=94, palette=False),
    Command("app.help", "question_mark,f1", "app.help", N_("help"), N_("What this is, and its keys"),
            footer=95),
    Command("app.leave", "q", "app.quit", N_("quit"), N_("Leave ActiveTUI")),
    Command("app.quit", "ctrl+q", "app.quit", N_("quit"), N_("Leave, wherever you are"),
            palette=False, priority=True),
)


class AppActions(Host):
    """The actions, apart from the app so that each part stays small."""

    def __init__(
        self, path: Path, *, today: Day, as_of: Day, made_at: Callable[[], str], known_then: bool = False
    ) -> None:
        super().__init__(path, today=today, as_of=as_of, made_at=made_at, known_then=known_then)
        self._trail = Trail()

    def action_show_screen(self, mode: str) -> None:
        """Open a screen by its name."""
        self.show_screen(mode)

    def show_screen(self, mode: str) -> None:
        """Open a screen by its name."""
        if mode != self.current_mode:
            self._leave()
            self.switch_mode(mode)

    def show_customer(self, customer_id: int, place: ListPlace | None = None) -> None:
        """Open the timeline of a customer; `place` is where in a list, so that one can go on from there."""
        self._leave()
        self.session.customer, self.session.place = customer_id, place
        self._arrive("timeline")

    def show_customers(self, query: str) -> None:
        """Open the list of customers, filtered by a query."""
        self._leave()
        self.session.query = query
        self._arrive("customers")

    # -- back and forward ---------------------------------------------------------------------------------

    def action_go_back(self) -> None:
        """Back to where one was."""
        self._go_to(self._trail.back(self._present()), _("This is where you began."))

    def action_go_forward(self) -> None:
        """Forward to where one came back from."""
        self._go_to(self._trail.forward(self._present()), _("You have not come back from anywhere."))

    def _present(self) -> Place:
        screens = self.base_screens()
        bearings = screens[0].bearings() if screens else None
        return Place(self.current_mode, self.session.customer, self.session.place, bearings)

    def _leave(self) -> None:
        self._trail.leave(self._present())

    def _go_to(self, place: Place | None, otherwise: str) -> None:
        if place is None:
            self.tell(otherwise)
            return
        self.session.customer, self.session.place = place.customer, place.in_list
        self.session.bearings = place.bearings
        self._arrive(place.mode)

    def _arrive(self, mode: str) -> None:
        """Open a screen, or let the present one take up what it is to show."""
        if mode != self.current_mode:
            self.switch_mode(mode)
            return
        for screen in self.base_screens()[:1]:
            screen.post_message(events.ScreenResume())

    # -- the day ------------------------------------------------------------------------------------------

    def action_choose_day(self) -> None:
        """Ask for the as-of day."""
        from activetui.tui.dialogs.day import DayDialog

        session = self.session
        self.push_screen(DayDialog(session.day, session.today), self._day_chosen)

    def _day_chosen(self, day: Day | None) -> None:
        if day is not None:
            self._look(day, known_then=self.session.known_then)

    def action_back_to_today(self) -> None:
        """Look from today."""
        self.look_from(self.session.today)

    def action_stop_making(self) -> None:
        """Wait no longer for another day."""
        self.stop_making()

    def action_toggle_known(self) -> None:
        """See the ledger as it stood on the day looked at, or as it stands now."""
        session = self.session
        self._look(session.day, known_then=not session.known_then)

    def _look(self, day: Day, *, known_then: bool) -> None:
        """Look from a day, if anything was known then."""
        session = self.session
        if not known_then or day >= session.today:
            self.look_from(day)
            return
        reading.ask(
            self, session.reader, session.view, partial(_anything_known, day=day),
            lambda _none: self.look_from(day, known_then=True), self.tell_error, group="known",
        )

    # -- undo ---------------------------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Take the last change back; of very many customers, with a bar that can be stopped."""
        from activetui.tui.flows.long_work import Progress, do_long

        session = self.session

        def job(progress: Progress) -> str | None:
            return session.reader.write(partial(_undo, session, progress=progress))

        do_long(self, _("Undoing the last change"), job, self._undone)

    def _undone(self, what: str | None) -> None:
        if what is None:
            self.tell(_("There is nothing to undo."))
            return
        self.store_changed()
        self.tell(_("Undone: {what}").format(what=what))

    def action_keep_key(self) -> None:
        """Nothing: the key belongs to a command of the screen that is not possible now."""

    # -- copying ------------------------------------------------------------------------------------------

    def action_copy(self) -> None:
        """Copy the value under the cursor, or ask which one."""
        from activetui.tui.flows.copying import copy

        screens = self.base_screens()
        copy(self, screens[-1].values_to_copy() if screens else ())

    # -- all commands -------------------------------------------------------------------------------------

    def action_command_palette(self) -> None:
        """Find a command by typing."""
        from textual.command import CommandPalette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_("Type what you want to do…")))

    def search_themes(self) -> None:
        """Find a theme by typing."""
        from textual.command import CommandPalette
        from textual.theme import ThemeProvider

        self.push_screen(CommandPalette(providers=[ThemeProvider], placeholder=_("Which colours?")))

    # -- help ---------------------------------------------------------------------------------------------

    def action_help(self) -> None:
        """Show what has the focus, and the keys that do something on the present screen."""
        from activetui.tui.dialogs.base import Dialog
        from activetui.tui.dialogs.help import HelpDialog

        screen = self.screen
        if isinstance(screen, Dialog):
            own = Section(screen.title_words(), commands_of(screen), screen.keys_words())
            sections = once_each([*sections_of_focus(screen), own])
            self.push_screen(HelpDialog(screen.title_words(), sections, statuses=False))
            return
        entry = next((each for each in SCREENS if each.mode == getattr(screen, "MODE", "")), None)
        title = self.title if entry is None else _(entry.title)
        sections = sections_of_focus(screen)
        sections.append(Section(title, _own_commands(screen), "" if entry is None else _(entry.meaning)))
        if isinstance(screen, ActiveScreen):
            sections += [Section(*part) for part in screen.help_parts()]
        sections.append(Section(_("Everywhere"), commands_of(self)))
        self.push_screen(HelpDialog(title, once_each(sections)))

    # -- the first steps ----------------------------------------------------------------------------------

    def action_import_file(self) -> None:
        """Import a file, after its plan was shown."""
        from activetui.tui.screens.imports.beginning import begin

        begin(self)

    def action_try_demo(self) -> None:
        """Open a private copy of the demo."""
        from activetui.tui.flows.demo import begin

        begin(self)

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """The demo is for those who have no customers yet; from the demo there is a way back.

        The two clocks differ on past days only, and what was known then is not to be changed.
        """
        session = self.session
        if action == "try_demo":
            return session.overview.empty or session.demo
        if action == "stop_making":
            return self.making.shown is not None and not self.screen.is_modal
        if action == "toggle_known":
            return session.day < session.today
        return not (session.known_then and action in ("undo", "import_file", "choose_business"))

    def action_choose_business(self) -> None:
        """Choose a preset definition."""
        from activetui.tui.flows.business import begin

        begin(self)


def _own_commands(screen: DOMNode) -> list[Command]:
    return commands_of(screen) if isinstance(screen, ActiveScreen) else []


def _anything_known(conn: Connection, *, day: Day) -> None:
    from activetui.store.other_days.known_then import refuse_before_first_entry

    refuse_before_first_entry(conn, day)


def _undo(session: Session, conn: Connection, *, progress: Callable[[int, int], None]) -> str | None:
    from activetui.store.changes.taking_back import undo_last

    return undo_last(conn, today=session.today, made_at=session.made_at(), progress=progress)
