"""What the rows of a file tell: purchases, visits, or only who the customers are."""

from __future__ import annotations

from collections.abc import Sequence

from activetui.importing.asking.questions import Question, map_option
from activetui.importing.columns.by_contents import is_written_as_money, other_amounts
from activetui.importing.columns.column import Column, Layout
from activetui.importing.columns.contents import Contents
from activetui.importing.columns.people_meaning import people_meaning
from activetui.importing.columns.synonyms import meanings
from activetui.importing.columns.vocabulary import IGNORE, WHAT, WHO
from activetui.ledger.text import one_line
from activetui.locales import _

_BOUGHT = ("order_id", "product", "quantity", "unit_price")
_PAID = ("amount", "order_total")
_NEXT_BEST = ("paid_at", "shipped_at", "booked_at", "due_date")
"""Days that may be near enough to that of a sale."""
_WRITTEN = ("email", "note", "subject", "review_text", "state", "customer_since")
"""Fields that a form filled in by somebody has as well, with its day and time."""
_TWO = 2
_UNFIT = 0.3
"""How sure a column is that is not used because its cells do not fit its heading."""
_MONEY = ("amount", "unit_price", "subtotal", "paid_so_far", "refunded", "row_class")
_AGGREGATES = ("total_spent", "orders_count", "first_visit", "last_visit")


def meaning_of(layout: Layout, contents: Sequence[Contents]) -> tuple[str, list[Question]]:
    """One of `columns.system.MEANINGS`, and what must be asked before that is certain."""
    who, what = layout.has(*WHO), layout.has(*WHAT)
    told = people_meaning(layout)
    if told:
        return told, []
    if layout.has("visit_date") and not layout.has("date"):
        lines = layout.has("amount", "order_total") and layout.has("quantity", "unit_price", "order_total")
        return ("purchases" if lines else "visits"), []
    if _is_diary(layout, contents):
        return "visits", []
    if layout.has("date") and what:
        return "purchases", []
    if layout.has("date") and who:
        return _dated_customers(layout)
    if who and layout.has(*_BOUGHT) and not layout.has(*_AGGREGATES):
        return "purchases", [_which_date(layout, contents)]
    if who and layout.has(*_PAID) and layout.has(*_NEXT_BEST) and not layout.has(*_AGGREGATES):
        return "purchases", [_which_date(layout, contents)]
    if who:
        unread = _unread_days(layout, contents) if layout.has("amount") else []
        return ("purchases", [_unread_question(unread, contents)]) if unread else ("customers", [])
    return "customers", [_which_customer(layout)]


def _unread_days(layout: Layout, contents: Sequence[Contents]) -> list[Column]:
    """Columns whose headings promise the days of what was paid, and whose cells are not whole days."""
    return [
        column for column in layout.columns
        if column.field is None and column.confidence == _UNFIT and contents[column.index].filled
        and any(meaning.field in ("date", "visit_date") for meaning in meanings(column.name))
    ]


def _unread_question(unread: Sequence[Column], contents: Sequence[Contents]) -> Question:
    column = unread[0]
    why = _(
        "{column} should be the day, but {cell} is no whole day. If the rows are purchases, put day, month "
        "and year into that one column (31/12/2026) and import the file again. If each row is a customer, "
        "leave the column out."
    ).format(column=column.name, cell=one_line(contents[column.index].examples[0]))
    return Question("date", why, " ".join(map_option(one.name, IGNORE) for one in unread))


def _is_diary(layout: Layout, contents: Sequence[Contents]) -> bool:
    """Days of customers with a state that only an appointment can have, though they may name a price; or
    with a time or who serves, and no word of money."""
    if not layout.has("date") or layout.has("quantity", "sku", "order_total"):
        return False
    if layout.has("attended", "no_show") and not layout.has("order_id"):
        return True
    if layout.has("time") and layout.has(*WHO) and not layout.has(*_MONEY, *WHAT, *_WRITTEN):
        return True
    if layout.has("product", "state") and layout.has("time", "duration", "staff") and not layout.has(*_MONEY):
        return True
    return any(contents[place].appointment for place in layout.of("state"))


def amount_question(columns: Sequence[Column], contents: Sequence[Contents]) -> list[Question]:
    """Which of several columns of amounts is what customers paid, where no heading says so."""
    found = other_amounts(columns, contents)
    if len(found) == 1 and not is_written_as_money(contents[found[0].index]):
        name = one_line(found[0].name)
        why = _("No heading says what customers paid, and {column} holds whole numbers such as {cell}. Are "
                "they amounts, or something else, which is left out?")
        return [Question(
            "amount", why.format(column=name, cell=one_line(contents[found[0].index].examples[0])),
            f"{map_option(name, 'amount')} | {map_option(name, IGNORE)}",
        )]
    if len(found) < _TWO:
        return []
    names = ", ".join(one_line(column.name) for column in found)
    why = _("No heading says which column is what customers paid: {names}? What you choose is added up; the "
            "others are left out.").format(names=names)
    return [Question("amount", why, " | ".join(map_option(column.name, "amount") for column in found))]


def headless_question(columns: Sequence[Column]) -> Question:
    """The table has no headings: is what its cells look like what they are?"""
    options = [map_option(column.name, column.field or "ignore") for column in columns]
    return Question(
        "header",
        _("The file has no headings. What its columns seem to be is only a guess from their contents."),
        " ".join(options),
    )


def _dated_customers(layout: Layout) -> tuple[str, list[Question]]:
    """A date and a customer, nothing bought: a list of customers if it tells much of them, else ask."""
    place = layout.one("date")
    column = next(column for column in layout.columns if column.index == place)
    if column.confidence == 1.0:
        return "purchases", []
    options = " | ".join(map_option(column.name, field) for field in ("date", "visit_date", "customer_since"))
    why = _("Each row has a customer and a day ({column}), but not what happened: "
            "a purchase, a visit, or since when the customer is known?").format(column=column.name)
    return "purchases", [Question("meaning", why, options)]


def _which_date(layout: Layout, contents: Sequence[Contents]) -> Question:
    days = [column for column in layout.columns if contents[column.index].day >= 0.5]
    if days:
        names = ", ".join(column.name for column in days)
        option = " | ".join(map_option(column.name, "date") for column in days)
        why = _("The rows look like purchases. Which column is the day: {names}?").format(names=names)
        return Question("date", why, option)
    money = layout.one("amount")
    option = "--map COLUMN=date"
    if money is not None:
        option += " | " + map_option(layout.name_of(money), "total_spent")
    why = _("The rows look like purchases, but no column holds a day. "
            "A list of customers would say so of its amounts.")
    return Question("date", why, option)


def _which_customer(layout: Layout) -> Question:
    known = ", ".join(column.name for column in layout.columns if column.name)[:200]
    why = _("No column tells who the customers are. The columns: {names}.").format(names=known)
    return Question("customer", why, "--map COLUMN=name | --map COLUMN=email | --map COLUMN=customer_id")
