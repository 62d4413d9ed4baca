"""Who stands where in a list: with and without indexes, from both ends, at any place."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.activity.status import ACTIVE_BASE, Status
from activetui.ledger.days import FAR_FUTURE, FAR_PAST
from activetui.store.listing import list_indexes, lists, people
from activetui.store.listing.sorts import EVERYONE, SORTS, Clause
from activetui.store.opening.file import open_store
from tests.segments.random_queries import someones
from tests.segments.small_store import Someone, store_of
from tests.store.building import TODAY
from tests.store.places import a_store

CLAUSES = (
    EVERYONE,
    Clause("fact.status = ?", (int(Status.ACTIVE),)),
    Clause("(fact.status = ? OR fact.status = ?)", (int(Status.LOST), int(Status.AT_RISK))),
    Clause("(fact.spend >= ? AND instr(customer.search, ?) > 0)", (10_000, "a")),
    Clause("instr(customer.search, ?) > 0", ("e",)),
    Clause("EXISTS (SELECT 1 FROM tag WHERE tag.customer_id = customer.id AND tag.name = ?)", ("vip",)),
)


def indexed(conn: sqlite3.Connection) -> sqlite3.Connection:
    """The store with the indexes of long lists."""
    for name in list_indexes.made_names():
        list_indexes.make(conn, name)
    return conn


def key_of(someone: Someone, sort: str) -> object:
    """What a customer is sorted by; None where it is not known."""
    match sort:
        case "name":
            return someone.search
        case "key" | "email" | "phone" | "company" | "country":
            text = getattr(someone, sort)
            return "".join(letter.lower() if letter.isascii() else letter for letter in text) or None
        case "status_since":
            return None if someone.since == FAR_PAST else someone.since
        case "status_until":
            return None if someone.until == FAR_FUTURE else someone.until
        case "active":
            return someone.status in ACTIVE_BASE
        case "types":
            return someone.types or None
        case "tags":
            return min(someone.tags, default=None)
    return getattr(someone, sort)


def in_order(everyone: list[Someone], sort: str, descending: bool) -> list[int]:
    """The numbers of everyone in the order of a list, by plain sorting."""
    keys = {someone.id: key_of(someone, sort) for someone in everyone}
    falling = descending if sort == "id" else descending != SORTS[sort].descending_first
    numbers = sorted(keys, reverse=falling)
    known = [number for number in numbers if keys[number] is not None]
    known.sort(key=lambda number: keys[number], reverse=descending)  # type: ignore[arg-type,return-value]
    return known + [number for number in numbers if keys[number] is None]


@settings(max_examples=60, deadline=None)
@given(
    everyone=st.lists(someones, max_size=9), sort=st.sampled_from(list(SORTS)), descending=st.booleans(),
    with_indexes=st.booleans(),
)
def test_a_list_is_in_its_order_with_and_without_indexes(
    everyone: list[Someone], sort: str, descending: bool, with_indexes: bool
) -> None:
    for number, someone in enumerate(everyone, 1):
        someone.id = number
    conn = store_of(everyone)
    if with_indexes:
        indexed(conn)
    expected = in_order(everyone, sort, descending)
    assert list(people.ids(conn, sort=sort, descending=descending)) == expected
    assert lists.numbers(conn, EVERYONE, sort, descending, -1) == expected


@settings(max_examples=60, deadline=None)
@given(
    everyone=st.lists(someones, max_size=12), sort=st.sampled_from(list(SORTS)), descending=st.booleans(),
    clause=st.sampled_from(CLAUSES), size=st.integers(1, 5), with_indexes=st.booleans(),
)
def test_windows_of_a_list_are_parts_of_the_whole(
    everyone: list[Someone], sort: str, descending: bool, clause: Clause, size: int, with_indexes: bool
) -> None:
    for number, someone in enumerate(everyone, 1):
        someone.id = number
    conn = store_of(everyone)
    if with_indexes:
        indexed(conn)
    fitting = set(people.ids(conn, clause))
    whole = [number for number in in_order(everyone, sort, descending) if number in fitting]
    assert list(people.ids(conn, clause, sort, descending)) == whole
    for offset in range(len(whole) + 2):
        window = lists.numbers(conn, clause, sort, descending, size, offset)
        assert window == whole[offset : offset + size]
    assert lists.numbers(conn, clause, sort, descending, size, from_end=True) == whole[-size:]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", list(SORTS))
def test_everyone_and_whole_statuses_are_read_in_the_order_of_an_index(sort: str, descending: bool) -> None:
    conn = indexed(store_of([Someone(), Someone()]))
    seen: list[str] = []
    for clause in (EVERYONE, Clause("fact.status = 2")):
        for from_end in (False, True):
            conn.set_trace_callback(seen.append)
            lists.numbers(conn, clause, sort, descending, 2, from_end=from_end)
            conn.set_trace_callback(None)
    for statement in seen:
        if "ORDER BY" in statement:
            plan = " ".join(row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {statement}"))
            assert "TEMP B-TREE" not in plan, statement


def test_a_few_among_very_many_are_found_in_order() -> None:
    """So few that reading in order is given up."""
    conn = indexed(store_of([Someone()]))
    conn.executescript("""
        DELETE FROM customer; DELETE FROM fact;
        WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 30000)
        INSERT INTO customer (id, email, search) SELECT n, printf('%05d@x', 30000 - n), 'x' FROM number;
        INSERT INTO fact (customer_id, status, since, until, next_status, next_change, purchases,
          purchase_days, spend, year_spend, types)
        SELECT id, id % 8, 0, 0, 0, 0, 0, 0, id, 0, 0 FROM customer;
    """)
    few = Clause("(fact.spend % 10000 = ? AND customer.search = 'x')", (7,))
    assert lists.numbers(conn, few, "spend", True, 5) == [20_007, 10_007, 7]
    assert lists.numbers(conn, few, "email", True, 5) == [7, 10_007, 20_007]
    assert lists.numbers(conn, few, "email", True, 1, from_end=True) == [20_007]


@pytest.mark.parametrize("descending", [False, True])
def test_one_goes_to_the_first_of_a_letter(descending: bool) -> None:
    emails = {"Ana": "a@x", "Bea": "", "Émile": "é@x", "eva": "E@x", "Zoë": "z@x"}
    conn = store_of([Someone(name=name, email=email) for name, email in emails.items()])
    places = {"E": 1, "b": 3} if descending else {"E": 2, "b": 1}
    for letter in ("E", "b", "q", ""):
        assert people.place_of(conn, EVERYONE, "name", descending, letter) == places.get(letter)
    active = Clause("fact.status = ?", (int(Status.LOST),))
    assert people.place_of(conn, active, "name", descending, "a") is None
    assert people.place_of(conn, EVERYONE, "spend", descending, "a") is None
    assert people.place_of(conn, EVERYONE, "email", descending, "z") == (1 if descending else 2)


def test_the_last_page_is_in_the_order_of_the_list() -> None:
    conn = store_of([Someone(name=name) for name in "DCBA"])
    assert [person.name for person in people.last_page(conn, limit=3)] == ["B", "C", "D"]
    assert [person.id for person in people.some(conn, limit=2)] == [1, 2]


def test_giving_up_a_walk_leaves_the_connection_as_stoppable_as_before(tmp_path: Path) -> None:
    with closing(open_store(a_store(tmp_path / "shop.db"), today=TODAY)) as conn:
        wanted = True
        conn.stop_when(lambda: not wanted)
        assert len(people.page(conn, Clause("fact.spend >= ?", (0,)))) == 1
        wanted = False
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            conn.execute(
                "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT max(n) FROM n"
            ).fetchone()
        wanted = True
        assert conn.execute("SELECT 1").fetchone() == (1,)
