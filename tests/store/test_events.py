"""The events of one customer."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord, LineRecord
from activetui.store import events, kinds
from activetui.store.opening.file import transaction
from tests.store.ledgers import NOW, TODAY, bring, new_store, person, purchase, rows

ANA = person(("id", "1"), name="Ana")


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    conn = new_store(tmp_path)
    bring(
        conn,
        [
            purchase(
                1, ANA, ago=10, lines=[LineRecord("Soap", 2.0, 300, 600, "S", "Bath"), LineRecord("Tea")]
            ),
            purchase(2, ANA, ago=40),
            EventRecord(Kind.SUPPORT, TODAY - 10, "support:1", ANA, note="late parcel"),
            EventRecord(Kind.BOOKING, TODAY + 6, "booking:1", ANA, recorded=TODAY - 20),
            purchase(3, person(("id", "2"))),
        ],
    )
    return conn


def log(conn: sqlite3.Connection, record: EventRecord, customer: int = 1) -> int:
    return events.log_event(conn, customer, record, today=TODAY, made_at=NOW)


def test_events_come_newest_first_with_their_words_and_lines(conn: sqlite3.Connection) -> None:
    found = events.events_of(conn, 1)
    assert [(row.key, row.kind_word, row.source) for row in found] == [
        ("booking:1", "booking", "shopify"),
        ("support:1", "support", "shopify"),
        ("purchase:1", "purchase", "shopify"),
        ("purchase:2", "purchase", "shopify"),
    ]
    assert found[2].lines == (LineRecord("Soap", 2.0, 300, 600, "S", "Bath"), LineRecord("Tea"))
    assert (found[2].counts, found[2].net, found[1].note) == (True, 1000, "late parcel")


def test_events_are_chosen_by_day_kind_and_number(conn: sqlite3.Connection) -> None:
    assert [row.key for row in events.events_of(conn, 1, kinds=[Kind.PURCHASE], limit=1)] == ["purchase:1"]
    assert [row.key for row in events.events_of(conn, 1, up_to=TODAY - 20)] == ["booking:1", "purchase:2"]
    assert [row.key for row in events.events_of(conn, 1, up_to=TODAY - 21)] == ["purchase:2"]
    assert events.events_of(conn, 1, kinds=[]) == []
    assert events.events_of(conn, 99) == []


def test_a_logged_event_counts_at_once(conn: sqlite3.Connection) -> None:
    number = log(conn, EventRecord(Kind.PURCHASE, TODAY, "", amount=1250, lines=[LineRecord("Tea")]))
    found = events.event(conn, number)
    assert (found.source, found.key, found.currency, found.net) == ("hand", f"hand:{number}", "EUR", 1250)
    assert (found.recorded, found.batch_id, found.lines) == (TODAY, None, (LineRecord("Tea"),))
    assert rows(conn, "SELECT last_purchase, purchases, spend FROM fact WHERE customer_id = 1") == [
        (TODAY, 3, 3250)
    ]


def test_keys_by_hand_never_meet(conn: sqlite3.Connection) -> None:
    bring(conn, [EventRecord(Kind.NOTE, TODAY, f"hand:{number}", ANA, source="hand") for number in (11, 12)])
    first = log(conn, EventRecord(Kind.NOTE, TODAY, ""))
    events.delete_event(conn, first, today=TODAY, made_at=NOW)
    for _again in range(8):
        log(conn, EventRecord(Kind.NOTE, TODAY, ""))
    assert rows(conn, "SELECT count(*), count(DISTINCT key) FROM event WHERE source_id = 1") == [(10, 10)]


def test_a_booking_by_hand_is_known_today(conn: sqlite3.Connection) -> None:
    number = log(conn, EventRecord(Kind.BOOKING, TODAY + 9, ""))
    assert events.event(conn, number).recorded == TODAY


def test_an_own_kind_can_be_logged(conn: sqlite3.Connection) -> None:
    with transaction(conn):
        code = kinds.add_kind(conn, "tasting")
    assert events.event(conn, log(conn, EventRecord(code, TODAY, ""))).kind_word == "tasting"


def test_what_is_not_there_is_an_owners_error(conn: sqlite3.Connection) -> None:
    before = rows(conn, "SELECT count(*) FROM operation")
    with pytest.raises(OwnerError, match="no customer 99"):
        log(conn, EventRecord(Kind.NOTE, TODAY, ""), customer=99)
    with pytest.raises(OwnerError, match="no kind"):
        log(conn, EventRecord(999, TODAY, ""))
    with pytest.raises(OwnerError, match="no event 99"):
        events.delete_event(conn, 99, today=TODAY, made_at=NOW)
    assert rows(conn, "SELECT count(*) FROM operation") == before


def test_a_deleted_event_counts_no_longer(conn: sqlite3.Connection) -> None:
    events.delete_event(conn, 1, today=TODAY, made_at=NOW)
    assert rows(conn, "SELECT count(*) FROM line") == [(0,)]
    assert rows(conn, "SELECT purchases, last_purchase FROM fact WHERE customer_id = 1") == [(1, TODAY - 40)]


def test_one_logged_event_is_part_of_a_larger_transaction(conn: sqlite3.Connection) -> None:
    with pytest.raises(ZeroDivisionError), transaction(conn):
        log(conn, EventRecord(Kind.NOTE, TODAY, ""))
        raise ZeroDivisionError
    assert rows(conn, "SELECT count(*) FROM event WHERE kind = 17") == [(0,)]
