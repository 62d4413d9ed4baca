"""Marking the steps of a file as done, once it is with the tool that sends it.

What a step for one customer writes (`reactivation.checklist.actions.done`) is written for all of them, as one
operation: the contact, the outcome `sent`, the next step or the end. It is no call of the day.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from activetui.locales import _, ngettext
from activetui.locales.formats import format_day, format_number
from activetui.reactivation.checklist import over
from activetui.reactivation.checklist.items import Item
from activetui.reactivation.checklist.outcome import SENT
from activetui.reactivation.checklist.steps import Steps
from activetui.reactivation.messages.round_file import NothingToWrite, Sheet, Wanted, write
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.playbooks.playbook import Playbook
from activetui.segments.files import form_of
from activetui.store import progress as progressing
from activetui.store.changes.bulk import add_to_each
from activetui.store.changes.enrolments import Given, StepDone, steps_done
from activetui.store.changes.operations import Operation, operation
from activetui.store.facts import refresh
from activetui.store.listing.circumstances import circumstances
from activetui.store.listing.numbers import parts
from activetui.store.opening.file import transaction
from activetui.store.opening.new_file import whole_new_file
from activetui.store.progress import Progress


def write_and_mark(
    conn: sqlite3.Connection,
    wanted: Wanted,
    path: Path,
    *,
    day: Day,
    made_at: str,
    progress: Progress | None = None,
) -> Sheet:
    """Write the file as `round_file.write_due` does, and mark exactly the steps in it as sent today.

    Both or neither: what goes wrong leaves no file and changes nothing, and so does nobody to write to.
    """
    form_of(path)
    is_written = False
    try:
        with transaction(conn):
            with whole_new_file(path) as draft:
                sheet = write(
                    conn, wanted, draft, path, day, progress=progressing.part(progress, 0, 2)
                )
                mark_sent(
                    conn, sheet.lines, day=day, made_at=made_at, progress=progressing.part(progress, 1, 2)
                )
            is_written = True
    except NothingToWrite as nobody:
        return nobody.sheet
    except BaseException:
        if is_written:
            path.unlink(missing_ok=True)
        raise
    return sheet


def mark_sent(
    conn: sqlite3.Connection,
    items: Sequence[Item],
    *,
    day: Day,
    made_at: str,
    progress: Progress | None = None,
) -> None:
    """Mark the steps as sent on the day, which is today, as one operation."""
    look = Look(conn, day)
    if look.when.is_past:
        raise OwnerError(
            _("More has been done since {day}.").format(day=format_day(day)),
            _("Look from today to act on the list."),
        )
    n = len(items)
    what = ngettext("Sent to {n} customer", "Sent to {n} customers", n).format(n=format_number(n))
    steps = progressing.Steps(progress, 3 * n)
    with operation(conn, what, made_at, day=day) as op:
        contacts = _contacts(op, items, day, steps)
        refresh.refresh(conn, sorted(contacts), day, steps.more)
        for _at, part in parts(range(n)):
            some = [items[place] for place in part]
            steps_done(op, _done(look, some, contacts), when=day, outcome=SENT, steps=steps)
        if items:
            over.close_what_is_over(op, look)
    steps.end()


def _contacts(
    op: Operation, items: Sequence[Item], day: Day, steps: progressing.Steps
) -> dict[int, int]:
    """Write the contacts into the ledger; the event of each customer."""
    alike: dict[tuple[str, str], list[int]] = {}
    for item in items:
        alike.setdefault((item.doing.channel, item.doing.title), []).append(item.person.id)
    found: dict[int, int] = {}
    for (channel, title), numbers in alike.items():
        record = EventRecord(
            kind=int(Kind.CONTACT), day=day, key="", action="out", channel=channel, note=title
        )
        first = add_to_each(op, numbers, record, today=day, steps=steps)
        found |= {number: first + place for place, number in enumerate(numbers)}
    return found


def _done(look: Look, items: Sequence[Item], contacts: Mapping[int, int]) -> list[StepDone]:
    ids = [item.person.id for item in items]
    around, steps = circumstances(look.conn, ids, look.day), Steps(look, ids)
    found = []
    for item in items:
        number, plan = item.person.id, item.playbook
        assert item.task is not None and item.enrolment is not None
        following = steps.after(
            plan, item.step, item.person, agreed=around[number].agreed, when=look.day
        )
        moved = None if item.task.step == item.step else _given(plan, item.step, item.due)
        found.append(StepDone(
            item.enrolment.id, item.task.id, number, contacts[number], moved,
            None if following is None else _given(plan, *following),
        ))
    return found


def _given(plan: Playbook, step: int, due_on: Day) -> Given:
    doing = plan.steps[step]
    return Given(step, doing.title, doing.channel, due_on)
