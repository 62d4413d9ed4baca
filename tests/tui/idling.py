"""Knowing when the app has nothing to do, and pressing its keys.

Textual's own pilot sleeps until the processor looks idle, several times a key; here the event loop itself is
asked, which is both exact and at once.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from textual import events
from textual.app import App
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.worker import WorkerCancelled

_SOON = 1 / 50
"""Seconds within which a timer that ends counts as under way: painting and moving take one of them."""


async def idle(app: App[Any]) -> None:
    """Wait until no message is under way and the screen is painted; work in threads is not awaited."""
    while True:
        await _quiet_loop()
        app.screen._on_timer_update()
        if not _ready():
            due = _next_timer()
            if due > _SOON and not app._batch_count:     # nothing is painted while a screen is being changed
                return
            await asyncio.sleep(max(min(due, _SOON), 0))


async def at_rest(app: App[Any]) -> None:
    """Wait until the app is idle and no question, change or other work in a thread is under way."""
    while True:
        await idle(app)
        if all(worker.is_finished for worker in app.workers):
            return
        with suppress(WorkerCancelled):         # what is not wanted any more is over, too
            await app.workers.wait_for_complete()


def post_key(app: App[Any], key: str) -> None:
    """Press a key as a terminal gives it; `key` is Textual's name, or a letter."""
    import unicodedata

    if len(key) == 1 and not key.isalnum():
        key = _character_to_key(key)
    try:
        letter: str | None = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        letter = key if len(key) == 1 else None
    pressed = events.Key(key, letter)
    pressed.set_sender(app)
    app.post_message(pressed)


async def _quiet_loop() -> None:
    """Let everything that can run do so."""
    await asyncio.sleep(0)
    while _ready():
        await asyncio.sleep(0)


def _ready() -> bool:
    return bool(asyncio.get_running_loop()._ready)                          # type: ignore[attr-defined]


def _next_timer() -> float:
    """Seconds until the next timer ends."""
    loop = asyncio.get_running_loop()
    due = [handle.when() for handle in loop._scheduled if not handle.cancelled()]  # type: ignore[attr-defined]
    return min(due, default=float("inf")) - loop.time()
