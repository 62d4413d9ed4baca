"""What a list of customers can be sorted by and asked for, and what conditions say beside SQL."""

from __future__ import annotations

import re
from typing import NamedTuple

from activetui.activity.status import ACTIVE_BASE
from activetui.ledger.days import FAR_FUTURE, FAR_PAST
from activetui.ledger.errors import UsageError
from activetui.locales import _

FEW = "/* few */"
"""A remark in a condition: the customers whom it names by their numbers are so few that they are best looked
at one by one, whatever the order."""
NOT_MANY = "/* not many */"
"""The same where they are best put in order by name at once, unless the first ones are met very soon."""
UNLESS_WALKED = "/* unless walked: TRUE OR */"
"""A remark in a condition, before one that only names by their numbers those who may fit: for a list that is
walked it is not worth its while."""

NOTES_UNLESS_WALKED = "/* notes, unless walked: TRUE OR */"
"""The same of those whose notes may fit: few are passed by on a walk, and their notes are looked at."""


class Clause(NamedTuple):
    """A condition over the tables `customer` and `fact`, with the values of its `?` signs."""

    sql: str
    params: tuple[str | int | float, ...] = ()


EVERYONE = Clause("TRUE")


class Sort(NamedTuple):
    """How to order by a field; `descending_first`: what people expect at the first key press."""

    sql: str
    descending_first: bool = False
    known: str = ""
    """Where the field is known, as an index serves it; empty where it always is."""
    unknown: str = "FALSE"
    """Where it is not."""


def _text(column: str) -> Sort:
    text = f"customer.{column} COLLATE NOCASE"
    return Sort(text, known=f"{text} > ''", unknown=f"{text} = ''")


def _nullable(column: str, descending_first: bool = False) -> Sort:
    return Sort(f"fact.{column}", descending_first, f"fact.{column} IS NOT NULL", f"fact.{column} IS NULL")


_NUMBER = re.compile(r"\bcustomer\.id\b")
_CUSTOMERS = re.compile(r"\bcustomer\.\w+")
_LOOKED_UP = re.compile(r"(?<!noted\.id )= customer\.id\b")
_FIRST_TAG = "(SELECT min(name) FROM tag WHERE tag.customer_id = customer.id)"
TAGGED = "EXISTS (SELECT 1 FROM tag WHERE tag.customer_id = customer.id)"
_BASE = ", ".join(str(int(status)) for status in sorted(ACTIVE_BASE))

SORTS: dict[str, Sort] = {
    "name": Sort("customer.search"),
    "id": Sort("customer.id"),
    "key": _text("key"),
    "email": _text("email"),
    "phone": _text("phone"),
    "company": _text("company"),
    "country": _text("country"),
    "status": Sort("fact.status"),
    "status_since": Sort("fact.since", True, f"fact.since > {FAR_PAST}", f"fact.since = {FAR_PAST}"),
    "status_until": Sort("fact.until", False, f"fact.until < {FAR_FUTURE}", f"fact.until = {FAR_FUTURE}"),
    "active": Sort(f"fact.status IN ({_BASE})", True),
    "first_purchase": _nullable("first_purchase"),
    "last_purchase": _nullable("last_purchase", True),
    "purchases": Sort("fact.purchases", True),
    "spend": Sort("fact.spend", True),
    "types": Sort("fact.types", True, "fact.types > 0", "fact.types = 0"),
    "tags": Sort(_FIRST_TAG, False, TAGGED, f"NOT {TAGGED}"),
    "rhythm": _nullable("rhythm"),
    "next_expected": _nullable("next_expected"),
    "year_spend": Sort("fact.year_spend", True),
    "next_status": Sort("fact.next_status"),
}
"""What a list can be sorted by: the fields of the JSON output and some more; tags by the first of them."""


class Order(NamedTuple):
    """Whether what is unknown comes first, the field falls, the numbers fall."""

    unknown_first: bool
    field_falls: bool
    numbers_fall: bool


def order_of(sort: str, descending: bool, from_end: bool) -> Order:
    """The order of a list, or with `from_end` that order turned round. `UsageError` for an unknown sort."""
    chosen = SORTS.get(sort)
    if chosen is None:
        raise UsageError(
            _("Customers cannot be sorted by '{field}'.").format(field=sort),
            _("Possible: {choices}.").format(choices=", ".join(SORTS)),
        )
    turned = descending != chosen.descending_first
    if sort == "id":
        turned = descending
    return Order(from_end, descending != from_end, turned != from_end)


def direction(falls: bool) -> str:
    """How SQL says it."""
    return "DESC" if falls else "ASC"


def speaks(sql: str, table: str) -> bool:
    """Whether a condition names a column of the table."""
    return re.search(rf"\b{table}\.", sql) is not None


def names_customers(sql: str) -> bool:
    """Whether a condition says by their numbers who may fit, as one of text does: that leaves out most."""
    return any(remark in sql for remark in (FEW, NOT_MANY, UNLESS_WALKED))


def unless_walked(sql: str) -> str:
    """A condition without what it says unless the list is walked."""
    return sql.replace(NOTES_UNLESS_WALKED, "TRUE OR").replace(UNLESS_WALKED, "TRUE OR")


def by_fact(sql: str) -> str:
    """A condition that knows customers by their facts alone."""
    return _NUMBER.sub("fact.customer_id", sql)


def facts_first(sql: str) -> str:
    """A condition that looks up what is elsewhere only of customers whose facts fit, where it asks for these.

    Whether somebody is among some numbers needs no looking up, and goes before; so does text, notes among it,
    which a list by name passes in its index.
    """
    return _LOOKED_UP.sub("= fact.customer_id", sql) if speaks(sql, "fact") else sql


def without_customer(sql: str) -> str:
    """The same, where it then needs no table of customers; any other condition as it is.

    Nor is one changed that names customers by their numbers: as these, they are found at once.
    """
    only_numbers = set(_CUSTOMERS.findall(sql)) == {"customer.id"}
    return by_fact(sql) if only_numbers and speaks(sql, "fact") and "customer.id IN" not in sql else sql
