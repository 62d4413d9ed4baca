"""The whole shop: everybody, and everything that was written down about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from activetui.demo_shop import moments
from activetui.demo_shop.books import Books
from activetui.demo_shop.lives import purchases
from activetui.demo_shop.members import subscribe_all
from activetui.demo_shop.people import TILL, Person, cast, register
from activetui.ledger.records import EventRecord

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
    books.number()
    return Shop(people, books.events)


def _honour(people: list[Person]) -> None:
    """The owner's tags, and the wishes of those who want to be left alone."""
    by_money = sorted(people, key=lambda person: -sum(bought.amount or 0 for bought in person.bought))
    for person in by_money[2:20:2]:
        person.record.tags = tuple(sorted({*person.record.tags, "vip"}))
    for person in people[13::80]:
        person.record.do_not_contact = True
        person.record.note = person.record.note or "Asked not to be written to"
