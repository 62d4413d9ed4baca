"""The parts of the Customers screen that need no screen."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.activity.status import Status
from activetui.segments.query import parse
from activetui.store.listing.people import Person
from activetui.tui.flows.tag_suggester import TagSuggester
from activetui.tui.people import USUAL, people_columns, person_columns
from activetui.tui.screens.customers import chosen_columns
from activetui.tui.screens.customers.found_words import found_words
from activetui.tui.screens.customers.marks import Marks
from activetui.tui.screens.customers.status_term import status_of, with_status, without_status
from activetui.tui.widgets.list_pages import PAGE, Pages

NUMBERS = st.lists(st.integers(1, 50), unique=True)


def test_one_customer_is_one() -> None:
    assert found_words(1, 1) == "1 customer"
    assert found_words(2, 2) == "2 customers"


@given(st.lists(st.tuples(st.sampled_from(["add", "invert", "turn", "clear"]), NUMBERS)))
def test_marks_are_a_set_whatever_is_done(steps: list[tuple[str, list[int]]]) -> None:
    marks, known = Marks(), set()
    for what, numbers in steps:
        if what == "add":
            marks.add(numbers)
            known |= set(numbers)
        elif what == "invert":
            marks.invert(numbers)
            known ^= set(numbers)
        elif what == "turn":
            for number in numbers:
                assert marks.turn(number) is (number not in known)
                known ^= {number}
        else:
            marks.clear()
            known = set()
    assert marks.numbers() == sorted(known)
    assert len(marks) == len(known)
    assert all((number in marks) is (number in known) for number in range(1, 51))


@pytest.mark.parametrize(("text", "status"), [
    ("", None), ("status:inactive", Status.INACTIVE), ("STATUS:at_risk spend>5", Status.AT_RISK),
    ("ana status=lost", Status.LOST), ("-status:lost", None), ("status:lost,new", None),
    ("status:lost or tag:vip", None), ("(status:lost)", None), ("status:nothing", None),
    ("status:lost status:new", None), ('name:"status:lost"', None), ('"a or b" status:lost', Status.LOST),
])
def test_the_status_that_a_filter_asks_for_is_seen(text: str, status: Status | None) -> None:
    assert status_of(text) is status


@settings(deadline=None)
@given(
    st.sampled_from(
        ["", "ana", "spend>5", "spend>5 tag:vip", "a or b", "-tag:x", '"a b"', "status:new", "(a b)"]
    ),
    st.sampled_from(list(Status)),
)
def test_a_status_can_be_added_exchanged_and_taken_away(text: str, status: Status) -> None:
    chosen = with_status(text, status)
    parse(chosen)
    if status_of(text) is status:
        assert status_of(chosen) is None
    else:
        assert f"status:{status.word}" in chosen
        if status_of(chosen) is status:
            assert without_status(chosen) == without_status(text)
            assert with_status(chosen, status) == without_status(text)


@given(st.integers(0, 1500), st.lists(st.integers(0, 1499), max_size=30))
def test_every_row_of_a_long_list_is_asked_for_once_and_then_here(total: int, seen: list[int]) -> None:
    pages: Pages[int] = Pages()
    pages.begin(total)
    asked: list[int] = []
    for index in seen:
        for first in pages.wanted(index):
            asked.append(first)
            pages.put(first, list(range(first, min(total, first + PAGE))))
        assert pages.row(index) == (index if index < total else None)
    assert len(asked) == len(set(asked))


def test_a_list_that_turns_out_longer_keeps_its_whole_pages() -> None:
    pages: Pages[int] = Pages()
    pages.begin(PAGE)
    pages.fill(range(PAGE))
    pages.grow(3 * PAGE)
    assert (pages.row(PAGE - 1), pages.row(PAGE), list(pages.wanted(PAGE))) == (PAGE - 1, None, [PAGE])
    pages.begin(5)
    pages.fill(range(5))
    pages.grow(9)
    assert list(pages.wanted(0)) == [0], "the page that was its end has more rows now"


def test_chosen_columns_are_remembered_and_unknown_ones_left_out() -> None:
    assert chosen_columns.remembered() == ()
    chosen_columns.remember(("name", "email", "gone", "spend"))
    chosen = chosen_columns.remembered()
    assert [column.id for column in people_columns(0, chosen)] == ["name", "email", "spend"]
    chosen_columns.remember(USUAL)
    assert chosen_columns.remembered() == ()


def test_every_field_of_a_person_is_a_column_that_sorts() -> None:
    shown = {column.sort for column in person_columns(0)}
    told_with_others = {"name", "currency", "next_status", "status_until"}
    assert set(Person._fields) - told_with_others <= shown
    assert len({column.id for column in person_columns(0)}) == len(person_columns(0))


@pytest.mark.parametrize(("typed", "offered"), [
    ("v", "vip"), ("autumn, v", "autumn, vip"), ("V", "Vip"), ("", None), ("vip", None), ("x", None),
])
def test_the_last_of_some_tags_is_completed(typed: str, offered: str | None) -> None:
    assert asyncio.run(TagSuggester(["vip", "olive"]).get_suggestion(typed)) == offered
