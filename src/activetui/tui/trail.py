"""The way one has come through the app, so that one can go back along it, and forward again."""

from __future__ import annotations

from typing import NamedTuple

from activetui.tui.list_place import ListPlace

MOST = 100
"""Places that are remembered."""


class Place(NamedTuple):
    """Where one was: a screen, what it was about, and what stood on it."""

    mode: str
    """The screen's name in `screens.SCREENS`."""
    customer: int | None = None
    """The customer that was chosen."""
    in_list: ListPlace | None = None
    """Where that customer stood in the list one came from."""
    bearings: object = None
    """What the screen itself needs to be as it was, such as filter and cursor; only it can read them."""


class Trail:
    """Places behind and ahead."""

    def __init__(self) -> None:
        self._behind: list[Place] = []
        self._ahead: list[Place] = []

    def leave(self, place: Place) -> None:
        """Go somewhere new from `place`: what was ahead is forgotten."""
        self._ahead.clear()
        if not self._behind or self._behind[-1] != place:
            self._behind.append(place)
            del self._behind[:-MOST]

    def back(self, present: Place) -> Place | None:
        """The place before `present`; None at the beginning."""
        return _step(self._behind, self._ahead, present)

    def forward(self, present: Place) -> Place | None:
        """The place that one has come back from; None where there is none."""
        return _step(self._ahead, self._behind, present)


def _step(source: list[Place], other: list[Place], present: Place) -> Place | None:
    while source:
        place = source.pop()
        if place != present:
            other.append(present)
            return place
    return None
