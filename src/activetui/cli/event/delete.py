"""`event delete`: take an event out of the ledger."""

from __future__ import annotations

from activetui.activity.words import kind_word
from activetui.cli.context import current, made_at, open_writing
from activetui.cli.event.group import EventArgument, app
from activetui.cli.output import line
from activetui.locales import _
from activetui.locales.formats import format_day


@app.command("delete", help=_("Delete an event; the next import of its file does not bring it back."))
def delete(number: EventArgument) -> None:
    """Delete one event and say what that did to the customer's status."""
    from activetui.cli.status_change import change_lines, status_of
    from activetui.store import events

    today = current().today
    with open_writing() as conn:
        event = events.event(conn, number)
        whose = event.customer_id
        before = None if whose is None else status_of(conn, whose, today)
        events.delete_event(conn, number, today=today, made_at=made_at())
        after = None if whose is None else status_of(conn, whose, today)
    line(_("Deleted: {kind} on {day}, event {id}.").format(
        kind=kind_word(event.kind_word), day=format_day(event.day), id=number
    ))
    for part in change_lines(before, after, today):
        line(part)
    line(_("To bring it back: activetui undo"))
