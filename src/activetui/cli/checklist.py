"""`checklist`: whom to contact, with which step, and what came of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.activity.status import STATUS_OF_WORD
from activetui.activity.words import status_word
from activetui.cli.context import current, made_at, open_reading, open_writing
from activetui.cli.group import Noun
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import Column, Row, emit, line
from activetui.cli.stamp import print_stamp, stamp
from activetui.cli.who import CustomerArgument, the_customer
from activetui.ledger.days import iso
from activetui.ledger.money import plain, to_minor
from activetui.locales import _
from activetui.locales.formats import format_money

if TYPE_CHECKING:
    from activetui.reactivation.checklist import Item

app = Noun()

OutcomeOption = Annotated[
    str, typer.Option("--outcome", metavar="WORD", help=_("reached, no_answer, coming_back, thinking …"))
]
ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="WORD", help=_("Why they stayed away: price, competitor, moved …"))
]
NoteOption = Annotated[str, typer.Option("--note", metavar="TEXT", help=_("Anything worth keeping."))]

_FIELDS = (
    "customer", "name", "status", "playbook", "step", "steps", "channel", "title", "due", "group", "why",
    "worth_a_year", "currency", "email", "phone", "task",
)


@app.command("today", help=_("Whom to contact today, most at stake first."))
def today(
    everyone: Annotated[
        bool, typer.Option("--all", help=_("The whole list, also beyond what you can do in a day."))
    ] = False,
    as_of: AsOfOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the checklist as of the day."""
    from activetui.reactivation.checklist import calls, items

    context = current()
    with open_reading() as conn:
        found = items(conn, context.as_of) if everyone else calls(conn, context.as_of)
        mark = stamp(conn)
    emit(map(_row, found), form, _columns(), fields=_FIELDS, empty=_("Nobody needs a call."))
    print_stamp(mark, form)


@app.command("done", help=_("The step was done: the contact is logged and the next step planned."))
def done(
    customer: CustomerArgument, outcome: OutcomeOption = "", reason: ReasonOption = "", note: NoteOption = ""
) -> None:
    """Close the customer's step."""
    from activetui.reactivation import actions
    from activetui.reactivation.checklist import item_of
    from activetui.reactivation.outcome import known_outcome, known_reason

    context = current()
    with open_writing() as conn:
        number = the_customer(conn, customer)
        item = actions.done(
            conn, number, day=context.today, today=context.today, made_at=made_at(), note=note,
            outcome=known_outcome(outcome) if outcome else "", reason=known_reason(reason) if reason else "",
        )
        following = item_of(conn, number, context.today)
    line(_("Done: {name}, {step}").format(name=_name(item), step=item.doing.title))
    if following is not None and following.task is not None:
        line(_("Next, on {day}: {step}").format(day=iso(following.due), step=following.doing.title))


@app.command("snooze", help=_("Put the step off."))
def snooze(
    customer: CustomerArgument,
    days: Annotated[int, typer.Option("--days", metavar="N", help=_("By how many days."))] = 7,
) -> None:
    """Move the customer's step to a later day."""
    from activetui.reactivation import actions

    context = current()
    with open_writing() as conn:
        number = the_customer(conn, customer)
        item = actions.snooze(conn, number, days=days, day=context.today, made_at=made_at())
    line(_("{name}: again on {day}").format(name=_name(item), day=iso(context.today + days)))


@app.command("skip", help=_("Leave this customer in peace."))
def skip(customer: CustomerArgument, reason: ReasonOption = "") -> None:
    """End the customer's playbook."""
    from activetui.reactivation import actions
    from activetui.reactivation.outcome import known_reason

    context = current()
    with open_writing() as conn:
        number = the_customer(conn, customer)
        item = actions.skip(
            conn, number, day=context.today, made_at=made_at(), reason=known_reason(reason) if reason else ""
        )
    line(_("Skipped: {name}").format(name=_name(item)))


@app.command("outcome", help=_("Write down what came of the last step that was done."))
def outcome(
    customer: CustomerArgument,
    word: Annotated[str, typer.Argument(metavar="OUTCOME", help=_("reached, no_answer, coming_back …"))],
    reason: ReasonOption = "",
    note: NoteOption = "",
) -> None:
    """Keep the outcome with the task, the reason with the customer's playbook."""
    from activetui.reactivation import actions
    from activetui.reactivation.outcome import known_outcome, known_reason

    context = current()
    with open_writing() as conn:
        number = the_customer(conn, customer)
        task = actions.outcome(
            conn, number, day=context.today, made_at=made_at(), outcome=known_outcome(word),
            reason=known_reason(reason) if reason else "", note=note,
        )
    line(_("Written down: {step}").format(step=task.title))


def _row(item: Item) -> dict[str, object]:
    person = item.person
    return {
        "customer": person.id, "name": person.name or None, "status": person.status.word,
        "playbook": item.playbook.key, "step": item.step + 1, "steps": len(item.playbook.steps),
        "channel": item.doing.channel, "title": item.doing.title, "due": iso(item.due),
        "group": item.group.name.lower(), "why": item.why,
        "worth_a_year": plain(item.stake, person.currency), "currency": person.currency,
        "email": person.email or None, "phone": person.phone or None,
        "task": item.task.id if item.task else None,
    }


def _columns() -> list[Column]:
    return [
        Column("customer", _("ID"), right=True),
        Column("name", _("Customer")),
        Column("status", _("Status"), show=lambda row: status_word(STATUS_OF_WORD[row["status"]])),
        Column("why", _("Why now")),
        Column("title", _("Step")),
        Column("worth_a_year", _("Worth a year"), show=_worth, right=True),
    ]


def _worth(row: Row) -> str:
    return format_money(to_minor(Decimal(row["worth_a_year"]), row["currency"]), row["currency"])


def _name(item: Item) -> str:
    return item.person.name or item.person.key or f"#{item.person.id}"
