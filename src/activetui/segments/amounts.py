"""Numbers as people write them in a query: `500`, `€1.5k`, `3..5`, `2w`."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from activetui.locales import _
from activetui.segments.fields import Field, Holds
from activetui.segments.mistakes import Mistake
from activetui.segments.tree import Numbers, Operator

Reader: TypeAlias = Callable[[Field, str], tuple[Decimal, str]]
"""From a field and a text to a number and, of money, the currency beside it."""

_NUMBER = r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?"
_AMOUNT = re.compile(
    rf"(?P<before>[A-Za-z]{{3}}|[€$£])?(?P<number>{_NUMBER})(?P<thousands>[kKM]?)"
    r"(?P<after>[A-Za-z]{3}|[€$£])?"
)
_DAY_COUNT = re.compile(
    r"(?P<number>[0-9]{1,6}(?:\.[0-9]{1,3})?)(?:(?P<unit>[dw]?)|days?|(?P<weeks>weeks?))", re.IGNORECASE
)
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_SYMBOLS = {"€": "EUR", "$": "$", "£": "GBP"}
_THOUSANDS = {"": 1, "k": 1_000, "M": 1_000_000}


def read_numbers(field: Field, operator: Operator, text: str) -> Numbers:
    """The stretch of numbers that a test of a field asks for; raises `Mistake`."""
    reader = _READERS[field.holds]
    if ".." in text:
        return _range(field, operator, text, reader)
    number, currency = reader(field, text)
    if operator in (":", "="):
        return Numbers(number, number, currency=currency)
    if operator in (">", ">="):
        return Numbers(low=number, above=operator == ">", currency=currency)
    return Numbers(high=number, below=operator == "<", currency=currency)


def _range(
    field: Field, operator: Operator, text: str, reader: Reader
) -> Numbers:
    if operator not in (":", "="):
        raise Mistake(
            _("A range cannot be compared."),
            _("Write {proposal}.").format(proposal=f"{field.name}:{text}"), f"{field.name}:{text}",
            whole=True,
        )
    low_text, _dots, high_text = text.partition("..")
    low, low_currency = reader(field, low_text) if low_text else (None, "")
    high, high_currency = reader(field, high_text) if high_text else (None, "")
    if low is None and high is None:
        raise Mistake(
            _("This range has no end."), _("Write it as in spend:100..500, spend:100.. or spend:..500.")
        )
    if low is not None and high is not None and low > high:
        raise Mistake(
            _("This range runs backwards."),
            _("Did you mean {proposal}?").format(proposal=f"{high_text}..{low_text}"),
            f"{high_text}..{low_text}",
        )
    if low_currency and high_currency and low_currency != high_currency:
        raise Mistake(_("This range has two currencies."))
    return Numbers(low, high, currency=low_currency or high_currency)


def _amount(field: Field, text: str) -> tuple[Decimal, str]:
    found = _AMOUNT.fullmatch(text.replace(" ", ""))
    if not found or (found["before"] and found["after"]):
        raise Mistake(
            _("'{value}' is no amount.").format(value=text),
            _("Write digits, with a point before the cents, as in {field}>1250.50.").format(field=field.name),
            _digits(text),
        )
    currency = found["before"] or found["after"] or ""
    factor = _THOUSANDS[found["thousands"].replace("K", "k")]
    return Decimal(found["number"]) * factor, _SYMBOLS.get(currency, currency.upper())


def _whole(field: Field, text: str) -> tuple[Decimal, str]:
    if not _WHOLE.fullmatch(text):
        raise Mistake(
            _("'{value}' is no whole number.").format(value=text),
            _("Write digits, as in {example}.").format(example=field.example),
            _digits(text).partition(".")[0],
        )
    return Decimal(text), ""


def _day_count(field: Field, text: str) -> tuple[Decimal, str]:
    found = _DAY_COUNT.fullmatch(text)
    if not found:
        raise Mistake(
            _("'{value}' is no number of days.").format(value=text),
            _("Write days or weeks, as in {field}<14d or {field}<2w.").format(field=field.name),
            _digits(text),
        )
    weeks = found["weeks"] or (found["unit"] or "").lower() == "w"
    return Decimal(found["number"]) * (7 if weeks else 1), ""


def _digits(text: str) -> str:
    """The number that a text begins with, as a proposal."""
    found = re.match(_NUMBER, text)
    return found[0] if found else ""


def _quintile(field: Field, text: str) -> tuple[Decimal, str]:
    if text not in ("1", "2", "3", "4", "5"):
        raise Mistake(
            _("'{value}' is no quintile.").format(value=text),
            _("A quintile is a number from 1 to 5, and 5 is the best, as in {example}.").format(
                example=field.example
            ),
        )
    return Decimal(text), ""


_READERS: dict[Holds, Reader] = {
    Holds.MONEY: _amount, Holds.WHOLE: _whole, Holds.LENGTH: _day_count, Holds.QUINTILE: _quintile
}
