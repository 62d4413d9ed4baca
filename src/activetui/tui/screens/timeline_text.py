"""The words of the Timeline screen: who it is, and how the customer buys."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from activetui.activity.status import Status
from activetui.activity.words import status_word, type_word
from activetui.ledger.days import FAR_FUTURE, Day, is_bounded
from activetui.ledger.kinds import Kind
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import (
    days_words,
    format_day,
    format_day_short,
    format_money,
    format_number,
    relative_day,
)
from activetui.store.events import EventRow
from activetui.tui.card import Card, Life
from activetui.tui.cells import shorten
from activetui.tui.people import display_name
from activetui.tui.words import status_label, status_style

Span = tuple[Status, Day, Day]


def head_content(card: Card, width: int) -> Content:
    """Name and status on the first line; how to reach the customer, types and tags on the second."""
    receipt = card.receipt
    status = status_label(receipt.status)
    if is_bounded(receipt.since):
        since = format_day_short(receipt.since, card.day)
        status = _("{status} since {day}").format(status=status, day=since)
    if receipt.flips_on is not None and is_bounded(receipt.flips_on):
        turns = _("{status} on {day}").format(
            status=status_word(receipt.next_status), day=format_day_short(receipt.flips_on, card.day)
        )
        status = f"{status} · {turns}"
    status = shorten(status, width * 2 // 3)
    name = shorten(display_name(card.customer), max(10, width - cell_len(status) - 2))
    blanks = " " * max(2, width - cell_len(name) - cell_len(status))
    second = shorten(" · ".join(_particulars(card)), width)
    colour = f"bold {status_style(card.receipt.status)}"
    return Content.assemble((name, "bold"), blanks, (status, colour), "\n", (second, "$quiet"))


def _particulars(card: Card) -> list[str]:
    customer = card.customer
    parts = [customer.email, customer.phone, customer.company, customer.city, customer.country]
    if customer.do_not_contact:
        parts.insert(0, _("DO NOT CONTACT"))
    parts += [type_word(word) for word in card.person.types]
    if customer.tags:
        parts.append(_("tags: {tags}").format(tags=", ".join(customer.tags)))
    return [one_line(part) for part in parts if part]


def buying_content(card: Card) -> Content:
    """How often, when next, how much."""
    person, day = card.person, card.day
    if not person.purchases:
        return Content.styled(_("No purchase yet."), "$quiet")
    parts = [
        ngettext("{n} purchase", "{n} purchases", person.purchases).format(n=format_number(person.purchases)),
        format_money(person.spend, person.currency),
    ]
    if person.first_purchase is not None:
        parts.append(_("since {day}").format(day=format_day(person.first_purchase)))
    words = [" ".join(parts)]
    if person.rhythm is not None:
        words.append(_("usually every {days}").format(days=days_words(max(1, round(person.rhythm)))))
    if person.next_expected is not None:
        words.append(
            _("next expected {day} ({distance})").format(
                day=format_day(person.next_expected), distance=relative_day(person.next_expected, day)
            )
        )
    last_year = format_money(person.year_spend, person.currency)
    words.append(_("{amount} in the last year").format(amount=last_year))
    return Content(" · ".join(words))


def band_spans(life: Life, today: Day) -> list[Span]:
    """The status over time as it was known on the card's day.

    What came after an earlier day is left out: there the receipt says what would have come.
    """
    day, receipt = life.card.day, life.card.receipt
    spans = [(span.status, span.start, span.end) for span in life.spans]
    if day >= today:
        return spans
    known = [(status, start, min(end, day + 1)) for status, start, end in spans if start <= day]
    until = receipt.until if is_bounded(receipt.until) else FAR_FUTURE
    known.append((receipt.status, day + 1, until))
    if until < FAR_FUTURE:
        known.append((receipt.next_status, until, FAR_FUTURE))
    return known


def purchases(events: Sequence[EventRow]) -> list[tuple[Day, int]]:
    """The purchases that count, each with what remains of it; a free one is still seen."""
    bought = (event for event in events if event.kind == Kind.PURCHASE and event.counts)
    return [(event.day, max(1, event.net)) for event in bought]


def first_day(life: Life) -> Day:
    """The day from which there is something to draw."""
    events = life.card.events
    return min((event.day for event in events), default=life.card.day)
