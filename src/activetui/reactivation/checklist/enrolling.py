"""Beginning a playbook for many customers at once, by the owner's wish."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _, ngettext
from activetui.locales.formats import format_day, format_number
from activetui.reactivation.checklist import over
from activetui.reactivation.checklist.steps import Steps
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.playbooks.playbook import Playbook, playbook, playbooks
from activetui.store.changes.enrolments import FirstTask, enrol_many
from activetui.store.changes.operations import Operation, operation
from activetui.store.listing import people
from activetui.store.listing import playbook_tests as tests
from activetui.store.listing.numbers import parts, there
from activetui.store.opening.file import transaction
from activetui.store.progress import Progress
from activetui.store.rounds import held_out


class Enrolled(NamedTuple):
    """What became of the customers who were to be enrolled."""

    enrolled: int
    busy: int
    """They are in a playbook already, and stay in it."""
    not_to_contact: int
    """They do not want to be contacted."""
    no_consent: int
    """Every step of the playbook is marketing, and they have not agreed to that."""
    left_in_peace: int = 0
    """A round leaves them in peace, to compare with."""
    no_step: int = 0
    """No step is left for them: none fits, or it would offer what they would come back without."""


@dataclass(slots=True)
class _Sorted:
    """Customers by whether the playbook may begin for them."""

    agreed: list[int]
    not_agreed: list[int]
    busy: int = 0
    not_to_contact: int = 0
    left_in_peace: int = 0


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

    Left out are those who are in a playbook already, who do not want to be contacted, whom a round leaves in
    peace (service has no such round), and those for whom none of its steps is. The first task is the first
    step that the customer allows.
    """
    with transaction(conn):
        look = Look(conn, day)
        if look.when.is_past:
            raise OwnerError(
                _("More has been done since {day}.").format(day=format_day(day)),
                _("Look from today to begin a playbook."),
            )
        known = _sorted_out(look, plan, there(conn, ids))
        tasks, without = _first_tasks(look, plan, known)
        enrolled = sum(len(task.customers) for task in tasks)
        what = ngettext("{playbook}: {n} customer enrolled", "{playbook}: {n} customers enrolled", enrolled)
        what = what.format(playbook=plan.title, n=format_number(enrolled))
        with operation(conn, what, made_at, day=day) as op:
            _begin(op, look, plan, tasks, None, progress)
    no_consent = sum(number in set(known.not_agreed) for number in without) if plan.needs_consent else 0
    return Enrolled(
        enrolled, known.busy, known.not_to_contact, no_consent, known.left_in_peace, len(without) - no_consent
    )


def begin_for(
    op: Operation,
    look: Look,
    plan: Playbook,
    ids: Sequence[int],
    *,
    round_id: int | None = None,
    progress: Progress | None = None,
) -> int:
    """Begin a playbook for customers who may be asked, as part of an operation; for how many it began.

    Each gets the first step that is for them. Who is in a playbook already, or for whom there is no step, is
    passed over.
    """
    known = _sorted_out(look, plan, ids)
    tasks, _without = _first_tasks(look, plan, known)
    _begin(op, look, plan, tasks, round_id, progress)
    return sum(len(task.customers) for task in tasks)


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
    if found.left_in_peace:
        parts.append(said(_("{n} left in peace by a round"), found.left_in_peace))
    if found.no_step:
        parts.append(said(_("{n} for whom it has no step"), found.no_step))
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


def _sorted_out(look: Look, plan: Playbook, ids: Sequence[int]) -> _Sorted:
    found = _Sorted([], [])
    running = list(look.begun.values())
    for _at, part in parts(ids):
        busy = tests.numbers_of(look.conn, look.under_way(running, part), part)
        free = [number for number in part if number not in busy]
        reachable = tests.numbers_of(look.conn, tests.may_be_contacted(), free)
        alone = frozenset() if plan.serves else tests.numbers_of(look.conn, held_out(look.day), free)
        agreed = tests.numbers_of(look.conn, tests.may_be_contacted(agreed=True), free)
        found.busy += len(busy)
        found.not_to_contact += len(free) - len(reachable)
        found.left_in_peace += len(reachable & alone)
        for number in free:
            if number in reachable and number not in alone:
                (found.agreed if number in agreed else found.not_agreed).append(number)
    return found


def _first_tasks(look: Look, plan: Playbook, known: _Sorted) -> tuple[list[FirstTask], list[int]]:
    """The tasks with which the customers begin, and those for whom there is none."""
    begin: dict[int, list[int]] = {}
    without: list[int] = []
    for agreed, ids in ((True, known.agreed), (False, known.not_agreed)):
        for number, step in _first_steps(look, plan, ids, agreed=agreed):
            (without if step is None else begin.setdefault(step, [])).append(number)
    steps = [(number, plan.steps[number]) for number in sorted(begin)]
    return [
        FirstTask(begin[number], number, step.title, step.channel, look.day + step.after_days)
        for number, step in steps
    ], without


def _first_steps(
    look: Look, plan: Playbook, ids: Sequence[int], *, agreed: bool
) -> Iterable[tuple[int, int | None]]:
    """Each customer with the first step that is for them."""
    allowed = [number for number, step in enumerate(plan.steps) if agreed or not step.marketing]
    if not allowed or not (plan.steps[allowed[0]].only or plan.steps[allowed[0]].offer):
        yield from ((number, allowed[0] if allowed else None) for number in ids)
        return
    for _at, part in parts(ids):        # each of them has to be looked at
        steps = Steps(look, part)
        for person in people.by_ids(look.conn, part):
            yield person.id, steps.first(plan, person, agreed=agreed)


def _begin(
    op: Operation,
    look: Look,
    plan: Playbook,
    tasks: Sequence[FirstTask],
    round_id: int | None,
    progress: Progress | None,
) -> None:
    for task in tasks:
        for _at, part in parts(task.customers):
            over.close_what_is_over(op, look, part)
    enrol_many(op, plan.key, look.day, tasks, round_id=round_id, progress=progress)
