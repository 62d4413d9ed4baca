"""`log`: write down one event of a customer."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Annotated

import typer

from activetui.activity.words import kind_word, status_word
from activetui.cli.context import current, made_at, open_writing
from activetui.cli.options import parse_day
from activetui.cli.output import line
from activetui.cli.who import CustomerArgument, the_customer
from activetui.ledger.days import Day, is_bounded
from activetui.locales import _
from activetui.locales.formats import format_day, relative_day

if TYPE_CHECKING:
    from activetui.store.spans import StatusSpan


def log(
    customer: CustomerArgument,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=_("purchase, visit, contact, complaint …"))],
    on: Annotated[
        int | None, typer.Option("--on", metavar="DATE", parser=parse_day, help=_("The day, if not today."))
    ] = None,
    amount: Annotated[
        str, typer.Option("--amount", metavar="A", help=_("What was paid, such as 12.50."))
    ] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=_("Anything worth keeping."))] = "",
    product: Annotated[
        str, typer.Option("--product", metavar="TEXT", help=_("Product, service or feature."))
    ] = "",
    rating: Annotated[
        str, typer.Option("--rating", metavar="N", help=_("Review: 1 to 5. Feedback: 0 to 10."))
    ] = "",
    channel: Annotated[
        str, typer.Option("--channel", metavar="TEXT", help=_("email, phone, chat, social, in_person …"))
    ] = "",
    until: Annotated[
        int | None,
        typer.Option("--until", metavar="DATE", parser=parse_day, help=_("Last day of a subscription.")),
    ] = None,
    action: Annotated[
        str, typer.Option("--action", metavar="WORD", help=_("start, renewal, pause, cancel; in, out …"))
    ] = "",
) -> None:
    """Add the event and say what it did to the customer's status."""
    from activetui.ledger.records import EventRecord
    from activetui.store import by_hand, customers, events, kinds, settings

    today = current().today
    day = today if on is None else on
    with open_writing() as conn:
        number = the_customer(conn, customer)
        codes = kinds.kind_codes(conn)
        word = by_hand.kind_of(kind, codes)
        by_hand.check_day(word, day, today)
        by_hand.check_until(word, until, day)
        currency = settings.currency(conn)
        paid = by_hand.amount_of(amount, currency)
        record = EventRecord(
            kind=codes[word], day=day, key="", note=note, product=product, channel=channel, until=until,
            rating=by_hand.rating_of(rating, word), action=by_hand.action_of(action, word),
            amount=paid, currency="" if paid is None else currency,
        )
        before = _status(conn, number, today)
        events.log_event(conn, number, record, today=today, made_at=made_at())
        after = _status(conn, number, today)
        name = customers.get(conn, number).name or str(number)
    written = _("Written down: {kind} of {name} on {day}.")
    line(written.format(kind=kind_word(word), name=name, day=format_day(day)))
    for part in _change(before, after, today):
        line(part)


def _status(conn: sqlite3.Connection, number: int, today: Day) -> StatusSpan | None:
    from activetui.store import spans

    return next((span for span in spans.spans_of(conn, number) if span.start <= today < span.end), None)


def _change(before: StatusSpan | None, after: StatusSpan | None, today: Day) -> list[str]:
    """What became of the status, and when it changes next."""
    if after is None:
        return []
    word = status_word(after.status)
    if before is None or before.status != after.status:
        was = status_word(before.status) if before else "–"
        parts = [_("Status: {was} → {now}").format(was=was, now=word)]
    else:
        parts = [_("Status: {now}, as before").format(now=word)]
    if is_bounded(after.end):
        parts.append(
            _("It changes on {day} ({distance}) unless something happens.").format(
                day=format_day(after.end), distance=relative_day(after.end, today)
            )
        )
    return parts
