"""Questions to the store, off the screen's thread; answers come back as messages.

What is seen from one day is a lane (`tui.lanes`): a connection with a thread. For the day of the stored facts
there are two, so that a page or a receipt never waits for a long question; a lane of another day is made when
the first question comes, which may take long on a large store. A question that a newer one of the same group
has overtaken is dropped before it starts, stopped while it runs, and its answer is not delivered. Changes are
made on a connection of their own, for the time of one change.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from textual.dom import DOMNode

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.store.opening.guard import owner_errors
from activetui.tui.lanes import Connection, GaveWay, Group, Lane, Overtaken, Ticket, Told, View

__all__ = [
    "Connection", "Group", "Overtaken", "Reader", "Ticket", "View", "ask", "change", "work_aside",
]

Answer = TypeVar("Answer")
_OTHER_DAYS = 3
"""Lanes of other days that are kept: each holds facts of its own in a temporary file."""


class Reader:
    """The store behind the screens."""

    def __init__(self, path: Path, today: Day) -> None:
        self.path = path
        self.today = today
        self.told: Told = lambda _view, _share: None
        """Hears, in the thread of a lane, how far its view of another day is."""
        self.only_looks = False
        """Whether changes are refused, because what is seen is not the ledger that they would change."""
        self._gate = threading.Lock()
        self._lanes: dict[tuple[View, bool], Lane] = {}
        self._newest: dict[Group, int] = {}
        self._unanswered: set[Group] = set()
        self._ended = False

    # -- whose turn it is ---------------------------------------------------------------------------------

    def next_ticket(self, group: Group, *, slow: bool = False) -> Ticket:
        """Overtake the group's older questions; the place of the new one."""
        with self._gate:
            turn = self._newest.get(group, 0) + 1
            self._newest[group] = turn
            self._unanswered.add(group)
            lanes = list(self._lanes.values())
        for lane in lanes:
            lane.stop(lambda running: running.group == group)
        return Ticket(group, turn, slow)

    def is_newest(self, ticket: Ticket) -> bool:
        """Whether no newer question of the group has come, and the asker has not left."""
        return self._newest.get(ticket.group) == ticket.turn and not self._ended

    def answered(self, ticket: Ticket) -> bool:
        """The answer has come; whether anybody still waits for it."""
        with self._gate:
            if not self.is_newest(ticket):
                return False
            self._unanswered.discard(ticket.group)
            return True

    def leave(self, asker: int) -> bool:
        """Nobody waits for the asker's questions any more; whether one had not been answered."""
        with self._gate:
            left = {group for group in self._unanswered if group[0] == asker}
            for group in left:
                self._newest[group] += 1
            self._unanswered -= left
            lanes = list(self._lanes.values())
        for lane in lanes:
            lane.stop(lambda running: running.group in left)
        return bool(left)

    def forget(self, group: Group) -> None:
        """Nobody waits for the group's answers any more; the question that runs is stopped."""
        self.next_ticket(group)
        self._unanswered.discard(group)

    def drop(self, ticket: Ticket) -> None:
        """Nobody waits for this answer any more."""
        if self.answered(ticket):
            self.forget(ticket.group)

    # -- reading ------------------------------------------------------------------------------------------

    def submit(
        self, view: View, question: Callable[[Connection], Answer], ticket: Ticket
    ) -> Future[Answer]:
        """The answer in time, from what is seen in `view`. Does not block.

        The future raises `Overtaken` if a newer question came, `GaveWay` if it must be asked again, and
        `OwnerError` if it cannot be answered.
        """
        return self._lane(view, slow=ticket.slow).submit(ticket, question, self.is_newest)

    def is_ready(self, view: View) -> bool:
        """Whether a question from there is answered at once: today, or a day that was looked at before."""
        lane = self._lanes.get((view, False))
        return view == View(self.today) or (lane is not None and lane.ready)

    def give_up(self, view: View) -> None:
        """Nobody wants to wait for that view any more; questions from there get no answer."""
        with self._gate:
            lane = self._lanes.pop((view, False), None)
        if lane is not None:
            lane.end()

    def _lane(self, view: View, *, slow: bool) -> Lane:
        # making a view of another day costs too much to do it twice: there, slow questions give way
        key = view, slow and view == View(self.today)
        with self._gate:
            lane = self._lanes.pop(key, None) or Lane(self.path, self.today, view, self._tell)
            self._lanes[key] = lane                                     # the newest at the end
            others = [known for known in self._lanes if known[0] != View(self.today)]
            retired = [self._lanes.pop(known) for known in others[:-_OTHER_DAYS]]
            if self._ended:
                retired.append(self._lanes.pop(key))
        for each in retired:
            each.retire()
        return lane

    def _tell(self, view: View, share: float | None) -> None:
        if view != View(self.today):
            self.told(view, share)

    # -- writing and closing ------------------------------------------------------------------------------

    def write(self, change: Callable[[Connection], Answer]) -> Answer:
        """Make one change; afterwards readers see it. `OwnerError` if it cannot be. Blocks."""
        from activetui.store.opening.file import open_store

        if self.only_looks:
            raise OwnerError(
                _("What was known on another day can only be looked at."),
                _("Look at what is known now, with K, to change something."),
            )
        with owner_errors(self.path):
            conn = open_store(self.path, today=self.today, create=True)
            try:
                return change(conn)
            finally:
                if conn.in_transaction:
                    conn.rollback()
                conn.close()
                self.look_again()

    def look_again(self) -> None:
        """The store has changed: questions asked from now on see it."""
        with self._gate:
            lanes = list(self._lanes.values())
        for lane in lanes:
            lane.look_again()

    def end(self) -> None:
        """Close for good: questions that still wait are not asked any more."""
        with self._gate:
            self._ended = True
            lanes, self._lanes = list(self._lanes.values()), {}
        for lane in lanes:
            lane.end()


def ask(
    node: DOMNode,
    reader: Reader,
    view: View,
    question: Callable[[Connection], Answer],
    then: Callable[[Answer], None],
    refused: Callable[[OwnerError], None],
    *,
    group: str,
    slow: bool = False,
) -> None:
    """Ask in a worker of `node`; `then` runs on the screen's thread, only for the newest of the group."""
    ticket = reader.next_ticket((id(node), group), slow=slow)

    def deliver(answer: Answer) -> None:
        if reader.answered(ticket):
            then(answer)

    def deliver_error(error: OwnerError) -> None:
        if reader.answered(ticket):
            refused(error)

    async def work() -> None:
        while True:
            try:
                answer = await asyncio.wrap_future(reader.submit(view, question, ticket))
            except GaveWay:
                continue
            except Overtaken:
                return
            except asyncio.CancelledError:
                reader.drop(ticket)
                raise
            except OwnerError as error:
                node.call_later(deliver_error, error)
            else:
                node.call_later(deliver, answer)
            return

    node.run_worker(work(), group=f"ask-{group}", description=group)


def change(
    node: DOMNode,
    reader: Reader,
    what: Callable[[Connection], Answer],
    then: Callable[[Answer], None],
    refused: Callable[[OwnerError], None],
) -> None:
    """Make a change in a worker of `node`; `then` runs on the screen's thread once it is written."""
    work_aside(node, lambda: reader.write(what), then, refused)


def work_aside(
    node: DOMNode,
    job: Callable[[], Answer],
    then: Callable[[Answer], None],
    refused: Callable[[OwnerError], None],
) -> None:
    """Do anything long in a worker of `node`; `then` runs on the screen's thread with what came of it."""

    def work() -> None:
        try:
            answer = job()
        except OwnerError as error:
            node.call_later(refused, error)
        else:
            node.call_later(then, answer)

    node.run_worker(work, thread=True, group="aside")
