"""Noticing that another program, such as a command in another window, has changed the file that is open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.tui import reading
from activetui.tui.host import Host
from activetui.tui.reading import Connection, View
from activetui.tui.session import Session

if TYPE_CHECKING:
    from activetui.store.state_mark import StateMark


class Noticing:
    """Compares what the store says of its state with what it said before."""

    def __init__(self, app: Host) -> None:
        self._app = app
        self._known: tuple[Session, int, StateMark] | None = None

    def look(self) -> None:
        """Ask for the state; every screen asks again if it is another one and the app did not make it so."""
        session = self._app.session
        heard = partial(self._heard, session, session.version)
        reading.ask(
            self._app, session.reader, View(session.today), _mark, heard, _not_now, group="state"
        )

    def _heard(self, session: Session, version: int, mark: StateMark) -> None:
        if session is not self._app.session or version != session.version:
            return          # changed here meanwhile: that change has its own look
        before, self._known = self._known, (session, version, mark)
        if before is None or before[0] is not session or before[1] != version or before[2] == mark:
            return
        session.reader.look_again()
        self._app.store_changed()
        self._app.tell(_("Another program has changed the data; you see it as it is now."))


def _mark(conn: Connection) -> StateMark:
    from activetui.store.state_mark import state_mark

    return state_mark(conn)


def _not_now(_error: OwnerError) -> None:
    """The next question of a screen says what is wrong."""
