"""`checklist done`."""

from __future__ import annotations

from activetui.cli.checklist.group import NoteOption, OutcomeOption, ReasonOption, app, name_of, tell_next
from activetui.cli.context import current, made_at, open_writing
from activetui.cli.event_options import OnOption
from activetui.cli.output import line
from activetui.cli.who import CustomerArgument, the_customer
from activetui.locales import _


@app.command("done", help=_("The step was done: the contact is logged and the next step planned."))
def done(
    customer: CustomerArgument,
    outcome: OutcomeOption = "",
    reason: ReasonOption = "",
    note: NoteOption = "",
    on: OnOption = None,
) -> None:
    """Close the customer's step."""
    from activetui.reactivation.checklist import actions
    from activetui.reactivation.checklist.outcome import NOT_REACHED, known_outcome, known_reason

    context = current()
    came_of_it = known_outcome(outcome) if outcome else ""
    with open_writing(of_today=True) as conn:
        number = the_customer(conn, customer)
        did = actions.done(
            conn, number, day=context.today, today=context.today, made_at=made_at(), note=note,
            outcome=came_of_it, reason=known_reason(reason) if reason else "", on=on,
        )
    line(_("Done: {name}, {step}").format(name=name_of(did.item), step=did.item.doing.title))
    tell_next(did)
    if did.item.asks_reason and not reason and came_of_it not in NOT_REACHED:
        words = _("Why they stayed away is not known yet: activetui checklist reason {id} WORD")
        line(words.format(id=number))
