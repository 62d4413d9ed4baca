"""What every screen has: header, banner, keys, an empty state, and its way to the store."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import ModalScreen
from textual.widget import Widget

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.locales.formats import format_day, format_day_short
from activetui.store.listing.people import Person
from activetui.tui import reading
from activetui.tui.commands import Command, commands_of, press_of
from activetui.tui.host import Host, Looks
from activetui.tui.reading import Connection
from activetui.tui.session import Session
from activetui.tui.values import Value, values_of
from activetui.tui.widgets.as_of_banner import AsOfBanner
from activetui.tui.widgets.empty_state import EmptyState, NextStep
from activetui.tui.widgets.header import HeaderLine, Tab
from activetui.tui.widgets.keys_line import KeysLine
from activetui.tui.widgets.virtual_list import VirtualList

T = TypeVar("T")


class ActiveScreen(Looks):
    """A screen over the store, as of one day."""

    MODE: ClassVar[str]
    """Its name in `screens.SCREENS`."""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-middle"), (150, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    ActiveScreen {
        background: $background; color: $foreground;
        & > .body { height: 1fr; }
        & > EmptyState { display: none; }
        &.-empty > .body { display: none; }
        &.-empty > EmptyState { display: block; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._seen: tuple[Path, Day, bool, int] | None = None

    def on_mount(self) -> None:
        """Let the collector of garbage pass the screen over."""
        if not self.app.is_headless:
            self.call_after_refresh(gc.freeze)      # looking through it takes 80 ms in which no key works

    def compose(self) -> ComposeResult:
        """Header, banner, what the screen shows, keys."""
        from activetui.tui.screens import SCREENS

        tabs = [Tab(entry.mode, entry.key, _(entry.title)) for entry in SCREENS]
        yield HeaderLine(tabs, self.MODE)
        yield AsOfBanner()
        yield Container(*self.compose_body(), classes="body")
        yield EmptyState()
        yield KeysLine()

    def compose_body(self) -> Iterable[Widget]:
        """The widgets of the screen."""
        raise NotImplementedError

    def refresh_data(self) -> None:
        """Ask for everything that the screen shows: the day, the file or the store is another one."""
        raise NotImplementedError

    def help_parts(self) -> list[tuple[str, list[Command]]]:
        """The keys of the parts of the screen, for the help: a title and the commands of each."""
        return self._keys_of((_("In the list"), "VirtualList"), (_("While typing a filter"), "FilterInput"))

    def _keys_of(self, *parts: tuple[str, str]) -> list[tuple[str, list[Command]]]:
        """For each title and selector, the commands of the first such widget, if there is one."""
        found = ((title, self.query(selector).results(Widget)) for title, selector in parts)
        return [(title, commands_of(widgets[0])) for title, each in found if (widgets := list(each))]

    # -- the app and the store ----------------------------------------------------------------------------

    @property
    def active_app(self) -> Host:
        """The app, with its type."""
        return cast("Host", self.app)

    @property
    def session(self) -> Session:
        """What all screens share."""
        return self.active_app.session

    def ask(
        self,
        question: Callable[[Connection], T],
        then: Callable[[T], None],
        *,
        group: str,
        refused: Callable[[OwnerError], None] | None = None,
        slow: bool = False,
        day: Day | None = None,
    ) -> None:
        """Ask the store as of the day looked at; a newer question of the same group overtakes this one.

        A question that may take long on a large store says `slow`: no page and no receipt then waits for it.
        `day` is another as-of day than that of the app, such as a filter may name. What the owner can mend
        goes to `refused`; without it, it is told in a corner of the screen.
        """
        session = self.session
        told = refused or self.active_app.tell_error
        reading.ask(
            self, session.reader, session.view_from(day), question, then, told, group=group, slow=slow
        )

    def change(self, what: Callable[[Connection], T], then: Callable[[T], None]) -> None:
        """Change the store, then refresh every screen."""

        def done(answer: T) -> None:
            self.active_app.store_changed()
            then(answer)

        reading.change(self, self.session.reader, what, done, self.active_app.tell_error)

    # -- copying ------------------------------------------------------------------------------------------

    def values_to_copy(self) -> Sequence[Value]:
        """What is known of the customer in the row under the cursor, else what stands in its columns."""
        focused = self.focused
        row = focused.current if isinstance(focused, VirtualList) else None
        if row is None or not isinstance(focused, VirtualList):
            return ()
        person = getattr(row, "person", row)
        if isinstance(person, Person):
            return values_of(person)
        return [Value(_(column.title), column.cell(row).text) for column in focused.columns]

    # -- keeping up ---------------------------------------------------------------------------------------

    def on_screen_suspend(self) -> None:
        """Another screen is seen: its questions must not wait for what is still asked here.

        Under a dialog the screen is still seen, and what is asked for it is still wanted.
        """
        if not self._is_under_dialogs() and self.session.reader.leave(id(self)):
            self._seen = None

    def _is_under_dialogs(self) -> bool:
        stack = self.app.screen_stack
        above = stack[stack.index(self) + 1 :] if self in stack else ()
        return bool(above) and all(isinstance(screen, ModalScreen) for screen in above)

    def on_screen_resume(self) -> None:
        """The screen is seen again, or is to show something else: a query, another customer."""
        bearings, self.session.bearings = self.session.bearings, None
        if bearings is not None:
            self.take_bearings(bearings)
        self.look_again()

    def look_again(self) -> None:
        """Ask again if the file, the day or the store has changed since the screen was last seen."""
        if not self.is_mounted:
            return
        self.show_frame()
        if self._seen != self.session.state:
            self._seen = self.session.state
            self.refresh_data()

    def show_frame(self) -> None:
        """Bring header and banner up to date."""
        session = self.session
        header = self.query_one(HeaderLine)
        header.business = session.title
        header.day = format_day(session.day)
        header.short_day = format_day_short(session.day, session.today)
        made = self.active_app.making.shown
        self.query_one(AsOfBanner).show_day(session.view, session.today, made)

    # -- nothing to show ----------------------------------------------------------------------------------

    def show_empty(self, title: str, why: str, steps: Sequence[NextStep] = ()) -> None:
        """Say why there is nothing to show, and what to do next."""
        self.query_one(EmptyState).say(title, why, steps)
        self.add_class("-empty")
        self.refresh_bindings()

    def show_start(self) -> None:
        """What stands on every screen while the store has no customer."""
        self.show_empty(
            _("No customers yet"),
            _("Import a CSV file of your sales that names who bought, as your shop system, till or bank "
              "writes it. Or look around with invented customers first."),
            [
                NextStep(press_of("app.import"), _("import a file")),
                NextStep(press_of("app.demo"), _("try the demo")),
                NextStep(press_of("app.business"), _("choose your business")),
            ],
        )

    def show_body(self) -> None:
        """Show the screen's own widgets."""
        self.remove_class("-empty")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """With nothing to show, the screen's own commands do nothing, and no key offers them.

        Nor does any that changes something, while what was known on another day is looked at.
        """
        mine = [each for each in commands_of(self) if each.action.partition("(")[0] == action]
        if mine and (self.has_class("-empty") or (mine[0].changes and self.session.known_then)):
            return False
        return super().check_action(action, parameters)
