"""What only the owner can decide about a file, as choices; and the choice as an answer."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace

from activetui.importing.answers import Answers
from activetui.importing.questions import Question, map_option
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.tui.dialogs.choose import Choice

_ANY_COLUMN = "COLUMN"


def choices_of(question: Question, columns: Sequence[str]) -> list[Choice]:
    """The ways to answer; the value of each is a text for `answered`.

    A question that names no column itself is offered for each of the file's columns.
    """
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


def answered(answers: Answers, chosen: str) -> Answers:
    """The answers with the chosen one among them; `chosen` is written like options of a command."""
    words = shlex.split(chosen)
    columns = dict(answers.columns)
    for name, value in zip(words[::2], words[1::2], strict=False):
        if name == "--map":
            column, _equals, field = value.rpartition("=")
            columns[column] = field
        elif name == "--date-order":
            answers = replace(answers, date_order=value)
        elif name == "--decimal":
            answers = replace(answers, decimal=value)
    return replace(answers, columns=columns)


def _options(text: str) -> list[str]:
    """`--date-order dmy|mdy` and `--map A=date | --map B=date` are two options each."""
    whole = text.split(" | ")
    if len(whole) > 1:
        return whole
    words = shlex.split(text)
    if len(words) == 2 and "|" in words[1]:
        return [f"{words[0]} {shlex.quote(value)}" for value in words[1].split("|")]
    return [text]


def _title(option: str) -> str:
    """The option in words."""
    words = shlex.split(option)
    parts = []
    for name, value in zip(words[::2], words[1::2], strict=False):
        column, _equals, field = value.rpartition("=")
        if name == "--map":
            parts.append(_("{column} is {field}").format(column=one_line(column), field=field))
        else:
            parts.append(_meaning(value))
    return ", ".join(parts)


def _meaning(value: str) -> str:
    return {
        "dmy": _("day, month, year"),
        "mdy": _("month, day, year"),
        "ymd": _("year, month, day"),
        ",": _("a comma stands before the cents"),
        ".": _("a point stands before the cents"),
    }.get(value, value)
