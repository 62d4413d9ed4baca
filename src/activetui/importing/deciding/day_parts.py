"""Which columns are the day, the month and the year of one day: by their headings and their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from activetui.importing.asking.answers import Answers
from activetui.importing.asking.questions import map_option
from activetui.importing.columns.contents import contents_of
from activetui.importing.columns.headings import normal
from activetui.importing.columns.mapped import has_column, mapped_columns
from activetui.importing.columns.synonyms import meanings
from activetui.importing.columns.systems import recognise
from activetui.importing.deciding.understand import Assumption, Understanding
from activetui.importing.tables.day_parts import DayParts, month_of, number_of
from activetui.importing.tables.rows import Row
from activetui.importing.tables.table import Table
from activetui.importing.toml_files import said_in
from activetui.ledger.text import one_line
from activetui.locales import _

_MOST = 0.9
"""Of the filled cells of each column, how many must be a day, a month, a year."""
_DAYS, _MONTHS = frozenset(range(1, 32)), frozenset(range(1, 13))
_YEARS = frozenset((*range(1930, 2101), *range(100)))
_WHOLE_DAYS = ("date", "visit_date")


def with_days_joined(table: Table, answers: Answers) -> Table:
    """The table with the days put together that it writes in three columns.

    Not where the owner says what one of these columns is, nor where the day stands in one column besides.
    """
    named = _named(table.header)
    if not named or table.header_row is None or recognise(table.header, table.file_name) is not None:
        return table
    known = {name: field for name, field in answers.columns.items() if has_column(table.header, name)}
    said = mapped_columns(table.header, known)
    sample = table.sample()
    found = []
    for rest, parts in named.items():
        if said.keys().isdisjoint(parts) and _hold(sample, parts) and (
            rest or not _stands_whole(table.header, sample, parts)
        ):
            found.append(parts)
    return replace(table, parts=tuple(found)) if found else table


def telling_joined(understood: Understanding) -> Understanding:
    """The same with what was put together among the reasons and the assumptions."""
    table = understood.table
    if not table.parts:
        return understood
    columns, told = list(understood.columns), []
    for parts in table.parts:
        day, month, year = (one_line(table.header[place]) for place in parts)
        reading = _("{day}, {month} and {year} together").format(day=day, month=month, year=year)
        columns[parts.day] = replace(columns[parts.day], why=reading)
        for place in (parts.month, parts.year):
            if columns[place].field is None:
                columns[place] = replace(columns[place], why=_("put together with {day}").format(day=day))
        line, cells = next(((line, row) for line, row in understood.sample if row[parts.day]), (0, []))
        why = _("the day is written in three columns; that of line {line} is {example} ({option} takes them "
                "apart)")
        told.append(Assumption("day", f"{day}, {month}, {year}", why.format(
            line=line, example=cells[parts.day] if cells else "–", option=map_option(day, "ignore"),
        )))
    return replace(
        understood, columns=tuple(columns), assumptions=(*understood.assumptions, *told)
    )


def _named(header: Sequence[str]) -> dict[str, DayParts]:
    """The columns that are headed as day, month and year of one thing, by what else their headings say."""
    words = _words()
    places: dict[str, dict[str, list[int]]] = {}
    for place, heading in enumerate(header):
        text = normal(heading)
        for part, names in words.items():
            for name in names:
                rest = _without(text, name)
                if rest is not None:
                    places.setdefault(rest, {}).setdefault(part, []).append(place)
    return {
        rest: DayParts(*(found[part][0] for part in DayParts._fields))
        for rest, found in places.items()
        if len(found) == len(DayParts._fields) and all(len(set(some)) == 1 for some in found.values())
    }


def _without(text: str, name: str) -> str | None:
    """What is left of a heading without a word that it begins or ends with; None where it does not."""
    if text == name:
        return ""
    if len(name) < 3:
        return None
    if text.startswith(f"{name} "):
        return text.removeprefix(f"{name} ")
    return text.removesuffix(f" {name}") if text.endswith(f" {name}") else None


def _hold(sample: Sequence[Row], parts: DayParts) -> bool:
    """Whether the cells are what the headings say."""
    days = [number_of(row[parts.day].strip()) for _line, row in sample if row[parts.day].strip()]
    months = [month_of(row[parts.month].strip()) for _line, row in sample if row[parts.month].strip()]
    years = [number_of(row[parts.year].strip()) for _line, row in sample if row[parts.year].strip()]
    return _mostly(days, _DAYS) and _mostly(months, _MONTHS) and _mostly(years, _YEARS)


def _mostly(numbers: Sequence[int | None], allowed: frozenset[int]) -> bool:
    return bool(numbers) and sum(1 for one in numbers if one in allowed) >= _MOST * len(numbers)


def _stands_whole(header: Sequence[str], sample: Sequence[Row], parts: DayParts) -> bool:
    """Whether another column holds the day: day, month and year only repeat it then."""
    return any(
        contents_of(sample, place).day >= 0.5
        for place, heading in enumerate(header) if place not in parts
        and any(meaning.field in _WHOLE_DAYS for meaning in meanings(heading))
    )


@cache
def _words() -> dict[str, frozenset[str]]:
    return {
        part: frozenset(normal(word) for words in by_language.values() for word in words)
        for part, by_language in said_in("values")["day_parts"].items()
    }
