"""A message to one customer: filled in, with what is still missing, to be copied or opened as a mail."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from activetui.ledger.days import Day
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.reactivation.messages.fields import Known, known_of, values
from activetui.reactivation.messages.message_types import FIELDS, Message, field_words
from activetui.reactivation.messages.template import fill
from activetui.reactivation.messages.tongues import chosen
from activetui.store import customers
from activetui.store.customers import Customer

ADDRESS = "address"
"""The word for a missing e-mail address or telephone number, beside the names of fields."""
_BY_MAIL = "email"
_BY_TELEPHONE = ("phone", "chat")


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to a customer in one language."""

    customer: Customer
    message: str
    """The key of the message."""
    channel: str
    tongue: str
    """The language, such as `pt` or `pt_BR`."""
    to: str
    """The e-mail address or telephone number; empty where none is known, or the channel needs none."""
    subject: str
    body: str
    missing: tuple[str, ...]
    """What is needed and not known: fields, or `ADDRESS`. Nothing goes out while there is any."""
    left_in_peace: bool = False
    """Whether a round leaves the customer in peace, to compare with: they had better not be written to."""

    @property
    def ready(self) -> bool:
        """Whether it can be sent as it stands."""
        return not self.missing

    @property
    def mailto(self) -> str:
        """A link that opens it in the mail program (RFC 6068); empty where it is no mail or not ready."""
        if self.channel != _BY_MAIL or not self.ready:
            return ""
        body = quote("\r\n".join(self.body.splitlines()), safe="")
        return f"mailto:{quote(self.to, safe='@')}?subject={quote(self.subject, safe='')}&body={body}"


def draft(
    conn: sqlite3.Connection,
    customer_id: int,
    message: Message,
    *,
    channel: str,
    day: Day,
    offer: str = "",
    tongue: str = "",
) -> Draft:
    """The message to a customer as of `day`, in `tongue` or else in the customer's language."""
    customer = customers.get(conn, customer_id)
    return written(customer, message, known_of(conn, [customer_id], day), channel, offer, tongue)


def written(
    customer: Customer, message: Message, known: Known, channel: str, offer: str = "", tongue: str = ""
) -> Draft:
    """The message to a customer from what is known."""
    wanted = tongue if tongue in message.letters else ""
    tongue = wanted or chosen(customer.language, customer.country, message.letters)
    letter = message.letters[tongue]
    found = values(customer, known, tongue, offer)
    subject, body = fill(letter.subject, found), fill(letter.body, found)
    to = _address(customer, channel)
    lacks_address = channel in (_BY_MAIL, *_BY_TELEPHONE) and not to
    missing = dict.fromkeys((*([ADDRESS] if lacks_address else []), *subject.missing, *body.missing))
    return Draft(
        customer, message.key, channel, tongue, to, one_line(subject.text), _tidy(body.text), tuple(missing)
    )


def edited(one: Draft, subject: str, body: str) -> Draft:
    """The draft with the owner's own words; what is still in braces is missing."""
    left = [name for name in FIELDS if f"{{{name}}}" in subject + body]
    address = [ADDRESS] if ADDRESS in one.missing else []
    lines = "\n".join(one_line(line) for line in body.splitlines())
    return Draft(
        one.customer, one.message, one.channel, one.tongue, one.to, one_line(subject), _tidy(lines),
        (*address, *left), one.left_in_peace,
    )


def missing_words(missing: Iterable[str]) -> str:
    """What is missing, and where to give it: one line for people."""
    no_address = _("no address to send it to")
    said = [no_address if name == ADDRESS else field_words(name) for name in missing]
    return _("missing: {what}").format(what="; ".join(said)) if said else ""


def left_in_peace_words(one: Draft) -> str:
    """What to say before a message is sent to somebody whom a round leaves in peace; empty for others."""
    if not one.left_in_peace:
        return ""
    return _(
        "A round leaves {name} in peace, to compare with. Whoever is written to all the same makes its "
        "result less sure."
    ).format(name=one_line(one.customer.name or one.customer.company or one.customer.email))


def _address(customer: Customer, channel: str) -> str:
    if channel == _BY_MAIL:
        return one_line(customer.email)
    return one_line(customer.phone) if channel in _BY_TELEPHONE else ""


def _tidy(text: str) -> str:
    """Without the empty lines that a left-out stretch leaves behind."""
    lines: Sequence[str] = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return "\n".join(kept)
