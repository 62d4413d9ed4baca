"""What a batch keeps of how its file was read and what was found in it, as data."""

from __future__ import annotations

from typing import Any

from activetui.importing.columns.vocabulary import WHO
from activetui.importing.deciding.understand import Understanding
from activetui.importing.tables.grouped import GROUP
from activetui.importing.telling.found import Found
from activetui.ledger.days import iso
from activetui.ledger.money import plain
from activetui.store.imports.plans import StagedPlan

_FOUND = (
    "customers",
    "orders",
    "lines",
    "purchases",
    "refunds",
    "visits",
    "subscriptions",
    "contacts",
    "not_counted",
)


def counts_of(found: Found, staged: StagedPlan | None, currency: str) -> dict[str, Any]:
    """What a batch keeps of what was found and changed; sums in the `currency` of its file."""
    return {
        **figures_of(found, staged, currency),
        "first_date": iso(found.first_day),
        "last_date": iso(found.last_day),
    }


def assumptions_of(understood: Understanding) -> dict[str, Any]:
    """What a batch keeps of how its file was read, so that it can be checked later."""
    return {
        **shape_of(understood),
        **{f"{name}_why": why for name, why in whys_of(understood).items()},
        "columns": {column.name: column.field for column in understood.columns if column.field},
        "account": bool(understood.system and understood.system.account),
        "named_once": _names_once(understood),
        "fields": [column.field for column in sorted(understood.columns, key=lambda one: one.index)],
        "assumptions": assumed(understood),
    }


def _names_once(understood: Understanding) -> bool:
    """Whether a customer is written once for several rows: these would be somebody else's without it."""
    above, layout = understood.table.above, understood.layout
    return above is not None and (above.headed == GROUP or any(
        place in above.columns for name in WHO for place in layout.of(name)
    ))


def whys_of(understood: Understanding) -> dict[str, str]:
    """Why the file is read as it is, in the owner's language."""
    return {
        "encoding": understood.table.encoding.why,
        "delimiter": understood.table.dialect.why,
        "date_order": understood.decisions.of_days(understood.layout).why,
        "decimal_mark": understood.decisions.of_marks(understood.layout).why,
        "currency": understood.currency.why,
    }


def shape_of(understood: Understanding) -> dict[str, Any]:
    """What the file is and how it is written; None for what does not show in it."""
    table = understood.table
    return {
        "path": str(table.part.owner_path),
        "member": table.part.member or None,
        "system": understood.system.name if understood.system else None,
        "meaning": understood.meaning,
        "source": understood.source,
        "encoding": table.encoding.name,
        "delimiter": table.dialect.delimiter,
        "header_row": table.header_row,
        "date_order": understood.decisions.of_days(understood.layout).choice,
        "decimal_mark": understood.decisions.of_marks(understood.layout).choice,
        "currency": understood.currency.code,
    }


def assumed(understood: Understanding) -> list[dict[str, str]]:
    """What was decided without the file saying it outright."""
    return [{"about": one.about, "value": one.value, "why": one.why} for one in understood.assumptions]


def figures_of(found: Found, staged: StagedPlan | None, code: str) -> dict[str, Any]:
    """What was found and what it changes; sums in the currency `code`, None while there are questions."""
    unknown = staged is None
    events = staged is not None and (staged.new + staged.changed + staged.unchanged) > 0
    people = staged is not None and not events
    return {
        "found": _found(found, 0 if staged is None else staged.customers, unknown=unknown),
        "plan": {
            "new": None if staged is None else staged.customers_new if people else staged.new,
            "changed": None if staged is None else staged.customers_changed if people else staged.changed,
            "unchanged": None
            if staged is None
            else staged.customers_unchanged
            if people
            else staged.unchanged,
            "refused": None if staged is None else staged.refused,
            "customers_new": None if staged is None else staged.customers_new,
            "customers_changed": None if staged is None else staged.customers_changed,
            "customers_unchanged": None if staged is None else staged.customers_unchanged,
        },
        "first_date": None if unknown else iso(found.first_day),
        "last_date": None if unknown else iso(found.last_day),
        "total": None if unknown else plain(found.total[code], code),
        "refunded": None if unknown else plain(found.refunded[code], code),
        "other_currencies": {
            other: plain(amount, other) for other, amount in sorted(found.total.items()) if other != code
        },
        "classes": dict(sorted(found.classes.items())),
        "stated_spend": None if found.stated_spend is None else plain(found.stated_spend, code),
    }


def _found(found: Found, customers: int, *, unknown: bool) -> dict[str, int | None]:
    numbers: dict[str, int | None] = {name: getattr(found, name) for name in _FOUND}
    numbers["customers"] = customers
    if unknown:
        return dict.fromkeys(numbers)
    return numbers | {"unsubscribed": found.unsubscribed} | dict(found.others)
