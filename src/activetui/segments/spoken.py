"""Comparisons in words: `last older than 60 days`, `spend at least 500`, `first between 2025 and 2026`.

Only what begins with a field that can be compared and goes on to a number or a day is read like this; all
other words are searched for.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from activetui.locales import _
from activetui.segments.fields import COMPARED, DAYS, FIELDS, Field, Holds
from activetui.segments.mistakes import Mistake
from activetui.segments.tree import Operator


class Signs(NamedTuple):
    """What a phrase stands for before a number or a length, and before a calendar day; None is nothing."""

    amount: Operator | None = None
    day: Operator | None = None


_ANY = {
    "more than": Signs(">"), "over": Signs(">"), "above": Signs(">"),
    "less than": Signs("<"), "under": Signs("<"), "below": Signs("<"), "fewer than": Signs("<"),
    "at least": Signs(">="), "at most": Signs("<="), "up to": Signs("<=", "<="), "exactly": Signs("=", "="),
}
_ON_DAYS = {
    "before": Signs(day="<"), "after": Signs(day=">"), "since": Signs(day=">="), "until": Signs(day="<="),
    "on": Signs(day="="), "in": Signs(day=":"),
    "in more than": Signs(">"), "in less than": Signs("<"), "within": Signs("<="),
}
_AGO = {
    "older than": Signs(">", "<"), "longer ago than": Signs(">"), "newer than": Signs("<", ">"),
    "in the last": Signs("<="), "within the last": Signs("<="), "in the past": Signs("<="),
}
_TO_COME = {"in the next": Signs("<="), "within the next": Signs("<=")}
PHRASES = {**_ANY, **_ON_DAYS, **_AGO, **_TO_COME}
"""Every phrase that compares, but `between`."""

UNITS = frozenset(("day", "days", "week", "weeks", "month", "months", "year", "years"))
"""Words that may follow a number."""

_SUBJECTS = {
    **{
        name: field
        for field in FIELDS.values()
        if field.holds in COMPARED and field.holds is not Holds.QUINTILE
        for name in (field.name, *field.also)
    },
    "bought": FIELDS["last"],
    "spent": FIELDS["spend"],
}
"""What a comparison in words may begin with."""

STARTS = frozenset(_SUBJECTS) | UNITS | {phrase.split()[0] for phrase in _AGO}
"""Words that a query with such comparisons has."""


def _one_of(words: frozenset[str] | dict[str, Signs] | dict[str, Field]) -> str:
    """A pattern of any of the words, the longest first; blanks in them may be several."""
    return "|".join(word.replace(" ", r"\s+") for word in sorted(words, key=lambda word: (-len(word), word)))


_NOT_A_FIELD = rf"(?!\s+(?:{_one_of(_ANY)})\s)"
"""Behind a unit: `spend over 5 year under 3` has two comparisons."""
_UNIT = rf"\s+(?:{_one_of(UNITS)})(?=[\s)]|\Z){_NOT_A_FIELD}"
_PLAIN = r"(?:[€$£]\s*|[a-z]{3}(?=[0-9]))?-?[0-9][^\s\"(),]*"
_TIMED = rf"(?:[0-9]+{_UNIT}|{_PLAIN}|today|yesterday|tomorrow)"
_IN_TIME = frozenset(name for name, field in _SUBJECTS.items() if field.holds in {*DAYS, Holds.LENGTH})


def _comparison(subjects: frozenset[str], value: str, mark: str) -> str:
    """A pattern of a comparison of some fields; the names of its groups end in `mark`."""
    return (
        rf"(?P<subject{mark}>{_one_of(subjects)})\s+(?:"
        rf"between\s+(?P<low{mark}>{value})\s+and\s+(?P<high{mark}>{value})"
        rf"|(?P<phrase{mark}>{_one_of(PHRASES)})\s+(?P<value{mark}>{value}))"
    )


PATTERN = (
    rf"(?:{_comparison(_IN_TIME, _TIMED, '')}(?:\s+ago)?"
    rf"|{_comparison(frozenset(_SUBJECTS) - _IN_TIME, _PLAIN, '_')}"
    rf"|(?P<signed>{_one_of(_IN_TIME)})\s*(?P<sign><=|>=|[<>=])\s*(?P<length>[0-9]+{_UNIT})"
    rf"|(?P<bare>{_one_of(_AGO)})\s+{_TIMED}"
    r")(?=[\s)]|\Z)"
)
"""A whole comparison in words; case does not matter."""


class Said(NamedTuple):
    """A comparison in words as a test: field, sign and value, and where the value stands."""

    field: Field
    operator: Operator
    value: str
    start: int
    end: int


def said(text: str) -> Said:
    """What a text that `PATTERN` matches asks for; `Mistake` where its words do not go together."""
    found = _pattern().fullmatch(text)
    assert found is not None, "the grammar only lets comparisons through that match"
    if found["bare"]:
        raise Mistake(
            _("'{phrase}' stands without a field.").format(phrase=found["bare"]),
            _("Did you mean {proposal}?").format(proposal=f"last {text}"), f"last {text}",
        )
    if found["signed"]:
        field, sign = _SUBJECTS[found["signed"].lower()], _sign(found["sign"])
        return Said(field, sign, _joined(found["length"]), *found.span("length"))
    mark = "" if found["subject"] else "_"
    field = _SUBJECTS[found[f"subject{mark}"].lower()]
    if found[f"low{mark}"]:
        low, high = _joined(found[f"low{mark}"]), _joined(found[f"high{mark}"])
        unit = re.search(r"[a-zA-Z]+$", high)
        if unit and low.isdigit() and not mark:                     # between 30 and 60 days
            low += unit[0]
        return Said(field, ":", f"{low}..{high}", found.start(f"low{mark}"), found.end(f"high{mark}"))
    return _phrased(field, found[f"phrase{mark}"], found[f"value{mark}"], *found.span(f"value{mark}"))


def _phrased(field: Field, phrase: str, value: str, start: int, end: int) -> Said:
    """A field, one of the phrases and a value."""
    phrase, value = " ".join(phrase.lower().split()), _joined(value)
    operator = PHRASES[phrase].day if _is_day(field, value) else PHRASES[phrase].amount
    if operator is None or not _fits(field, phrase):
        raise Mistake(
            _("'{phrase}' does not go with '{field}' and '{value}'.").format(
                phrase=phrase, field=field.name, value=value
            ),
            _("Write it with a sign, as in {example}.").format(example=field.example),
        )
    return Said(field, operator, value, start, end)


def is_beginning(text: str) -> bool:
    """Whether a text ends in the beginning of a comparison in words, such as `last older th`."""
    found = _beginning().search(text)
    if found is None:
        return False
    so_far = " ".join((found["rest"] or "between").lower().split())
    return any(phrase.startswith(so_far) for phrase in (*PHRASES, "between"))


def _fits(field: Field, phrase: str) -> bool:
    if phrase in _AGO:
        return field.holds is Holds.PAST
    if phrase in _TO_COME:
        return field.holds is Holds.AHEAD
    return phrase in _ANY or field.holds in DAYS


def _is_day(field: Field, value: str) -> bool:
    """Whether a value is a day of the calendar rather than a length."""
    return field.holds in DAYS and not re.fullmatch(r"[0-9]{1,3}[a-z]*|[0-9]+[a-z]+", value, re.IGNORECASE)


def _joined(value: str) -> str:
    return "".join(value.split())


def _sign(text: str) -> Operator:
    signs: dict[str, Operator] = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "=": "="}
    return signs[text]


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(PATTERN, re.IGNORECASE)


@cache
def _beginning() -> re.Pattern[str]:
    words = r"[a-z]+(?:\s+[a-z]+){0,2}\s*"
    between = r"between\s+[^\s()\"]+(?:\s+(?:[a-z]*|and\s+))?"
    return re.compile(
        rf"(?:^|[\s(\-])(?:{_one_of(_SUBJECTS)})\s+(?:(?P<rest>{words})|{between})$", re.IGNORECASE
    )
