"""All that is shown of one customer, read in one go in a worker thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from activetui.activity.words import status_word
from activetui.ledger.days import Day, is_bounded
from activetui.locales import _
from activetui.locales.formats import format_day, format_money, relative_day
from activetui.store.listing import people
from activetui.store.listing.people import Person
from activetui.tui.event_words import goods, kind_label
from activetui.tui.reading import Connection

if TYPE_CHECKING:       # loaded by the thread that answers, not by the key that opens a screen
    from activetui.store.customers import Customer
    from activetui.store.events import EventRow
    from activetui.store.facts.spans import StatusSpan
    from activetui.store.receipts import FullReceipt

NEWEST = 5
"""Events beside a list."""


class Card(NamedTuple):
    """One customer, as of one day."""

    day: Day
    customer: Customer
    person: Person
    receipt: FullReceipt
    cause: EventRow | None
    """The event that makes (or last made) the status hold."""
    events: list[EventRow]
    """The newest first."""


class Life(NamedTuple):
    """A customer's whole story: the card with all events, and the status over time."""

    card: Card
    spans: list[StatusSpan]


def card_of(conn: Connection, customer_id: int, day: Day, newest: int | None = NEWEST) -> Card | None:
    """The customer's card with so many events (None: all); None if there is no such customer."""
    from activetui.store import customers, events, receipts

    found = people.by_ids(conn, [customer_id])
    if not found:
        return None
    receipt = receipts.receipt_of(conn, customer_id, day)
    return Card(
        day,
        customers.get(conn, customer_id),
        found[0],
        receipt,
        None if receipt.event_id is None else events.event(conn, receipt.event_id),
        events.events_of(conn, customer_id, up_to=day, limit=newest),
    )


def life_of(conn: Connection, customer_id: int, day: Day) -> Life | None:
    """The customer's whole story; None if there is no such customer."""
    from activetui.store.facts import spans

    card = card_of(conn, customer_id, day, newest=None)
    return None if card is None else Life(card, spans.spans_of(conn, customer_id))


def receipt_rows(card: Card, known_until: Day) -> list[tuple[str, str]]:
    """The receipt in words: a title and a text a row, without the rows that have nothing to say.

    `known_until` is the last day of which it is known what happened.
    """
    receipt, day = card.receipt, card.day
    rows = [
        (_("Since"), _since(card)),
        (_("Rule"), receipt.rule),
        (_("Limit"), receipt.threshold),
        (_("Event"), "" if card.cause is None else cause_words(card.cause, day)),
        (_("Turns"), _turns(card, known_until)),
        (_("Change"), receipt.would_change),
    ]
    if receipt.known_from is not None and is_bounded(receipt.known_from):
        rows.append((_("Known"), _("from {day} on").format(day=format_day(receipt.known_from))))
    rows.append(
        (_("By"), _("{definition}, version {version}").format(
            definition=receipt.definition, version=receipt.version))
    )
    return [(title, text) for title, text in rows if text]


def cause_words(event: EventRow, day: Day) -> str:
    """An event with its day, kind, amount and goods."""
    money = "" if event.amount is None else format_money(event.amount, event.currency)
    parts = (kind_label(event), money, goods(event))
    what = ", ".join(part for part in parts if part)
    return f"{format_day(event.day)} ({relative_day(event.day, day)}): {what}"


def _since(card: Card) -> str:
    since = card.receipt.since
    if not is_bounded(since):
        return _("the beginning")
    return f"{format_day(since)}, {relative_day(since, card.day)}"


def _turns(card: Card, known_until: Day) -> str:
    receipt = card.receipt
    if receipt.flips_on is None or not is_bounded(receipt.flips_on):
        return _("not by time alone")
    sure = receipt.flips_on <= known_until
    words = _("{status} on {day}, {distance}") if sure else _(
        "{status} on {day}, {distance}, unless something happens")
    return words.format(
        status=status_word(receipt.next_status),
        day=format_day(receipt.flips_on),
        distance=relative_day(receipt.flips_on, card.day),
    )
