"""What only the owner can decide about a file, as choices in words; and the choice as an answer."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from activetui.importing.asking.answers import Answers
from activetui.importing.asking.questions import Question, map_option
from activetui.importing.columns.field_words import field_words
from activetui.ledger.text import one_line
from activetui.locales import _

_ANY_COLUMN = "COLUMN"
_FIELD_OF = {
    "--date-order": "date_order", "--decimal": "decimal", "--encoding": "encoding",
    "--delimiter": "delimiter", "--currency": "currency", "--country": "country",
    "--time-zone": "time_zone", "--older": "older", "--same-sale": "same_sale", "--missing": "missing",
    "--cents": "cents",
    "--serials": "serials", "--source": "source", "--carry-down": "carry_down",
    "--day-sums": "day_sums",
}
"""The fields of `Answers` by the option that gives them."""


class Choice(NamedTuple):
    """One way to answer a question."""

    option: str
    """As on a command line; for `answered`."""
    title: str
    """In the owner's words."""


def choices_of(question: Question, columns: Sequence[str]) -> list[Choice]:
    """The ways to answer. A question that names no column itself is offered for each column of the file."""
    found: list[Choice] = []
    for option in _options(question.option):
        if f"{_ANY_COLUMN}=" not in option:
            found.append(Choice(option, _title(option)))
            continue
        field = shlex.split(option)[1].partition("=")[2]
        for place, column in enumerate(columns, start=1):
            mapped = map_option(column or str(place), field)
            found.append(Choice(mapped, _title(mapped)))
    return found


def answered(answers: Answers, option: str) -> Answers:
    """The answers with the chosen option among them."""
    words = shlex.split(option)
    columns = dict(answers.columns)
    said: dict[str, Any] = {}
    for name, value in zip(words[::2], words[1::2], strict=False):
        if name == "--map":
            column, _equals, field = value.rpartition("=")
            columns[column] = field
        else:
            said[_FIELD_OF[name]] = value
    return replace(answers, columns=columns, **said)


def _options(text: str) -> list[str]:
    """`--date-order dmy|mdy` and `--map A=date | --map B=date` are two options each."""
    whole = text.split(" | ")
    if len(whole) > 1:
        return whole
    words = shlex.split(text)
    if len(words) == 2 and "|" in words[1] and "=" not in words[1]:
        return [f"{words[0]} {shlex.quote(value)}" for value in words[1].split("|")]
    return [text]


def _title(option: str) -> str:
    words = shlex.split(option)
    parts = []
    for name, value in zip(words[::2], words[1::2], strict=False):
        column, _equals, field = value.rpartition("=")
        if name == "--map":
            said = _("{column} is: {meaning}")
            parts.append(said.format(column=one_line(column), meaning=field_words(field)))
        else:
            parts.append(_meanings().get((name, value), value))
    return ", ".join(parts)


def _meanings() -> dict[tuple[str, str], str]:
    return {
        ("--date-order", "dmy"): _("day, month, year"),
        ("--date-order", "mdy"): _("month, day, year"),
        ("--date-order", "ymd"): _("year, month, day"),
        ("--decimal", ","): _("a comma stands before the cents"),
        ("--decimal", "."): _("a point stands before the cents"),
        ("--older", "keep"): _("keep what is known by now"),
        ("--older", "take"): _("take what this file says"),
        ("--missing", "left"): _("they have unsubscribed"),
        ("--missing", "keep"): _("keep them as they are"),
        ("--same-sale", "skip"): _("leave out what another program told already"),
        ("--same-sale", "both"): _("they are different sales: take both"),
        ("--cents", "yes"): _("the amounts are in cents: 2999 is 29.99"),
        ("--cents", "no"): _("the amounts are whole: 2999 is 2999.00"),
        ("--carry-down", "yes"): _("empty cells mean the same as above"),
        ("--carry-down", "no"): _("empty cells mean nothing"),
        ("--day-sums", "skip"): _("leave the sums of days out: they are nobody's purchases"),
        ("--day-sums", "take"): _("take each day as one sale to nobody, for the revenue"),
    }
