"""What reads a file of each meaning (`columns.system.MEANINGS`); only that is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from activetui.importing.deciding.understand import Understanding
from activetui.importing.tables.table import Left
from activetui.importing.telling.found import Found
from activetui.ledger.records import CustomerRecord, EventRecord, PaidPurchases, Refusal

Record = EventRecord | CustomerRecord | Refusal


class Reader(Protocol):
    """Makes the records of one file, once."""

    def parts(self) -> Iterator[Record | PaidPurchases]:
        """Every record, as the rows come; plain purchases many at a time."""


def reader_of(understood: Understanding, found: Found, left: Left, *, gather: bool) -> Reader:
    """The reader of a file; `gather` is `FileReading.gather`."""
    match understood.meaning:
        case "purchases":
            from activetui.importing.records.purchases import PurchaseReader

            return PurchaseReader(understood, found, left, gather=gather)
        case "movements":
            from activetui.importing.records.movements import MovementReader

            return MovementReader(understood, found, left)
        case "visits":
            from activetui.importing.records.visits import VisitReader

            return VisitReader(understood, found, left)
        case "subscriptions":
            from activetui.importing.records.subscriptions import SubscriptionReader

            return SubscriptionReader(understood, found, left)
        case "native":
            from activetui.importing.records.native import NativeReader

            return NativeReader(understood, found, left)
    return _of_people(understood, found, left)


def _of_people(understood: Understanding, found: Found, left: Left) -> Reader:
    match understood.meaning:
        case "customers":
            from activetui.importing.records.lists import ListReader

            return ListReader(understood, found, left)
        case "contacts":
            from activetui.importing.records.contactbooks import ContactBookReader

            return ContactBookReader(understood, found, left)
        case "newsletter":
            from activetui.importing.records.newsletters import NewsletterReader

            return NewsletterReader(understood, found, left)
        case "reviews":
            from activetui.importing.records.opinions import OpinionReader

            return OpinionReader(understood, found, left)
        case "tickets":
            from activetui.importing.records.tickets import TicketReader

            return TicketReader(understood, found, left)
        case "referrals":
            from activetui.importing.records.referrals import ReferralReader

            return ReferralReader(understood, found, left)
        case "loyalty":
            from activetui.importing.records.loyalty import LoyaltyReader

            return LoyaltyReader(understood, found, left)
    raise ValueError(understood.meaning)
