"""What the panels beside the list have in common: they ask the store once they are seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.locales.formats import format_share
from activetui.tui.commands import commands_of, key_of
from activetui.tui.lanes import Overtaken
from activetui.tui.reading import Connection

if TYPE_CHECKING:
    from activetui.tui.screens.base import ActiveScreen

T = TypeVar("T")
Progress = Callable[[int, int], None]
_LONGEST_QUERY = 4000
"""So many letters of a query are read."""


class ChecklistPanel(Vertical):
    """A panel of the checklist's screen: it asks when it is seen and what it shows may have changed."""

    DEFAULT_CSS = """
    ChecklistPanel {
        & > .about { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & > .work { height: 1; padding: 0 1; color: $quiet; display: none; }
        & > .work.-shown { display: block; }
        & > .panel--halves { height: 1fr; layout: vertical; }
        & > .panel--halves > VirtualList { padding: 0 0 0 1; height: 1fr; }
        & > .panel--halves > ReceiptPanel { height: 50%; }
    }
    """
    GROUP = ""
    """The name of its long question."""
    STOP = ""
    """The command that stops it."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.stale = True
        self._turn = 0

    @property
    def home(self) -> ActiveScreen:
        """The screen it is on."""
        return cast("ActiveScreen", self.screen)

    def show_again(self) -> None:
        """Ask for what is shown, if it may be another by now."""
        if self.stale:
            self.stale = False
            self.ask_all()

    def ask_all(self) -> None:
        """Ask for everything that the panel shows."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is changed while what was known on another day is looked at."""
        mine = [each for each in commands_of(self) if each.action == action]
        if mine and mine[0].changes and self.home.session.known_then:
            return False
        return super().check_action(action, parameters)

    # -- long questions -----------------------------------------------------------------------------------

    def ask_long(self, question: Callable[[Connection, Progress], T], then: Callable[[T], None]) -> None:
        """Ask something that may take long: it says how far it is, and can be stopped."""
        self._turn += 1
        turn = self._turn

        def asked(conn: Connection) -> T:
            return question(conn, partial(self._progressed, turn))

        def answered(found: T) -> None:
            self.say_work("")
            then(found)

        def refused(error: OwnerError) -> None:
            self.say_work(f"{error.message} {error.hint}".strip())

        self.say_work(_("One moment…"))
        self.home.ask(asked, answered, group=self.GROUP, refused=refused, slow=True)

    @property
    def is_working(self) -> bool:
        """Whether an answer is still to come."""
        return self.query_one(".work", Static).has_class("-working")

    def stop_work(self) -> None:
        """Wait for the answer no longer."""
        self._turn += 1
        self.home.session.reader.forget((id(self.home), self.GROUP))
        self.stale = True
        self.say_work(_("Stopped: what is shown may be of before."), working=False)

    def _progressed(self, turn: int, done: int, everything: int) -> None:
        """Called in the worker: stop if nobody waits any more, else say how far it is."""
        if turn != self._turn:
            raise Overtaken
        if everything:
            self.call_later(self._show_progress, turn, done / everything)

    def _show_progress(self, turn: int, share: float) -> None:
        if turn == self._turn and self.is_working:
            words = _("Counting: {share} · {key} stops")
            self.say_work(words.format(share=format_share(share), key=key_of(self.STOP)))

    def say_work(self, words: str, *, working: bool = True) -> None:
        """Say below the list how far it is, or why there is nothing; nothing takes the line away."""
        work = self.query_one(".work", Static)
        work.update(Content(words))
        work.set_class(bool(words), "-shown")
        work.set_class(bool(words) and working, "-working")

    # -- ways to the customers ----------------------------------------------------------------------------

    def open_customers(self, numbers: Sequence[int]) -> None:
        """Open the list of these customers."""
        if not numbers:
            self.home.active_app.tell(_("There is nobody behind that figure."))
            return
        query = "id:" + ",".join(str(number) for number in numbers)
        if len(query) > _LONGEST_QUERY:
            self.home.active_app.tell(
                _("They are too many to be named one by one. Choose a shorter time or one playbook."),
                severity="warning",
            )
            return
        self.home.active_app.show_customers(query)
