"""Pieces of text are found whether the index of long lists is there, half filled, out of date or gone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from activetui.ledger.text import fold
from activetui.segments.asking import ask
from activetui.store.facts import refresh
from activetui.store.listing import by_beginning, list_indexes, lists, people, search, upkeep
from activetui.store.listing.sorts import SORTS, Clause
from activetui.store.opening.file import open_store, transaction
from tests.segments.small_store import Someone, store_of
from tests.store.building import TODAY, Building

words = st.text("abcé\"'\0Zж ", max_size=8)
names = st.text("abé\2 ", max_size=16)
BESIDE = (
    "{found}", "({found})", "(NOT ({found}))", "(({found}) IS NOT TRUE)",
    "(fact.status >= 0 AND ({found}))", "(customer.id > 2 AND ({found}))",
    "(({found}) OR fact.spend < 0)", "(({found}) OR customer.id < 3)",
    "((customer.id > 2) AND (({found}) IS NOT TRUE))",
    "CASE WHEN ({found}) THEN customer.id < 3 ELSE TRUE END",
)
"""Conditions with a piece of text in them."""


def matching(conn: sqlite3.Connection, needle: str) -> set[int]:
    """Who has the needle, by looking at everyone."""
    rows = conn.execute("SELECT id, search, note FROM customer").fetchall()
    return {number for number, text, note in rows if needle in text or (note and needle in fold(note))}


def many(conn: sqlite3.Connection, number: int, text: str = "'customer ' || n") -> None:
    """So many customers, called by an SQL text of their number `n`."""
    conn.executescript(f"""
        DELETE FROM customer; DELETE FROM fact;
        WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {number})
        INSERT INTO customer (id, name, search, note) SELECT n, {text}, {text}, iif(n % 99, '', 'Née Noël')
        FROM number;
        INSERT INTO fact (customer_id, status, since, until, next_status, next_change, purchases,
          purchase_days, spend, year_spend, types)
        SELECT id, id % 8, 0, 0, 0, 0, 0, 0, id, 0, 0 FROM customer;
    """)


@settings(max_examples=80, deadline=None)
@given(
    texts=st.lists(st.tuples(words, words), max_size=8),
    needles=st.lists(st.text("abcé\"'\0Zж ", min_size=1, max_size=6).map(fold), min_size=1, max_size=4),
    indexed=st.integers(0, 9),
    changes=st.lists(st.tuples(st.sampled_from(("edit", "note", "go", "come")), st.integers(1, 9), words)),
)
@example(texts=[("", "ZZ\x00")], needles=["zz"], indexed=1, changes=[])
def test_what_is_found_is_what_is_there_whatever_the_index_knows(
    texts: list[tuple[str, str]], needles: list[str], indexed: int, changes: list[tuple[str, int, str]]
) -> None:
    conn = store_of([Someone(name=name, note=note) for name, note in texts[:indexed]])
    search.index_some(conn)
    for number, (name, note) in enumerate(texts[indexed:], indexed + 1):
        conn.execute(
            "INSERT OR IGNORE INTO customer (id, search, note) VALUES (?, ?, ?)", (number, fold(name), note)
        )
    for what, number, text in changes:
        match what:
            case "edit":
                conn.execute("UPDATE customer SET search = ? WHERE id = ?", (fold(text), number))
            case "note":
                conn.execute("UPDATE customer SET note = ? WHERE id = ?", (text, number))
            case "go":
                conn.execute("DELETE FROM customer WHERE id = ?", (number,))
            case "come":
                conn.execute(
                    "INSERT OR IGNORE INTO customer (id, search) VALUES (?, ?)", (number, fold(text))
                )
    for needle in needles:
        assert set(people.ids(conn, search.found(conn, needle), "id")) == matching(conn, needle)
    together = set.intersection(*(matching(conn, needle) for needle in needles))
    assert set(people.ids(conn, search.found(conn, *needles), "id")) == together


@settings(max_examples=120, deadline=None)
@given(
    texts=st.lists(st.tuples(names, words), max_size=12),
    needles=st.lists(st.text("abé\2 ", min_size=1, max_size=4).map(fold), min_size=1, max_size=2),
    indexed=st.integers(0, 12),
    changes=st.lists(st.tuples(st.sampled_from(("edit", "go")), st.integers(1, 12), names)),
    few=st.sampled_from((-1, 10_000)), not_many=st.sampled_from((-1, 10_000)),
    outside=st.sampled_from((0, 1, 3_000)), notes=st.sampled_from((-1, 2_000)),
    beside=st.sampled_from(BESIDE), descending=st.booleans(),
    limit=st.integers(0, 4), offset=st.integers(0, 4),
)
def test_the_first_by_name_are_the_same_however_they_are_found(
    texts: list[tuple[str, str]], needles: list[str], indexed: int, changes: list[tuple[str, int, str]],
    few: int, not_many: int, outside: int, notes: int, beside: str, descending: bool, limit: int,
    offset: int,
) -> None:
    conn = store_of([Someone(name=name, note=note) for name, note in texts])
    looked_at = " AND ".join("(instr(search, ?) > 0 OR instr(fold(note), ?) > 0)" for _needle in needles)
    plain = Clause(beside.format(found=looked_at), tuple(needle for needle in needles for _time in "12"))
    conn.execute("CREATE TABLE aside AS SELECT * FROM customer WHERE id > ?", (indexed,))
    conn.execute("DELETE FROM customer WHERE id > ?", (indexed,))
    search.index_some(conn)
    conn.execute("INSERT INTO customer SELECT * FROM aside")
    for what, number, text in changes:
        if what == "go":
            conn.execute("DELETE FROM fact WHERE customer_id = ?", (number,))
            conn.execute("DELETE FROM customer WHERE id = ?", (number,))
        else:
            conn.execute("UPDATE customer SET search = ? WHERE id = ?", (fold(text), number))
    falls = "DESC" if descending else "ASC"
    rows = conn.execute(
        f"SELECT customer.id FROM customer JOIN fact ON fact.customer_id = customer.id WHERE {plain.sql}"
        f" ORDER BY search {falls}, customer.id {falls}",
        plain.params,
    )
    whole = [row[0] for row in rows]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_FEW", few)
        patch.setattr(search, "_NOT_MANY", not_many)
        patch.setattr(by_beginning, "_OUTSIDE", outside)
        patch.setattr(search, "_NOTES", notes)
        found = search.found(conn, *needles)
        clause = Clause(beside.format(found=found.sql), found.params)
        asked = lists.numbers(conn, clause, "name", descending, limit, offset)
        assert asked == whole[offset : offset + limit]
        last = lists.numbers(conn, clause, "name", descending, limit, from_end=True)
        assert last == (whole[-limit:] if limit else [])


@pytest.mark.parametrize("descending", [False, True])
def test_very_many_who_begin_alike_stand_in_order_too(descending: bool) -> None:
    conn = store_of([])
    many(conn, 20_000, "'maria almeida of the house ' || printf('%05d', (n * 7919) % 20000)")
    while not search.is_complete(conn):
        search.index_some(conn)
    for needle in ("almeida", "house 019", "1"):
        falls = "DESC" if descending else "ASC"
        by_name = f"SELECT id FROM customer WHERE instr(search, ?) ORDER BY search {falls}, id {falls}"
        expected = [row[0] for row in conn.execute(by_name, (needle,))]
        for few in (-1, 20_000):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(search, "_FEW", few)
                clause = search.found(conn, needle)
            assert lists.numbers(conn, clause, "name", descending, 3) == expected[:3]
            assert lists.numbers(conn, clause, "name", descending, 30, 9) == expected[9:39]


@pytest.mark.parametrize(
    "needle",
    ["customer", "customer 2599", "mer 25", "noel", "nee", "e", "99", "nobody", "tomer 777", "7", "cu"],
)
def test_among_many_customers_too(needle: str) -> None:
    conn = store_of([])
    many(conn, 26_000)
    by_looking = set(people.ids(conn, search.found(conn, needle), "id"))
    while not search.is_complete(conn):
        search.index_some(conn)
    clause = search.found(conn, needle)
    assert by_looking == set(people.ids(conn, clause, "id")) == matching(conn, needle)
    assert people.count(conn, clause) == len(by_looking)
    lost = Clause(f"(fact.status = ? AND {clause.sql})", (6, *clause.params))
    expected = sorted((number for number in by_looking if number % 8 == 6), reverse=True)
    assert lists.numbers(conn, lost, "spend", True, 50) == expected[:50]
    by_name = [row[0] for row in conn.execute("SELECT id FROM customer ORDER BY search, id")]
    by_name = [number for number in by_name if number in by_looking]
    for at in (0, 3, 700):
        assert lists.numbers(conn, clause, "name", False, 60, at) == by_name[at : at + 60]
        assert lists.numbers(conn, clause, "name", True, 60, at) == by_name[::-1][at : at + 60]
    nobody = Clause(f"({clause.sql} IS NOT TRUE)", clause.params)
    assert people.count(conn, nobody) == 26_000 - len(by_looking)


@pytest.mark.parametrize("needles", [
    ("customer", "99"), ("mer", "noel"), ("nee", "noel"), ("r 25", "9", "stom"), ("no", "nee noel"),
    ("nobody", "noel"), ("cu", "us", "st", "to", "om", "me", "er", "cust", "tome", "9"),
])
def test_several_pieces_are_looked_for_together(needles: tuple[str, ...]) -> None:
    conn = store_of([])
    many(conn, 22_000)
    while not search.is_complete(conn):
        search.index_some(conn)
    together = set.intersection(*(matching(conn, needle) for needle in needles))
    clause = search.found(conn, *needles)
    assert "MATCH" in clause.sql
    assert set(people.ids(conn, clause, "id")) == together
    assert lists.numbers(conn, clause, "spend", True, 50) == sorted(together, reverse=True)[:50]
    assert ask(conn, " ".join(f'"{needle}"' for needle in needles), TODAY).clause.params == clause.params


def test_a_store_with_few_customers_needs_nothing() -> None:
    conn = store_of([Someone(name="Ana")])
    assert not upkeep.is_due(conn)
    assert not upkeep.do_some(conn)


def test_upkeep_makes_what_long_lists_need_piece_by_piece_and_again_after_much_was_written() -> None:
    conn = store_of([])
    conn.isolation_level = None
    many(conn, list_indexes.MANY)
    pieces = 0
    while upkeep.do_some(conn):
        pieces += 1
        assert not conn.in_transaction
    assert pieces > len(list_indexes.made_names())
    assert not upkeep.is_due(conn)
    assert all(list_indexes.ready(conn, sort) for sort in SORTS)
    conn.execute("UPDATE customer SET note = 'all are new'")
    assert not upkeep.is_due(conn)
    many(conn, list_indexes.MANY + 5_001, "'someone ' || n")
    assert upkeep.is_due(conn)
    while upkeep.do_some(conn):
        pass
    assert people.count(conn, search.found(conn, "someone 2500")) == 3


def test_bulk_writing_leaves_the_indexes_of_long_lists_to_upkeep(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    ana = shop.customer("Ana")
    shop.event(ana, "purchase", TODAY, amount=100)
    with closing(shop.ready()) as conn:
        with transaction(conn):
            for name in list_indexes.made_names():
                list_indexes.make(conn, name)
        assert list_indexes.ready(conn, "spend")
        with transaction(conn):
            refresh.refresh_all(conn, TODAY)
        assert not list_indexes.ready(conn, "spend")
        assert [person.spend for person in people.page(conn, sort="spend")] == [100]


def test_so_do_changes_of_very_many_customers(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    shop.event(shop.customer("Ana"), "purchase", TODAY, amount=100)
    with closing(shop.ready()) as conn, transaction(conn):
        list_indexes.make(conn, list_indexes.NAMES["spend"])
        refresh.refresh(conn, [1, 2], TODAY)
        assert list_indexes.ready(conn, "spend")
        refresh.refresh(conn, range(1, list_indexes.MANY + 1), TODAY)
        assert not list_indexes.ready(conn, "spend")
        assert [person.spend for person in people.page(conn, sort="spend")] == [100]


def test_a_store_that_cannot_be_written_is_searched_by_its_index(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    for name in ("Ana Sousa", "Bea Costa"):
        shop.customer(name)
    with closing(shop.ready()) as conn, transaction(conn):
        search.index_some(conn)
    with closing(open_store(shop.path, today=TODAY, read_only=True)) as conn:
        clause = search.found(conn, "sousa")
        assert "MATCH" in clause.sql
        assert [person.name for person in people.page(conn, clause)] == ["Ana Sousa"]


def test_the_index_can_be_forgotten_without_a_trace() -> None:
    conn = store_of([Someone(name="Ana")])
    before = conn.execute("SELECT name FROM sqlite_schema ORDER BY name").fetchall()
    search.index_some(conn)
    search.drop(conn)
    assert conn.execute("SELECT name FROM sqlite_schema ORDER BY name").fetchall() == before
    search.drop(conn)
    assert people.count(conn, search.found(conn, "ana")) == 1
