"""What is known of alerts from the marks that were made: new, told, seen or done."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.reactivation.alerts.firing import Fired
from activetui.store.alerts import marks
from activetui.store.alerts.marks import NOBODY, Mark, MarkRow
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


_STATES = {Mark.TOLD: State.NEW, Mark.SEEN: State.SEEN, Mark.DONE: State.DONE}
_ORDER = list(Mark)


class Known:
    """The marks of a store, to be asked of each alert.

    An event is known again by its occasion, whoever it belongs to now. A span is known by its customer: a
    mark holds if it was made when the span had begun already. So a span whose first day has moved since, by a
    late file or another definition, is not told of twice, and the next one is.
    """

    def __init__(self, rows: Iterable[MarkRow], signs: Mapping[int, str]) -> None:
        """`signs`: lasting signs of customers, by which marks of those who were imported anew are found."""
        self._signs = signs
        self._events: dict[tuple[str, str], Mark] = {}
        self._spans: dict[tuple[str, int], MarkRow] = {}
        self._signed: dict[tuple[str, str], MarkRow] = {}
        for row in sorted(rows, key=lambda row: row.marked):
            before = self._events.get((row.rule, row.occasion), row.state)
            self._events[row.rule, row.occasion] = max(before, row.state, key=_ORDER.index)
            self._spans[row.rule, row.customer_id] = row
            self._signed[row.rule, row.occasion] = row

    @classmethod
    def of(cls, conn: sqlite3.Connection, fired: Mapping[str, Sequence[Fired]]) -> Known:
        """What is known in a store; `fired` are the alerts that will be asked for, by rule."""
        astray = {row.rule for row in marks.without_customer(conn)}
        perhaps = {each.customer_id for rule in astray for each in fired.get(rule, ()) if not each.occasion}
        return cls(marks.marks(conn), stable_signs(conn, sorted(perhaps)) if perhaps else {})

    def stand(self, fired: Fired) -> Stand:
        """How an alert stands."""
        if fired.occasion:
            found = self._events.get((fired.rule, fired.occasion))
        else:
            row = self._spans.get((fired.rule, fired.customer_id))
            if row is None and fired.customer_id in self._signs:
                row = self._signed.get((fired.rule, _sealed(self._signs[fired.customer_id])))
            found = None if row is None or row.marked < fired.day else row.state
        return Stand(State.NEW, False) if found is None else Stand(_STATES[found], True)


def mark_rows(conn: sqlite3.Connection, fired: Sequence[Fired], state: Mark, day: Day) -> list[MarkRow]:
    """The rows by which alerts are known again; `day` is the day from which they were looked at."""
    spans = sorted({each.customer_id for each in fired if not each.occasion} - {NOBODY})
    signs = stable_signs(conn, spans)
    return [
        MarkRow(
            each.rule, each.customer_id, each.occasion or _sealed(signs.get(each.customer_id, "")), each.day,
            state, day,
        )
        for each in fired
    ]


def _sealed(sign: str) -> str:
    """A sign that tells whether it is the same one, and nothing else."""
    return sha256(sign.encode()).hexdigest()[:24]
