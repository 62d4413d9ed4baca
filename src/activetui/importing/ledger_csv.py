"""ActiveTUI's own CSV: what its columns are, and how a customer's signs stand in one cell.

A row is an event with its customer; `kind` says which (purchase if empty). A row without a day, or of kind
`customer`, only tells of the customer; a row of kind `line` is a line of the order above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from activetui.importing.columns.column import Column
from activetui.importing.columns.vocabulary import FIELDS, IGNORE
from activetui.locales import _

CUSTOMER, LINE = "customer", "line"
"""Words in `kind` that are no kind of event."""

_WHO = ("customer_id", "name", "email", "phone")
_FACT = (
    "date", "kind", "amount", "currency", "product", "quantity", "rating", "channel", "until", "order_id",
    "note", "time", "action", "nature", "state", "refunded", "recorded", "entered", "sku", "category",
    "unit_price", "source", "event_key",
)
_ABOUT = (
    "first_name", "company", "tax_id", "address", "city", "region", "postcode", "country", "language",
    "birthday", "history_from", "customer_note", "consent", "do_not_contact", "tags",
)

COLUMNS = (*_WHO, *_FACT, *_ABOUT, "identities", "extra")
"""Every column that an export writes, in its order; an import takes them in any order, all but the customer
and the day optional. Columns with other headings are kept beside the customer."""

CUSTOMER_COLUMNS = (*_WHO, *_ABOUT, "extra")
"""The columns that say who a customer is and what is known of them."""

_ALSO_READ = ("last_name", "order_total")


def native_columns(header: Sequence[str], said: Mapping[int, str]) -> list[Column]:
    """What the columns of a native file mean: what their headings say, or side facts of the customer."""
    columns = []
    taken: set[str] = set(said.values())
    for place, heading in enumerate(header):
        name = heading.strip().lower()
        if place in said:
            field: str | None = None if said[place] == IGNORE else said[place]
            columns.append(Column(place, heading, field, 1.0, _("you said so")))
        elif name in (*COLUMNS, *_ALSO_READ) and name in FIELDS and name not in taken:
            taken.add(name)
            columns.append(Column(place, heading, name, 1.0, _("ActiveTUI calls it so")))
        elif not name:
            columns.append(Column(place, heading, None, 1.0, _("not needed")))
        else:
            columns.append(Column(place, heading, "extra", 0.9, _("kept beside the customer")))
    return columns


def signs_to_text(signs: Iterable[tuple[str, str, str]]) -> str:
    """Signs (kind, source, value) by which a customer is matched, in one cell: `id@shop=85 | email=a@b.c`."""
    parts = []
    for kind, source, value in signs:
        where = f"{kind}@{_escaped(source)}" if source else kind
        parts.append(f"{where}={_escaped(value)}")
    return " | ".join(parts)


def signs_from_text(text: str) -> tuple[tuple[str, str], ...]:
    """What `signs_to_text` wrote, as a record's `identities`; parts that are none are left out."""
    found = []
    for part in text.split(" | "):
        where, equals, value = part.strip().partition("=")
        kind, at, source = where.partition("@")
        if equals and value and kind in ("id", "email", "phone", "tax", "name"):
            found.append((f"{kind}@{_plain(source)}" if at else kind, _plain(value)))
    return tuple(found)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("|", "%7C").replace("=", "%3D")


def _plain(text: str) -> str:
    return text.replace("%3D", "=").replace("%7C", "|").replace("%25", "%")
