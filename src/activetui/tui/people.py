"""How a customer stands in a list: the columns, and the name by which a person knows the customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from activetui.activity.words import type_word
from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import NOTHING, days_words, format_money, format_number, relative_day
from activetui.store.listing.people import Person
from activetui.tui.widgets.columns import Cell, Column
from activetui.tui.words import SYMBOLS, status_label, status_variable


class Named(Protocol):
    """Whatever carries the columns by which a customer can be called."""

    @property
    def id(self) -> int:
        """The number."""

    @property
    def key(self) -> str:
        """The id that the source gave."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def email(self) -> str:
        """The e-mail address."""

    @property
    def phone(self) -> str:
        """The telephone number."""

    @property
    def company(self) -> str:
        """The company."""


def display_name(who: Named) -> str:
    """The name, or else the next best by which the owner knows the customer; one line, never empty."""
    for text in (who.name, who.company, who.email, who.phone, who.key):
        shown = one_line(text)
        if shown:
            return shown
    return _("customer {id}").format(id=who.id)


USUAL = ("name", "status", "since", "turns", "last", "rhythm", "purchases", "spend", "year", "tags")
"""The columns of a list of customers where the owner has not chosen others."""
_FIRST_TO_GO = {
    "name": 0, "status": 1, "spend": 2, "last": 3, "turns": 4, "purchases": 5, "since": 6, "rhythm": 7,
    "year": 8, "tags": 9,
}
"""Where there is too little room, the usual column with the highest number goes first."""


def people_columns(day: Day, chosen: Sequence[str] = ()) -> list[Column[Person]]:
    """The columns of the list of customers, seen from `day`: the usual ones, or those with the ids `chosen`.

    Of chosen ones, the last goes first where there is too little room.
    """
    known = {column.id: column for column in person_columns(day)}
    if not chosen:
        return [replace(known[name], rank=_FIRST_TO_GO[name]) for name in USUAL]
    return [replace(known[name], rank=place) for place, name in enumerate(chosen) if name in known]


def person_columns(day: Day) -> list[Column[Person]]:
    """Every column that a list of customers can have, seen from `day`, each with the field that sorts it."""
    return [*_usual_columns(day), *_other_columns(day)]


def _usual_columns(day: Day) -> list[Column[Person]]:
    def turns(person: Person) -> Cell:
        if person.status_until is None:
            return Cell(NOTHING, "quiet")
        words = f"{SYMBOLS[person.next_status]} {relative_day(person.status_until, day)}"
        return Cell(words, status_variable(person.next_status))

    return [
        Column("name", N_("Customer"), lambda p: Cell(display_name(p)), 16, 44, weight=6, sort="name"),
        Column("status", N_("Status"), lambda p: Cell(status_label(p.status), status_variable(p.status)),
               15, 18, sort="status"),
        Column("since", N_("Since"), lambda p: _ago(p.status_since, day), 13, 15, sort="status_since"),
        Column("turns", N_("Turns"), turns, 14, 17, sort="status_until"),
        Column("last", N_("Last purchase"), lambda p: _ago(p.last_purchase, day), 13, 17,
               sort="last_purchase"),
        Column("rhythm", N_("Rhythm"), _rhythm, 9, 10, sort="rhythm"),
        Column("purchases", N_("Purchases"), lambda p: Cell(format_number(p.purchases)), 11, 11, right=True,
               sort="purchases"),
        Column("spend", N_("Spend"), lambda p: Cell(format_money(p.spend, p.currency)), 11, 15, right=True,
               sort="spend"),
        Column("year", N_("Last year"), lambda p: Cell(format_money(p.year_spend, p.currency)), 11, 15,
               right=True, sort="year_spend"),
        Column("tags", N_("Tags"), lambda p: Cell(one_line(", ".join(p.tags)), "quiet"), 12, 30, sort="tags"),
    ]


def _other_columns(day: Day) -> list[Column[Person]]:
    def types(person: Person) -> Cell:
        return Cell(", ".join(type_word(name) for name in person.types), "quiet")

    def active(person: Person) -> Cell:
        return Cell(_("yes") if person.active else _("no"))

    return [
        Column("types", N_("Types"), types, 12, 40, weight=2, sort="types"),
        Column("email", N_("E-mail"), lambda p: _text(p.email), 12, 34, weight=3, sort="email"),
        Column("phone", N_("Phone"), lambda p: _text(p.phone), 12, 17, sort="phone"),
        Column("company", N_("Company"), lambda p: _text(p.company), 12, 30, weight=2, sort="company"),
        Column("country", N_("Country"), lambda p: _text(p.country), 7, 12, sort="country"),
        Column("first", N_("First purchase"), lambda p: _ago(p.first_purchase, day), 14, 17,
               sort="first_purchase"),
        Column("expected", N_("Expected next"), lambda p: _ago(p.next_expected, day), 14, 17,
               sort="next_expected"),
        Column("active", N_("In the active base"), active, 8, 18, sort="active"),
        Column("key", N_("Id of the source"), lambda p: _text(p.key), 10, 20, sort="key"),
        Column("id", N_("Number"), lambda p: Cell(str(p.id)), 8, 10, right=True, sort="id"),
    ]


def _text(text: str) -> Cell:
    return Cell(one_line(text)) if text else Cell(NOTHING, "quiet")


def _ago(when: Day | None, day: Day) -> Cell:
    return Cell(NOTHING, "quiet") if when is None else Cell(relative_day(when, day))


def _rhythm(person: Person) -> Cell:
    return Cell(NOTHING, "quiet") if person.rhythm is None else Cell(days_words(round(person.rhythm)))
