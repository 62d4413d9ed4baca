"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int], None]
"""Called with how much is done and how much there is in all. It may raise to cancel the work: the error
passes through, and the caller's transaction is rolled back."""


def part(progress: Progress | None, place: int, of: int) -> Progress | None:
    """The progress of one of `of` parts of a work, about as long as each other; `place` from 0."""
    if progress is None:
        return None
    return lambda done, whole: progress(place * _FINE + done * _FINE // max(whole, 1), of * _FINE)


_FINE = 1_000
"""Into so many steps a part is divided."""


class Steps:
    """Counts the steps of long work, of which about `total` are expected, and tells a `Progress` of each."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._done, self._total = 0, max(total, 1)

    def more(self, steps: int = 1) -> None:
        """So many steps are done; never more than there are in all."""
        self._done = min(self._done + steps, self._total)
        if self._progress:
            self._progress(self._done, self._total)

    def end(self) -> None:
        """Everything is done, were it in fewer steps than expected."""
        self.more(self._total)
