"""Days as people write them in a query: `60d` ago or ahead, `2026-01-31`, `2026-01`, `today`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import cast

from activetui.ledger.days import Day, to_day
from activetui.locales import _
from activetui.segments.fields import Field, Holds
from activetui.segments.mistakes import Mistake
from activetui.segments.tree import Days, Edge, Length, Operator, Unit

_LENGTH = re.compile(r"([0-9]{1,5})(d(?:ays?)?|w(?:eeks?)?|m(?:onths?)?|y(?:ears?)?)", re.IGNORECASE)
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_OTHER_WAY = re.compile(
    r"(?:(?P<first>[0-9]{4})[./])?(?P<a>[0-9]{1,2})[./-](?P<b>[0-9]{1,2})(?(first)|[./-](?P<last>[0-9]{4}))"
)
"""A day as many countries write it: 31/01/2026, 1.2.2026, 2026/01/31."""
_NAMED = {"yesterday": -1, "today": 0, "tomorrow": 1}
_LONGEST = {"d": 73_000, "w": 10_000, "m": 2_400, "y": 200}
"""Two hundred years in every unit: longer is a slip of the hand."""


def read_days(field: Field, operator: Operator, text: str) -> Days:
    """The stretch of days that a test of a day field asks for; raises `Mistake`."""
    if ".." in text:
        return _range(field, operator, text)
    length = _length(text)
    if length is not None:
        return _relative(field, operator, text, length)
    first, last = _calendar(field, text)
    match operator:
        case "<":
            return Days(last=_moved(first, -1))
        case "<=":
            return Days(last=last)
        case ">":
            return Days(first=_moved(last, 1))
        case ">=":
            return Days(first=first)
        case _:
            return Days(first, last)


def read_day(field: Field, text: str) -> Days:
    """One day: of the calendar (of a month or a year its last), or so long ago; raises `Mistake`."""
    length = _length(text)
    edge = _calendar(field, text)[1] if length is None else Edge(length=length, sign=-1)
    return Days(edge, edge)


def _relative(field: Field, operator: Operator, text: str, length: Length) -> Days:
    """`last>60d`: longer ago than 60 days; `until<7d`: nearer than 7 days, not before today."""
    past = field.holds is Holds.PAST
    sign = -1 if past else 1
    edge, today = Edge(length=length, sign=sign), Edge()
    if operator == ":":
        smaller, larger = f"{field.name}<{text}", f"{field.name}>{text}"
        hint = (
            _("Write {smaller} for less, {larger} for more than that long ago.")
            if past
            else _("Write {smaller} for sooner, {larger} for later than that.")
        )
        raise Mistake(
            _("'{value}' says how long, but not whether less or more.").format(value=text),
            hint.format(smaller=smaller, larger=larger), smaller, whole=True,
        )
    if operator == "=":
        return Days(edge, edge)
    beyond = operator in (">", ">=")
    strict = operator in ("<", ">")
    outward = sign if beyond else -sign
    bound = _moved(edge, outward) if strict else edge
    if beyond:
        return Days(last=bound) if past else Days(first=bound)
    return Days(bound, today) if past else Days(today, bound)


def _range(field: Field, operator: Operator, text: str) -> Days:
    if operator not in (":", "="):
        raise Mistake(
            _("A range cannot be compared."),
            _("Write {proposal}.").format(proposal=f"{field.name}:{text}"), f"{field.name}:{text}",
            whole=True,
        )
    low, _dots, high = text.partition("..")
    if not low and not high:
        raise Mistake(_("This range has no end."), _("Write it as in last:30d..60d or last:2026-01-01.."))
    lengths = [_length(part) for part in (low, high) if part]
    if all(lengths):
        return _lengths(field, low, high)
    if any(lengths):
        raise Mistake(
            _("'{value}' mixes a length with a day.").format(value=text),
            _("Write both ends as lengths (30d..60d) or both as days (2026-01-01..2026-01-31)."),
        )
    first = _calendar(field, low)[0] if low else None
    last = _calendar(field, high)[1] if high else None
    if first and last and first.day is not None and last.day is not None and first.day > last.day:
        raise Mistake(
            _("This range runs backwards."),
            _("Did you mean {proposal}?").format(proposal=f"{high}..{low}"), f"{high}..{low}",
        )
    return Days(first, last)


def _lengths(field: Field, low: str, high: str) -> Days:
    """`last:30d..60d`: from 30 to 60 days ago; the nearer end may stand on either side."""
    sign = -1 if field.holds is Holds.PAST else 1
    edges = [Edge(length=length, sign=sign) for part in (low, high) if (length := _length(part))]
    if len(edges) == 1:
        edge = edges[0]
        beyond = bool(low)
        if sign < 0:
            return Days(last=edge) if beyond else Days(edge, Edge())
        return Days(first=edge) if beyond else Days(Edge(), edge)
    near, far = sorted(edges, key=lambda edge: edge.length.after(0))
    return Days(far, near) if sign < 0 else Days(near, far)


def _length(text: str) -> Length | None:
    found = _LENGTH.fullmatch(text)
    if not found:
        return None
    count, unit = int(found[1]), found[2][0].lower()
    if count > _LONGEST[unit]:
        raise Mistake(
            _("'{value}' is longer than two hundred years.").format(value=text),
            _("Units are d (days), w (weeks), m (months) and y (years)."),
        )
    return Length(count, cast("Unit", unit))


def _calendar(field: Field, text: str) -> tuple[Edge, Edge]:
    """The first and the last day of a calendar day, month or year, or of a named day."""
    shift = _NAMED.get(text.lower())
    if shift is not None:
        return Edge(shift=shift), Edge(shift=shift)
    found = _DATE.fullmatch(text)
    if not found:
        raise _unreadable(field, text)
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        first = to_day(date(year, month or 1, day or 1))
        last = _last_day(year, month, day)
    except ValueError:
        raise Mistake(
            _("There is no day {value}.").format(value=text), _("Write days as in 2026-01-31.")
        ) from None
    return Edge(first), Edge(last)


def _last_day(year: int, month: int, day: int) -> Day:
    month = month or 12
    return to_day(date(year, month, day or monthrange(year, month)[1]))


def _other_ways(text: str) -> list[str]:
    """The days that a text can mean that is written otherwise, such as 31/01/2026, in the form of queries."""
    found = _OTHER_WAY.fullmatch(text)
    if not found:
        return []
    if found["first"]:                                          # 2026/01/31
        tries = [(found["first"], found["a"], found["b"])]
    else:
        tries = [(found["last"], found["b"], found["a"]), (found["last"], found["a"], found["b"])]
    ways = []
    for year, month, day in tries:
        try:
            ways.append(date(int(year), int(month), int(day)).isoformat())
        except ValueError:
            continue
    return list(dict.fromkeys(ways))


def _unreadable(field: Field, text: str) -> Mistake:
    ways = _other_ways(text)
    if ways:
        said = ways[0] if len(ways) == 1 else _("{first} or {last}").format(first=ways[0], last=ways[1])
        hint = _("Did you mean {proposal}?").format(proposal=said)
        return Mistake(_("'{value}' is no day.").format(value=text), hint, ways[0])
    number = re.match(r"[0-9]{1,5}(?![0-9-])", text)
    proposal = f"{number[0]}d" if number else ""
    hint = _("Write a length with d, w, m or y (60d), or a day as in 2026-01-31.")
    if proposal:
        hint = _("Did you mean {proposal}?").format(proposal=proposal) + " " + hint
    return Mistake(_("'{value}' is no day.").format(value=text), hint, proposal)


def _moved(edge: Edge, days: int) -> Edge:
    return Edge(edge.day, edge.length, edge.sign, edge.shift + days)
