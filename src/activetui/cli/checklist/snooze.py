"""`checklist snooze`."""

from __future__ import annotations

from typing import Annotated

import typer

from activetui.cli.checklist.group import app, name_of
from activetui.cli.context import current, made_at, open_writing
from activetui.cli.options import parse_day
from activetui.cli.output import line
from activetui.cli.who import CustomerArgument, the_customer
from activetui.ledger.errors import UsageError
from activetui.locales import _
from activetui.locales.formats import format_day

USUAL = 7
"""Days by which a step is put off where nothing else is said."""


@app.command("snooze", help=_("Put the step off."))
def snooze(
    customer: CustomerArgument,
    days: Annotated[
        int | None, typer.Option("--days", metavar="N", help=_("By how many days; 7 unless you say."))
    ] = None,
    until: Annotated[
        int | None, typer.Option("--until", metavar="DATE", parser=parse_day, help=_("Or until this day."))
    ] = None,
) -> None:
    """Move the customer's step to a later day."""
    from activetui.reactivation.checklist import actions

    context = current()
    if days is not None and until is not None:
        raise UsageError(_("Say either --days or --until."))
    wait = until - context.today if until is not None else USUAL if days is None else days
    with open_writing(of_today=True) as conn:
        number = the_customer(conn, customer)
        did = actions.snooze(
            conn, number, days=wait, day=context.today, today=context.today, made_at=made_at()
        )
    line(_("{name}: again on {day}").format(name=name_of(did.item), day=format_day(context.today + wait)))
