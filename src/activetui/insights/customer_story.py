"""What a customer's events say together: month by month, product by product, gap by gap.

Plain functions over the events of one customer, so that a screen, a table and a file tell the same figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from activetui.activity.status import Status
from activetui.ledger.days import Day, is_bounded, to_date, to_day
from activetui.ledger.kinds import Kind
from activetui.ledger.records import LineRecord
from activetui.store.events import EventRow

Span = tuple[Status, Day, Day]
"""A status and the days `[start, end)` on which it holds."""


@dataclass(slots=True)
class Favourite:
    """One product, as one customer buys it."""

    product: str
    days: int = 0
    """On how many days it was bought."""
    quantity: float = 0
    """How many pieces; a line that says no number is one."""
    spend: int = 0
    """Minor units of the store's currency, by the order lines; without lines, what the purchase brought."""
    first: Day = 0
    last: Day = 0


@dataclass(slots=True)
class Month:
    """One month of a customer's story."""

    first: Day
    """The first day of the month."""
    status: Status | None
    """At the end of the month, or on the day looked at; None where there is nothing to say."""
    changes: list[tuple[Day, Status]] = field(default_factory=list)
    """The days on which another status began."""
    purchases: int = 0
    spend: int = 0
    """Minor units of the store's currency; refunds are taken off the purchase that they belong to."""
    others: int = 0
    """Events that are no purchase, or that do not count."""


def is_bought(event: EventRow) -> bool:
    """Whether the event is a purchase that counts."""
    return event.kind == Kind.PURCHASE and event.counts


def goods_of(event: EventRow) -> Sequence[LineRecord]:
    """What was bought: the order lines, or else the product that the event itself names."""
    if event.lines:
        return event.lines
    if not event.product:
        return ()
    return (LineRecord(event.product, event.quantity, amount=event.net),)


def favourites(events: Iterable[EventRow]) -> list[Favourite]:
    """The products of the purchases that count, those bought on most days first, then by money."""
    found: dict[str, Favourite] = {}
    days: dict[str, set[Day]] = {}
    for event in events:
        if not is_bought(event):
            continue
        for line in goods_of(event):
            if not line.product:
                continue
            one = found.setdefault(line.product, Favourite(line.product, first=event.day, last=event.day))
            one.quantity += 1 if line.quantity is None else line.quantity
            one.spend += _money(line) if event.net else 0
            one.first, one.last = min(one.first, event.day), max(one.last, event.day)
            days.setdefault(line.product, set()).add(event.day)
    for product, bought in days.items():
        found[product].days = len(bought)
    return sorted(found.values(), key=lambda one: (-one.days, -one.spend, one.product))


def months(events: Iterable[EventRow], spans: Sequence[Span], *, first: Day, last: Day) -> list[Month]:
    """Every month from that of `first` to that of `last`, the latest first; `last` is the day looked at."""
    found: dict[tuple[int, int], Month] = {}
    year, month = to_date(first).year, to_date(first).month
    while (begins := to_day(date(year, month, 1))) <= last:
        following = (year, month + 1) if month < 12 else (year + 1, 1)
        ends = min(to_day(date(*following, 1)) - 1, last)
        found[year, month] = Month(begins, status_on(spans, ends))
        year, month = following
    for event in events:
        when = to_date(event.day)
        in_month = found.get((when.year, when.month))
        if in_month is None or event.day > last:
            continue
        if is_bought(event):
            in_month.purchases += 1
            in_month.spend += event.net
        else:
            in_month.others += 1
    for status, start, _end in spans:
        if is_bounded(start) and start <= last:
            when = to_date(start)
            if (when.year, when.month) in found:
                found[when.year, when.month].changes.append((start, status))
    return list(found.values())[::-1]


def status_on(spans: Sequence[Span], day: Day) -> Status | None:
    """The status of a day; None where no span holds it."""
    return next((status for status, start, end in spans if start <= day < end), None)


def gaps(events: Iterable[EventRow]) -> dict[int, int]:
    """For each purchase that counts, by event number, the days since the purchase day before.

    The first purchase day has none; of several purchases on one day each has the same gap.
    """
    bought = [event for event in events if is_bought(event)]
    days = sorted({event.day for event in bought})
    before = dict(zip(days[1:], days, strict=False))
    return {event.id: event.day - before[event.day] for event in bought if event.day in before}


def _money(line: LineRecord) -> int:
    if line.amount is not None:
        return line.amount
    if line.unit_price is None:
        return 0
    return round(line.unit_price * (1 if line.quantity is None else line.quantity))
