"""The app: screens, themes, keys, and the file that is open. It asks and computes nothing itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import SystemCommand
from textual.screen import Screen

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.tui import config, reading, themes
from activetui.tui.app_actions import KEYS, AppActions
from activetui.tui.commands import Command, bindings
from activetui.tui.failing import FailsQuietly
from activetui.tui.palette import Commands, system_commands
from activetui.tui.reading import Reader
from activetui.tui.screens import SCREENS
from activetui.tui.screens.base import ActiveScreen
from activetui.tui.session import Overview, Session, overview
from activetui.tui.widgets.header import PRODUCT


class ActiveApp(AppActions, FailsQuietly):
    """ActiveTUI in a terminal, on the file at `path`, looking from the day `as_of`."""

    TITLE = PRODUCT
    KEYS: ClassVar[tuple[Command, ...]] = KEYS
    BINDINGS = bindings(KEYS)
    MODES = {entry.mode: entry.make for entry in SCREENS}  # noqa: RUF012
    DEFAULT_MODE = SCREENS[0].mode
    COMMANDS = {Commands}  # noqa: RUF012

    def __init__(
        self, path: Path, *, today: Day, as_of: Day, made_at: Callable[[], str], known_then: bool = False
    ) -> None:
        super().__init__()
        self.session = Session(path, today, as_of, made_at, known_then and as_of < today)
        for theme in themes.OURS:
            self.register_theme(theme)
        self.theme = self._wanted_theme()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours in themes that are not ours."""
        return themes.variables_for(self.current_theme.dark)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands that Textual brings, in the language in use."""
        return system_commands(self, screen)

    def _wanted_theme(self) -> str:
        wanted = config.load().get("theme", os.environ.get("TEXTUAL_THEME", themes.DARK.name))
        safe = wanted in self.available_themes and not (self.no_color and wanted.startswith("ansi"))
        return wanted if safe else themes.DARK.name

    def on_mount(self) -> None:
        """Remember the theme from now on; ask what the file is."""
        self.theme_changed_signal.subscribe(self, lambda theme: config.remember("theme", theme.name))
        self.look_over()

    def on_unmount(self) -> None:
        """Close the file, and let a copy of the demo go."""
        self.session.reader.end()
        if self.session.folder is not None:
            self.session.folder.cleanup()

    # -- the file and the day -----------------------------------------------------------------------------

    def open_session(self, session: Session) -> None:
        """Work on another file from now on."""
        self.session.reader.end()
        self.session = session
        session.reader = Reader(session.path, session.today)
        self.look_over()
        self.refresh_screens()

    def look_from(self, day: Day, *, known_then: bool = False) -> None:
        """Look from another day, on every screen; at what is known now, or at what was known then."""
        self.session.look_from(day, known_then=known_then)
        self.refresh_screens()

    def store_changed(self) -> None:
        """Something was written: every screen asks again when it is next seen."""
        self.session.version += 1
        self.look_over()
        self.refresh_screens()

    def look_over(self) -> None:
        """Ask the store for what every screen needs to know."""
        session = self.session
        reading.ask(
            self, session.reader, session.view, overview, partial(self._known, session), self.tell_error,
            group="overview",
        )

    def _known(self, session: Session, found: Overview) -> None:
        session.overview = found
        for screen in self.base_screens():
            screen.show_frame()

    def refresh_screens(self) -> None:
        """Let the screen that is seen ask again if what it depends on has changed."""
        below_dialogs = [screen for screen in self.screen_stack if isinstance(screen, ActiveScreen)]
        if below_dialogs:
            below_dialogs[-1].look_again()

    def base_screens(self) -> list[ActiveScreen]:
        """The screens that have been opened so far."""
        stack = self.screen_stack
        return [screen for screen in stack if isinstance(screen, ActiveScreen) and screen.is_mounted]

    # -- words to the person ------------------------------------------------------------------------------

    def tell(self, message: str, *, severity: str = "information") -> None:
        """A short word that goes away by itself; never read as markup."""
        self.notify(message, severity="warning" if severity == "warning" else "information", markup=False)

    def tell_error(self, error: OwnerError) -> None:
        """What went wrong, and what to do."""
        text = f"{error.message}\n{error.hint}" if error.hint else error.message
        self.notify(text, title=_("That did not work"), severity="error", timeout=10, markup=False)
