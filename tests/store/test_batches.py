"""Undoing imports: as if they had not been, but for what something later needs."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord, LineRecord, Refusal
from activetui.store import customers, events
from activetui.store.changes.taking_back import undo_last
from activetui.store.imports import batches
from activetui.store.imports.staging import Staging
from tests.store.ledgers import NOW, TODAY, bring, dump, new_store, person, purchase, refund, rows
from tests.store.random_records import RECORDS

ANA = person(("id", "1"), ("email", "ana@example.pt"), name="Ana")
BEN = person(("id", "2"), name="Ben")
LATER = "2026-11-22T13:00:00Z"
LOG = ("batch", "operation", "before_image", "refusal", "source", "_sqlite_migrations")


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    return new_store(tmp_path)


def undo(conn: sqlite3.Connection, batch: int | None) -> batches.Undone:
    assert batch is not None
    return batches.undo(conn, batch, today=TODAY, made_at=LATER)


def test_undo_of_the_only_import_leaves_an_empty_ledger(conn: sqlite3.Connection) -> None:
    before = dump(conn, LOG)
    batch = bring(conn, [purchase(1, ANA, lines=[LineRecord("Soap")]), purchase(2), refund(1, 1, 200)])
    undone = undo(conn, batch)
    assert (undone.reversed, undone.kept, undone.failed) == (4, (), ())
    assert dump(conn, LOG) == before


def test_undo_of_a_second_import_restores_every_value(conn: sqlite3.Connection) -> None:
    lines = [LineRecord("Soap", 0.1 + 0.2, 100, 30), LineRecord("Tea")]
    bring(conn, [purchase(1, ANA, lines=lines, quantity=0.1 + 0.2), purchase(2, BEN), BEN])
    before = dump(conn, LOG)
    batch = bring(
        conn,
        [
            purchase(
                1, ANA, state="refunded", lines=[LineRecord("Salt"), LineRecord("Tea"), LineRecord("Oil")]
            ),
            purchase(3, person(("id", "2"), ("email", "ben@b.pt"), name="Ben", city="Porto", tags=("vip",))),
            refund(5, 2, 250),
            purchase(4, person(("id", "3"))),
        ],
    )
    assert dump(conn, LOG) != before
    undone = undo(conn, batch)
    assert (undone.kept, undone.failed) == ((), ())
    assert dump(conn, LOG) == before


def test_an_undone_file_can_be_imported_again(conn: sqlite3.Connection) -> None:
    records = [purchase(1, ANA), purchase(2, BEN)]
    undo(conn, bring(conn, records, file_hash="a"))
    assert bring(conn, records, file_hash="a") == 2
    assert rows(conn, "SELECT count(*) FROM event") == [(2,)]


def test_a_copy_of_the_file_is_made_before(conn: sqlite3.Connection, tmp_path: Path) -> None:
    undone = undo(conn, bring(conn, [purchase(1, ANA)]))
    copy = sqlite3.connect(undone.backup)
    assert copy.execute("SELECT count(*) FROM event").fetchone() == (1,)
    copy.close()
    assert Path(undone.backup).parent == tmp_path


def test_what_was_edited_since_is_kept_and_named(conn: sqlite3.Connection) -> None:
    bring(conn, [purchase(1, ANA)])
    batch = bring(conn, [purchase(1, person(("id", "1"), city="Porto"))])
    customers.edit(conn, 1, {"note": "likes tea"}, made_at=NOW, today=TODAY)
    undone = undo(conn, batch)
    assert [(left.table, left.id, left.label) for left in undone.kept] == [("customer", 1, "Ana")]
    assert "Ana" in undone.kept[0].reason
    assert rows(conn, "SELECT city, note FROM customer") == [("Porto", "likes tea")]


def test_what_a_later_import_changed_is_kept_until_that_is_undone_too(conn: sqlite3.Connection) -> None:
    empty = dump(conn, LOG)
    first = bring(conn, [purchase(1, ANA), purchase(2, BEN)])
    second = bring(conn, [purchase(1, ANA, state="refunded")])
    undone = undo(conn, first)
    assert [(left.table, left.label) for left in undone.kept] == [("event", "1"), ("customer", "Ana")]
    assert rows(conn, "SELECT key, state FROM event") == [("purchase:1", "refunded")]
    undo(conn, second)
    assert dump(conn, LOG) == empty


def test_a_change_between_two_others_is_taken_out_of_the_chain(conn: sqlite3.Connection) -> None:
    bring(conn, [purchase(1, ANA, note="one")])
    before = dump(conn, LOG)
    second = bring(conn, [purchase(1, ANA, note="two")])
    third = bring(conn, [purchase(1, ANA, note="three")])
    assert len(undo(conn, second).kept) == 1
    assert rows(conn, "SELECT note FROM event") == [("three",)]
    undo(conn, third)
    assert dump(conn, LOG) == before


def test_a_customer_with_later_events_stays(conn: sqlite3.Connection) -> None:
    first = bring(conn, [purchase(1, ANA)])
    bring(conn, [purchase(2, ANA)])
    undone = undo(conn, first)
    assert [(left.table, left.label) for left in undone.kept] == [("customer", "Ana")]
    assert rows(conn, "SELECT key FROM event") == [("purchase:2",)]
    assert rows(conn, "SELECT purchases FROM fact") == [(1,)]


def test_a_customer_whose_event_was_given_away_stays_for_its_return(conn: sqlite3.Connection) -> None:
    empty = dump(conn, LOG)
    first = bring(conn, [purchase(1, ANA)])
    second = bring(conn, [purchase(1, BEN)])
    assert [(left.table, left.label) for left in undo(conn, first).kept] == [
        ("event", "1"),
        ("customer", "Ana"),
    ]
    assert undo(conn, second).failed == ()
    assert dump(conn, LOG) == empty


def test_a_customer_with_an_event_by_hand_or_a_tag_stays(conn: sqlite3.Connection) -> None:
    first = bring(conn, [purchase(1, ANA), purchase(2, BEN)])
    events.log_event(conn, 1, EventRecord(Kind.CONTACT, TODAY, "", action="in"), today=TODAY, made_at=NOW)
    customers.tag(conn, [2], "vip", made_at=NOW, today=TODAY)
    empty_but_two = undo(conn, first)
    assert [left.id for left in empty_but_two.kept] == [1, 2]
    undo_last(conn, today=TODAY, made_at=LATER)
    undo_last(conn, today=TODAY, made_at=LATER)
    assert rows(conn, "SELECT count(*) FROM customer") == [(0,)]


def test_undo_settles_what_a_refund_had_lowered(conn: sqlite3.Connection) -> None:
    bring(conn, [purchase(1, ANA)])
    batch = bring(conn, [refund(1, 1, 1000)])
    assert rows(conn, "SELECT counts FROM event WHERE id = 1") == [(0,)]
    undo(conn, batch)
    assert rows(conn, "SELECT counts, net FROM event WHERE id = 1") == [(1, 1000)]
    assert rows(conn, "SELECT purchases FROM fact") == [(1,)]


def test_undo_of_the_purchase_leaves_its_refund_on_its_own(conn: sqlite3.Connection) -> None:
    bring(conn, [refund(1, 1, 300, customer=ANA)])
    batch = bring(conn, [purchase(1, ANA)])
    assert rows(conn, "SELECT net FROM event WHERE kind = 2") == [(0,)]
    undo(conn, batch)
    assert rows(conn, "SELECT net FROM event WHERE kind = 2") == [(-300,)]


def test_undo_of_the_import_that_set_the_currency_counts_the_others(conn: sqlite3.Connection) -> None:
    first = bring(conn, [purchase(1, ANA)])
    bring(conn, [purchase(2, BEN, currency="USD", amount=700)])
    assert rows(conn, "SELECT net FROM event WHERE key = 'purchase:2'") == [(0,)]
    undo(conn, first)
    assert rows(conn, "SELECT net FROM event") == [(700,)]
    assert rows(conn, "SELECT spend FROM fact") == [(700,)]


def test_a_kind_that_an_import_brought_goes_with_it_unless_something_else_uses_it(
    conn: sqlite3.Connection,
) -> None:
    before = dump(conn, LOG)

    def tasting(key: str, kinds: dict[str, int]) -> int | None:
        with Staging(conn, "cellar", TODAY) as staging:
            staging.add(EventRecord(100, TODAY, key, ANA))
            return staging.apply(
                file_name="f",
                file_hash="",
                system="",
                assumptions={},
                counts={},
                made_at=NOW,
                new_kinds=kinds,
            )

    first, second = tasting("a", {"tasting": 100}), tasting("b", {})
    undo(conn, first)
    assert rows(conn, "SELECT name FROM kind WHERE id = 100") == [("tasting",)]
    undo(conn, second)
    assert dump(conn, LOG) == before


def test_an_import_is_undone_once(conn: sqlite3.Connection) -> None:
    batch = bring(conn, [purchase(1, ANA)])
    undo(conn, batch)
    with pytest.raises(OwnerError, match="already"):
        undo(conn, batch)
    with pytest.raises(OwnerError, match="no import 99"):
        undo(conn, 99)


def test_imports_are_listed_with_what_they_assumed_and_refused(conn: sqlite3.Connection) -> None:
    with Staging(conn, "shopify", TODAY) as staging:
        staging.add(purchase(1, ANA, ago=4))
        staging.refuse(Refusal(9, "no date", ("a", "b")))
        number = staging.apply(
            file_name="março.csv",
            file_hash="h",
            system="Shopify",
            assumptions={"date_order": "dmy"},
            counts={"orders": 1},
            made_at=NOW,
        )
    assert number is not None
    row = batches.show(conn, number)
    assert (row.source, row.file_name, row.assumptions, row.counts, row.refused, row.last_day) == (
        "shopify",
        "março.csv",
        {"date_order": "dmy"},
        {"orders": 1},
        1,
        TODAY - 4,
    )
    assert batches.list_batches(conn) == [row]
    assert batches.refusals(conn, number) == [Refusal(9, "no date", ("a", "b"))]
    assert batches.same_file(conn, "h") == [number]
    undo(conn, number)
    assert batches.show(conn, number).undone_at == LATER
    assert batches.same_file(conn, "h") == []


@settings(max_examples=40, deadline=None)
@given(first=RECORDS, second=RECORDS)
def test_undo_is_as_if_the_import_had_not_been(
    tmp_path_factory: pytest.TempPathFactory, first: list[Any], second: list[Any]
) -> None:
    conn = new_store(tmp_path_factory.mktemp("undo"))
    bring(conn, first)
    before = dump(conn, LOG)
    batch = bring(conn, second)
    if batch is not None:
        assert undo(conn, batch).kept == ()
    assert dump(conn, LOG) == before
    conn.close()


@settings(max_examples=40, deadline=None)
@given(files=st.lists(RECORDS, min_size=2, max_size=4), data=st.data())
def test_when_every_import_is_undone_in_any_order_nothing_is_left(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[Any]], data: st.DataObject
) -> None:
    conn = new_store(tmp_path_factory.mktemp("all"))
    empty = dump(conn, LOG)
    numbers = [number for records in files if (number := bring(conn, records)) is not None]
    for number in data.draw(st.permutations(numbers)):
        assert undo(conn, number).failed == ()
        assert rows(conn, "PRAGMA foreign_key_check") == []
    assert dump(conn, LOG) == empty
    conn.close()
