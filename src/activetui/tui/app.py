"""The app: what it looks like, which screens it has, what happens when it begins and ends."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import SystemCommand
from textual.screen import Screen

from activetui.ledger.days import Day
from activetui.locales import _
from activetui.tui import config, reading, themes
from activetui.tui.app_actions import KEYS, AppActions
from activetui.tui.commands import Command, bindings, use_keymap
from activetui.tui.noticing import Noticing
from activetui.tui.palette import Commands, system_commands
from activetui.tui.screens import SCREENS
from activetui.tui.settling import Pauses, settle
from activetui.tui.upkeep import Upkeep
from activetui.tui.widgets.header import PRODUCT

if TYPE_CHECKING:
    from activetui.tui.keymap.reading import Keymap

_PROBLEMS_TOLD = 3
_QUIET = 3.0
"""Seconds between two looks at what others changed and lists need; by the first one, the app has started."""


class ActiveApp(AppActions):
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
        super().__init__(path, today=today, as_of=as_of, made_at=made_at, known_then=known_then)
        use_keymap({})
        for theme in themes.OURS:
            self.register_theme(theme)
        self.theme = self._wanted_theme()
        self._upkeep: Upkeep | None = None
        self._pauses = Pauses()
        self._noticing = Noticing(self)
        self._kept_up: tuple[Path, int] | None = None

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours in themes that are not ours."""
        return themes.variables_for(self.current_theme.dark)

    def get_css_variables(self) -> dict[str, str]:
        """The theme's colours, with a cursor on which everything in a list can be read."""
        variables = super().get_css_variables()
        variables.update(themes.cursor_for(self.current_theme, variables))
        return variables

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
        self.set_interval(_QUIET, self._keep_up)
        if not self.is_headless:
            settle(self)
        if config.keymap_file().exists():
            reading.work_aside(self, _owners_keys, self._take_keys, self.tell_error)

    async def on_event(self, event: events.Event) -> None:
        """Know when keys pause."""
        if isinstance(event, events.InputEvent) and not self.is_headless:
            self._pauses.key_came()
        await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        """A letter typed so soon after the key that opened a line to type on that the list still got it."""
        typing = self.focused
        if typing is not None and typing.check_consume_key(event.key, event.character):
            event.stop().prevent_default()
            typing.post_message(events.Key(event.key, event.character))

    def _take_keys(self, keymap: Keymap) -> None:
        """Use the owner's keys; what is wrong with them is told once."""
        use_keymap(keymap.keys)
        self.set_keymap(keymap.keys)
        self.show_frames()
        if keymap.problems:
            words = [problem.words() for problem in keymap.problems[:_PROBLEMS_TOLD]]
            if len(keymap.problems) > _PROBLEMS_TOLD:
                words.append(_("All of them: activetui bindings --check"))
            self.notify(
                "\n".join(words), severity="warning", timeout=15, markup=False,
                title=_("None of your keys holds") if keymap.refused else _("Some of your keys do not hold"),
            )

    def store_changed(self) -> None:
        """Something was written: every screen asks again when it is next seen."""
        super().store_changed()
        self._noticing.look()

    def _keep_up(self) -> None:
        """See what other programs did; let a thread make what lists need, at the start and after changes."""
        self._noticing.look()
        now = self.session.path, self.session.version
        if now == self._kept_up:
            return
        self._kept_up = now
        if self._upkeep is not None:
            self._upkeep.end()
        self._upkeep = Upkeep(self.session.path, self.session.today)

    def on_unmount(self) -> None:
        """Close the file, and let a copy of the demo go."""
        if self._upkeep is not None:
            self._upkeep.end()
        self.session.close()
        if self.session.folder is not None:
            self.session.folder.cleanup()


def _owners_keys() -> Keymap:
    """The keymap file, checked against every command; imports all screens."""
    from activetui.tui.keymap.declared import all_commands
    from activetui.tui.keymap.reading import read_keymap

    return read_keymap(config.keymap_file(), all_commands())
