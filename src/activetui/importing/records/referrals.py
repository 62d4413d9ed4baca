"""Rows that tell who brought whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from activetui.importing.deciding.understand import Understanding
from activetui.importing.records.customers import identities_of
from activetui.importing.records.eventrows import EventReader, OneRow, Record
from activetui.importing.tables.table import Left
from activetui.importing.telling.found import Found
from activetui.importing.values.contacts import first_email, read_phone
from activetui.importing.values.words import is_walk_in
from activetui.ledger.kinds import Kind
from activetui.ledger.records import CustomerRecord, EventRecord, Refusal
from activetui.ledger.text import one_line
from activetui.locales import _

_DAYS = ("date", "visit_date", "customer_since")
_ID = re.compile(r"\S*\d\S*")


class ReferralReader(EventReader):
    """Makes the referrals of one file.

    The event belongs to the customer who recommended; the one who came is a customer too, and named in it.
    """

    keys = (*_DAYS, "referred_by")

    def __init__(self, understood: Understanding, found: Found, left: Left) -> None:
        super().__init__(understood, found, left)
        self._known: dict[str, CustomerRecord | None] = {}
        self._has_ids = self.layout.has("customer_id")

    def made(self, row: OneRow) -> Iterator[Record]:
        """The customer who came, and the referral of the one who sent them."""
        who = self.text("referred_by", row)
        sender = self._sender(who)
        if sender is None:
            yield row.customer or Refusal(
                row.line, _("nothing in the row tells who the customer is"), tuple(row.cells)
            )
            return
        moment = self.happened(row, *_DAYS)
        if moment.day is None:
            yield Refusal(row.line, _("the day is missing"), tuple(row.cells))
            return
        came = row.customer
        if came is not None:
            yield replace(came, extra={**came.extra, "referred_by": who})
        number = self.values.order(row.cells)
        yield self.counted(EventRecord(
            int(Kind.REFERRAL), moment.day, self.key("referral", number, moment.day, who.casefold(), row.who),
            sender, time=moment.time, product=self.values.product(row.cells),
            channel=self.text("channel", row), order_ref=number,
            note=" – ".join(filter(None, (came.name or came.email if came else "", self.text("note", row)))),
            line=row.line,
        ), Kind.REFERRAL.word)

    def _sender(self, text: str) -> CustomerRecord | None:
        """The customer that a cell names by e-mail, telephone, id or name."""
        if text not in self._known:
            self._known[text] = self._read(text)
        return self._known[text]

    def _read(self, text: str) -> CustomerRecord | None:
        email = first_email(text)
        if email:
            record = CustomerRecord(name=_before_address(text), email=email)
        elif (phone := read_phone(text, self.understood.country, self.understood.language)) and not (
            any(map(str.isalpha, text))
        ) and not (self._has_ids and len(text) < 8):
            record = CustomerRecord(phone=one_line(phone))
        elif self._has_ids and _ID.fullmatch(text):
            record = CustomerRecord(key=text)
        else:
            record = CustomerRecord(name=text)
        record.identities = identities_of(record)
        nobody = not record.identities or (record.identities[0][0] == "name" and is_walk_in(text))
        return None if nobody else record


def _before_address(text: str) -> str:
    """The name in `Ana <ana@…>`."""
    name = one_line(text.partition("<")[0]) if "<" in text else ""
    return name.strip("\"' ")
