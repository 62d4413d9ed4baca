"""A screen that stays as it is for a moment, because what it is to show next is about to come."""

from __future__ import annotations

from contextlib import ExitStack

from textual.dom import DOMNode
from textual.geometry import Size
from textual.timer import Timer

_LONGEST = 0.03
"""Seconds after which the screen is painted whatever has come: a person sees no delay yet."""


class Hold:
    """Lets nothing be painted from `begin` to `end`: neither what is over nor that something is missing."""

    def __init__(self, of: DOMNode) -> None:
        self._of = of
        self._held: ExitStack | None = None
        self._timer: Timer | None = None
        self._size = Size(0, 0)

    def begin(self) -> None:
        """Paint nothing until `end`, nor for long if that is not called."""
        if self._held is None:
            self._size = self._of.app.size
            self._held = ExitStack()
            self._held.enter_context(self._of.app.batch_update())
            self._timer = self._of.app.set_timer(_LONGEST, self.end)

    def end(self) -> None:
        """Paint what has come."""
        held, self._held = self._held, None
        if held is not None:
            held.close()
            screen = self._of.app.screen
            if self._of.app.size != self._size:
                screen.refresh()            # what a window of another size painted meanwhile got lost
            screen.check_idle()
        if self._timer is not None:
            self._timer.stop()
