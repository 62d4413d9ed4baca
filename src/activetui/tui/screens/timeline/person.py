"""What is known of the person: the rows of the panel, each with the field that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from activetui.activity.words import type_word
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.locales.formats import NOTHING, format_day
from activetui.store.same_person.merging import Merged
from activetui.tui.screens.timeline.story import Story
from activetui.tui.widgets.columns import Cell, Column


class PersonLine(NamedTuple):
    """One thing that is known of the person."""

    title: str
    text: str
    """One line; empty where it is not known."""
    field: str = ""
    """The field of `EditCustomerDialog` that changes it; empty where it cannot be changed."""
    merged: Merged | None = None
    """Who was made one with the customer, and can be taken apart again."""
    colour: str = ""


def person_columns() -> list[Column[PersonLine]]:
    """What, and what of it is known."""
    return [
        Column("what", N_("What is known"), lambda line: Cell(line.title, "quiet"), 18, 26),
        Column("text", N_("Of the person"), _text, 20, 160, weight=9),
    ]


def _text(line: PersonLine) -> Cell:
    return Cell(line.text or NOTHING, line.colour if line.text else "quiet")


def person_lines(story: Story) -> list[PersonLine]:
    """Everything that is known, and what is not but could be."""
    customer = story.card.customer
    consent = {True: _("yes"), False: _("no"), None: ""}[customer.consent]
    lines = [
        PersonLine(_("Name"), customer.name, "name"),
        PersonLine(_("First name"), customer.first_name, "first_name"),
        PersonLine(_("E-mail"), customer.email, "email"),
        PersonLine(_("Telephone"), customer.phone, "phone"),
        PersonLine(_("Company"), customer.company, "company"),
        PersonLine(_("Tax number"), customer.tax_id, "tax_id"),
        PersonLine(_("Address"), customer.address, "address"),
        PersonLine(_("Postcode"), customer.postcode, "postcode"),
        PersonLine(_("Town"), customer.city, "city"),
        PersonLine(_("Region"), customer.region, "region"),
        PersonLine(_("Country"), customer.country, "country"),
        PersonLine(_("Language"), customer.language, "language"),
        PersonLine(_("Birthday"), "" if customer.birthday is None else format_day(customer.birthday),
                   "birthday"),
        PersonLine(_("Tags"), ", ".join(customer.tags), "tags"),
        PersonLine(_("Note"), customer.note, "note"),
        PersonLine(_("Agrees to marketing"), consent, "consent"),
        PersonLine(_("Do not contact"), _("yes, never contact them") if customer.do_not_contact else _("no"),
                   "do_not_contact", colour="error" if customer.do_not_contact else ""),
        *_fixed(story),
    ]
    return [line._replace(text=one_line(line.text)) for line in lines]


def _fixed(story: Story) -> Iterator[PersonLine]:
    """What follows from the ledger, or came with a file."""
    customer = story.card.customer
    yield PersonLine(_("Types"), ", ".join(type_word(word) for word in story.card.person.types))
    yield PersonLine(_("Number here"), str(customer.id))
    if customer.key:
        yield PersonLine(_("Number at the source"), customer.key)
    for name, text in customer.extra.items():
        yield PersonLine(one_line(name), text)
    if customer.entered:
        yield PersonLine(_("Known since"), format_day(customer.entered))
    if customer.history_from is not None:
        yield PersonLine(_("History from"), format_day(customer.history_from))
    for one in story.merged:
        words = _("{name}, number {id}: Enter takes them apart again")
        yield PersonLine(_("Made one with"), words.format(name=one_line(one.name), id=one.id), merged=one)
