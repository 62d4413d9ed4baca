"""The words of the Timeline screen: who it is, and how the customer buys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from activetui.activity.words import status_word, type_word
from activetui.ledger.days import is_bounded
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
from activetui.tui.card import Card
from activetui.tui.cells import shorten
from activetui.tui.commands import key_of
from activetui.tui.list_place import ListPlace
from activetui.tui.people import display_name
from activetui.tui.widgets.status_band import EXPECTED
from activetui.tui.words import status_label, status_style

if TYPE_CHECKING:
    from activetui.store.listing.subscription_years import Subscription


def head_content(card: Card, width: int, place: ListPlace | None = None) -> Content:
    """Name and status on the first line; how to reach the customer, types and tags on the second.

    `place` is where the customer stands in the list that one came from.
    """
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
    where = "" if place is None else _place_words(place)
    second = shorten(" · ".join(_particulars(card)), width - cell_len(where) - 2)
    second += " " * (width - cell_len(second) - cell_len(where)) + where
    colour = f"bold {status_style(card.receipt.status)}"
    return Content.assemble((name, "bold"), blanks, (status, colour), "\n", (second, "$quiet"))


def _place_words(place: ListPlace) -> str:
    return _("{n} of {total}").format(n=format_number(place.at + 1), total=format_number(place.total))


def _particulars(card: Card) -> list[str]:
    customer = card.customer
    parts = [customer.email, customer.phone, customer.company, customer.city, customer.country]
    if customer.do_not_contact:
        parts.insert(0, _("DO NOT CONTACT"))
    parts += [type_word(word) for word in card.person.types]
    if customer.tags:
        parts.append(_("tags: {tags}").format(tags=", ".join(customer.tags)))
    return [one_line(part) for part in parts if part]


def buying_content(card: Card, subscribed: Sequence[Subscription] = ()) -> Content:
    """How often, when next, how much; and what is paid for subscriptions, which is no purchase."""
    person, day = card.person, card.day
    paid = ""
    if subscribed:
        from activetui.reactivation.ranking.subscription_words import year_words

        paid = year_words(subscribed, person.currency)
    if not person.purchases:
        nothing = (_("No purchase yet."), "$quiet")
        return Content.assemble(nothing, f" {paid}") if paid else Content.assemble(nothing)
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
            EXPECTED + " " + _("next expected {day} ({distance})").format(
                day=format_day(person.next_expected), distance=relative_day(person.next_expected, day)
            )
        )
    last_year = format_money(person.year_spend, person.currency)
    words.append(_("{amount} in the last year").format(amount=last_year))
    if paid:
        words.insert(1, paid)
    return Content(" · ".join(words))


def nothing_words(panel: str) -> str:
    """Why a list is empty, and what to do."""
    return {
        "events": _("Nothing has happened yet. {key} writes down what does.").format(
            key=key_of("timeline.add")
        ),
        "products": _("No purchase names a product."),
        "tasks": _("No step was given yet. {key} begins a playbook that wins this customer back.").format(
            key=key_of("timeline.enrol")
        ),
    }.get(panel, _("Nothing to show."))
