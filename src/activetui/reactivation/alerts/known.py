"""What is known of alerts from the marks that were made: new, told, seen or done."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.reactivation.alerts.firing import Fired
from activetui.store.alerts import marks
from activetui.store.alerts.marks import NOBODY, Mark, MarkRow
from activetui.store.progress import Steps
from activetui.store.rounds import stable_signs


class State(StrEnum):
    """What became of an alert; the word is that of commands and JSON."""

    NEW = "new"
    SEEN = "seen"
    DONE = "done"


class Stand(NamedTuple):
    """How an alert stands."""

    state: State
    told: bool
    """Whether anything was ever told of it or done with it."""


UNTOLD = Stand(State.NEW, False)
_STATES = {Mark.TOLD: State.NEW, Mark.SEEN: State.SEEN, Mark.DONE: State.DONE}
_ORDER = list(Mark)


class Known:
    """The marks of a store, to be asked of each alert.

    An event is known again by its occasion, whoever it belongs to now. A span is known by the signs of its
    customer, as numbers may go to somebody else when an import is undone: a mark holds if it was made when
    the span had begun already. So a span whose first day has moved since, by a late file or another
    definition, is not told of twice, and the next one is.
    """

    def __init__(self, rows: Iterable[MarkRow], signs: Mapping[int, Collection[str]]) -> None:
        """`signs`: all signs of the customers whose spans will be asked for."""
        self._events: dict[tuple[str, str], Mark] = {}
        self._spans: dict[tuple[str, str], MarkRow] = {}
        self._seals = {number: [marks.sealed(sign) for sign in found] for number, found in signs.items()}
        self._rules: set[str] = set()
        for row in sorted(rows, key=lambda row: row.marked):
            self._rules.add(row.rule)
            place = row.rule, row.occasion
            self._events[place] = max(self._events.get(place, row.state), row.state, key=_ORDER.index)
            self._spans[place] = row

    @classmethod
    def of(cls, conn: sqlite3.Connection, fired: Mapping[str, Sequence[Fired]]) -> Known:
        """What is known in a store; `fired` are the alerts that will be asked for, by rule."""
        rows = marks.marks(conn)
        spans = {
            each.customer_id for rule in {row.rule for row in rows} for each in fired.get(rule, ())
            if not each.occasion
        }
        return cls(rows, marks.signs(conn, spans))

    def stand(self, fired: Fired) -> Stand:
        """How an alert stands."""
        found: Mark | None
        if fired.occasion:
            found = self._events.get((fired.rule, fired.occasion))
        else:
            places = [(fired.rule, seal) for seal in self._seals.get(fired.customer_id, ())]
            since = [row for place in places if (row := self._spans.get(place)) and row.marked >= fired.day]
            found = max(since, key=lambda row: row.marked).state if since else None
        return UNTOLD if found is None else Stand(_STATES[found], True)

    def stands(self, rule: str, fired: Sequence[Fired]) -> Sequence[Stand]:
        """How the alerts of a rule stand, in their order."""
        if rule not in self._rules:
            return [UNTOLD] * len(fired)
        return [self.stand(each) for each in fired]


def mark_rows(
    conn: sqlite3.Connection, fired: Sequence[Fired], state: Mark, day: Day, steps: Steps | None = None
) -> list[MarkRow]:
    """The rows by which alerts are known again; `day` is the day from which they were looked at.

    `steps` counts the alerts.
    """
    found: list[MarkRow] = []
    for at in range(0, len(fired), marks.MANY):
        some = fired[at : at + marks.MANY]
        spans = sorted({each.customer_id for each in some if not each.occasion} - {NOBODY})
        seals = {number: marks.sealed(sign) for number, sign in stable_signs(conn, spans).items()}
        found += [
            MarkRow(
                each.rule, each.customer_id, each.occasion or seals[each.customer_id], each.day, state, day
            )
            for each in some
        ]
        if steps is not None:
            steps.more(len(some))
    return found
