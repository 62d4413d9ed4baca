"""Keeps the other days of the ledger at hand while the screen is used: begins, pauses and gives them up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from activetui.insights.segment_history import Changes, Trend
from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.tui import reading
from activetui.tui.flows.long_work import Stopped
from activetui.tui.screens.base import ActiveScreen
from activetui.tui.screens.segments.in_the_past import InThePast, Progress, Turn


class Watching:
    """The trends and changes of one screen; its methods are called on the screen's thread."""

    def __init__(self, screen: ActiveScreen, moved_on: Callable[[], None]) -> None:
        """`moved_on` is called whenever more of the trends is known, or nothing more is worked out."""
        self._screen, self._moved_on = screen, moved_on
        self._past: InThePast | None = None
        self._trending: Turn | None = None
        self._changing: Turn | None = None
        self.trends: dict[str, Trend] = {}
        """By query, as far as they are known."""
        self.done = self.of = 0
        """Days that have been asked of, of those that were missing."""
        self.stopped = False
        """Whether the person did not want to wait for the rest."""

    @property
    def running(self) -> bool:
        """Whether trends are being worked out."""
        return self._trending is not None

    @property
    def complete(self) -> bool:
        """Whether everything that can be told is known."""
        return not self.running and not self.stopped and bool(self.trends)

    # -- beginning and ending -----------------------------------------------------------------------------

    def see(self, path: Path, day: Day, *, same_ledger: bool) -> None:
        """Watch a store from a day. What is known of it is kept where its ledger is the same as before."""
        past = self._past
        if past is not None and same_ledger and (past.path, past.day) == (path, day):
            return
        self.end()
        self._past = InThePast(path, day)

    def end(self) -> None:
        """Give everything up."""
        self.pause()
        if self._past is not None:
            self._past.end()
        self._past = None
        self.trends, self.stopped = {}, False

    def pause(self) -> None:
        """Work nothing out for now; what is known is kept."""
        for turn in (self._trending, self._changing):
            if turn is not None:
                turn.stop()
        self._trending = self._changing = None

    def stop(self) -> None:
        """The person does not want to wait for the rest of the trends."""
        if self._trending is not None:
            self._trending.stop()
            self._trending, self.stopped = None, True
            self._moved_on()

    # -- asking -------------------------------------------------------------------------------------------

    def follow(self, queries: Sequence[str]) -> None:
        """Work out the trends of these queries, as far as they are not known."""
        past = self._past
        if past is None:
            return
        if self._trending is not None:
            self._trending.stop()
        turn = self._trending = Turn()
        self.stopped = False

        def told(progress: Progress) -> None:
            self._screen.call_later(came, progress)

        def came(progress: Progress) -> None:
            if turn is self._trending:
                self.trends, self.done, self.of = progress.trends, progress.done, progress.of
                self._moved_on()

        def ended(progress: Progress) -> None:
            came(progress)
            over()

        def refused(error: OwnerError) -> None:
            if not isinstance(error, Stopped):
                self._screen.active_app.tell_error(error)
            over()

        def over() -> None:
            if turn is self._trending:
                self._trending = None
                self._moved_on()

        job = partial(past.follow, tuple(queries), turn, told)
        reading.work_aside(self._screen, job, ended, refused)

    def changes(
        self, query: str, since: Day, then: Callable[[Changes], None], refused: Callable[[OwnerError], None]
    ) -> None:
        """Who entered and left since a day; a newer question overtakes this one."""
        past = self._past
        if past is None:
            return
        if self._changing is not None:
            self._changing.stop()
        turn = self._changing = Turn()

        def came(found: Changes) -> None:
            if turn is self._changing:
                then(found)

        def failed(error: OwnerError) -> None:
            if turn is self._changing and not isinstance(error, Stopped):
                refused(error)

        reading.work_aside(self._screen, partial(past.changes, query, since, turn), came, failed)
