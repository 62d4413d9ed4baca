"""Playbooks that are over though nobody has ended them: the customer came back, or wants no contact any more.

The checklist does not show them (`look`). They are closed with the next change, so that lists of who is in a
playbook say so too.
"""

from __future__ import annotations

from collections.abc import Sequence

from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.playbooks.playbook import Playbook
from activetui.store import tasks
from activetui.store.changes.operations import Operation
from activetui.store.listing import playbook_tests as tests
from activetui.store.tasks import Enrolment, Standing

MOST = 2_000
"""Where more playbooks are under way, only those of the customers who are acted upon are closed."""


def close_what_is_over(op: Operation, look: Look, ids: Sequence[int] | None = None) -> int:
    """End what is over, of everyone or of some customers, as part of an operation; how many ended.

    As of the day of the look, and not where anything was done after it. Of everyone only where no more than
    `MOST` are under way. What runs by a playbook that is gone ends where another one is to begin: of some.
    """
    if look.when.is_past:
        return 0
    of_some = ids is not None
    if ids is None:
        ids = tasks.under_way(op.conn, MOST + 1)
        if len(ids) > MOST:
            return 0
    by_plan: dict[str, list[Standing]] = {}
    for each in tasks.standing(op.conn, ids, look.when):
        by_plan.setdefault(each.enrolment.playbook, []).append(each)
    ended = 0
    for key, those in by_plan.items():
        if key in look.begun:
            ended += _close(op, look, look.begun[key], those)
        elif of_some:
            ended += len(those)
            for each in those:
                end(op, look, each.enrolment, "stopped")
    return ended


def _close(op: Operation, look: Look, plan: Playbook, those: Sequence[Standing]) -> int:
    ids = [each.enrolment.customer_id for each in those]
    still = tests.numbers_of(op.conn, look.under_way([plan], ids), ids)
    over = [each for each in those if each.enrolment.customer_id not in still]
    if over:
        course = look.course(plan)
        gone = [each.enrolment.customer_id for each in over]
        contactable = tests.numbers_of(op.conn, tests.may_be_contacted(), gone)
        aimless = tests.under_way(course._replace(ends_with=()), look.when, gone)
        came_back = tests.numbers_of(
            op.conn, tests.all_of([aimless, tests.none_of(tests.under_way(course, look.when, gone))]), gone
        )
        for each in over:
            number = each.enrolment.customer_id
            ending = "came_back" if number in came_back else "stopped"
            end(op, look, each.enrolment, ending if number in contactable else "no_contact")
    return len(over)


def end(op: Operation, look: Look, enrolment: Enrolment, ending: str) -> None:
    """End a playbook for a customer, and leave the step that waits undone, as part of an operation."""
    waiting = tasks.open_task_of(op.conn, enrolment)
    if waiting is not None:
        tasks.close_task(op.conn, op, waiting, state="skipped", closed=look.day)
    tasks.end_enrolment(op.conn, op, enrolment, day=look.day, ending=ending)
