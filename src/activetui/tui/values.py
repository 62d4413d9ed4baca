"""What can be copied from a screen: whole values, however little of them is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from activetui.ledger.text import one_line
from activetui.locales import _

if TYPE_CHECKING:
    from activetui.store.listing.people import Person


class Value(NamedTuple):
    """Something that can be copied."""

    title: str
    """What it is, already translated."""
    text: str
    """All of it."""


def known(values: Iterable[Value]) -> list[Value]:
    """Those that say something, each text once."""
    found: dict[str, Value] = {}
    for value in values:
        text = one_line(value.text).strip()
        if text.strip("–…"):
            found.setdefault(text, Value(value.title, text))
    return list(found.values())


def values_of(person: Person) -> list[Value]:
    """What of a customer is worth copying, the most wanted first."""
    return [
        Value(_("name"), person.name), Value(_("e-mail"), person.email), Value(_("phone"), person.phone),
        Value(_("company"), person.company), Value(_("id that the source gave"), person.key),
        Value(_("number in ActiveTUI"), str(person.id)), Value(_("tags"), ", ".join(person.tags)),
    ]
