"""Things made by another thread while this one reads or writes: what SQLite and numpy do, they do at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from queue import Full, Queue
from threading import Event, Lock, Thread
from typing import Generic, TypeVar

_PATIENCE = 0.1
_WAITING = 24

Thing = TypeVar("Thing")


class _End:
    """Stands behind the last thing; with the error, if there was one."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


class Ahead(Generic[Thing]):
    """What an iterator gives, in its order. Use it in a `with` block: the thread begins and ends with it.

    At most some things wait to be taken; an error of the iterator is raised where its thing would be.
    """

    def __init__(self, things: Iterator[Thing]) -> None:
        self._things = things
        self._ready: Queue[Thing | _End] = Queue(_WAITING)
        self._stop, self._working = Event(), Lock()
        self._thread = Thread(target=self._work, name="working ahead", daemon=True)

    def __enter__(self) -> Ahead[Thing]:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def __iter__(self) -> Iterator[Thing]:
        while True:
            thing = self._ready.get()
            if isinstance(thing, _End):
                if thing.error is not None:
                    raise thing.error
                return
            yield thing

    def resting(self) -> AbstractContextManager[object]:
        """A block during which the other thread makes nothing more: for very many calls that each give way
        to other threads, and would wait for this one every time."""
        return self._working

    def _work(self) -> None:
        try:
            while not self._stop.is_set():
                with self._working:
                    thing = next(self._things, None)
                if thing is None:
                    break
                self._give(thing)
            self._give(_End())
        except BaseException as error:
            self._give(_End(error))

    def _give(self, thing: Thing | _End) -> None:
        while not self._stop.is_set():
            try:
                self._ready.put(thing, timeout=_PATIENCE)
            except Full:
                continue
            return
