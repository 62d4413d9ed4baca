"""`checklist show`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from activetui.activity.words import status_word
from activetui.cli.checklist.group import app, name_of
from activetui.cli.checklist.rows import row
from activetui.cli.context import current, open_reading
from activetui.cli.options import AsOfOption, Format, FormatOption
from activetui.cli.output import emit_one, wording
from activetui.cli.who import CustomerArgument, the_customer
from activetui.locales import _
from activetui.locales.formats import days_words, format_day

if TYPE_CHECKING:
    from activetui.reactivation.checklist.checklist import Item


@app.command("show", help=_("One customer's line: why, what is at stake, the steps of the playbook."))
def show(customer: CustomerArgument, as_of: AsOfOption = None, form: FormatOption = Format.TABLE) -> None:
    """Print a customer's line in full; refused, with why, if there is none."""
    from activetui.reactivation.checklist.checklist import item_of
    from activetui.reactivation.checklist.not_listed import not_listed
    from activetui.reactivation.playbooks.look import Look

    context = current()
    with open_reading() as conn, wording(form):
        number = the_customer(conn, customer)
        item = item_of(conn, number, context.as_of)
        if item is None:
            raise not_listed(Look(conn, context.as_of), number)
        emit_one(_whole(item), form, lambda: _text(item))


def _whole(item: Item) -> dict[str, Any]:
    steps = [
        {
            "step": number, "after_days": step.after_days, "channel": step.channel, "title": step.title,
            "marketing": step.marketing, "offer": step.offer, "template": step.template or None,
        }
        for number, step in enumerate(item.playbook.steps, start=1)
    ]
    return {
        **row(item), "stake": item.worth.sentence, "asks_reason": item.asks_reason, "playbook_steps": steps,
    }


def _text(item: Item) -> Iterator[str]:
    from activetui.reactivation.checklist.outcome import reason_words

    yield f"{name_of(item)}  {status_word(item.person.status)}"
    yield f"  {item.why}"
    yield f"  {item.worth.sentence}"
    if item.reason:
        yield "  " + _("Stayed away because of: {reason}").format(reason=reason_words(item.reason))
    yield ""
    yield item.playbook.title
    for number, step in enumerate(item.playbook.steps):
        sign = "▸" if number == item.step else "·"
        when = _("after {days}").format(days=days_words(step.after_days)) if step.after_days else _("at once")
        if number == item.step:
            when = format_day(item.due)
        consent = " " + _("(needs consent)") if step.marketing else ""
        yield f"  {sign} {when}: {step.title}{consent}"
    if item.put_off_by is not None:
        yield "  " + _("Put off, because there was another contact on {day}.").format(
            day=format_day(item.put_off_by)
        )
    if item.asks_reason:
        yield "  " + _("Ask why they stayed away: checklist done ID --outcome … --reason …")
