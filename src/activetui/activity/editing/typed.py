"""What was typed into a field of the form, to the value that the TOML gets."""

from __future__ import annotations

import re
from decimal import Decimal

from activetui.activity.editing.fields import FormField
from activetui.activity.editing.toml_text import Value
from activetui.ledger.errors import OwnerError
from activetui.ledger.money import digits, plain, to_minor
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.locales.formats import format_number

_NUMBER = re.compile(r"\d{1,12}(?:[.,](\d{1,4}))?")


def as_typed(field: FormField, currency: str) -> str:
    """The present value as it would be typed; empty where there is none."""
    value = field.value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, tuple):
        return ", ".join(one_line(text) for text in value)
    if field.what == "share":
        return _bare(Decimal(value) * 100)
    if field.what == "amount":
        return plain(to_minor(Decimal(value), currency), currency) or ""
    return _bare(value) if isinstance(value, Decimal) else one_line(str(value))


def read_typed(field: FormField, typed: str, currency: str) -> Value | None:
    """The value that was typed, None for none; `OwnerError` where it is not one that the field can have."""
    text = one_line(typed)
    if not text:
        if field.needed:
            raise OwnerError(_("This cannot be left empty."))
        return None
    if field.what in ("texts", "choices"):
        return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip())) or None
    if field.what in ("choice", "flag"):
        return text
    return _number(field, text.rstrip("%× "), currency)


def _number(field: FormField, text: str, currency: str) -> Value:
    places = {"days": 0, "number": 0, "share": 2, "ratio": 4, "amount": digits(currency)}[field.what]
    found = _NUMBER.fullmatch(text)
    if found is None or len(found[1] or "") > places:
        raise OwnerError(_("“{text}” is no number that fits here.").format(text=text), _between(field))
    number = Decimal(text.replace(",", "."))
    value = number / 100 if field.what == "share" else number
    if not field.least <= value <= field.most:
        raise OwnerError(_("“{text}” is too much or too little.").format(text=text), _between(field))
    if field.what == "amount":
        return plain(to_minor(value, currency), currency) or ""
    return int(value) if places == 0 else value


def _between(field: FormField) -> str:
    scale = 100 if field.what == "share" else 1
    least, most = (format_number(float(bound * scale)) for bound in (field.least, field.most))
    return _("It can be from {least} to {most}.").format(least=least, most=most)


def _bare(number: Decimal) -> str:
    return format(number.normalize(), "f")
