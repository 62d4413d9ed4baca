"""The whole shop: everybody, and everything that was written down about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from activetui.demo_shop import moments
from activetui.demo_shop.books import Books
from activetui.demo_shop.lives import purchases
from activetui.demo_shop.members import subscribe_all
from activetui.demo_shop.people import TILL, Person, cast, register
from activetui.ledger.days import from_iso
from activetui.ledger.records import EventRecord

TAKEN_OVER = from_iso("2026-11-10")
"""The day on which the shop took over the customers of its neighbour."""

HAPPENINGS: tuple[Callable[[Books, list[Person]], None], ...] = (
    subscribe_all, moments.trouble, moments.talk, moments.praise, moments.letters, moments.cards,
    moments.evenings,
)


class Shop(NamedTuple):
    """The invented shop, ready to be imported."""

    people: list[Person]
    events: dict[str, list[EventRecord]]
    """By source, in the order in which they were written down."""


def invent() -> Shop:
    """The shop as it is; the same at every call."""
    people, books = cast(), Books()
    for person in people:
        person.bought = purchases(person)
        books.events[TILL].extend(person.bought)
    people.sort(key=lambda person: (person.bought[0].day if person.bought else 10**6, person.number))
    register(people)
    for happening in HAPPENINGS:
        happening(books, people)
    moments.passers_by(books)
    _honour(people)
    _take_over(books, people)
    books.number()
    return Shop(people, books.events)


def _take_over(books: Books, people: list[Person]) -> None:
    """Ten customers came with a shop next door that closed, and whose till is not in the ledger.

    So nobody can say yet whether they are active.
    """
    came = [person.record for person in people if person.role == "prospect"][::2]
    for record in came:
        record.history_from = TAKEN_OVER
        record.note = "Customer of Mercearia Rosa, which closed in November 2026"
        record.tags = tuple(sorted({*record.tags, "mercearia-rosa"}))
    for source, events in books.events.items():
        books.events[source] = [
            event for event in events
            if event.day >= TAKEN_OVER or not any(event.customer is record for record in came)
        ]


def _honour(people: list[Person]) -> None:
    """The owner's tags, and the wishes of those who want to be left alone."""
    by_money = sorted(people, key=lambda person: -sum(bought.amount or 0 for bought in person.bought))
    for person in by_money[2:20:2]:
        person.record.tags = tuple(sorted({*person.record.tags, "vip"}))
    for person in people[13::80]:
        person.record.do_not_contact = True
        person.record.note = person.record.note or "Asked not to be written to"
