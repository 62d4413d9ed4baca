"""`checklist outcome`."""

from __future__ import annotations

from typing import Annotated

import typer

from activetui.cli.checklist.group import NoteOption, ReasonOption, app
from activetui.cli.context import current, made_at, open_writing
from activetui.cli.output import line
from activetui.cli.who import CustomerArgument, the_customer
from activetui.locales import _


@app.command("outcome", help=_("Write down what came of the last step that was done."))
def outcome(
    customer: CustomerArgument,
    word: Annotated[str, typer.Argument(metavar="OUTCOME", help=_("reached, no_answer, coming_back …"))],
    reason: ReasonOption = "",
    note: NoteOption = "",
) -> None:
    """Keep the outcome with the task, the reason with the customer's playbook."""
    from activetui.reactivation.checklist import actions
    from activetui.reactivation.checklist.outcome import known_outcome, known_reason

    context = current()
    with open_writing(of_today=True) as conn:
        number = the_customer(conn, customer)
        task = actions.outcome(
            conn, number, day=context.today, today=context.today, made_at=made_at(),
            outcome=known_outcome(word), reason=known_reason(reason) if reason else "", note=note,
        )
    line(_("Written down: {step}").format(step=task.title))
