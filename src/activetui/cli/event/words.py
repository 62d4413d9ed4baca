"""One event in words: its fields, their values, and how it was corrected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from activetui.activity.words import kind_word
from activetui.ledger.kinds import Kind
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import format_day, format_money, format_number
from activetui.store.changes.corrections import Correction
from activetui.store.events import EventRow

_FIELDS = {
    "customer_id": N_("customer"), "kind": N_("kind"), "day": N_("day"), "time": N_("time"),
    "amount": N_("amount"), "currency": N_("currency"), "refunded": N_("given back"), "state": N_("state"),
    "action": N_("action"), "nature": N_("product or service"), "product": N_("product"),
    "quantity": N_("quantity"), "rating": N_("rating"), "channel": N_("channel"), "until": N_("until"),
    "order_ref": N_("order"), "note": N_("note"),
}
_DAYS, _MONEY = ("day", "until"), ("amount", "refunded")


def event_lines(event: EventRow, name_of_customer: str) -> Iterator[str]:
    """The event, a field a line; what is not known is left out."""
    yield _("Event {id}").format(id=event.id)
    if event.customer_id is not None:
        yield f"  {field_word('customer_id')}: {event.customer_id} {one_line(name_of_customer)}".rstrip()
    for name in tuple(_FIELDS)[1:]:
        value = getattr(event, name)
        if value not in ("", None) and not (name == "refunded" and not value) and name != "currency":
            yield f"  {field_word(name)}: {value_words(name, value, event)}"
    for part in event.lines:
        count = "" if part.quantity is None else f"{format_number(part.quantity)} × "
        price = "" if part.amount is None else f"  {format_money(part.amount, event.currency)}"
        yield f"    {count}{one_line(part.product)}{price}"
    if not event.counts:
        yield "  " + _("It is no activity: cancelled, unpaid or given back.")


def correction_lines(corrections: list[Correction], event: EventRow) -> Iterator[str]:
    """How it was corrected by hand, what it was and what it became."""
    for one in corrections:
        for name, (before, after) in one.changes.items():
            yield "  " + _("Corrected on {day}: {field}: {before} → {after}").format(
                day=format_day(one.day), field=field_word(name), before=value_words(name, before, event),
                after=value_words(name, after, event),
            )


def field_word(name: str) -> str:
    """What a column of an event is called."""
    word = _FIELDS[name]
    return _(word)


def value_words(name: str, value: Any, event: EventRow) -> str:
    """A value of a column as a person reads it; a dash for none."""
    if value in ("", None):
        return "–"
    if name in _DAYS:
        return format_day(value)
    if name in _MONEY:
        return format_money(value, event.currency)
    if name == "kind":
        known = {int(kind): kind.word for kind in Kind}
        return kind_word(event.kind_word if value == event.kind else known.get(value, str(value)))
    return format_number(value) if name == "quantity" else one_line(str(value))
