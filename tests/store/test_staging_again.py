"""Importing records again: what is new, what changed, what stays, whichever file comes first."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings

from activetui.ledger.records import EventRecord, LineRecord
from tests.store.ledgers import TODAY, bring, dump, meaning, new_store, person, plan_of, purchase, rows
from tests.store.random_records import RECORDS, SIMPLE

ANA = person(("id", "1"), ("email", "ana@example.pt"), name="Ana Sousa")
BEN = person(("id", "2"), ("email", "ben@example.pt"), name="Ben")


def test_the_same_file_again_changes_not_a_byte(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    records = [purchase(1, ANA, lines=[LineRecord("Soap", 0.1)]), purchase(2, BEN), purchase(3), BEN]
    assert bring(conn, records) == 1
    before = dump(conn, leave_out=())
    plan = plan_of(conn, records)
    assert (plan.new, plan.changed, plan.unchanged, plan.nothing_to_do) == (0, 0, 3, True)
    assert bring(conn, records) is None
    assert dump(conn, leave_out=()) == before


def test_an_overlapping_file_adds_only_what_is_new(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA), purchase(2, BEN)])
    plan = plan_of(conn, [purchase(2, BEN), purchase(3, BEN)])
    assert (plan.new, plan.unchanged) == (1, 1)
    bring(conn, [purchase(2, BEN), purchase(3, BEN)])
    assert rows(conn, "SELECT count(*), count(DISTINCT key) FROM event") == [(3, 3)]


def test_what_a_later_file_leaves_out_stays(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA), purchase(2, BEN)])
    bring(conn, [purchase(2, BEN, state="refunded")])
    assert rows(conn, "SELECT key, counts FROM event ORDER BY key") == [("purchase:1", 1), ("purchase:2", 0)]


def test_paid_becomes_refunded(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA, recorded=TODAY - 9), purchase(2, ANA)])
    plan = plan_of(conn, [purchase(1, ANA, state="refunded", refunded=1000)])
    assert (plan.changed, plan.state_changes) == (1, {("paid", "refunded"): 1})
    assert ("state", "paid", "refunded") in [(said.field, said.before, said.after) for said in plan.samples]
    bring(conn, [purchase(1, ANA, state="refunded", refunded=1000)])
    assert rows(conn, "SELECT state, net, counts, recorded FROM event WHERE id = 1") == [
        ("refunded", 0, 0, TODAY - 9)
    ]
    assert rows(conn, "SELECT purchases, spend FROM fact") == [(1, 1000)]


def test_what_a_shorter_export_leaves_empty_stays(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA, note="leave at the door", product="Soap", quantity=2.0, state="pending")])
    assert bring(conn, [purchase(1, ANA, state="")]) is None
    plan = plan_of(conn, [purchase(1, ANA, amount=1200, state="")])
    assert [(said.field, said.before, said.after) for said in plan.samples] == [("amount", 1000, 1200)]
    bring(conn, [purchase(1, ANA, amount=1200, state="")])
    assert rows(conn, "SELECT amount, note, product, quantity, state, counts FROM event") == [
        (1200, "leave at the door", "Soap", 2.0, "pending", 0)
    ]


def test_a_walk_in_that_a_later_file_names_becomes_that_customers(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1)])
    bring(conn, [purchase(1, ANA)])
    assert rows(conn, "SELECT customer_id FROM event") == [(1,)]
    assert bring(conn, [purchase(1)]) is None
    assert rows(conn, "SELECT customer_id FROM event") == [(1,)]


def test_what_a_file_says_of_how_far_back_it_knows_a_customer_is_heeded_at_once(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    others = [person(("id", str(n))) for n in range(5)]
    bring(conn, [purchase(1, ANA, ago=300), purchase(2, BEN, ago=100), *others])
    before = rows(conn, "SELECT status FROM fact WHERE customer_id = 2")
    bring(conn, [person(("id", "2"), history_from=TODAY - 10)])
    assert before != rows(conn, "SELECT status FROM fact WHERE customer_id = 2")


def test_lines_are_replaced_as_a_set(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA, lines=[LineRecord("Soap"), LineRecord("Tea"), LineRecord("Salt")])])
    plan = plan_of(conn, [purchase(1, ANA, lines=[LineRecord("Soap"), LineRecord("Salt")])])
    assert plan.changed == 1
    bring(conn, [purchase(1, ANA, lines=[LineRecord("Soap"), LineRecord("Salt")])])
    assert rows(conn, "SELECT position, product FROM line") == [(1, "Soap"), (2, "Salt")]
    assert bring(conn, [purchase(1, ANA)]) is None, "a file without lines says nothing about lines"


def test_a_key_twice_in_one_file_is_one_event_and_the_last_row_holds(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    records = [
        purchase(1, ANA, state="pending", lines=[LineRecord("Soap")]),
        purchase(2, ANA),
        purchase(1, ANA),
    ]
    assert plan_of(conn, records).repeated == 1
    bring(conn, records)
    assert rows(conn, "SELECT key, state FROM event ORDER BY key") == [
        ("purchase:1", "paid"),
        ("purchase:2", "paid"),
    ]
    assert rows(conn, "SELECT count(*) FROM line") == [(0,)]
    assert bring(conn, records) is None


def test_the_same_key_in_two_sources_is_two_events(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA)], "shopify")
    bring(conn, [purchase(1, ANA), purchase(2, ANA, source="etsy")], "stripe")
    assert rows(
        conn, "SELECT source.name, key FROM event JOIN source ON source.id = source_id ORDER BY 1, 2"
    ) == [("etsy", "purchase:2"), ("shopify", "purchase:1"), ("stripe", "purchase:1")]


def test_an_old_file_imported_again_does_not_put_back_what_a_later_one_changed(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    first = [purchase(1, person(("id", "1"), city="Porto")), purchase(2, BEN, ago=8)]
    second = [purchase(1, person(("id", "1"), city="Braga"), state="refunded"), purchase(3, BEN, ago=2)]
    bring(conn, first, file_hash="a")
    bring(conn, second, file_hash="b")
    before = dump(conn, leave_out=())
    for records, known_hash in ((first, "a"), (second, "b"), (first, ""), (first[:1], "cut")):
        assert bring(conn, records, file_hash=known_hash) is None
    assert dump(conn, leave_out=()) == before


def test_a_newer_file_may_return_to_an_earlier_state(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA)], file_hash="a")
    bring(conn, [purchase(1, ANA, state="refunded")], file_hash="b")
    bring(conn, [purchase(1, ANA), purchase(2, ANA, ago=1)], file_hash="c")
    assert rows(conn, "SELECT state, counts FROM event WHERE id = 1") == [("paid", 1)]


@settings(max_examples=40, deadline=None)
@given(records=RECORDS)
def test_any_file_twice_is_the_file_once(
    tmp_path_factory: pytest.TempPathFactory, records: list[EventRecord]
) -> None:
    conn = new_store(tmp_path_factory.mktemp("twice"))
    bring(conn, records)
    before = dump(conn, leave_out=())
    assert bring(conn, records) is None
    assert dump(conn, leave_out=()) == before
    conn.close()


@settings(max_examples=30, deadline=None)
@given(records=SIMPLE)
def test_files_that_share_no_event_may_come_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, records: list[EventRecord]
) -> None:
    keys: dict[str, int] = {}
    files: tuple[list[EventRecord], list[EventRecord]] = ([], [])
    for record in records:
        if isinstance(record, EventRecord):
            files[keys.setdefault(record.key, len(keys) % 2)].append(record)
    folder = tmp_path_factory.mktemp("order")
    found = []
    for name, order in (("ab", files), ("ba", files[::-1])):
        conn: sqlite3.Connection = new_store(folder, f"{name}.db")
        for part in order:
            bring(conn, part)
        found.append(meaning(conn))
        conn.close()
    assert found[0] == found[1]
