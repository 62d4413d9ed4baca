"""How a customer stands in a list: the columns, and the name by which a person knows the customer."""

from __future__ import annotations

from typing import Protocol

from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import NOTHING, days_words, format_money, format_number, relative_day
from activetui.store.people import Person
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


def people_columns(day: Day) -> list[Column[Person]]:
    """The columns of the list of customers, seen from `day`, each with the field that sorts it."""

    def turns(person: Person) -> Cell:
        if person.status_until is None:
            return Cell(NOTHING, "quiet")
        words = f"{SYMBOLS[person.next_status]} {relative_day(person.status_until, day)}"
        return Cell(words, status_variable(person.next_status))

    def ago(when: Day | None) -> Cell:
        return Cell(NOTHING, "quiet") if when is None else Cell(relative_day(when, day))

    return [
        Column("name", N_("Customer"), lambda p: Cell(display_name(p)), 16, 44, rank=0, weight=6,
               sort="name"),
        Column("status", N_("Status"), lambda p: Cell(status_label(p.status), status_variable(p.status)),
               15, 18, rank=1, sort="status"),
        Column("since", N_("Since"), lambda p: ago(p.status_since), 12, 15, rank=6, sort="status_since"),
        Column("turns", N_("Turns"), turns, 13, 17, rank=4, sort="status_until"),
        Column("last", N_("Last purchase"), lambda p: ago(p.last_purchase), 13, 17, rank=3,
               sort="last_purchase"),
        Column("rhythm", N_("Rhythm"), _rhythm, 9, 10, rank=7, sort="rhythm"),
        Column("purchases", N_("Purchases"), lambda p: Cell(format_number(p.purchases)), 11, 11, right=True,
               rank=5, sort="purchases"),
        Column("spend", N_("Spend"), lambda p: Cell(format_money(p.spend, p.currency)), 11, 15, right=True,
               rank=2, sort="spend"),
        Column("year", N_("Last year"), lambda p: Cell(format_money(p.year_spend, p.currency)), 11, 15,
               right=True, rank=8, sort="year_spend"),
        Column("tags", N_("Tags"), lambda p: Cell(one_line(", ".join(p.tags)), "quiet"), 12, 30, rank=9,
               sort="tags"),
    ]


def _rhythm(person: Person) -> Cell:
    return Cell(NOTHING, "quiet") if person.rhythm is None else Cell(days_words(round(person.rhythm)))
