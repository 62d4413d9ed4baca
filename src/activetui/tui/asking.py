"""What a flow that begins on a screen needs of it: the session, the app, questions and changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.tui.host import Host
from activetui.tui.reading import Connection
from activetui.tui.session import Session

T = TypeVar("T")


class Asks(Protocol):
    """A screen over the store, as its flows know it."""

    @property
    def active_app(self) -> Host:
        """The app."""

    @property
    def session(self) -> Session:
        """What all screens share."""

    def ask(
        self,
        question: Callable[[Connection], T],
        then: Callable[[T], None],
        *,
        group: str,
        refused: Callable[[OwnerError], None] | None = None,
        slow: bool = False,
        day: Day | None = None,
    ) -> None:
        """Ask the store as of the day looked at; a newer question of the same group overtakes this one."""

    def change(self, what: Callable[[Connection], T], then: Callable[[T], None]) -> None:
        """Change the store, then refresh every screen."""
