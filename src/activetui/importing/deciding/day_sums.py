"""Reports with a row for each day and what was taken on it: nobody's purchases, and no visits of anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from activetui.importing.asking.questions import Question
from activetui.importing.columns.contents import contents_of
from activetui.importing.columns.headings import bare, normal
from activetui.importing.columns.vocabulary import WHO
from activetui.importing.deciding.understand import Understanding
from activetui.importing.readers import moments
from activetui.importing.toml_files import said_in
from activetui.importing.values.bad import BadCell
from activetui.ledger.text import one_line
from activetui.locales import _

SKIP = "skip"
_OF_A_SALE = (
    *WHO, "order_id", "product", "sku", "items", "unit_price", "time", "payment_method", "reference",
)
"""Meanings that a sum of sales has no column for."""
_SAID = 2
"""Rows that a report has, at the least, where its headings speak of sums."""
_UNSAID = 7
"""Rows from which on one row for each day, which tells nothing else, is no chance."""
_MEANS = 2
"""Columns of means of payment that part a sum."""


def asking_day_sums(understood: Understanding) -> Understanding:
    """The same; where its rows are sums of days, as the owner said, or with the question."""
    told = _told(understood)
    if not told:
        return understood
    if understood.answers.day_sums:
        return replace(understood, day_sums=understood.answers.day_sums)
    why = _("Each row seems to be a whole day with what was taken on it ({columns}), and none names a "
            "customer. A day is nobody's purchase. Leave the rows out, or take each day as one sale to "
            "nobody, so that the revenue is right and the number of sales is not?")
    asked = Question("day_sums", why.format(columns=", ".join(told)), "--day-sums skip|take")
    return replace(understood, questions=(*understood.questions, asked))


def _told(understood: Understanding) -> list[str]:
    """The headings that tell of sums of days; empty where the rows may be sales."""
    layout = understood.layout
    if understood.system is not None or understood.meaning != "purchases" or understood.account:
        return []
    day = layout.one("date")
    if day is None or layout.has(*_OF_A_SALE) or understood.table.header_row is None:
        return []
    rows = [row for _line, row in understood.sample]
    days = _days(understood, day, rows)
    if len(days) < _SAID or not _once_each(understood, days, rows):
        return []
    said = _sayings(understood)
    if said:
        return said
    plain = len(days) >= _UNSAID and len(set(days)) == len(days) and layout.has("amount", "order_total")
    return [one_line(layout.name_of(day))] if plain and not _words(understood, rows) else []


def _days(understood: Understanding, place: int, rows: Sequence[Sequence[str]]) -> list[int]:
    """The days of the rows; nothing where one is none, or has a time."""
    read = moments(understood, place)
    try:
        found = [read(row[place]) for row in rows]
    except BadCell:
        return []
    if any(one.day is None or one.time for one in found):
        return []
    return [one.day for one in found if one.day is not None]


def _once_each(understood: Understanding, days: Sequence[int], rows: Sequence[Sequence[str]]) -> bool:
    """Whether no day comes twice, but for the words (a till, a stall, somebody who serves) that part it."""
    words = _words(understood, rows)
    told = [(day, *(row[place].strip() for place in words)) for day, row in zip(days, rows, strict=True)]
    return len(set(told)) == len(told)


def _words(understood: Understanding, rows: Sequence[Sequence[str]]) -> list[int]:
    """Columns of words."""
    numbered = [(1, list(row)) for row in rows[:200]]
    return [
        place for place in range(len(understood.table.header))
        if contents_of(numbered, place).letters >= 0.5
    ]


def _sayings(understood: Understanding) -> list[str]:
    """The headings that speak of sums: how many sales, what was taken, what of it was paid how."""
    found: dict[str, list[str]] = {}
    for heading in understood.table.header:
        for name, words in _headings().items():
            if normal(heading) in words or bare(heading) in words:
                found.setdefault(name, []).append(one_line(heading))
    if len(found.get("means", ())) < _MEANS:
        found.pop("means", None)
    return list(dict.fromkeys(heading for headings in found.values() for heading in headings))


@cache
def _headings() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(normal(word) for words in by_language.values() for word in words)
        for name, by_language in said_in("values")["day_sums"].items()
    }
