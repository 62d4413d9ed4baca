"""`activetui` without a command: the app where there is a terminal, else the summary."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from activetui.cli import clock
from activetui.cli.context import current, open_reading
from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _


def open_app() -> None:
    """Open the app on the store in use, or print its summary where nobody can press keys."""
    context = current()
    if is_terminal():
        if os.path.lexists(context.db):
            with open_reading(facts=False):
                pass                # what is no sound store is refused before the app covers the terminal
        run_app(context.db, as_of=context.as_of, known_then=context.known_then)
        return
    if not context.db.exists():
        raise OwnerError(
            _("There is no store yet at {file}.").format(file=context.db),
            _("activetui import FILE makes one from your CSV file; activetui demo shows an invented shop."),
        )
    from activetui.cli.report.summary import print_summary

    print_summary()


def run_app(path: Path, *, as_of: Day, known_then: bool) -> None:
    """Run the app on the store at `path` until the owner leaves it: the only way to Textual."""
    import gc

    # nothing that the start makes is thrown away; the app collects again once it stands
    gc.disable()
    from activetui.tui.app import ActiveApp

    app = ActiveApp(
        path, today=clock.today(), as_of=as_of, made_at=clock.made_at, known_then=known_then
    )
    app.run_or_raise()


def is_terminal() -> bool:
    """Whether a person at a terminal that can place the cursor is there."""
    if os.environ.get("TERM", "") == "dumb":
        return False
    return sys.stdin.isatty() and sys.stdout.isatty()
