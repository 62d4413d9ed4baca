"""Open a private copy of the demo inside the app, and come back from it."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from activetui.locales import _
from activetui.tui import reading
from activetui.tui.commands import key_of
from activetui.tui.host import Host
from activetui.tui.session import Session


def begin(app: Host) -> None:
    """Open the demo; from the demo, go back to the owner's own file."""
    session = app.session
    if session.own is not None:
        app.open_session(session.own)
        if session.folder is not None:
            session.folder.cleanup()
        app.tell(_("Back to your own file."))
        return
    if session.demo:
        app.tell(_("This is the demo already."))
        return
    app.tell(_("Opening the demo…"))
    reading.work_aside(app, partial(_copy, session), partial(_copied, app), app.tell_error)


def _copy(own: Session) -> Session:
    from activetui.store.copies.demo_copy import DEMO, demo_file, make_copy

    folder = tempfile.TemporaryDirectory(prefix="activetui-demo-", ignore_cleanup_errors=True)
    copy = Path(folder.name) / DEMO
    make_copy(demo_file(), copy, own.today)
    return Session(copy, own.today, own.today, own.made_at, demo=True, own=own, folder=folder)


def _copied(app: Host, demo: Session) -> None:
    app.open_session(demo)
    words = _("A shop with invented customers; nothing here is kept. {key} goes back to your own file.")
    app.tell(words.format(key=key_of("app.demo")))
