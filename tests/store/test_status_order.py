"""The table that has status and texts side by side stays equal to what it is made from."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.activity.status import Status
from activetui.store.facts.indexes import indexes_after
from activetui.store.facts.refresh import refresh_all
from activetui.store.listing import list_indexes, lists, people, status_order
from activetui.store.listing.sorts import Clause
from activetui.store.opening.file import open_store
from activetui.store.other_days import as_of
from tests.segments.small_store import Someone, add, store_of
from tests.store.building import TODAY
from tests.store.places import a_store

_PLAIN = """
SELECT id, status, key, phone, company, country, (SELECT min(name) FROM tag WHERE customer_id = id)
FROM customer JOIN fact ON customer_id = id ORDER BY id"""
_TABLE = "SELECT * FROM list_status ORDER BY customer_id"
_LOST = Clause("fact.status = ?", (int(Status.LOST),))

numbers, words = st.integers(1, 4), st.sampled_from(["", "a", "B", "b", "é"])
tags = st.sampled_from(["a", "b", "c"])


def with_table(conn: sqlite3.Connection) -> sqlite3.Connection:
    """The store with the indexes of long lists, and the table of some of them."""
    for name in list_indexes.made_names():
        list_indexes.make(conn, name)
    return conn


Change: TypeAlias = tuple[str, tuple[object, ...]]


def a_statement(sql: str, *values: st.SearchStrategy[object]) -> st.SearchStrategy[Change]:
    """A statement with any of the values."""
    return st.tuples(st.just(sql), st.tuples(*values))


statuses = st.sampled_from([int(status) for status in Status])
column = st.sampled_from(["key", "phone", "company", "country"])
changes = st.one_of(
    a_statement("UPDATE fact SET status = ? WHERE customer_id = ?", statuses, numbers),
    a_statement("UPDATE fact SET spend = 5 WHERE customer_id = ?", numbers),
    column.flatmap(lambda name: a_statement(f"UPDATE customer SET {name} = ? WHERE id = ?", words, numbers)),
    a_statement("INSERT OR IGNORE INTO tag SELECT id, ? FROM customer WHERE id = ?", tags, numbers),
    a_statement("UPDATE OR REPLACE tag SET name = ? WHERE customer_id = ?", tags, numbers),
    a_statement("DELETE FROM tag WHERE name = ? AND customer_id = ?", tags, numbers),
    a_statement("worked out anew", numbers, statuses),
    a_statement("gone", numbers),
    a_statement("come", numbers, statuses, words),
)


def change(conn: sqlite3.Connection, what: str, values: tuple[object, ...]) -> None:
    """One change, as the store makes them."""
    if what == "worked out anew":
        number, status = values
        row = conn.execute("SELECT * FROM fact WHERE customer_id = ?", (number,)).fetchone()
        if row is not None:
            conn.execute("DELETE FROM fact WHERE customer_id = ?", (number,))
            marks = ", ".join("?" * len(row))
            conn.execute(f"INSERT INTO fact VALUES ({marks})", (row[0], status, *row[2:]))
    elif what == "gone":
        conn.execute("DELETE FROM tag WHERE customer_id = ?", values)
        conn.execute("DELETE FROM customer WHERE id = ?", values)
        conn.execute("DELETE FROM fact WHERE customer_id = ?", values)
    elif what == "come":
        number, status, text = values
        if conn.execute("SELECT 1 FROM customer WHERE id = ?", (number,)).fetchone() is None:
            someone = Someone(status=Status(status), key=str(text), tags=("b",))  # type: ignore[arg-type]
            someone.id = int(str(number))
            add(conn, someone)
    else:
        conn.execute(what, values)


@settings(max_examples=150, deadline=None)
@given(st.lists(changes, max_size=12))
def test_it_follows_every_change(made: list[Change]) -> None:
    conn = with_table(store_of([Someone(key="k", tags=("b",)), Someone(phone="1", tags=("a", "c"))]))
    for what, values in made:
        change(conn, what, values)
        status_order.follow(conn, range(1, 5))
    assert conn.execute(_TABLE).fetchall() == conn.execute(_PLAIN).fetchall()


def test_facts_worked_out_anew_as_they_were_write_nothing_to_it() -> None:
    conn = with_table(store_of([Someone(), Someone()]))
    change(conn, "worked out anew", (1, int(Status.ACTIVE)))
    before = conn.total_changes
    status_order.follow(conn, [1, 2])
    assert conn.total_changes == before


@pytest.mark.parametrize("sort", list(status_order.NAMES))
def test_customers_of_a_status_who_come_last_in_the_whole_list_are_read_from_it(sort: str) -> None:
    everyone = [Someone(status=Status.ACTIVE) for _number in range(5)]
    lost = Someone(status=Status.LOST, key="z", phone="9", company="Z", country="ZZ", tags=("z",))
    conn = with_table(store_of([*everyone, lost, Someone(status=Status.LOST)]))
    seen: list[str] = []
    conn.set_trace_callback(seen.append)
    assert lists.numbers(conn, _LOST, sort, False, 5) == [6, 7]
    assert list(people.ids(conn, _LOST, sort, True)) == [6, 7]
    conn.set_trace_callback(None)
    read = [statement for statement in seen if "ORDER BY" in statement]
    assert read
    assert all(status_order.NAMES[sort] in statement for statement in read)


@pytest.mark.parametrize("much", [
    lambda conn: refresh_all(conn, TODAY),
    lambda conn: list_indexes.drop(conn, "customer"),
])
def test_it_is_forgotten_before_much_is_written(
    tmp_path: Path, much: Callable[[sqlite3.Connection], None]
) -> None:
    with closing(open_store(a_store(tmp_path / "shop.db"), today=TODAY)) as conn:
        with_table(conn)
        much(conn)
        left = conn.execute("SELECT name FROM sqlite_schema WHERE name LIKE 'list_status%'").fetchall()
        assert left == []
        with_table(conn)
        assert conn.execute(_TABLE).fetchall() == conn.execute(_PLAIN).fetchall()


def test_indexes_made_anew_leave_those_of_long_lists_away(tmp_path: Path) -> None:
    with closing(open_store(a_store(tmp_path / "shop.db"), today=TODAY)) as conn:
        names = "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'fact' ORDER BY name"
        before = conn.execute(names).fetchall()
        with_table(conn)
        with indexes_after(conn, "fact"):
            assert conn.execute(names).fetchall() == []
        assert conn.execute(names).fetchall() == before


def test_another_day_has_statuses_of_its_own(tmp_path: Path) -> None:
    with closing(open_store(a_store(tmp_path / "shop.db"), today=TODAY)) as conn:
        with_table(conn)
        assert status_order.ready(conn, "key")
        as_of.look_from(conn, TODAY - 30)
        assert not status_order.ready(conn, "key")
        as_of.look_from(conn, TODAY)
        assert status_order.ready(conn, "key")
