"""`checklist skip`."""

from __future__ import annotations

from typing import Annotated

import typer

from activetui.cli.checklist.group import ReasonOption, app, name_of, tell_next
from activetui.cli.context import current, made_at, open_writing
from activetui.cli.output import line
from activetui.cli.who import CustomerArgument, the_customer
from activetui.locales import _


@app.command("skip", help=_("Leave this customer in peace."))
def skip(
    customer: CustomerArgument,
    reason: ReasonOption = "",
    step: Annotated[
        bool, typer.Option("--step", help=_("Leave out only this step, and go on with the next."))
    ] = False,
) -> None:
    """End the customer's playbook, or go on with its next step."""
    from activetui.reactivation.checklist import actions
    from activetui.reactivation.checklist.outcome import known_reason

    context = current()
    with open_writing(of_today=True) as conn:
        number = the_customer(conn, customer)
        did = actions.skip(
            conn, number, day=context.today, today=context.today, made_at=made_at(), only_step=step,
            reason=known_reason(reason) if reason else "",
        )
    if not step:
        line(_("Skipped: {name}").format(name=name_of(did.item)))
        return
    line(_("Left out: {name}, {step}").format(name=name_of(did.item), step=did.item.doing.title))
    tell_next(did)
