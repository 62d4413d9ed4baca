"""Writing to one customer: which message the present step has, and whether it may be written at all."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError, UsageError
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.reactivation.checklist.checklist import item_of
from activetui.reactivation.checklist.items import Item
from activetui.reactivation.checklist.not_listed import not_listed
from activetui.reactivation.messages.drafts import Draft, draft
from activetui.reactivation.messages.message import SHELF, messages
from activetui.reactivation.messages.message_types import Message
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.playbooks.playbook import playbooks
from activetui.reactivation.rules.own_rules import Rule
from activetui.store import customers
from activetui.store.customers import Customer
from activetui.store.listing import playbook_tests as tests
from activetui.store.rounds import held_out

WRITTEN = ("email", "letter", "chat", "social")
"""The channels by which a text goes out."""


class Choice(NamedTuple):
    """What is to be written to a customer."""

    message: Message
    channel: str
    offer: str
    marketing: bool
    """Whether it needs the customer's consent."""


def draft_for(
    conn: sqlite3.Connection,
    customer_id: int,
    day: Day,
    *,
    key: str = "",
    tongue: str = "",
    offer: str | None = None,
    by: str = "",
) -> Draft:
    """The message of the customer's present step, or of a key or title, filled in; nothing is written.

    `tongue` is another language than the customer's, `offer` another offer than the playbook's (empty for
    none), `by` another channel than the step's. `OwnerError` if there is no such message or step, if the
    customer wants no contact, or has not agreed to marketing and it is that; `UsageError` for a language in
    which nobody has written it. Whom a round leaves in peace, the draft says so (service is withheld from
    nobody).
    """
    customer = customers.get(conn, customer_id)
    refuse_contact(customer)
    item = item_of(conn, customer_id, day)
    if item is None and not key:
        raise OwnerError(not_listed(Look(conn, day), customer_id).message, _which(conn))
    chosen = choice(conn, item, key, offer)
    refuse_marketing(customer, chosen)
    written = draft(
        conn, customer_id, chosen.message, channel=by or chosen.channel, day=day, offer=chosen.offer,
        tongue=_tongue(chosen.message, tongue),
    )
    served = item is not None and item.playbook.serves and item.doing.template == chosen.message.key
    held = not served and bool(tests.numbers_of(conn, held_out(day), [customer_id]))
    return replace(written, left_in_peace=held)


def choice(conn: sqlite3.Connection, item: Item | None, key: str = "", offer: str | None = None) -> Choice:
    """The message of a key or title, or that of the line's step; `OwnerError` if there is none in use."""
    doing = None if item is None else item.doing
    if not key and doing is not None and not doing.template:
        raise OwnerError(
            _("The present step has no message: {step}").format(step=doing.title), _which(conn)
        )
    found = message_named(conn, key or (doing.template if doing else ""))
    channel = doing.channel if doing is not None and doing.channel in WRITTEN else WRITTEN[0]
    if item is not None and doing is not None and doing.template == found.key:
        given = item.playbook.offer if doing.offer else ""
        return Choice(found, doing.channel, given if offer is None else offer, doing.marketing)
    return Choice(found, channel, offer or "", bool(offer) or _is_marketing(conn, found.key))


def message_named(conn: sqlite3.Connection, name: str) -> Message:
    """The message of a key or title that is in use; `OwnerError` if it is none, off, or cannot be read."""
    from activetui.activity.reading.table_reading import did_you_mean

    wanted = name.strip().casefold()
    key = wanted.replace("-", "_").replace(" ", "_")
    rule: Rule[Message] | None = SHELF.rule(conn, key)
    if rule is None:
        rule = next((
            each for each in SHELF.rules(conn) if each.thing and each.thing.title.casefold() == wanted
        ), None)
    if rule is None:
        said = _("There is no message “{name}”").format(name=one_line(name))
        raise OwnerError(said + did_you_mean(key, SHELF.keys(conn)), _which(conn))
    if rule.thing is None:
        raise OwnerError(
            _("The message “{key}” cannot be read:").format(key=rule.key)
            + f"\n{rule.fault.message if rule.fault else ''}",
            _("activetui messages edit {key} mends it.").format(key=rule.key),
        )
    if not rule.in_use:
        raise OwnerError(
            _("The message “{title}” is off.").format(title=rule.thing.title),
            _("activetui messages on {key} puts it in use again.").format(key=rule.key),
        )
    return rule.thing


def refuse_contact(customer: Customer) -> None:
    """`OwnerError` for a customer who wants no contact."""
    if customer.do_not_contact:
        raise OwnerError(
            _("{name} does not want to be contacted.").format(name=_called(customer)),
            _("If they have changed their mind: activetui customer edit {id} --may-contact").format(
                id=customer.id
            ),
        )


def refuse_marketing(customer: Customer, chosen: Choice) -> None:
    """`OwnerError` for marketing to a customer who has not agreed to it."""
    if chosen.marketing and not customer.consent:
        raise OwnerError(
            _("This message is marketing, and {name} has not agreed to that.").format(name=_called(customer)),
            _("If they have: activetui customer edit {id} --consent yes").format(id=customer.id),
        )


def _is_marketing(conn: sqlite3.Connection, key: str) -> bool:
    """Whether all steps that have the message are marketing, and there is one."""
    steps = [step for plan in playbooks(conn) for step in plan.steps if step.template == key]
    return bool(steps) and all(step.marketing for step in steps)


def _tongue(message: Message, wanted: str) -> str:
    code, sign, land = wanted.strip().replace("-", "_").partition("_")
    tongue = f"{code.lower()}{sign}{land.upper()}"
    for each in (tongue, code.lower()):
        if not each or each in message.letters:
            return each
    raise UsageError(
        _("The message “{key}” is not written in “{language}”.").format(
            key=message.key, language=one_line(wanted)
        ),
        _("It is written in: {languages}.").format(languages=", ".join(message.letters)),
    )


def _which(conn: sqlite3.Connection) -> str:
    keys = ", ".join(each.key for each in messages(conn))
    return _("Name a message with --message: {keys}").format(keys=keys)


def _called(customer: Customer) -> str:
    return customer.name or customer.company or customer.email or f"#{customer.id}"
