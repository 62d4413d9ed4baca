"""What screens, dialogs and flows may ask of the app: the file that is open, its day, words to the person.

Screens and flows know this class and nothing of the app that is made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from textual.screen import Screen

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.locales.formats import format_day
from activetui.tui import reading
from activetui.tui.commands import key_of
from activetui.tui.failing import FailsQuietly
from activetui.tui.list_place import ListPlace
from activetui.tui.making import Making
from activetui.tui.reading import View
from activetui.tui.session import Overview, Session, overview
from activetui.tui.values import Value


class Looks(Screen[None]):
    """A screen that shows something of the store."""

    def look_again(self) -> None:
        """Ask again if the file, the day or the store has changed since the screen was last seen."""
        raise NotImplementedError

    def show_frame(self) -> None:
        """Bring header and banner up to date."""
        raise NotImplementedError

    def bearings(self) -> object:
        """What `take_bearings` needs to make the screen what it is now; values that can be compared."""
        return None

    def take_bearings(self, bearings: object) -> None:
        """Be again as `bearings` said; what is shown is asked for afterwards if need be."""

    def values_to_copy(self) -> Sequence[Value]:
        """What can be copied here, the most wanted first."""
        return ()


class Host(FailsQuietly):
    """The app as what it is made of sees it."""

    def __init__(
        self, path: Path, *, today: Day, as_of: Day, made_at: Callable[[], str], known_then: bool = False
    ) -> None:
        super().__init__()
        self.session = Session(path, today, as_of, made_at, known_then and as_of < today)
        self.making = Making(self, self)
        self.making.follow(self.session.reader)

    # -- the file and the day -----------------------------------------------------------------------------

    def open_session(self, session: Session) -> None:
        """Work on another file from now on."""
        self.session.close()
        self.session = session
        session.open()
        self.making.follow(session.reader)
        self.look_over()
        self.refresh_screens()

    def look_from(self, day: Day, *, known_then: bool = False) -> None:
        """Look from another day, on every screen; at what is known now, or at what was known then.

        Where that takes long, the screens stay as they are until it is worked out.
        """
        view = View(day, known_then and day < self.session.today)
        self.making.prepare(view, partial(self._see, self.session, view))

    def _see(self, session: Session, view: View) -> None:
        if session is self.session:
            session.look_from(view)
            self.refresh_screens()

    def stop_making(self) -> None:
        """Wait no longer for another day: the one looked at stays, or today comes back."""
        view = self.making.stop()
        if view is None:
            return
        if view == self.session.view:
            self._see(self.session, View(self.session.today))
        self.tell(_("Stopped. You look from {day}.").format(day=format_day(self.session.day)))

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
        self.show_frames()

    def show_frames(self) -> None:
        """Bring header and banner of what is seen up to date."""
        for screen in self.base_screens():
            screen.show_frame()

    def refresh_screens(self) -> None:
        """Let the screen that is seen ask again if what it depends on has changed."""
        below_dialogs = self.base_screens()
        if below_dialogs:
            below_dialogs[-1].look_again()

    def base_screens(self) -> list[Looks]:
        """The screens over the store that have been opened in the present mode, the one that is seen last."""
        return [screen for screen in self.screen_stack if isinstance(screen, Looks) and screen.is_mounted]

    # -- ways to other screens ----------------------------------------------------------------------------

    def show_screen(self, mode: str) -> None:
        """Open a screen by its name."""
        raise NotImplementedError

    def show_customer(self, customer_id: int, place: ListPlace | None = None) -> None:
        """Open the timeline of a customer; `place` is where in a list, so that one can go on from there."""
        raise NotImplementedError

    def show_customers(self, query: str) -> None:
        """Open the list of customers, filtered by a query."""
        raise NotImplementedError

    # -- words to the person ------------------------------------------------------------------------------

    def tell(self, message: str, *, severity: str = "information") -> None:
        """A short word that goes away by itself; never read as markup."""
        self.notify(message, severity="warning" if severity == "warning" else "information", markup=False)

    def is_for_today(self) -> bool:
        """Whether what is done now can be written down; else says why not.

        What is done is done today: from another day it would be of other lines than those seen there.
        """
        if self.session.day == self.session.today:
            return True
        words = _("What you do is done today; another day is for looking. {key} looks from today.")
        self.tell(words.format(key=key_of("app.back-to-today")), severity="warning")
        return False

    def tell_done(self, what: str) -> None:
        """A short word on a change, without a full stop, and which key takes it back."""
        self.tell(_("{what}. {key} takes it back.").format(what=what, key=key_of("app.undo")))

    def tell_error(self, error: OwnerError) -> None:
        """What went wrong, and what to do."""
        text = f"{error.message}\n{error.hint}" if error.hint else error.message
        self.notify(text, title=_("That did not work"), severity="error", timeout=10, markup=False)
