"""Newsletter lists: who is on them, who agreed to mail, who left, who pays for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from activetui.importing.deciding.understand import Understanding
from activetui.importing.records.eventrows import EventReader, OneRow, Record
from activetui.importing.records.marks import Marks
from activetui.importing.records.subscriptions import Subscriptions
from activetui.importing.tables.table import Left
from activetui.importing.telling.found import Found
from activetui.importing.values.people_words import meaning_of_word
from activetui.importing.values.words import consent_of
from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.ledger.records import CustomerRecord, EventRecord, Refusal
from activetui.locales import _

_FLAGS = {"yes": True, "left": False, "unreachable": False}
_PAYING = ("active_subscription", "subscription_start", "subscription_end", "plan", "until")


class NewsletterReader(EventReader):
    """Makes the people of one newsletter list.

    Whoever left is told by an event of the day, where the list knows it. Where it is not known, only the
    consent is taken back: nothing is dated by guess. A list that also knows who pays makes subscriptions.
    """

    def __init__(self, understood: Understanding, found: Found, left: Left) -> None:
        super().__init__(understood, found, left)
        self._people = Marks()
        self._whole = understood.system is not None and understood.system.whole_list
        self._paying = Subscriptions(self) if self.layout.has(*_PAYING) else None

    def made(self, row: OneRow) -> Iterator[Record]:
        """The person of a row, the day on which they left, the subscription that they pay for."""
        if row.customer is None:
            yield Refusal(row.line, _("nothing in the row tells who the customer is"), tuple(row.cells))
            return
        day = self.day("unsubscribed_at", row)
        word = self._word(row)
        row.customer = customer = self._person(row.customer, self._consent(row, word, day))
        if self._people.add(hash(customer.identities[:1])):
            self.found.contacts += 1
            self.found.unsubscribed += customer.consent is False and word != "unreachable"
            if word == "unreachable":
                self.found.others["unreachable"] += 1
        made = [*self._left(row, day), *(self._paying.made(row) if self._paying else ())]
        yield from made or [customer]

    def _word(self, row: OneRow) -> str:
        """What the list says of the address: `yes`, `left`, `unreachable`, `unknown`, or nothing."""
        cell = self.text("consent", row)
        known = meaning_of_word("consent", cell) if cell else ""
        if not known and (answer := consent_of(cell)) is not None:
            return "yes" if answer else "left"
        return known

    def _consent(self, row: OneRow, word: str, left: Day | None) -> bool | None:
        """Whether the person agreed to mail; None where the list does not say so.

        A day of unsubscribing, or a yes in a column against mail, outweighs all else; a day of consent is a
        yes where no other column says more.
        """
        if left is not None or self.flag("no_consent", row):
            return False
        if word:
            return _FLAGS.get(word)
        if self.flag("no_consent", row) is False and not self.layout.has("consent"):
            return True
        return True if self.text("consent_date", row) and not self.layout.has("consent") else None

    def _person(self, customer: CustomerRecord, consent: bool | None) -> CustomerRecord:
        """The record with its consent; in a list that always holds everyone, known there by the address."""
        signs = customer.identities
        if self._whole and customer.email and signs[:1] != (("id", customer.email),):
            signs = (("id", customer.email), *signs)
        if customer.consent == consent and signs == customer.identities:
            return customer
        return replace(customer, consent=consent, identities=signs)

    def _left(self, row: OneRow, day: Day | None) -> Iterator[EventRecord]:
        if day is not None:
            yield self.counted(EventRecord(
                int(Kind.NEWSLETTER), day, self.key("newsletter", "", "unsubscribe", day, row.who),
                row.customer, action="unsubscribe", channel="email",
                note=self.text("unsubscribe_reason", row), line=row.line,
            ), "newsletter")
