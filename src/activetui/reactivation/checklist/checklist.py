"""The checklist: whom to contact, with which step, by when, and what is at stake.

It is computed anew at each look: steps of playbooks that run for a customer, and proposals, customers whom a
playbook fits but for whom none has begun. Nothing is written before the owner acts (`checklist.actions`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from activetui.ledger.days import Day
from activetui.reactivation.checklist.candidates import candidates
from activetui.reactivation.checklist.items import Due, Item, lines
from activetui.reactivation.checklist.outcome import SENT
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.ranking.stakes import Stake, with_stakes
from activetui.store import settings, tasks
from activetui.store.listing import people
from activetui.store.listing.people import Person

__all__ = [
    "CAPACITY", "MOST", "Checklist", "Due", "Item", "calls", "capacity", "checklist", "due", "item_of",
    "items",
]

CAPACITY = 5
"""Calls a day where the owner has not said otherwise (setting `calls_a_day`)."""
MOST = 500
"""So many of a sort are listed at the most: the dearest of those due, the next of those to come."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """All that is to be done, as of a day."""

    day: Day
    items: tuple[Item, ...]
    """By group; what could be done today by the money at stake, what is to come by its day."""
    capacity: int
    """How many customers the owner can contact in a day."""
    done: int
    """How many were contacted on the day already."""
    is_cut: bool
    """Whether there are more than are listed."""
    mistakes: tuple[str, ...] = ()
    """Playbooks that are passed over, and why."""

    @property
    def room(self) -> int:
        """How many more can be contacted on the day."""
        return max(0, self.capacity - self.done)

    @property
    def calls(self) -> tuple[Item, ...]:
        """What is to be done on the day, never more than there is room for."""
        return tuple(item for item in self.items if item.group <= Due.TODAY)

    @property
    def could_be_done(self) -> int:
        """How many of those listed could be done on the day if there were room for all."""
        return sum(item.group <= Due.WAITING for item in self.items)

    def of(self, group: Due) -> tuple[Item, ...]:
        """The lines of one group."""
        return tuple(item for item in self.items if item.group == group)


def checklist(conn: sqlite3.Connection, day: Day, most: int = MOST) -> Checklist:
    """The checklist of the day that the connection looks from; at the most `most` customers of each sort."""
    look = Look(conn, day)
    may_be = candidates(look, most)
    found = _with_stakes(look, sorted({*may_be.proposed, *may_be.begun}))
    can, done = capacity(conn), tasks.done_on(conn, day, SENT)
    listed = _with_room(lines(look, found, may_be.proposed, may_be.begun), max(0, can - done))
    return Checklist(
        day, tuple(sorted(listed, key=_place)), can, done, may_be.is_cut, tuple(look.mistakes)
    )


def items(conn: sqlite3.Connection, day: Day) -> list[Item]:
    """Everything on the checklist, group by group."""
    return list(checklist(conn, day).items)


def due(conn: sqlite3.Connection, day: Day) -> list[Item]:
    """What could be done on the day if there were room for all: first that for which there is."""
    return [item for item in checklist(conn, day).items if item.group <= Due.WAITING]


def calls(conn: sqlite3.Connection, day: Day) -> list[Item]:
    """What is to be done on the day, at the most as much as the owner can still do."""
    return list(checklist(conn, day).calls)


def item_of(conn: sqlite3.Connection, customer_id: int, day: Day) -> Item | None:
    """The customer's line of the checklist, None if the customer is not on it; room is not asked for."""
    look = Look(conn, day)
    return next(iter(lines(look, _with_stakes(look, [customer_id]))), None)


def capacity(conn: sqlite3.Connection) -> int:
    """How many customers the owner can contact in a day."""
    return int(settings.get(conn, "calls_a_day") or CAPACITY)


def _with_stakes(look: Look, ids: Sequence[int]) -> list[tuple[Person, Stake]]:
    return with_stakes(look.conn, people.by_ids(look.conn, ids), look.chances, look.day)


def _with_room(found: Sequence[Item], room: int) -> list[Item]:
    """What is due stays so as far as there is room: complaints first, then what is late, then the dearest."""
    ready = sorted(
        (item for item in found if item.group <= Due.TODAY),
        key=lambda item: (not item.comes_first, item.group, -item.weight, item.person.id),
    )
    waiting = [replace(item, group=Due.WAITING) for item in ready[room:]]
    return [*ready[:room], *waiting, *(item for item in found if item.group > Due.TODAY)]


def _place(item: Item) -> tuple[int, Day, bool, int, int]:
    by_day = item.due if item.group > Due.WAITING else 0
    return item.group, by_day, not item.comes_first, -item.weight, item.person.id
