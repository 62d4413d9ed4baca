"""From the written value of a test to what it means for its field."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

from activetui.activity.status import STATUS_OF_WORD
from activetui.activity.types import TYPES
from activetui.ledger.kinds import KIND_OF_WORD
from activetui.ledger.text import fold
from activetui.locales import _
from activetui.segments.errors import QueryError
from activetui.segments.fields import COMPARED, DAYS, Field, Holds, lacking, nearest
from activetui.segments.mistakes import Mistake
from activetui.segments.moments import read_days
from activetui.segments.tree import Choice, Numbers, Operator, Text, Value

_SIGNED = re.compile(r"(<=|>=|<|>)(.+)", re.DOTALL)
_NUMBER = r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?"
_AMOUNT = re.compile(rf"(?P<before>[A-Za-z]{{3}}|[€$£])?(?P<number>{_NUMBER})(?P<after>[A-Za-z]{{3}}|[€$£])?")
_DAY_COUNT = re.compile(r"(?P<number>[0-9]{1,6}(?:\.[0-9]{1,3})?)(?P<unit>[dw]?)")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_SYMBOLS = {"€": "EUR", "$": "$", "£": "GBP"}
_YES = ("yes", "true", "1")
_NO = ("no", "false", "0")
COMPLAINTS = ("open", "resolved")


@dataclass(frozen=True, slots=True)
class Raw:
    """A value as written, without its quotes, and where it stands."""

    text: str
    quoted: bool
    start: int
    end: int


def read_values(
    field: Field,
    operator: Operator,
    raws: tuple[Raw, ...],
    query: str,
    start: int,
    own_kinds: Collection[str],
) -> tuple[Value, ...]:
    """The typed values of a test that begins at `start` of the query.

    Raises `QueryError` at the place of the value that does not fit.
    """
    try:
        if field.holds in COMPARED:
            if len(raws) > 1 and field.name != "id":
                _refuse_list(field, raws)
            return tuple(_compared(field, operator, raw) for raw in raws)
        if operator not in (":", "="):
            _refuse_comparison(field, operator, raws)
    except Mistake as mistake:
        begin = start if mistake.whole else raws[0].start
        raise _placed(mistake, query, begin, raws[-1].end) from None
    values = []
    for raw in raws:
        try:
            values.append(_listed(field, operator, raw, own_kinds))
        except Mistake as mistake:
            begin = start if mistake.whole and len(raws) == 1 else raw.start
            raise _placed(mistake, query, begin, raw.end) from None
    return tuple(values)


def choices(field: Field, own_kinds: Collection[str] = ()) -> tuple[str, ...]:
    """The words that a field knows; empty for free values."""
    match field.holds:
        case Holds.STATUS:
            return tuple(STATUS_OF_WORD)
        case Holds.TYPE:
            return tuple(TYPES)
        case Holds.KIND:
            return (*KIND_OF_WORD, *sorted(own_kinds))
        case Holds.YES_NO:
            return ("yes", "no")
        case Holds.CONSENT:
            return ("yes", "no", "unknown")
        case Holds.COMPLAINT:
            return COMPLAINTS
        case Holds.PRESENCE:
            return lacking()
        case _:
            return ()


def _listed(field: Field, operator: Operator, raw: Raw, own_kinds: Collection[str]) -> Value:
    """A value of a field that is not compared: a word of a list, or text."""
    known = choices(field, own_kinds)
    if known:
        return _choice(field, raw.text, known)
    text = raw.text.strip()
    if not text:
        raise Mistake(
            _("There is no text to look for."),
            _("To find customers without a value, write none:{field}.").format(field=field.name),
            f"none:{field.name}", whole=True,
        )
    if field.holds is Holds.PHONE and not any(letter in "0123456789" for letter in text):
        raise Mistake(_("'{text}' has no digit of a phone number.").format(text=text))
    return Text(text, whole=operator == "=" or field.holds is Holds.CODE)


def _choice(field: Field, written: str, known: tuple[str, ...]) -> Choice:
    word = fold(written.strip()).replace("-", "_").replace(" ", "_")
    if field.holds in (Holds.YES_NO, Holds.CONSENT):
        word = "yes" if word in _YES else "no" if word in _NO else word
    if field.holds is Holds.KIND and word not in known:
        word = next((own for own in known if fold(own).replace("-", "_").replace(" ", "_") == word), word)
    if word in known:
        return Choice(known.index(word), word)
    proposal = nearest(word, known)
    hint = (
        _("Did you mean {proposal}?").format(proposal=proposal)
        if proposal
        else _("Possible: {choices}.").format(choices=", ".join(known))
    )
    raise Mistake(
        _("'{value}' is no value of {field}.").format(value=written, field=field.name), hint, proposal
    )


def _compared(field: Field, operator: Operator, raw: Raw) -> Value:
    """A number, an amount or a day, compared or as a range."""
    text = raw.text.strip()
    signed = _SIGNED.fullmatch(text)
    if signed and operator == ":":
        operator, text = _operator(signed[1]), signed[2].strip()
    elif signed:
        raise Mistake(_("There are two signs before '{value}'.").format(value=signed[2]))
    if field.holds in DAYS:
        return read_days(field, operator, text)
    reader = {Holds.MONEY: _amount, Holds.WHOLE: _whole, Holds.LENGTH: _day_count}[field.holds]
    if ".." in text:
        return _range(field, operator, text, reader)
    number, currency = reader(field, text)
    if operator in (":", "="):
        return Numbers(number, number, currency=currency)
    if operator in (">", ">="):
        return Numbers(low=number, above=operator == ">", currency=currency)
    return Numbers(high=number, below=operator == "<", currency=currency)


def _range(
    field: Field, operator: Operator, text: str, reader: Callable[[Field, str], tuple[Decimal, str]]
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
    return Decimal(found["number"]), _SYMBOLS.get(currency, currency.upper())


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
    return Decimal(found["number"]) * (7 if found["unit"] == "w" else 1), ""


def _digits(text: str) -> str:
    """The number that a text begins with, as a proposal."""
    found = re.match(_NUMBER, text)
    return found[0] if found else ""


def _operator(sign: str) -> Operator:
    signs: dict[str, Operator] = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}
    return signs[sign]


def _refuse_list(field: Field, raws: tuple[Raw, ...]) -> NoReturn:
    joined = ",".join(raw.text for raw in raws)
    fraction = ".".join(raw.text for raw in raws) if len(raws) == 2 and len(raws[1].text) <= 2 else ""
    proposal = fraction if field.holds is Holds.MONEY and fraction else "".join(raw.text for raw in raws)
    hint = _("A decimal point is a point, and thousands have no sign: {proposal}.").format(proposal=proposal)
    if field.holds in DAYS:
        proposal, hint = "", _("For several days, join tests with `or`.")
    raise Mistake(
        _("'{value}' could be several values or one.").format(value=joined), hint, proposal
    )


def _refuse_comparison(field: Field, operator: Operator, raws: tuple[Raw, ...]) -> NoReturn:
    free = field.holds in (Holds.TEXT, Holds.CODE, Holds.PHONE) and len(raws) == 1 and not raws[0].quoted
    raise Mistake(
        _("{field} cannot be compared with '{sign}'.").format(field=field.name, sign=operator),
        _("Write it with a colon, as in {example}.").format(example=field.example),
        f"{field.name}:{raws[0].text}" if free else field.example,
        whole=True,
    )


def _placed(mistake: Mistake, query: str, start: int, end: int) -> QueryError:
    return QueryError(mistake.message, query, start, end, mistake.hint, mistake.proposal)
