"""`log`: write down one event of a customer."""

from __future__ import annotations

import sqlite3
from typing import Annotated

import typer

from activetui.activity.words import kind_word
from activetui.cli.context import current, made_at, open_writing
from activetui.cli.event_options import (
    ActionOption,
    AmountOption,
    ChannelOption,
    CurrencyOption,
    NatureOption,
    NoteOption,
    OnOption,
    OrderOption,
    ProductOption,
    QuantityOption,
    RatingOption,
    StateOption,
    TimeOption,
    UntilOption,
)
from activetui.cli.output import line
from activetui.cli.who import CustomerArgument, the_customer
from activetui.locales import _
from activetui.locales.formats import format_day


def log(
    customer: CustomerArgument,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=_("purchase, visit, contact, complaint …"))],
    on: OnOption = None,
    amount: AmountOption = None,
    note: NoteOption = None,
    product: ProductOption = None,
    rating: RatingOption = None,
    channel: ChannelOption = None,
    until: UntilOption = None,
    action: ActionOption = None,
    quantity: QuantityOption = None,
    nature: NatureOption = None,
    state: StateOption = None,
    time: TimeOption = None,
    order: OrderOption = None,
    currency: CurrencyOption = None,
    new_kind: Annotated[
        bool, typer.Option("--new-kind", help=_("KIND is a new kind of event, a word of your own."))
    ] = False,
) -> None:
    """Add the event and say what it did to the customer's status."""
    from activetui.cli.status_change import change_lines, status_of
    from activetui.ledger.records import EventRecord
    from activetui.ledger.text import one_line
    from activetui.store import customers, events, settings
    from activetui.store.changes import by_hand
    from activetui.store.opening.file import transaction

    today = current().today
    day = today if on is None else on
    with open_writing() as conn, transaction(conn):
        number = the_customer(conn, customer)
        word, code = _kind(conn, kind, new=new_kind)
        by_hand.check_day(word, day, today)
        by_hand.check_until(word, until, day)
        stated = by_hand.currency_of(currency or "") or settings.currency(conn)
        paid = by_hand.amount_of(amount or "", stated)
        record = EventRecord(
            kind=code, day=day, key="", note=one_line(note or ""), product=one_line(product or ""),
            channel=one_line(channel or ""), until=until, rating=by_hand.rating_of(rating or "", word),
            action=by_hand.action_of(action or "", word), amount=paid,
            currency="" if paid is None else stated,
            quantity=by_hand.quantity_of(quantity or ""), nature=by_hand.nature_of(nature or ""),
            state=by_hand.state_of(state or ""), time=by_hand.time_of(time or ""),
            order_ref=one_line(order or ""),
        )
        before = status_of(conn, number, today)
        event = events.log_event(conn, number, record, today=today, made_at=made_at())
        after = status_of(conn, number, today)
        name = customers.get(conn, number).name or str(number)
    written = _("Written down: {kind} of {name} on {day}, event {number}.")
    line(written.format(kind=kind_word(word), name=name, day=format_day(day), number=event))
    for part in change_lines(before, after, today):
        line(part)


def _kind(conn: sqlite3.Connection, text: str, *, new: bool) -> tuple[str, int]:
    """The word and the number of the kind that is meant; a new one is added."""
    from activetui.store import kinds
    from activetui.store.changes import by_hand

    if new:
        code = kinds.add_kind(conn, text.strip())
        return next(word for word, number in kinds.kind_codes(conn).items() if number == code), code
    codes = kinds.kind_codes(conn)
    word = by_hand.kind_of(text, codes)
    return word, codes[word]
