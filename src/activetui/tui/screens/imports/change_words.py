"""One value that an import changes, in words: before and after."""

from __future__ import annotations

from activetui.importing.columns.field_words import field_words
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.locales.formats import NOTHING, format_day, format_money
from activetui.store.imports.plans import Change

_MONEY = ("amount", "refunded", "net", "unit_price")
_DAYS = ("day", "until", "birthday", "history_from", "recorded")


def change_words(change: Change, currency: str) -> str:
    """The field, what it was and what it becomes; amounts are in minor units of `currency`."""
    return _("{field}: {before} → {after}").format(
        field=_field(change.field), before=_value(change.field, change.before, currency),
        after=_value(change.field, change.after, currency),
    )


def _field(name: str) -> str:
    return _("day") if name == "day" else field_words({"note": "note", "key": "event_key"}.get(name, name))


def _value(field: str, value: object, currency: str) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, int) and field in _DAYS:
        return format_day(value)
    if isinstance(value, int) and field in _MONEY:
        return format_money(value, currency)
    return one_line(str(value))
