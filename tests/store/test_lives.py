"""Lives, one row a customer: read one at a time, in one go, by arrays and by SQL, all say the same."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.activity.evaluate import Spans
from activetui.ledger.days import FAR_FUTURE, FAR_PAST, Day
from activetui.store.facts import life_arrays, lives, lives_checked, lives_in_sql
from activetui.store.facts.lives import life_of
from activetui.store.opening.guard import DataFileError, owner_errors

Life = list[tuple[Day, int]]

NUMBERS = st.integers(1, 40) | st.sampled_from([100_000, 100_001, 2**31, 2**40])
"""Customers stand together and far from one another."""
DAYS = st.integers(-30, 30) | st.sampled_from([
    FAR_PAST, FAR_PAST + 1, FAR_PAST + 2, FAR_FUTURE - 2, FAR_FUTURE - 1, 20_000
])
STATUSES = st.integers(0, 7)
SOME = st.sets(STATUSES)


@st.composite
def some_lives(draw: st.DrawFn) -> Life:
    starts = sorted(draw(st.sets(DAYS.filter(lambda day: day > FAR_PAST), max_size=6)))
    spans = [(FAR_PAST, draw(STATUSES))]
    for start in starts:
        spans.append((start, draw(STATUSES.filter(lambda status: status != spans[-1][1]))))
    return spans


EVERYBODY = st.dictionaries(NUMBERS, some_lives(), max_size=8)


def stored(everybody: Mapping[int, Life]) -> closing[sqlite3.Connection]:
    """A store of nothing but lives, in which few are looked through together."""
    conn = sqlite3.connect(":memory:")
    lives_in_sql.register(conn)
    conn.execute("CREATE TABLE life (customer_id INTEGER PRIMARY KEY, spans BLOB NOT NULL) STRICT")
    conn.execute("CREATE TABLE fact (customer_id INTEGER PRIMARY KEY) STRICT")
    for number, life in everybody.items():
        conn.execute("INSERT INTO life VALUES (?, ?)", (number, life_of(life)))
        conn.execute("INSERT INTO fact VALUES (?)", (number,))
    return closing(conn)


def slowly_then(life: Life, day: Day) -> int | None:
    """The status on a day, day by day as one would say it."""
    begun = [status for start, status in life if start <= day]
    return begun[-1] if begun else None


def slowly_changed(life: Life, first: Day, last: Day) -> list[tuple[Day, int, int]]:
    return [
        (day, before, after) for (_day, before), (day, after) in pairwise(life) if first <= day <= last
    ]


def ways(conn: sqlite3.Connection, condition: str, *values: int) -> Iterator[set[int]]:
    """Whom a condition finds: everyone looked through in plain Python and by arrays, and one by one."""
    for sql in (condition, lives_in_sql.one_by_one(condition)):
        for longest in (0, 1 << 30):
            with patch.object(lives_in_sql, "_LONG", longest):
                rows = conn.execute(f"SELECT customer_id FROM fact WHERE {sql}", values)
                yield {number for (number,) in rows}


@given(some_lives(), DAYS)
def test_a_life_says_every_status(life: Life, day: Day) -> None:
    row = life_of(life)
    assert len(row) == 4 * len(life)
    assert lives.status_then(row, day) == slowly_then(life, day)
    ends = [*(start for start, _status in life[1:]), FAR_FUTURE]
    assert lives.spans_in(row) == [
        (status, start, end) for (start, status), end in zip(life, ends, strict=True)
    ]


def test_nobody_has_no_status() -> None:
    assert lives.status_then(None, 0) is None
    assert lives.status_then(b"", 0) is None
    assert lives.status_then(life_of([(FAR_PAST, 3)]), FAR_PAST - 1) is None


@given(some_lives(), DAYS, DAYS)
def test_changes_are_those_of_the_days_asked_for(life: Life, first: Day, last: Day) -> None:
    assert list(lives.changes_in(life_of(life), first, last)) == slowly_changed(life, first, last)


@given(EVERYBODY, SOME, DAYS)
def test_who_has_been_in_a_status_is_the_same_by_all_ways(
    everybody: dict[int, Life], some: set[int], day: Day
) -> None:
    wanted = {
        number for number, life in everybody.items()
        if any(status in some and start <= day for start, status in life)
    }
    with stored(everybody) as conn:
        for found in ways(conn, lives_in_sql.BEEN.format(statuses="?", day="?"), lives.bits(some), day):
            assert found == wanted


@given(EVERYBODY, SOME, SOME, DAYS, DAYS)
def test_who_went_over_is_the_same_by_all_ways(
    everybody: dict[int, Life], before: set[int], after: set[int], first: Day, last: Day
) -> None:
    wanted = {
        number for number, life in everybody.items()
        if any(old in before and new in after for _day, old, new in slowly_changed(life, first, last))
    }
    condition = lives_in_sql.FLIPPED.format(before="?", after="?", first="?", last="?")
    with stored(everybody) as conn:
        for found in ways(conn, condition, lives.bits(before), lives.bits(after), first, last):
            assert found == wanted


@given(EVERYBODY)
def test_everyone_is_read_in_parts_whatever_the_gaps_between_numbers(everybody: dict[int, Life]) -> None:
    with stored(everybody) as conn:
        found = {}
        for part in life_arrays.everyone(conn):
            for place, number in enumerate(part.customers.tolist()):
                mine = part.owner == place
                found[number] = list(zip(part.start[mine].tolist(), part.status[mine].tolist(), strict=True))
    assert found == everybody


@given(EVERYBODY, st.sets(NUMBERS), DAYS)
def test_spans_of_some_are_those_that_hold_or_begin_later(
    everybody: dict[int, Life], others: set[int], since: Day
) -> None:
    wanted = np.array(sorted(set(list(everybody)[::2]) | others), dtype=np.int64)
    with stored(everybody) as conn:
        found = life_arrays.spans_of_block(conn, wanted, since)
    columns = (wanted[found.owner], found.start, found.end, found.status)
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    assert rows == [
        (number, start, end, status)
        for number in wanted.tolist()
        for status, start, end in lives.spans_in(life_of(everybody.get(number, [])))
        if end > since
    ]


@given(EVERYBODY, st.integers(-30, 30), st.integers(-30, 30))
def test_changes_of_everyone_are_those_of_each(everybody: dict[int, Life], first: Day, last: Day) -> None:
    each = sorted(
        (day, number, before, after)
        for number, life in everybody.items() for day, before, after in slowly_changed(life, first, last)
    )
    with stored(everybody) as conn:
        found = life_arrays.changes(conn, first, last)
    assert list(found.by_day()) == each
    counted = {pair: sum(1 for row in each if row[2:] == pair) for pair in {row[2:] for row in each}}
    assert found.counted() == counted


@given(EVERYBODY)
def test_what_the_evaluator_finds_becomes_these_rows(everybody: dict[int, Life]) -> None:
    numbers = sorted(everybody)
    rows = [
        (place, start, end, status)
        for place, number in enumerate(numbers)
        for status, start, end in lives.spans_in(life_of(everybody[number]))
    ]
    columns = np.array(rows, dtype=np.int32).reshape(-1, 4).T
    spans = Spans(columns[0], columns[1], columns[2], columns[3].astype(np.int8))
    assert life_arrays.packed(np.array(numbers, dtype=np.int64), spans) == [
        (number, life_of(everybody[number])) for number in numbers
    ]


@given(EVERYBODY)
def test_whole_lives_are_not_found_damaged(everybody: dict[int, Life]) -> None:
    with stored(everybody) as conn:
        assert lives_checked.damaged(conn) == []


WHOLE = [(FAR_PAST, 1), (10, 2), (20, 1)]


@pytest.mark.parametrize("row", [
    b"", life_of(WHOLE)[:-1], life_of(WHOLE[1:]), life_of([*WHOLE, (20, 3)]), life_of([*WHOLE, (15, 3)]),
    life_of([*WHOLE, (30, 1)]), life_of([*WHOLE, WHOLE[0]]), life_of([*WHOLE, (FAR_FUTURE, 2)]),
], ids=[
    "nothing", "torn", "not from the first day", "twice a day", "back", "no change", "begun anew", "no end",
])
def test_what_is_no_life_is_found_damaged(row: bytes) -> None:
    with stored({1: WHOLE, 2: WHOLE, 3: WHOLE}) as conn:
        conn.execute("UPDATE life SET spans = ? WHERE customer_id = 2", (row,))
        assert lives_checked.damaged(conn) == [2]
        lives_checked.counted(conn)  # as far as it can be read


def test_the_lives_of_many_that_cannot_be_theirs_are_said_to_be_damaged() -> None:
    with stored({1: WHOLE, 2: WHOLE}) as conn:
        conn.execute("UPDATE life SET spans = x'' WHERE customer_id = 2")
        with pytest.raises(life_arrays.DamagedLivesError, match="damaged"):
            list(life_arrays.everyone(conn))


@pytest.mark.parametrize("row", [b"", life_of([(FAR_PAST, 1), (10, 2)])[:-1]], ids=["nothing", "torn"])
@pytest.mark.parametrize("longest", [0, 1 << 30], ids=["arrays", "plain"])
def test_a_question_about_damaged_lives_says_that_the_file_is_damaged(
    row: bytes, longest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lives_in_sql, "_LONG", longest)
    asked = f"SELECT * FROM fact WHERE {lives_in_sql.BEEN.format(statuses=4, day=20)}"
    with stored({1: WHOLE, 2: WHOLE}) as conn:
        conn.execute("UPDATE life SET spans = ? WHERE customer_id = 2", (row,))
        with pytest.raises(DataFileError, match="is damaged"), owner_errors(Path("shop.db")):
            conn.execute(asked).fetchall()


def test_everyone_is_found_in_more_than_one_part() -> None:
    numbers = [*range(1, 2 * lives.AT_ONCE + 10), 10**9]
    with stored(dict.fromkeys(numbers, WHOLE)) as conn:
        for found in ways(conn, lives_in_sql.BEEN.format(statuses=lives.bits([2]), day="?"), 10):
            assert len(found) == len(numbers)
        assert [len(part.customers) for part in life_arrays.everyone(conn)] == [
            lives.AT_ONCE, lives.AT_ONCE, 9, 1
        ]


@given(some_lives(), st.integers(-5, 5))
def test_a_moved_life_moves_all_but_its_beginning(life: Life, by: int) -> None:
    first, *others = life
    within = [(start, status) for start, status in others if FAR_PAST + 10 < start < FAR_FUTURE - 10]
    there = [first, *((start + by, status) for start, status in within)]
    assert lives.moved(life_of([first, *within]), by) == life_of(there)


def test_conditions_say_their_values_in_the_same_order() -> None:
    condition = lives_in_sql.FLIPPED.format(before="?1", after="?2", first="?3", last="?4")
    for sql in (condition, lives_in_sql.one_by_one(condition)):
        assert [sql.index(f"?{place}") for place in range(1, 5)] == sorted(
            sql.index(f"?{place}") for place in range(1, 5)
        )
    assert json.loads(lives_in_sql.have_been("5:6", life_of(WHOLE) * 2, lives.bits([2]), 10)) == [5, 6]
