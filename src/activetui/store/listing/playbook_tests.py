"""Conditions on where customers stand with the playbooks, for lists of them.

As of a day, from what is in the store now: a playbook that has ended since was under way before, and a step
that was done later was still to be done.
"""

# ruff: noqa: S608 - only fixed texts are put together; values are bound
from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeAlias

from activetui.activity.status import Status
from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.store.facts import lives_in_sql
from activetui.store.listing.event_tests import one_by_one
from activetui.store.listing.lists import tables
from activetui.store.listing.numbers import LISTED
from activetui.store.listing.sorts import EVERYONE, FEW, Clause

NOBODY = Clause("FALSE")
_COLUMN_OF_CUSTOMER = re.compile(r"\bcustomer\.(\w+)")
Value: TypeAlias = "str | int | float"


class Aim(Protocol):
    """A kind of event by which a customer comes back."""

    @property
    def kind(self) -> int:
        """The number of the kind."""

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions that count; empty for all."""

    @property
    def rating_at_least(self) -> int | None:
        """The lowest rating that counts; without one it counts as well."""


class Course(NamedTuple):
    """What has to be known of a playbook to say whether it still runs for a customer."""

    playbook: str
    """Its key."""
    steps: int
    """How many it has."""
    last_service: int
    """The last step that is no marketing, from 0; -1 where all are marketing."""
    ends_with: tuple[Aim, ...]
    """The events that end it; none where it goes on whatever the customer does."""
    rest_days: int
    """A step is put off that would follow another contact within so many days."""


class Moment(NamedTuple):
    """The day that is asked of, and whether steps have been done after it."""

    day: Day
    is_past: bool


def moment(conn: sqlite3.Connection, day: Day) -> Moment:
    """The day, with what the store knows of later ones."""
    latest = conn.execute("SELECT max(closed) FROM task WHERE closed IS NOT NULL").fetchone()[0]
    return Moment(day, latest is not None and latest > day)


def all_of(clauses: Iterable[Clause]) -> Clause:
    """Who fits all of some conditions."""
    found = [clause for clause in clauses if clause.sql != EVERYONE.sql]
    if len(found) > 1:  # not everyone's life is asked for
        found = [clause._replace(sql=lives_in_sql.one_by_one(clause.sql)) for clause in found]
    return _joined(" AND ", found) if found else EVERYONE


def any_of(clauses: Iterable[Clause]) -> Clause:
    """Who fits at least one of some conditions. That few fit one of them says nothing of all."""
    found = [clause._replace(sql=clause.sql.replace(FEW, "")) for clause in clauses]
    return _joined(" OR ", found) if found else NOBODY


def none_of(clause: Clause) -> Clause:
    """Who does not fit a condition."""
    return Clause(f"({clause.sql}) IS NOT TRUE", clause.params)


def among(ids: Sequence[int]) -> Clause:
    """The customers of some numbers."""
    return Clause(f"{FEW} customer.id IN ({LISTED})", (json.dumps([int(number) for number in ids]),))


def _joined(word: str, clauses: Sequence[Clause]) -> Clause:
    return Clause(
        word.join(f"({clause.sql})" for clause in clauses),
        tuple(value for clause in clauses for value in clause.params),
    )


def may_be_contacted(*, agreed: bool = False) -> Clause:
    """Who has not said that they want no contact; with `agreed`, who has agreed to marketing too.

    Looked up for those only who fit everything else.
    """
    which = "asked.do_not_contact = 0" + (" AND asked.consent IS 1" if agreed else "")
    return Clause(f"(SELECT {which} FROM customer AS asked WHERE asked.id = customer.id)")


def of_facts(clause: Clause) -> Clause:
    """The same condition without the table `customer`, where it asks nothing of that but who it is."""
    if set(_COLUMN_OF_CUSTOMER.findall(clause.sql)) != {"id"}:
        return clause
    return clause._replace(sql=_COLUMN_OF_CUSTOMER.sub("fact.customer_id", clause.sql))


def not_in_touch(day: Day, days: int) -> Clause:
    """With whom there has been no contact within so many days, today included; 0 for no such rule."""
    if days <= 0:
        return EVERYONE
    return Clause("(fact.last_contact IS NULL OR fact.last_contact < ?)", (day - days,))


def begun_lately(
    playbook: str, day: Day, days: int, ids: Sequence[int] | None = None, *, complaint_lifts: bool = False
) -> Clause:
    """For whom a playbook began within so many days before the day, the day included.

    With `complaint_lifts` not those who have complained after it began. Asked of some customers only, by
    their numbers, it is quicker.
    """
    sql = "enrolment.playbook = ? AND enrolment.started <= ? AND enrolment.started > ?"
    values: list[Value] = [playbook, day, day - days]
    if complaint_lifts:
        sql += f""" AND NOT EXISTS (SELECT 1 FROM event WHERE event.kind = {Kind.COMPLAINT}
  AND event.kind <> {Kind.PURCHASE} AND event.customer_id = enrolment.customer_id AND event.counts
  AND event.day > enrolment.started AND event.day <= ?)"""
        values.append(day)
    return _enrolled("", sql, values, ids)


def tried_in_vain(
    windows: Mapping[str, int], day: Day, stopped: int, ids: Sequence[int] | None = None
) -> Clause:
    """Who is left in peace after another playbook, because they have not bought since it began.

    One that began when they were slipping or away, and whose success can still come: `windows` says for how
    many days, by the key of each playbook that counts. And one that the owner or the customer has stopped
    within so many days before.
    """
    return _enrolled(
        "JOIN fact AS figure ON figure.customer_id = enrolment.customer_id"
        " JOIN (SELECT key AS playbook, value AS days FROM json_each(?)) AS pause"
        " ON pause.playbook = enrolment.playbook",
        "enrolment.started <= ? AND enrolment.ending <> 'came_back'"
        " AND (figure.last_purchase IS NULL OR figure.last_purchase <= enrolment.started)"
        " AND ((enrolment.ending = 'stopped' AND enrolment.ended > ?)"
        f" OR (enrolment.started + pause.days > ? AND {_AWAY_THEN}))",
        [json.dumps(windows), day, day - stopped, day],
        ids,
    )


def under_way(course: Course, when: Moment, ids: Sequence[int] | None = None) -> Clause:
    """For whom the playbook runs: begun, not ended, not come back, still to be contacted, a step left."""
    return _enrolled(_STEP, *_running(course, when), ids)


def due(course: Course, when: Moment, *, late: bool) -> Clause:
    """For whom it runs, with a step that is due on the day, or with `late` was before.

    Not those whose step is put off by another contact.
    """
    sql, values = _running(course, when)
    sql += f" AND task.due {'<' if late else '='} ?"
    values.append(when.day)
    if course.rest_days > 0:
        sql += f" AND NOT EXISTS ({_OTHER_CONTACT.format(what=1)} AND event.day >= ? AND event.day <= ?)"
        values += [when.day - course.rest_days, when.day]
    return _enrolled(_STEP, sql, values)


def coming(course: Course, when: Moment, most: int) -> Clause:
    """For whom it runs: at the most so many, those first whose step is the next to fall due after the day."""
    sql, values = _running(course, when)
    return _enrolled(
        _STEP, f"{sql} ORDER BY task.due <= ?, task.due, task.id LIMIT ?", [*values, when.day, most]
    )


def _enrolled(
    joined: str, sql: str, values: Sequence[Value], ids: Sequence[int] | None = None
) -> Clause:
    if ids is not None:
        sql = f"{sql} AND enrolment.customer_id IN ({LISTED})"
        values = [*values, json.dumps([int(number) for number in ids])]
    return Clause(
        f"customer.id IN (SELECT enrolment.customer_id FROM enrolment {joined} WHERE {sql})", tuple(values)
    )


def _running(course: Course, when: Moment) -> tuple[str, list[Value]]:
    """Rows of `enrolment` that stand for somebody for whom it runs, with their step in `task`."""
    day = when.day
    sql, values = "enrolment.ended IS NULL AND task.state = 'open'", list[Value]()
    if when.is_past:
        sql = f"""(enrolment.ended IS NULL OR enrolment.ended > ?)
  AND (task.state = 'open' OR task.closed > ?) AND NOT EXISTS ({_EARLIER})"""
        values += [day, day, day]
    sql += """ AND enrolment.playbook = ? AND enrolment.started <= ? AND task.step < ?
  AND whose.do_not_contact = 0 AND (task.step <= ? OR whose.consent IS 1)"""
    values += [course.playbook, day, course.steps, course.last_service]
    if course.ends_with:
        reached = aimed_at(course.ends_with)
        sql += f" AND NOT EXISTS ({_AFTERWARDS} AND {reached.sql})"
        values += [day, *reached.params]
    return sql, values


def aimed_at(aims: Iterable[Aim]) -> Clause:
    """Rows of `event` that one of the aims means."""
    clauses = []
    for aim in aims:
        sql, values = "event.kind = ?", list[Value]([aim.kind])
        if aim.actions:
            sql += f" AND event.action IN ({LISTED})"
            values.append(json.dumps(aim.actions))
        if aim.rating_at_least is not None:
            sql += " AND (event.rating IS NULL OR event.rating >= ?)"
            values.append(aim.rating_at_least)
        clauses.append(Clause(sql, tuple(values)))
    found = any_of(clauses)
    return Clause(f"({found.sql})", found.params)


_AWAY_THEN = f"""{lives_in_sql.then("enrolment.customer_id", "enrolment.started")}
  IN ({Status.AT_RISK:d}, {Status.INACTIVE:d}, {Status.LOST:d})"""
_STEP = """JOIN task ON task.enrolment_id = enrolment.id
JOIN customer AS whose ON whose.id = enrolment.customer_id"""
_EARLIER = """SELECT 1 FROM task AS earlier WHERE earlier.enrolment_id = task.enrolment_id
  AND earlier.id < task.id AND (earlier.state = 'open' OR earlier.closed > ?)"""
_AFTERWARDS = """SELECT 1 FROM event WHERE event.customer_id = enrolment.customer_id AND event.counts
  AND event.day <= ? AND event.day >= enrolment.started AND (event.day > enrolment.started
    OR event.id > (SELECT min(first.event_id) FROM task AS first WHERE first.enrolment_id = enrolment.id))"""
"""What came after the playbook began: on a later day, or on the same day after its first contact."""
_OTHER_CONTACT = f"""SELECT {{what}} FROM event WHERE event.kind = {Kind.CONTACT}
  AND event.kind <> {Kind.PURCHASE} AND event.customer_id = enrolment.customer_id AND event.counts
  AND NOT EXISTS (SELECT 1 FROM task AS own WHERE own.enrolment_id = enrolment.id
    AND own.state = 'done' AND own.closed = event.day)"""
"""A contact that was no step of the playbook."""


def numbers_of(conn: sqlite3.Connection, clause: Clause, ids: Sequence[int]) -> frozenset[int]:
    """Those of some customers whom a condition finds."""
    wanted = all_of([among(ids), clause])
    sql = one_by_one(wanted.sql)
    rows = conn.execute(f"SELECT customer.id FROM {tables(sql)} WHERE {sql}", wanted.params)
    return frozenset(number for (number,) in rows)


def other_contacts(conn: sqlite3.Connection, enrolments: Iterable[int], day: Day) -> dict[int, Day]:
    """For each enrolment the last day up to `day` of a contact that was no step of it, where there is one."""
    latest = f"{_OTHER_CONTACT.format(what='max(event.day)')} AND event.day <= ?"
    rows = conn.execute(
        f"SELECT enrolment.id, ({latest}) FROM enrolment WHERE enrolment.id IN ({LISTED})",
        (day, json.dumps(sorted(enrolments))),
    )
    return {number: at for number, at in rows if at is not None}


def last_contact(conn: sqlite3.Connection, customer_id: int) -> Day | None:
    """The day of a customer's last contact, as of the day looked from; None if there was none."""
    row = conn.execute("SELECT last_contact FROM fact WHERE customer_id = ?", (customer_id,)).fetchone()
    return None if row is None or row[0] is None else int(row[0])
