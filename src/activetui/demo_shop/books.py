"""The shop's papers: who wrote down what, and the numbers that each paper gives to its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from activetui.demo_shop.people import TILL, Person
from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord

NOTEBOOK = "Notebook"
NEWSLETTER = "Newsletter"
BOOKINGS = "Booking calendar"
SOURCES = (TILL, BOOKINGS, NEWSLETTER, NOTEBOOK)
"""In the order in which they are imported: the till knows the people."""


@dataclass(slots=True)
class Books:
    """Everything that was written down, by source."""

    events: dict[str, list[EventRecord]] = field(default_factory=lambda: {source: [] for source in SOURCES})
    refund_of: dict[int, EventRecord] = field(default_factory=dict)
    """The purchase that a refund gives back, by the identity of the refund."""

    def write(self, source: str, person: Person | None, kind: Kind, day: Day, **fields: Any) -> EventRecord:
        """Write one event down; the business knew of it on its day unless `recorded` says otherwise."""
        customer = None if person is None else person.record
        fields.setdefault("recorded", day)
        event = EventRecord(int(kind), day, "", customer=customer, **fields)
        self.events[source].append(event)
        return event

    def give_back(self, purchase: EventRecord, day: Day, amount: int, note: str) -> None:
        """A refund of a purchase."""
        refund = EventRecord(
            int(Kind.REFUND), day, "", customer=purchase.customer, amount=amount, currency=purchase.currency,
            note=note, recorded=day,
        )
        self.events[TILL].append(refund)
        self.refund_of[id(refund)] = purchase

    def number(self) -> None:
        """Sort each paper by day; give every row its key, and refunds the number of their order.

        The shop entered everything on the day on which it knew.
        """
        for events in self.events.values():
            events.sort(key=lambda event: (event.day, event.time))
            counts: dict[str, int] = {}
            for line, event in enumerate(events, 2):
                word = Kind(event.kind).word
                counts[word] = counts.get(word, 0) + 1
                event.key = f"{word}:{_prefix(word)}{counts[word]:04d}"
                event.line = line
                event.entered = event.day if event.recorded is None else event.recorded
        for events in self.events.values():
            for event in events:
                if id(event) in self.refund_of:
                    event.order_ref = self.refund_of[id(event)].key.partition(":")[2]


def _prefix(word: str) -> str:
    return "T" if word == "purchase" else ""
