"""What is done once the app stands, so that neither its start nor a key waits for it."""

from __future__ import annotations

import gc
import pkgutil
import sys
from importlib import import_module

from textual.app import App

from activetui.tui import dialogs
from activetui.tui.screens import SCREENS

_STANDS = 2.0
"""Seconds after which the start is over."""
_TURN = 0.0005
"""Seconds for which a thread may go on while the screen waits for its turn. One that reads many rows of the
store would otherwise make every message of the screen wait ten times as long."""
_NEW = 10_000
"""New objects after which the collector looks through them: a painted page makes some thousands."""


def settle(app: App[None], after: float = _STANDS) -> None:
    """Give the screen its turn sooner; in `after` seconds, load what the first look at each screen needs and
    collect garbage again."""
    sys.setswitchinterval(_TURN)
    app.set_timer(after, lambda: app.run_worker(_settle, thread=True, group="settling"))


def _settle() -> None:
    load_screens()
    collect_again()


def load_screens() -> None:
    """Import the screens, in their order, and the dialogs: half of what the first look at one takes."""
    for entry in SCREENS:
        import_module(entry.place.partition(":")[0])
    for module in pkgutil.iter_modules(dialogs.__path__, f"{dialogs.__name__}."):
        import_module(module.name)


def collect_again() -> None:
    """Collect garbage from now on, but never look through what makes the program: that would be felt."""
    gc.freeze()
    gc.set_threshold(_NEW, 10, 50)
    gc.enable()
