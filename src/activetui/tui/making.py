"""The views of other days while they are worked out: how far they are, and the way to stop them.

On a large store the facts of another day take seconds. Until they are there the screens stay as they are,
and the banner says how far it is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import NamedTuple, Protocol

from textual.app import App

from activetui.ledger.errors import OwnerError
from activetui.tui.reading import Connection, Overtaken, Reader, View

_SOON = 0.3
"""Seconds after which making a view is long enough to be told."""


class Progress(NamedTuple):
    """A view that is being made, and how far it is."""

    view: View
    share: float

    @property
    def percent(self) -> int:
        """How much of it is done, in hundredths."""
        return max(0, min(100, round(100 * self.share)))


class Waits(Protocol):
    """Whoever waits for views."""

    def tell_error(self, error: OwnerError) -> None:
        """What went wrong, and what to do."""

    def show_frames(self) -> None:
        """Bring header and banner of what is seen up to date."""


class Making:
    """What is being made for the screens; wanting another day gives the one wanted before up."""

    def __init__(self, app: App[None], waits: Waits) -> None:
        self._app, self._waits = app, waits
        self._reader: Reader | None = None
        self._wanted: View | None = None
        self._under_way: dict[View, Progress] = {}
        self._long: set[View] = set()

    def follow(self, reader: Reader) -> None:
        """Hear of the views that this reader makes."""
        self._reader, self._wanted = reader, None
        self._under_way.clear()
        reader.told = self._told

    @property
    def shown(self) -> Progress | None:
        """What the banner says of it; None where nothing is made, or it has not taken long yet."""
        return next((made for view, made in self._under_way.items() if view in self._long), None)

    def prepare(self, view: View, then: Callable[[], None]) -> None:
        """Make a view if it is not there; `then` runs on the screen's thread once it is."""
        reader = self._reader
        assert reader is not None
        if self._wanted is not None and self._wanted != view:
            reader.give_up(self._wanted)
            self._heard(reader, self._wanted, None)
        self._wanted = None
        if reader.is_ready(view):
            then()
            return
        self._wanted = view
        ticket = reader.next_ticket((id(self), "view"))

        async def work() -> None:
            try:
                await asyncio.wrap_future(reader.submit(view, _nothing, ticket))
            except Overtaken:
                return
            except OwnerError as error:
                self._wanted = None
                self._waits.tell_error(error)
            else:
                self._wanted = None
                then()

        self._app.run_worker(work(), group="view")

    def stop(self) -> View | None:
        """Make what is shown no further; which view that was."""
        progress = self.shown
        if progress is None or self._reader is None:
            return None
        self._reader.give_up(progress.view)
        self._heard(self._reader, progress.view, None)
        return progress.view

    def _told(self, view: View, share: float | None) -> None:
        """In the thread of the lane that makes the view."""
        self._app.call_later(self._heard, self._reader, view, share)

    def _heard(self, reader: Reader | None, view: View, share: float | None) -> None:
        if reader is not self._reader:
            return
        before = self.shown
        if share is None:
            self._under_way.pop(view, None)
            self._long.discard(view)
        else:
            if view not in self._under_way:
                self._app.set_timer(_SOON, lambda: self._takes_long(view))
            self._under_way[view] = Progress(view, share)
        if self.shown != before:
            self._waits.show_frames()

    def _takes_long(self, view: View) -> None:
        if view in self._under_way:
            self._long.add(view)
            self._waits.show_frames()


def _nothing(_conn: Connection) -> None:
    """Asked for its view alone."""
