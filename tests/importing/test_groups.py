"""Order numbers that come back after others: noticed wherever they stand, in whatever order numbers come."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from activetui.importing.read import Scattered
from activetui.importing.tables import chunks
from activetui.ledger.records import EventRecord
from tests.importing.files import Writer, reading

NUMBER = st.integers(1, 120).map(str) | st.sampled_from(["A-7", "007", "#12", "B12"])
UP = st.sets(st.integers(1, 2000), min_size=1, max_size=60).map(lambda found: list(map(str, sorted(found))))
DOWN = UP.map(lambda numbers: numbers[::-1])
slow = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True, scope="module")
def short_pieces() -> Iterator[None]:
    usual = chunks.LETTERS
    chunks.LETTERS = 120
    yield
    chunks.LETTERS = usual


@slow
@given(numbers=st.lists(NUMBER, min_size=1, max_size=40) | UP | DOWN, again=st.none() | st.integers(0, 60))
@example(numbers=["8", "9", "10", "11"], again=0)
@example(numbers=["11", "10", "9", "8"], again=1)
@example(numbers=[*map(str, range(40))], again=None)
@example(numbers=[*map(str, range(40))], again=39)
@example(numbers=[*map(str, range(40)), "7", *map(str, range(50, 80))], again=None)
def test_an_order_that_comes_back_is_noticed(write: Writer, numbers: list[str], again: int | None) -> None:
    if again is not None:
        numbers = [*numbers, numbers[again % len(numbers)]]
    rows = "".join(f"{number};a@example.com;01.03.2026;P;3,00\n" for number in numbers)
    read = reading(write(f"Order;Email;Date;Product;Total\n{rows}"), currency="EUR")
    runs = [number for number, _run in groupby(numbers)]
    if len(set(runs)) < len(runs):
        with pytest.raises(Scattered):
            list(read.records())
        read = read.again(gather=True)
    events = [record for record in read.records() if isinstance(record, EventRecord)]
    assert sorted(event.key for event in events) == sorted(f"purchase:{number}" for number in set(runs))
    assert sum(event.amount or 0 for event in events) == 300 * len(numbers)


def test_rows_without_a_number_are_none_that_comes_back(write: Writer) -> None:
    numbers = [*[""] * 30, "5", "3", "4", *[""] * 30, "9", "1"]
    rows = "".join(
        f"{number};a@example.com;{1 + place % 28:02}.03.2026;P{place};3,00\n"
        for place, number in enumerate(numbers)
    )
    read = reading(write(f"Order;Email;Date;Product;Total\n{rows}"), currency="EUR")
    assert len([record for record in read.records() if isinstance(record, EventRecord)]) == len(numbers)
