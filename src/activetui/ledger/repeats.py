"""Whether any of very many things stands twice, noticed late but with 8 bytes for each."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

_FIRST_LOOK = 4_096
_FEW = 50_000


class Repeats:
    """Hashes of things that came along.

    Two different things with one hash of 64 bits count as a repeat: among a million, less often than once
    in ten million files.
    """

    def __init__(self) -> None:
        self._marks = array("q")
        self._look_at = _FIRST_LOOK

    def __len__(self) -> int:
        return len(self._marks)

    def add(self, mark: int) -> None:
        """One more."""
        self._marks.append(mark)

    def add_all(self, marks: Iterable[int]) -> None:
        """Some more."""
        self._marks.extend(marks)

    def seen_by_now(self) -> bool:
        """Whether a repeat has been noticed; it is looked for whenever there are twice as many as before."""
        if len(self._marks) < self._look_at:
            return False
        self._look_at = 2 * len(self._marks)
        return self.seen()

    def seen(self) -> bool:
        """Whether any stood twice."""
        if len(self._marks) < _FEW:
            return len(set(self._marks)) < len(self._marks)
        import numpy as np

        marks = np.sort(np.array(self._marks))
        return bool((marks[1:] == marks[:-1]).any())
