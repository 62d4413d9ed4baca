"""What a customer buys, and month by month, as `customer show` tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from activetui.cli.customer.page import CustomerPage
from activetui.cli.output import width
from activetui.insights.customer_story import Favourite, Month, favourites, months
from activetui.ledger.days import iso
from activetui.ledger.money import plain
from activetui.ledger.text import one_line
from activetui.locales import _, ngettext
from activetui.locales.formats import format_day, format_money, format_month, format_number

_PRODUCTS, _MONTHS = 5, 6
"""Products and months that a person sees; the other formats give all."""


def story_row(page: CustomerPage) -> dict[str, Any]:
    """Products and months under the names of the JSON contract."""
    currency = page.person.currency
    return {
        "favourites": [
            {
                "product": one.product, "days": one.days, "quantity": one.quantity,
                "spend": plain(one.spend, currency), "first": iso(one.first), "last": iso(one.last),
            }
            for one in favourites(page.events)
        ],
        "months": [
            {
                "month": iso(one.first), "status": None if one.status is None else one.status.word,
                "purchases": one.purchases, "spend": plain(one.spend, currency), "others": one.others,
            }
            for one in _months(page)
        ],
    }


def story_lines(page: CustomerPage) -> Iterator[str]:
    """What is bought most often, and the latest months with a purchase, each under its title."""
    products = favourites(page.events)
    if products:
        yield ""
        yield _("Bought most often")
        yield from _table(_product(one, page.person.currency) for one in products[:_PRODUCTS])
        yield from _more(_("… and {n} others"), len(products) - _PRODUCTS)
    bought = [month for month in _months(page) if month.purchases]
    if bought:
        yield ""
        yield _("Months with a purchase, the latest first")
        yield from _table(_month(one, page.person.currency) for one in bought[:_MONTHS])
        yield from _more(_("… and {n} earlier"), len(bought) - _MONTHS)


def _months(page: CustomerPage) -> list[Month]:
    if not page.events:
        return []
    spans = [(span.status, span.start, span.end) for span in page.spans]
    return months(page.events, spans, first=min(event.day for event in page.events), last=page.day)


def _product(one: Favourite, currency: str) -> tuple[str, ...]:
    return (
        one_line(one.product), _("{n} ×").format(n=format_number(one.days)),
        format_money(one.spend, currency), _("last on {day}").format(day=format_day(one.last)),
    )


def _month(one: Month, currency: str) -> tuple[str, ...]:
    count = ngettext("{n} purchase", "{n} purchases", one.purchases).format(n=format_number(one.purchases))
    return format_month(one.first), count, format_money(one.spend, currency)


def _table(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Rows under each other, the first cell to the left, figures to the right."""
    rows = list(rows)
    rooms = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        gaps = [" " * (room - width(cell)) for cell, room in zip(row, rooms, strict=True)]
        figures = [f"{gap}{cell}" for cell, gap in zip(row[1:], gaps[1:], strict=True)]
        yield "  " + "  ".join([f"{row[0]}{gaps[0]}", *figures])


def _more(words: str, number: int) -> Iterator[str]:
    if number > 0:
        yield "  " + words.format(n=format_number(number))
