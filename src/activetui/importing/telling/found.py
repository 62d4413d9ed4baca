"""What was found in a file, counted while its rows become records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from activetui.ledger.settlement import VOID_STATES


@dataclass(slots=True)
class Found:
    """Counts and sums of one file."""

    customers: int = 0
    orders: int = 0
    lines: int = 0
    purchases: int = 0
    """Paid orders, also those refunded later."""
    partly_paid: int = 0
    """Sales of which only a part counts, as no more of them is paid."""
    partly_paid_whole: int = 0
    """Sales that are paid in part and count as a whole, as nothing says how much is paid."""
    refunds: int = 0
    """Refunds as rows of their own, and purchases of which something was given back."""
    visits: int = 0
    subscriptions: int = 0
    contacts: int = 0
    not_counted: int = 0
    """Orders, visits and bookings that did not take place: cancelled, failed, unpaid, not yet paid."""
    others: Counter[str] = field(default_factory=Counter)
    """Events of other kinds, by their word."""
    total: Counter[str] = field(default_factory=Counter)
    """What customers paid in the purchases that count, by currency, in minor units."""
    refunded: Counter[str] = field(default_factory=Counter)
    stated_spend: int | None = None
    """What a list of customers says they have spent in all: a hint, no purchases."""
    first_day: Day = FAR_FUTURE
    last_day: Day = FAR_PAST
    future: int = 0
    """Purchases and visits dated after today."""
    walk_ins: int = 0
    unsubscribed: int = 0
    """People who said that they want no newsletter (any more)."""
    assumed_starts: int = 0
    """Subscriptions that are taken to begin on the day of joining, since no column tells their own."""
    without_end: int = 0
    """Subscriptions that are over, or paused, without a column that tells since when."""
    closed_without_day: int = 0
    """Complaints that are closed without a day on which they were solved."""
    classes: Counter[str] = field(default_factory=Counter)
    """Rows that are no sale of the business, by their class: fees, payouts, carts, drafts."""
    sums: dict[int, int] = field(default_factory=dict)
    """What each column of money adds up to over the rows of the file, by its place, in minor units."""
    states: dict[str, int] = field(default_factory=dict)
    """Words for a state that nobody knows, with how many rows."""
    lost_phones: list[int] = field(default_factory=list)
    """Lines on which a spreadsheet has destroyed a telephone number."""
    mismatched_totals: list[tuple[int, str, str, str]] = field(default_factory=list)
    """Total rows that do not add up: line, column, what stands there, what the rows give."""

    def day(self, day: Day) -> None:
        """Note a day that stands in the file."""
        if day < self.first_day:
            self.first_day = day
        if day > self.last_day:
            self.last_day = day

    def add(self, event: EventRecord, word: str, today: Day) -> None:
        """Count one event; `word` is its kind's."""
        self.day(event.day)
        if event.customer is None:
            self.walk_ins += 1
        kind = event.kind
        if kind == Kind.PURCHASE:
            self._purchase(event, today)
        elif kind == Kind.REFUND:
            if event.state in VOID_STATES:
                self.not_counted += 1
            else:
                self.refunds += 1
                self.refunded[event.currency] += abs(event.amount or 0)
        elif event.state in VOID_STATES:
            self.not_counted += 1
        elif kind in (Kind.VISIT, Kind.BOOKING):
            self.visits += 1
        elif kind == Kind.SUBSCRIPTION:
            self.subscriptions += 1
        elif kind == Kind.CONTACT:
            self.contacts += 1
        else:
            self.others[word] += 1

    def leave_out(self, event: EventRecord, name: str) -> None:
        """Take back the counting of a purchase or a refund that is not taken after all, of class `name`."""
        self.classes[name] += 1
        if event.customer is None:
            self.walk_ins -= 1
        if event.state in VOID_STATES:
            self.not_counted -= 1
        elif event.kind == Kind.REFUND:
            self.refunds -= 1
            self.refunded[event.currency] -= abs(event.amount or 0)
        else:
            self.purchases -= 1
            self.total[event.currency] -= event.amount or 0
            self.refunds -= int(bool(event.refunded))
            self.refunded[event.currency] -= event.refunded

    def _purchase(self, event: EventRecord, today: Day) -> None:
        if event.state in VOID_STATES:
            self.not_counted += 1
            return
        self.purchases += 1
        if event.day > today:
            self.future += 1
        if event.amount:
            self.total[event.currency] += event.amount
        if event.refunded:
            self.refunds += 1
            self.refunded[event.currency] += event.refunded
