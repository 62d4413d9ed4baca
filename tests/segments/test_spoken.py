"""Comparisons in words mean what the same with signs means; other words are searched for."""

from __future__ import annotations

import pytest

from activetui.segments.errors import QueryError
from activetui.segments.query import parse
from activetui.segments.tree import All, FieldTest, Words
from tests.segments.random_queries import SPOKEN

PAIRS = [
    ("last older than 60 days", "last>60d"),
    ("LAST Older  Than 60D", "last>60d"),
    ("last over 60d ago", "last>60d"),
    ("last older than 2026-10-15", "last<2026-10-15"),
    ("last newer than 2026-10-15", "last>2026-10-15"),
    ("last in the last 30 days", "last<=30d"),
    ("last within the last 2 weeks", "last<=2w"),
    ("bought within 1 month", "last<=1m"),
    ("bought at least 1 year ago", "last>=1y"),
    ("last between 1 and 30 days ago", "last:1d..30d"),
    ("last between 2026-10 and 2026-11", "last:2026-10..2026-11"),
    ("first newer than 1y", "first<1y"),
    ("first since 2026-10", "first>=2026-10"),
    ("first in 2026", "first:2026"),
    ("first on 2026-10-01", "first=2026-10-01"),
    ("last before today", "last<today"),
    ("since after yesterday", "since>yesterday"),
    ("last up to 2026-10", "last<=2026-10"),
    ("last until 2026-10", "last<=2026-10"),
    ("until in the next 2 weeks", "until<=2w"),
    ("until in less than 7d", "until<7d"),
    ("until in more than 30d", "until>30d"),
    ("next before 2026-12-01", "next<2026-12-01"),
    ("last > 2 weeks", "last>2w"),
    ("last<=3 months", "last<=3m"),
    ("spend over 500", "spend>500"),
    ("spend at most €500.01", "spend<=€500.01"),
    ("spend under 500EUR", "spend<500EUR"),
    ("spend between 1 and 0.5k", "spend:1..0.5k"),
    ("purchases at least 3", "purchases>=3"),
    ("purchases exactly 3", "purchases=3"),
    ("rhythm less than 2 weeks", "rhythm<2w"),
    ("year under 1", "year<1"),
]


@pytest.mark.parametrize(("words", "signs"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_words_and_signs_mean_the_same(words: str, signs: str) -> None:
    said, signed = parse(words).root, parse(signs).root
    assert isinstance(said, FieldTest)
    assert isinstance(signed, FieldTest)
    assert (said.field, said.values) == (signed.field, signed.values)
    assert (said.start, said.end) == (0, len(words))


def test_the_comparisons_of_the_random_queries_are_all_read() -> None:
    assert all(isinstance(parse(text).root, FieldTest) for text in SPOKEN)


def test_they_stand_among_other_conditions() -> None:
    root = parse("status:active last older than 60 days -(spend over 5 year under 3) ana").root
    assert isinstance(root, All)
    assert [type(part).__name__ for part in root.parts] == ["FieldTest", "FieldTest", "Not", "Words"]


@pytest.mark.parametrize("text", [
    "last order", "older than ana", "first in town", "next to nothing", "spend a lot", "year of the dog",
    "last over there", "bought by 5 people", "firstly over 5", "spend more or less",
])
def test_other_words_are_searched_for(text: str) -> None:
    root = parse(text.replace(" or ", " ")).root
    assert isinstance(root, All)
    assert all(isinstance(part, Words) for part in root.parts)


@pytest.mark.parametrize(("text", "says"), [
    ("last before 60d", "'before' does not go with 'last' and '60d'"),
    ("last more than 2026-01-01", "does not go with"),
    ("spend older than 5", "does not go with"),
    ("until older than 5d", "does not go with"),
    ("last older than 60", "no day"),
    ("ana older than 60 days", "without a field"),
    ("in the last 30d", "without a field"),
    ("last between 2026-02 and 2026-01", "backwards"),
])
def test_words_that_do_not_go_together_are_refused(text: str, says: str) -> None:
    with pytest.raises(QueryError, match=says) as refused:
        parse(text)
    assert 0 <= refused.value.start < refused.value.end <= len(text)
