"""Enrolling many customers in a playbook at once, by the owner's wish."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _, ngettext
from activetui.locales.formats import format_number
from activetui.reactivation.playbook import Playbook, playbook, playbooks
from activetui.store.changes.enrolments import Contactable, FirstTask, contactable, enrol_many
from activetui.store.changes.operations import operation
from activetui.store.opening.file import transaction
from activetui.store.progress import Progress


class Enrolled(NamedTuple):
    """What became of the customers who were to be enrolled."""

    enrolled: int
    busy: int
    """They are in a playbook already, and stay in it."""
    not_to_contact: int
    """They do not want to be contacted."""
    no_consent: int
    """Every step of the playbook is marketing, and they have not agreed to that."""


def enrol(
    conn: sqlite3.Connection,
    ids: Iterable[int],
    plan: Playbook,
    *,
    day: Day,
    made_at: str,
    progress: Progress | None = None,
) -> Enrolled:
    """Enrol the customers in a playbook from `day` on, as one operation; each gets the first task.

    Left out are those who are in a playbook already, who do not want to be contacted, and those to whom none
    of its steps may be sent. The first task is the first step that the customer allows.
    """
    with transaction(conn):
        known = contactable(conn, ids)
        tasks = first_tasks(plan, known, day)
        enrolled = sum(len(task.customers) for task in tasks)
        what = ngettext("{playbook}: {n} customer enrolled", "{playbook}: {n} customers enrolled", enrolled)
        what = what.format(playbook=plan.title, n=format_number(enrolled))
        with operation(conn, what, made_at, day=day) as op:
            enrol_many(op, plan.key, day, tasks, progress=progress)
    left = len(known.agreed) + len(known.not_agreed) - enrolled
    return Enrolled(enrolled, known.busy, known.not_to_contact, left)


def first_tasks(plan: Playbook, known: Contactable, day: Day) -> list[FirstTask]:
    """The tasks with which customers begin a playbook on a day, each the first that they allow.

    For `enrol_many`, which makes them part of an operation; who allows no step is in none of them.
    """
    return [
        *_first_task(plan, known.agreed, day, agreed=True),
        *_first_task(plan, known.not_agreed, day, agreed=False),
    ]


def enrolled_words(found: Enrolled) -> str:
    """What became of them, in a line."""
    def said(words: str, number: int) -> str:
        return words.format(n=format_number(number))

    enrolled = ngettext("{n} customer enrolled", "{n} customers enrolled", found.enrolled)
    parts = [said(enrolled, found.enrolled)]
    if found.busy:
        parts.append(said(_("{n} in a playbook already"), found.busy))
    if found.not_to_contact:
        parts.append(said(_("{n} want no contact"), found.not_to_contact))
    if found.no_consent:
        parts.append(said(_("{n} have not agreed to marketing"), found.no_consent))
    return " · ".join(parts)


def playbook_named(conn: sqlite3.Connection, name: str) -> Playbook:
    """The playbook of a key or title, whatever its case; `OwnerError` with those there are if it is none."""
    wanted = name.strip().casefold()
    found = playbook(conn, wanted.replace("-", "_").replace(" ", "_"))
    for plan in playbooks(conn):
        if found is None and wanted == plan.title.casefold():
            found = plan
    if found is None:
        raise OwnerError(
            _("There is no playbook “{name}”.").format(name=name),
            _("Playbooks: {names}.").format(names=", ".join(plan.key for plan in playbooks(conn))),
        )
    return found


def _first_task(plan: Playbook, customers: Sequence[int], day: Day, *, agreed: bool) -> list[FirstTask]:
    """The task with which customers begin who have (not) agreed to marketing; none where no step is left."""
    for number, step in enumerate(plan.steps):
        if customers and (agreed or not step.marketing):
            return [FirstTask(customers, number, step.title, step.channel, day + step.after_days)]
    return []
