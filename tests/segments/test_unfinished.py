"""While a query is typed, nothing jumps and nothing is scolded in the middle of a word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.segments.complete import how_far
from activetui.segments.errors import QueryError
from activetui.segments.query import parse
from activetui.segments.unfinished import Typed, typed
from tests.segments.random_queries import SPOKEN, tests
from tests.segments.small_store import OWN_KIND, store_of

DONE, MAYBE, UNFINISHED = Typed.DONE, Typed.MAYBE, Typed.UNFINISHED

STATES = [
    ("", DONE),
    ("silva", DONE),
    ("stat", MAYBE),
    ("ana stat", MAYBE),
    ("-stat", UNFINISHED),
    ("-silva", DONE),
    ("status:", UNFINISHED),
    ("status:ina", UNFINISHED),
    ("status:inactive", DONE),
    ("status:inactive,", UNFINISHED),
    ("status:inactive,lo", UNFINISHED),
    ("status:xyz", DONE),
    ("spend>", UNFINISHED),
    ("spend >", UNFINISHED),
    ("spend>5", DONE),
    ("spend>€", UNFINISHED),
    ("spend:100..", DONE),
    ("spend>abc!", DONE),
    ("spnd>", DONE),
    ("last>6", UNFINISHED),
    ("last>60d", DONE),
    ("last>60x", DONE),
    ("last<2026-0", UNFINISHED),
    ("last<2026-01-", UNFINISHED),
    ("last:tod", UNFINISHED),
    ("last > 60 da", UNFINISHED),
    ("last older", UNFINISHED),
    ("last older than", UNFINISHED),
    ("last older than ", UNFINISHED),
    ("last older than 6", UNFINISHED),
    ("last older than 60d", DONE),
    ("spend between 5 an", UNFINISHED),
    ("first in town", DONE),
    ("country:P", MAYBE),
    ("name:Sil", DONE),
    ('"olive o', UNFINISHED),
    ('product:"olive o', UNFINISHED),
    ("(a", UNFINISHED),
    ("(a or", UNFINISHED),
    ("a or", UNFINISHED),
    ("a or ", UNFINISHED),
    ("-", UNFINISHED),
    ("a -(", UNFINISHED),
    ("as-of:2026", UNFINISHED),
    ("as-of:2026-03-31", DONE),
    ("as-of:30d", DONE),
    ("segment:won", UNFINISHED),
    ("segment:won_back", DONE),
    ('segment:"won back"', DONE),
    ("segment:nobody", DONE),
    ("r:", UNFINISHED),
    ("rfm:champ", UNFINISHED),
    ("kind:compl", UNFINISHED),
]


@pytest.mark.parametrize(("text", "state"), STATES)
def test_how_far_it_is_at_its_end(text: str, state: Typed) -> None:
    assert how_far(text, len(text), store_of([])) is state


@pytest.mark.parametrize(("text", "cursor", "state"), [
    ("stat spend>5", 4, MAYBE),
    ("last> spend>5", 5, UNFINISHED),
    ("last> spend>5", 13, DONE),               # what is wrong stands elsewhere, so it is told
    ("status:ina (a or b)", 10, UNFINISHED),
    ("status:inactive", 8, DONE),
])
def test_only_the_word_at_the_cursor_is_waited_for(text: str, cursor: int, state: Typed) -> None:
    assert typed(text, cursor) is state


@settings(max_examples=100, deadline=None)
@given(text=tests | st.sampled_from(SPOKEN))
def test_no_mistake_is_told_on_the_way_to_a_condition(text: str) -> None:
    parse(text, [OWN_KIND[0]])
    told = []
    for cursor in range(len(text)):
        if typed(text[:cursor], cursor, [OWN_KIND[0]]) is UNFINISHED:
            continue
        try:
            parse(text[:cursor], [OWN_KIND[0]])
        except QueryError as mistake:
            if "less or more" not in mistake.message:           # last:60d is whole, and needs a word
                told.append(text[:cursor])
    assert told == []


@settings(max_examples=100, deadline=None)
@given(text=st.text(alphabet='ab5-:<>="() ,.d€', max_size=12), data=st.data())
def test_any_text_has_a_state_at_any_place(text: str, data: st.DataObject) -> None:
    assert typed(text, data.draw(st.integers(0, len(text)))) in Typed
