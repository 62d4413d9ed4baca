"""Contact books: people with several addresses and telephone numbers; forms: people who got in touch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from activetui.importing.deciding.understand import Understanding
from activetui.importing.records.eventrows import EventReader, OneRow, Record
from activetui.importing.records.marks import Marks
from activetui.importing.records.opinions import Opinions
from activetui.importing.tables.table import Left
from activetui.importing.telling.found import Found
from activetui.importing.values.contacts import first_email, identity_email, identity_phone, read_phone
from activetui.ledger.kinds import Kind
from activetui.ledger.records import CustomerRecord, EventRecord, Refusal
from activetui.locales import _

_SEVERAL = re.compile(r"\s*(?: ::: |[;\n])\s*")
_SEVERAL_PHONES = re.compile(r"\s*(?: ::: |[;,\n]| / )\s*")
_OF_THE_PROGRAM = frozenset(("mycontacts", "my contacts", "starred", "friends", "family", "coworkers"))
"""Groups that an address book makes by itself."""
_MOST = 8


class ContactBookReader(EventReader):
    """Makes the people of one contact book; every address and number of theirs is a sign to know them by."""

    def __init__(self, understood: Understanding, found: Found, left: Left) -> None:
        super().__init__(understood, found, left)
        self._people = Marks()
        self._opinions = Opinions(self) if self.layout.has("rating", "score", "review_text") else None

    def made(self, row: OneRow) -> Iterator[Record]:
        """The person or company of a row; where it has a day, that they got in touch, and what they think."""
        customer = row.customer
        if customer is None:
            yield Refusal(row.line, _("nothing in the row tells who the customer is"), tuple(row.cells))
            return
        customer = self._whole(customer, row)
        row.customer = customer
        if not self.layout.has("date"):
            self.found.contacts += self._people.add(hash(customer.identities[:1]))
            yield customer
            return
        moment = self.happened(row, "date")
        if moment.day is None:
            yield customer
            return
        number = self.values.order(row.cells)
        yield self.counted(EventRecord(
            int(Kind.CONTACT), moment.day, self.key("contact", number, moment.day, moment.time, row.who),
            customer, time=moment.time, action="in", product=self.values.product(row.cells),
            channel=self.text("channel", row), order_ref=number, note=self.text("note", row), line=row.line,
        ), Kind.CONTACT.word)
        if self._opinions is not None:
            yield from self._opinions.made(row, moment.day, moment.time)

    def _whole(self, customer: CustomerRecord, row: OneRow) -> CustomerRecord:
        """The record with all its signs, and without the groups that say nothing."""
        signs = dict.fromkeys(customer.identities)
        signs.update(dict.fromkeys([*self._emails(row), *self._phones(customer, row)]))
        if any(kind in ("email", "phone", "id") for kind, _value in signs):
            signs = {sign: None for sign in signs if sign[0] != "name"}
        tags = tuple(tag for tag in customer.tags if tag.casefold() not in _OF_THE_PROGRAM)
        found = tuple(signs)[:_MOST]
        if found == customer.identities and tags == customer.tags:
            return customer
        return replace(customer, identities=found, tags=tags)

    def _emails(self, row: OneRow) -> Iterator[tuple[str, str]]:
        for place in self.layout.of("email"):
            for part in _SEVERAL.split(row.cells[place]):
                email = identity_email(first_email(part))
                if email:
                    yield "email", email

    def _phones(self, customer: CustomerRecord, row: OneRow) -> Iterator[tuple[str, str]]:
        """Further numbers of somebody without an address: those of an office are shared by many."""
        if customer.email:
            return
        home = customer.country if len(customer.country) == 2 else self.understood.country
        for place in self.layout.of("phone"):
            for part in _SEVERAL_PHONES.split(row.cells[place]):
                phone = identity_phone(read_phone(part, home, self.understood.language))
                if phone:
                    yield "phone", phone
