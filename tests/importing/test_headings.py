"""Headings in six languages: each known for what it means, alone and in a table."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from activetui.importing.columns.synonyms import meanings
from activetui.importing.columns.vocabulary import FIELDS
from tests.importing.files import Writer, reading

_KNOWN = Path(__file__).resolve().parents[1] / "data" / "headings.toml"
_CELL = {
    "email": "ana@example.com", "phone": "+351912345678", "day": "2026-01-13", "money": "12.50",
    "number": "2", "time": "10:30", "flag": "yes",
}
_CELL_OF = {
    "state": "paid", "rating": "5", "currency": "EUR", "civility": "Mr.", "no_show": "no", "cancelled": "no",
    "customer_id": "C-17", "order_id": "A-1001", "sku": "SK-9",
}


def _known() -> Iterator[Any]:
    for fields, languages in tomllib.loads(_KNOWN.read_text(encoding="utf-8")).items():
        for language, words in languages.items():
            for word in words:
                yield pytest.param(frozenset(fields.split("|")), word, id=f"{language}-{word}")


@pytest.mark.parametrize(("fields", "heading"), _known())
def test_a_heading_is_known_for_what_it_means(fields: frozenset[str], heading: str) -> None:
    assert fields & {meaning.field for meaning in meanings(heading)}


def _cell(field: str) -> str:
    return _CELL_OF.get(field) or _CELL.get(FIELDS[field].sort, "Sabão" if field == "product" else "Ana")


@pytest.mark.parametrize(
    "spelling",
    [str.upper, str.lower, lambda text: f"  {text}: ", lambda text: f"*{text}",
     lambda text: text.replace(" ", "_"), lambda text: text.replace(" ", "\u00a0")],
    ids=["upper", "lower", "padded", "starred", "underscored", "unbroken"],
)
def test_spelling_does_not_matter(spelling: Any) -> None:
    for fields, heading in ((param.values[0], param.values[1]) for param in _known()):
        assert fields & {meaning.field for meaning in meanings(spelling(heading))}, heading


def test_a_heading_is_taken_for_one_of_its_meanings_by_its_cells(write: Writer) -> None:
    wrong = []
    for number, (fields, heading) in enumerate((param.values[0], param.values[1]) for param in _known()):
        possible = {meaning.field for meaning in meanings(heading)}
        for field in sorted(fields & possible):
            text = f'"{heading}";Zorg;Blip\n{_cell(field)};ana{number}@example.org;x\n'
            column = reading(write(text, name=f"{number}.csv")).understood.columns[0]
            if column.field not in possible or not column.why or not 0 < column.confidence < 1:
                wrong.append((heading, field, column.field))
    assert wrong == []


def test_a_heading_of_one_meaning_only_is_taken_for_it(write: Writer) -> None:
    for number, (fields, heading) in enumerate((param.values[0], param.values[1]) for param in _known()):
        possible = {meaning.field for meaning in meanings(heading)}
        if len(possible) == 1 and possible <= fields:
            (field,) = possible
            text = f'"{heading}";Zorg;Blip\n{_cell(field)};ana{number}@example.org;x\n'
            column = reading(write(text, name=f"{number}.csv")).understood.columns[0]
            assert (column.field, column.confidence > 0.7) == (field, True), heading
