"""The fifths of the buyers: equal figures share one, 5 is the best, and every buyer is in one group."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.segments.asking import ask
from activetui.segments.compile import compile_query
from activetui.segments.query import parse
from activetui.segments.rfm import GROUPS
from activetui.store.listing import people, quintiles
from tests.segments.small_store import TODAY, Someone, store_of


def buyers(spends: list[int]) -> sqlite3.Connection:
    """Customers who spent so much, each with one purchase."""
    return store_of(
        [Someone(spend=spend, purchases=1, last_purchase=TODAY - 1) for spend in spends], facts_day=TODAY
    )


def found(conn: sqlite3.Connection, text: str) -> list[int]:
    """The spends of whom a query finds, smallest first."""
    return sorted(person.spend for person in people.page(conn, ask(conn, text, TODAY).clause, limit=-1))


def test_ten_buyers_are_two_in_each_fifth() -> None:
    conn = buyers([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
    assert [found(conn, f"m:{place}") for place in range(1, 6)] == [
        [10, 20], [30, 40], [50, 60], [70, 80], [90, 100]
    ]
    assert found(conn, "m>=4") == [70, 80, 90, 100]
    assert found(conn, "m:2..3") == [30, 40, 50, 60]


def test_buyers_of_equal_figures_are_in_the_same_fifth_the_lower_one() -> None:
    conn = buyers([10, 10, 10, 10, 10, 10, 10, 50, 90, 90])
    assert found(conn, "m:1") == [10] * 7
    assert found(conn, "m:4") == [50]
    assert found(conn, "m:5") == [90, 90]
    assert found(conn, "m:2..3") == []


def test_who_has_never_bought_has_no_quintile_and_moves_nobodys() -> None:
    conn = buyers([10, 20, 30, 40, 50])
    before = quintiles.cuts(conn)
    conn.executescript(
        "INSERT INTO customer (id, search) VALUES (99, '');"
        "INSERT INTO fact SELECT 99, status, since, until, next_status, next_change, NULL, NULL, 0, 0, 0, 0, "
        "rhythm, next_expected, last_event, last_contact, types FROM fact WHERE customer_id = 1;"
    )
    assert quintiles.cuts(conn) == before
    assert found(conn, "m:1..5") == [10, 20, 30, 40, 50]
    assert found(conn, "-m:1..5") == [0]


def test_without_buyers_nobody_is_found_and_nothing_fails() -> None:
    conn = store_of([Someone()], facts_day=TODAY)
    assert quintiles.cuts(conn) == dict.fromkeys("rfm", (None,) * 4)
    assert found(conn, "r:5 or f:1 or m>=3 or rfm:champions") == []


def test_what_is_kept_is_forgotten_when_the_store_changes() -> None:
    conn = buyers([10, 20, 30, 40, 50])
    assert found(conn, "m:5") == [50]
    conn.execute("UPDATE fact SET spend = 500 WHERE customer_id = 1")
    conn.commit()
    assert found(conn, "m:5") == [500]
    assert found(conn, "m:4") == [50]
    assert not conn.in_transaction


def test_where_nothing_can_be_kept_it_is_worked_out_each_time() -> None:
    conn = buyers([10, 20, 30, 40, 50])
    conn.commit()
    conn.execute("PRAGMA query_only = ON")
    assert found(conn, "m:5") == [50]


figures = st.builds(
    Someone,
    last_purchase=st.none() | st.integers(TODAY - 5, TODAY),
    purchases=st.integers(0, 4),
    spend=st.integers(-2, 6),
)


@settings(max_examples=60, deadline=None)
@given(everyone=st.lists(figures, max_size=12), text=st.sampled_from(
    ["r:5", "f>=4", "m<3", "rfm:champions", "-rfm:slipping m:1..4", "rfm:regulars,hibernating or r:1"]
))
def test_cut_points_looked_up_in_the_condition_are_those_that_were_read(
    everyone: list[Someone], text: str
) -> None:
    conn = store_of([replace(someone, id=0) for someone in everyone], facts_day=TODAY)
    looked_up = compile_query(parse(text), day=TODAY, currency="EUR")
    assert people.ids(conn, looked_up) == people.ids(conn, ask(conn, text, TODAY).clause)


@settings(max_examples=40, deadline=None)
@given(everyone=st.lists(figures, max_size=12))
def test_every_buyer_is_in_exactly_one_group(everyone: list[Someone]) -> None:
    conn = store_of([replace(someone, id=0) for someone in everyone], facts_day=TODAY)
    groups = people.counts(conn, [ask(conn, f"rfm:{name}", TODAY).clause for name in GROUPS])
    assert sum(groups) == sum(someone.last_purchase is not None for someone in everyone)


def test_every_two_quintiles_belong_to_exactly_one_group() -> None:
    for r in range(1, 6):
        for fm in range(1, 6):
            fitting = [
                name for name, group in GROUPS.items()
                if group.r[0] <= r <= group.r[1] and group.fm[0] <= fm <= group.fm[1]
            ]
            assert len(fitting) == 1, (r, fm)


@pytest.mark.parametrize("written", ["r:0", "f:6", "m:2.5", "r:x"])
def test_there_are_five_of_them(written: str) -> None:
    from activetui.segments.errors import QueryError

    with pytest.raises(QueryError, match="quintile"):
        parse(written)
