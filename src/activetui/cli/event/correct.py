"""`event correct`: say what an event really was."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from activetui.cli.context import current, made_at, open_writing
from activetui.cli.event.group import EventArgument, app
from activetui.cli.event_options import (
    ActionOption,
    AmountOption,
    ChannelOption,
    CurrencyOption,
    NatureOption,
    NoteOption,
    OrderOption,
    ProductOption,
    QuantityOption,
    RatingOption,
    StateOption,
    TimeOption,
)
from activetui.cli.options import parse_day
from activetui.cli.output import line
from activetui.cli.who import the_customer
from activetui.ledger.days import Day
from activetui.ledger.errors import UsageError
from activetui.ledger.text import one_line
from activetui.locales import _


@app.command("correct", help=_("Correct an event; later imports of its row leave the correction alone."))
def correct(
    number: EventArgument,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help=_("Another kind of event."))
    ] = None,
    on: Annotated[
        int | None, typer.Option("--on", metavar="DATE", parser=parse_day, help=_("The right day."))
    ] = None,
    customer: Annotated[
        str | None,
        typer.Option("--customer", metavar="ID", help=_("Whose event it is; an empty text: nobody's.")),
    ] = None,
    amount: AmountOption = None,
    refunded: Annotated[
        str | None, typer.Option("--refunded", metavar="A", help=_("How much of it was given back."))
    ] = None,
    note: NoteOption = None,
    product: ProductOption = None,
    rating: RatingOption = None,
    channel: ChannelOption = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help=_("Last day of a subscription."))
    ] = None,
    action: ActionOption = None,
    quantity: QuantityOption = None,
    nature: NatureOption = None,
    state: StateOption = None,
    time: TimeOption = None,
    order: OrderOption = None,
    currency: CurrencyOption = None,
) -> None:
    """Correct what is given, all of it or nothing; an empty text clears a field."""
    from activetui.cli.event.words import field_word, value_words
    from activetui.cli.status_change import change_lines, status_of
    from activetui.store import events
    from activetui.store.changes import corrections
    from activetui.store.opening.file import transaction

    today = current().today
    typed = {
        "kind": kind, "customer_id": customer, "amount": amount, "refunded": refunded, "note": note,
        "product": product, "rating": rating, "channel": channel, "until": until, "action": action,
        "quantity": quantity, "nature": nature, "state": state, "time": time, "order_ref": order,
        "currency": currency,
    }
    with open_writing() as conn, transaction(conn):
        before = events.event(conn, number)
        changes = _changes(conn, before, {name: text for name, text in typed.items() if text is not None})
        changes |= {} if on is None else {"day": on}
        if not changes:
            raise UsageError(
                _("Nothing to correct was given."),
                _("activetui event correct --help lists what can be corrected."),
            )
        was = None if before.customer_id is None else status_of(conn, before.customer_id, today)
        after = events.correct_event(conn, number, changes, today=today, made_at=made_at())
        told = corrections.corrections_of(conn, number)[-1:] if after != before else []
        now = None if after.customer_id is None else status_of(conn, after.customer_id, today)
    done = _("Event {id} is corrected.") if told else _("Event {id} is so already.")
    line(done.format(id=number))
    for one in told:
        for name, (old, new) in one.changes.items():
            line(f"  {field_word(name)}: {value_words(name, old, before)} → {value_words(name, new, after)}")
    if told:
        for part in change_lines(was if before.customer_id == after.customer_id else None, now, today):
            line(part)


def _changes(conn: sqlite3.Connection, before: Any, typed: Mapping[str, str]) -> dict[str, Any]:
    """The typed words as values of the columns."""
    from activetui.store import kinds, settings
    from activetui.store.changes import by_hand

    codes = kinds.kind_codes(conn)
    word = by_hand.kind_of(typed["kind"], codes) if "kind" in typed else before.kind_word
    currency = by_hand.currency_of(typed.get("currency", "")) or before.currency or settings.currency(conn)
    understand = {
        "kind": lambda _text: codes[word],
        "customer_id": lambda text: the_customer(conn, text) if text.strip() else None,
        "amount": lambda text: by_hand.amount_of(text, currency),
        "refunded": lambda text: by_hand.amount_of(text, currency) or 0,
        "rating": lambda text: by_hand.rating_of(text, word),
        "until": _day,
        "action": lambda text: by_hand.action_of(text, word),
        "quantity": by_hand.quantity_of,
        "nature": by_hand.nature_of,
        "state": by_hand.state_of,
        "time": by_hand.time_of,
        "currency": by_hand.currency_of,
    }
    return {name: understand.get(name, one_line)(text) for name, text in typed.items()}


def _day(text: str) -> Day | None:
    return parse_day(text) if text.strip() else None
