"""What is done once the app stands, or between keys, so that neither its start nor a key waits for it."""

from __future__ import annotations

import asyncio
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
_NEW = 40_000
"""New objects after which the collector looks through them whatever goes on, in 15 ms. A key makes some
thousands, so that it comes to that only where keys follow each other without a pause."""
_PAUSE = 0.1
"""Seconds after a key in which no other one came: what it asked for has been painted."""


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


class Pauses:
    """Looks for garbage in the pauses between keys: while a list is painted, that would take 5 ms of 10."""

    def __init__(self) -> None:
        self._next: asyncio.TimerHandle | None = None

    def key_came(self) -> None:
        """The pause begins anew."""
        if self._next is not None:
            self._next.cancel()
        self._next = asyncio.get_running_loop().call_later(_PAUSE, collect_what_is_due)


def collect_what_is_due() -> None:
    """Look through the new objects; through older ones too as often as the collector would do it by itself.

    Nothing is done while the collector is not to work at all.
    """
    if gc.isenabled():
        (_new, young, old), (_often, young_often, old_often) = gc.get_count(), gc.get_threshold()
        gc.collect(2 if old > old_often else int(young > young_often))
