"""From the written value of a test to what it means for its field."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import NoReturn

from activetui.activity.status import STATUS_OF_WORD
from activetui.activity.types import TYPES
from activetui.ledger.kinds import KIND_OF_WORD
from activetui.ledger.reasons import REASONS
from activetui.ledger.text import fold
from activetui.locales import _
from activetui.segments.amounts import read_numbers
from activetui.segments.errors import QueryError
from activetui.segments.fields import COMPARED, DAYS, Field, Holds, lacking, nearest
from activetui.segments.mistakes import Mistake
from activetui.segments.moments import read_day, read_days
from activetui.segments.rfm import GROUPS, group_meant
from activetui.segments.tree import Choice, Operator, Text, Value
from activetui.segments.written import as_value

_SIGNED = re.compile(r"(<=|>=|<|>)(.+)", re.DOTALL)
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
        if field.holds is Holds.AS_OF:
            return (_day(field, raws),)
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
        case Holds.GROUP:
            return tuple(GROUPS)
        case Holds.KIND:
            return (*KIND_OF_WORD, *sorted(own_kinds))
        case Holds.YES_NO:
            return ("yes", "no")
        case Holds.CONSENT:
            return ("yes", "no", "unknown")
        case Holds.COMPLAINT:
            return COMPLAINTS
        case Holds.REASON:
            return REASONS
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
    _refuse_signs(field, written, known)
    proposal = nearest(word, known)
    if field.holds is Holds.GROUP:
        proposal = group_meant(word) or proposal
    hint = (
        _("Did you mean {proposal}?").format(proposal=proposal)
        if proposal
        else _("Possible: {choices}.").format(choices=", ".join(known))
    )
    raise Mistake(
        _("'{value}' is no value of {field}.").format(value=written, field=field.name), hint, proposal
    )


def _refuse_signs(field: Field, written: str, known: Collection[str]) -> None:
    """Signs of other languages for `not` and `or`: what is proposed must not mean the opposite."""
    if written[:1] in ("!", "-") and written[1:].strip():
        proposal = f"-{field.name}:{as_value(written[1:].strip())}"
        raise Mistake(
            _("'{value}' is no value of {field}.").format(value=written, field=field.name),
            _("What shall not hold has a minus before it: {proposal}.").format(proposal=proposal), proposal,
            whole=True,
        )
    parts = [fold(part.strip()).replace("-", "_").replace(" ", "_") for part in re.split(r"[|;/+]", written)]
    if len(parts) > 1 and all(part in known for part in parts):
        proposal = ",".join(map(as_value, parts))
        raise Mistake(
            _("'{value}' is no value of {field}.").format(value=written, field=field.name),
            _("Several values have commas between them: {proposal}.").format(proposal=proposal), proposal,
        )


def _day(field: Field, raws: tuple[Raw, ...]) -> Value:
    """The one day that a query is asked of."""
    if len(raws) > 1:
        raise Mistake(_("A query is asked of one day."), _("Write one day, as in as-of:2026-03-31."))
    return read_day(field, raws[0].text.strip())


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
    return read_numbers(field, operator, text)


def _operator(sign: str) -> Operator:
    signs: dict[str, Operator] = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}
    return signs[sign]


def _refuse_list(field: Field, raws: tuple[Raw, ...]) -> NoReturn:
    joined = ",".join(raw.text for raw in raws)
    parts = [raw.text for raw in raws]
    if field.holds is Holds.MONEY and len(parts) == 2 and len(parts[1]) <= 2:
        proposal = ".".join(["".join(parts[0].split(".")), parts[1]])           # 1.250,50
    else:
        proposal = "".join(parts)
    hint = _("A decimal point is a point, and thousands have no sign: {proposal}.").format(proposal=proposal)
    if field.holds in DAYS or field.holds is Holds.QUINTILE:
        proposal, hint = "", _("Write a range with two points, or join several tests with `or`.")
    raise Mistake(
        _("'{value}' could be several values or one.").format(value=joined), hint, proposal
    )


def _refuse_comparison(field: Field, operator: Operator, raws: tuple[Raw, ...]) -> NoReturn:
    if operator == "<" and raws[0].text.startswith(">") and raws[0].text[1:]:           # status<>inactive
        proposal = f"-{field.name}:{as_value(raws[0].text[1:])}"
        raise Mistake(
            _("{field} cannot be compared with '{sign}'.").format(field=field.name, sign="<>"),
            _("What shall not hold has a minus before it: {proposal}.").format(proposal=proposal), proposal,
            whole=True,
        )
    free = field.holds in (Holds.TEXT, Holds.CODE, Holds.PHONE) and len(raws) == 1 and not raws[0].quoted
    raise Mistake(
        _("{field} cannot be compared with '{sign}'.").format(field=field.name, sign=operator),
        _("Write it with a colon, as in {example}.").format(example=field.example),
        f"{field.name}:{raws[0].text}" if free else field.example,
        whole=True,
    )


def _placed(mistake: Mistake, query: str, start: int, end: int) -> QueryError:
    return QueryError(mistake.message, query, start, end, mistake.hint, mistake.proposal)
