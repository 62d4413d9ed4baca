"""What the owner once said about a file, remembered for the next one with the same headings.

Columns that were given a meaning keep it. What the file may settle itself (the order of day and month, the
decimal mark) is only used where it does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from activetui.importing.asking.answers import Answers
from activetui.importing.columns.contents import Contents, contents_of
from activetui.importing.columns.headings import normal
from activetui.importing.tables.rows import Row
from activetui.importing.tables.table import Table

_ALWAYS = ("source", "currency", "country", "time_zone", "same_sale")
"""Answers that hold for every file with these headings."""
_WHERE_OPEN = {
    "date_order": "date_order", "decimal": "decimal_mark", "cents": "cents", "serials": "serials",
    "carry_down": "carry_down", "day_sums": "day_sums",
}
"""Answers that hold where a file does not settle it, and what the question is about."""


_SAID = ("cents", "serials", "carry_down", "day_sums")
"""Answers that are kept as they were given."""
_SHAPES = ("email", "tax", "day", "money", "phone", "letters")
_MOSTLY = 0.8


def signature(table: Table, sample: Sequence[Row]) -> str:
    """What tells tables with the same headings from others, in whatever order the columns stand.

    Without headings the tables are alike in what their columns hold, one after another.
    """
    if table.header_row is None:
        headings = ["", *(_shape(contents_of(sample, place)) for place in range(len(table.written)))]
    else:
        headings = sorted(map(normal, table.written))
    return hashlib.sha256(json.dumps(headings).encode()).hexdigest()[:32]


def to_remember(answers: Answers, table: Table, *, date_order: str, decimal: str) -> dict[str, Any]:
    """What of an accepted import holds for the next: what was said, and how its days and amounts were read.

    `date_order` and `decimal` are what the file was read with, however that was decided.
    """
    said = {name: getattr(answers, name) for name in (*_ALWAYS, *_SAID)}
    said |= {"date_order": answers.date_order or date_order, "decimal": answers.decimal or decimal}
    if answers.same_sale != "skip":  # what would be counted twice is asked about each time
        del said["same_sale"]
    columns = {_heading(column, table): field for column, field in answers.columns.items()}
    kept: dict[str, Any] = {name: value for name, value in said.items() if value}
    return kept | ({"columns": columns} if columns else {})


def with_remembered(answers: Answers, remembered: Mapping[str, Any], open_about: frozenset[str]) -> Answers:
    """The answers, filled up with what is remembered; what is said now goes before.

    `open_about` is what the file has left open (`Question.about`).
    """
    fill = {name: remembered[name] for name in _ALWAYS if remembered.get(name) and not getattr(answers, name)}
    fill |= {
        name: remembered[name] for name, about in _WHERE_OPEN.items()
        if about in open_about and remembered.get(name) and not getattr(answers, name)
    }
    columns = {**remembered.get("columns", {}), **answers.columns}
    return replace(answers, columns=columns, **fill)


def _shape(contents: Contents) -> str:
    return next((name for name in _SHAPES if getattr(contents, name) >= _MOSTLY), "text")


def _heading(column: str, table: Table) -> str:
    """A column that was named by its number, by its heading: the next file may have another order."""
    if table.header_row is None or not column.isdecimal() or column in table.header:
        return column
    place = int(column) - 1
    if not 0 <= place < len(table.header):
        return column
    heading = table.header[place]
    return heading if heading and table.header.count(heading) == 1 else column
