"""What the fields of a message are for a customer."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from activetui.ledger.days import Day, to_date
from activetui.ledger.text import one_line
from activetui.reactivation.messages.tongues import day_in, years_in
from activetui.store import favourites, settings
from activetui.store.customers import Customer
from activetui.store.listing import people


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger knows of some customers, looked up once for all of them."""

    day: Day
    products: Mapping[int, str]
    visits: Mapping[int, Day]
    subscriptions: Mapping[int, tuple[str, Day]]
    first_purchases: Mapping[int, Day]
    business: str
    sender: str


def known_of(conn: sqlite3.Connection, customers: Sequence[int], day: Day) -> Known:
    """What messages to these customers can speak of on `day`."""
    first = {
        person.id: person.first_purchase
        for person in people.by_ids(conn, customers) if person.first_purchase is not None
    }
    return Known(
        day=day,
        products=favourites.favourite_products(conn, customers, day),
        visits=favourites.last_visits(conn, customers, day),
        subscriptions=favourites.subscriptions(conn, customers, day),
        first_purchases=first,
        business=settings.get(conn, "business"),
        sender=settings.get(conn, "sender"),
    )


def values(customer: Customer, known: Known, tongue: str, offer: str) -> dict[str, str]:
    """The fields of a message in a language; empty where nothing is known."""
    subscription, ends = known.subscriptions.get(customer.id, ("", None))
    visit = known.visits.get(customer.id)
    full = customer.company or customer.name or customer.first_name
    found = {
        "first_name": addressed_as(customer),
        "name": full,
        "product": known.products.get(customer.id, ""),
        "last_visit": "" if visit is None else day_in(tongue, visit, known.day),
        "offer": offer,
        "sender": known.sender,
        "business": known.business,
        "ends": "" if ends is None else day_in(tongue, ends, known.day),
        "subscription": subscription,
        "years": _years(known.first_purchases.get(customer.id), known.day, tongue),
    }
    return {name: one_line(text).strip() for name, text in found.items()}


def addressed_as(customer: Customer) -> str:
    """How the customer is addressed: by first name, else by the first word of the name; firms by theirs."""
    if customer.first_name:
        return customer.first_name
    if customer.company and customer.name in ("", customer.company):
        return customer.company
    given, comma, rest = customer.name.partition(",")
    words = (rest if comma else given).split()
    return words[0] if words else ""


def _years(first: Day | None, day: Day, tongue: str) -> str:
    """Whole years since the first purchase, as a week's wait for the anniversary rounds them."""
    if first is None:
        return ""
    begun, now = to_date(first), to_date(day + _AHEAD)
    years = now.year - begun.year - ((now.month, now.day) < (begun.month, begun.day))
    return years_in(tongue, years) if years > 0 else ""


_AHEAD = 7
"""Days: a message for an anniversary is written up to so many days before."""
