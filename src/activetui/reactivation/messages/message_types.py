"""What a message is: a subject and a text in several languages, with fields that are filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from activetui.locales import N_, _

FIELDS: dict[str, str] = {
    "first_name": N_("how the customer is addressed"),
    "name": N_("the full name, or the company"),
    "product": N_("the product bought on most days"),
    "last_visit": N_("the day of the last purchase or visit"),
    "offer": N_("what the playbook offers"),
    "sender": N_("who writes: the setting `sender`"),
    "business": N_("the business's name: the setting `business`"),
    "ends": N_("the last day of the subscription"),
    "subscription": N_("the product of the subscription"),
    "years": N_("for how many years they have been a customer"),
}
"""What can stand in braces, and what it is (in English; translated where it is shown)."""


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
