"""What a message is: a subject and a text in several languages, with fields that are filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from activetui.locales import _

FIELDS = (
    "first_name", "name", "product", "last_visit", "offer", "sender", "business", "ends", "subscription",
    "years",
)
"""What can stand in braces."""


def field_words(field: str) -> str:
    """What a field is, in the language in use."""
    return {
        "first_name": _("how the customer is addressed"),
        "name": _("the full name, or the company"),
        "product": _("the product bought on most days"),
        "last_visit": _("the day of the last purchase or visit"),
        "offer": _("what you offer"),
        "sender": _("who signs: activetui config set sender NAME"),
        "business": _("your business's name: activetui config set business NAME"),
        "ends": _("the last day of the subscription"),
        "subscription": _("the product of the subscription"),
        "years": _("for how many years they have been a customer"),
    }.get(field, field)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message in one language; both texts still have their gaps."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message in the languages in which somebody has written it."""

    key: str
    title_source: str
    letters: Mapping[str, Letter]
    """By language (`pt`), or by language and country (`pt_BR`)."""

    @property
    def title(self) -> str:
        """What it is about, in the language in use."""
        return _(self.title_source)

    def __hash__(self) -> int:
        return hash((self.key, self.title_source))
