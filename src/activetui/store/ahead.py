"""Things made by another thread while this one waits for SQLite, which then needs no Python."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from threading import Event, Thread
from typing import Generic, TypeVar

_WAITING = 24

Thing = TypeVar("Thing")


class Ahead(Generic[Thing]):
    """What an iterator gives, in its order; use it in a `with` block.

    Another thread makes the first things, until they are asked for or enough are waiting. The rest is made by
    who asks: two threads that both run Python are slower than one.
    """

    def __init__(self, things: Iterator[Thing]) -> None:
        self._things = things
        self._made: deque[Thing] = deque()
        self._error: BaseException | None = None
        self._stop = Event()
        self._thread = Thread(target=self._work, name="working ahead", daemon=True)

    def __enter__(self) -> Ahead[Thing]:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def __iter__(self) -> Iterator[Thing]:
        self._stop.set()
        self._thread.join()
        while self._made:
            yield self._made.popleft()
        if self._error is not None:
            raise self._error
        yield from self._things

    def _work(self) -> None:
        try:
            while not self._stop.is_set() and len(self._made) < _WAITING:
                self._made.append(next(self._things))
        except StopIteration:
            return
        except BaseException as error:
            self._error = error
