"""Everything there is to know of the line under the cursor: why, what is at stake, which steps, what came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from activetui.activity.words import channel_word
from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.locales.formats import days_words, format_day, format_day_short, format_number, relative_day
from activetui.reactivation.checklist.items import Due, Item
from activetui.reactivation.checklist.outcome import outcome_words, reason_words
from activetui.store import customers, tasks
from activetui.store.listing import playbook_tests
from activetui.store.tasks import Task
from activetui.tui.people import display_name
from activetui.tui.reading import Connection
from activetui.tui.widgets.receipt_panel import Row
from activetui.tui.words import status_label

DONE, NOW, TO_COME, LEFT_OUT = "✓", "▸", "·", "–"
"""Before each step of a playbook, its state; the words beside it say the same."""


class Known(NamedTuple):
    """What is asked of the line under the cursor only."""

    customer: int
    tasks: tuple[Task, ...]
    """The steps that were given in its playbook by the day, in their order."""
    last_contact: Day | None
    reach: str
    """How the customer can be reached: telephone number, e-mail; as far as is known."""


def known_of(conn: Connection, item: Item, day: Day) -> Known:
    """Ask the store what there is to know of a line."""
    number = item.person.id
    given: tuple[Task, ...] = ()
    if item.enrolment is not None:
        mine = item.enrolment.id
        given = tuple(
            task for task in tasks.tasks_of(conn, number)
            if task.enrolment_id == mine and (task.closed is None or task.closed <= day)
        )
    customer = customers.get(conn, number)
    reach = " · ".join(one_line(text) for text in (customer.phone, customer.email) if text)
    return Known(number, given, playbook_tests.last_contact(conn, number), reach)


def line_rows(item: Item, day: Day, known: Known | None) -> list[Row]:
    """The explanation, title by title; without `known` what the line says by itself."""
    person = item.person
    rows = [
        (_("Customer"), f"{display_name(person)} · {status_label(person.status)}"),
        (_("Why now"), item.why),
        (_("At stake"), _stake_words(item)),
        (_("Step"), _step_words(item, day)),
    ]
    if known is not None and known.reach:
        rows.append((_("Reach"), known.reach))
    rows += [
        (_("Reason"), _reason_words(item)),
        (_("Contact"), _contact_words(known, day)),
        (_("Playbook"), _playbook_words(item, day)),
    ]
    return [*rows, *_steps(item, day, known)]


def _stake_words(item: Item) -> str:
    if item.playbook.serves:
        return _("{sentence} Service is ranked by the usual year.").format(
            sentence=item.worth.sentence
        )
    return item.worth.sentence


def _step_words(item: Item, day: Day) -> str:
    words = _("{n} of {all}: {channel}: {step}").format(
        n=format_number(item.step + 1), all=format_number(len(item.playbook.steps)),
        channel=channel_word(item.doing.channel), step=item.doing.title,
    )
    return f"{words}, {_when(item, day)}"


def _when(item: Item, day: Day) -> str:
    if item.put_off_by is not None:
        return _("due {day}, put off because there was a contact on {contact}").format(
            day=format_day_short(item.due, day), contact=format_day_short(item.put_off_by, day)
        )
    if item.group is Due.LATE:
        return _("late: it was due {when}").format(when=relative_day(item.due, day))
    if item.group is Due.WAITING:
        return _("as soon as there is room for it")
    return _("due {when}").format(when=relative_day(item.due, day))


def _reason_words(item: Item) -> str:
    if item.reason:
        return reason_words(item.reason)
    if item.asks_reason:
        return _("not known: asked at the contact")
    return _("not known")


def _contact_words(known: Known | None, day: Day) -> str:
    if known is None:
        return "…"
    if known.last_contact is None:
        return _("none so far")
    return _("last on {day}, {when}").format(
        day=format_day(known.last_contact), when=relative_day(known.last_contact, day)
    )


def _playbook_words(item: Item, day: Day) -> str:
    words = _("{title}: {why}") if item.playbook.why else "{title}"
    said = words.format(title=item.playbook.title, why=item.playbook.why)
    if item.enrolment is None:
        begins = _("It begins with this step.")
        if item.instead_of is not None:
            begins = _("It begins with this step, and ends the playbook that runs.")
        return f"{said} {begins}"
    begun = _("Begun on {day}").format(day=format_day_short(item.enrolment.started, day))
    if item.enrolment.round_id is not None:
        begun = _("Begun on {day} with round {n}").format(
            day=format_day_short(item.enrolment.started, day), n=item.enrolment.round_id
        )
    return f"{said} {begun}."


def _steps(item: Item, day: Day, known: Known | None) -> Iterator[Row]:
    """A line a step: those given with what came of them, the one to do, those to come."""
    given = known.tasks if known is not None else ()
    for number, step in enumerate(item.playbook.steps):
        title = f"{channel_word(step.channel)}: {step.title}"
        closed = [task for task in given if task.step == number and task.closed is not None]
        for task in closed:
            yield _sign(task, number), f"{title}, {_came_words(task, day)}"
        if number == item.step:
            yield f"{NOW} {number + 1}", f"{title}, {_('now') if item.group <= Due.WAITING else _('next')}"
        elif not closed:
            sign = LEFT_OUT if number < item.step else TO_COME
            when = _("left out") if number < item.step else _after_words(item, number)
            notes = [when, *([_("needs consent")] if step.marketing else []),
                     *([_("makes the offer")] if step.offer else [])]
            yield f"{sign} {number + 1}", f"{title}, {', '.join(notes)}"


def _sign(task: Task, number: int) -> str:
    return f"{DONE if task.state == 'done' else LEFT_OUT} {number + 1}"


def _came_words(task: Task, day: Day) -> str:
    when = format_day_short(task.closed, day) if task.closed is not None else ""
    if task.state != "done":
        return _("left out on {day}").format(day=when)
    came = outcome_words(task.outcome) if task.outcome else _("outcome not known yet")
    words = _("done on {day}: {outcome}").format(day=when, outcome=came)
    note = one_line(task.note)
    return f"{words} ({note})" if note else words


def _after_words(item: Item, number: int) -> str:
    wait = item.playbook.steps[number].after_days - item.doing.after_days
    return _("{days} after this one").format(days=days_words(max(wait, 1)))
