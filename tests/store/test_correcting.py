"""Correcting an event by hand: one change that can be taken back, and that holds against later files."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from activetui.ledger.days import from_iso
from activetui.ledger.errors import OwnerError, UsageError
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord, LineRecord
from activetui.store import customers, events
from activetui.store.changes import corrections
from activetui.store.changes.taking_back import undo_last
from activetui.store.imports import batches
from activetui.store.listing import people
from tests.store.ledgers import NOW, TODAY, bring, dump, new_store, person, plan_of, purchase, refund, rows

ANA = person(("id", "1"), name="Ana", email="ana@example.org")
BEA = person(("id", "2"), name="Bea")
SOAP = [LineRecord("Soap", 1.0, 1000, 1000)]
RECORDS = [purchase(1, ANA, lines=SOAP), purchase(2, ANA, ago=400), purchase(3, BEA)]


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    conn = new_store(tmp_path)
    bring(conn, RECORDS)
    return conn


def of_order(conn: sqlite3.Connection, order: int) -> int:
    return int(rows(conn, "SELECT id FROM event WHERE key = ?", f"purchase:{order}")[0][0])


def correct(conn: sqlite3.Connection, order: int, **changes: Any) -> events.EventRow:
    return events.correct_event(conn, of_order(conn, order), changes, today=TODAY, made_at=NOW)


def spend(conn: sqlite3.Connection, number: int) -> int:
    return people.by_ids(conn, [number])[0].spend


def test_a_correction_changes_the_event_and_what_follows_from_it(conn: sqlite3.Connection) -> None:
    found = correct(conn, 1, amount=2500, day=TODAY - 3, note="a gift", product="Basket")
    assert (found.amount, found.net, found.day, found.note, found.product) == (
        2500, 2500, TODAY - 3, "a gift", "Basket"
    )
    assert found.currency == "EUR"
    assert spend(conn, 1) == 3500
    assert people.by_ids(conn, [1])[0].last_purchase == TODAY - 3


def test_it_is_one_change_that_is_taken_back_whole(conn: sqlite3.Connection) -> None:
    before = dump(conn)
    lines = [LineRecord("Tea"), LineRecord("Bread")]
    correct(conn, 1, amount=1, state="cancelled", customer_id=2, lines=lines)
    assert spend(conn, 1) == 1000
    assert undo_last(conn, today=TODAY, made_at=NOW) is not None
    assert dump(conn) == before
    assert undo_last(conn, today=TODAY, made_at=NOW) is None


def test_what_stays_the_same_is_no_change(conn: sqlite3.Connection) -> None:
    correct(conn, 1, amount=1000, lines=tuple(SOAP))
    assert undo_last(conn, today=TODAY, made_at=NOW) is None


def test_the_next_import_of_the_same_row_leaves_it_and_says_so(conn: sqlite3.Connection) -> None:
    correct(conn, 1, amount=2500, note="")
    plan = plan_of(conn, RECORDS)
    assert (plan.changed, plan.nothing_to_do) == (0, True)
    assert "corrected by you" in " ".join(plan.warnings)
    assert bring(conn, RECORDS) is None
    assert events.event(conn, of_order(conn, 1)).amount == 2500


def test_what_was_not_corrected_follows_the_file(conn: sqlite3.Connection) -> None:
    correct(conn, 1, product="Basket")
    bring(conn, [purchase(1, ANA, product="Box", state="refunded", refunded=1000), purchase(4, ANA)])
    found = events.event(conn, of_order(conn, 1))
    assert (found.product, found.state, found.net) == ("Basket", "refunded", 0)
    bring(conn, [purchase(1, ANA, product="Box", state="refunded", refunded=1000, amount=1200)])
    assert events.event(conn, of_order(conn, 1)).amount == 1200, "only the product was corrected by hand"


def test_a_file_that_tells_something_new_of_it_is_told_apart(conn: sqlite3.Connection) -> None:
    correct(conn, 1, amount=2500)
    plan = plan_of(conn, [purchase(1, ANA, amount=3000)])
    assert "new way" in plan.warnings[0]
    assert "(1)" in plan.warnings[0]


def test_a_file_that_agrees_is_not_mentioned(conn: sqlite3.Connection) -> None:
    correct(conn, 1, amount=2500)
    plan = plan_of(conn, [purchase(1, ANA, amount=2500)])
    assert (plan.warnings, plan.nothing_to_do) == ((), True)


def test_once_it_is_taken_back_the_file_may_say_it_again(conn: sqlite3.Connection) -> None:
    correct(conn, 1, amount=2500)
    undo_last(conn, today=TODAY, made_at=NOW)
    assert plan_of(conn, [purchase(1, ANA, amount=2600)]).changed == 1


def test_an_event_given_to_somebody_else_stays_with_them(conn: sqlite3.Connection) -> None:
    assert correct(conn, 1, customer_id=2).customer_id == 2
    assert spend(conn, 2) == 2000
    bring(conn, [purchase(1, ANA, state="refunded", refunded=1000)])
    found = events.event(conn, of_order(conn, 1))
    assert (found.customer_id, found.state) == (2, "refunded")
    assert correct(conn, 1, customer_id=None).customer_id is None


def test_corrected_order_lines_hold_too(conn: sqlite3.Connection) -> None:
    correct(conn, 1, lines=[LineRecord("Tea", 2.0)])
    bring(conn, [*RECORDS, purchase(9, ANA)])
    assert [line.product for line in events.event(conn, of_order(conn, 1)).lines] == ["Tea"]


def test_the_import_of_a_corrected_event_can_be_undone_and_leaves_it(conn: sqlite3.Connection) -> None:
    correct(conn, 1, amount=2500)
    undone = batches.undo(conn, 1, today=TODAY, made_at=NOW)
    assert [left.table for left in undone.kept].count("event") == 1
    assert events.event(conn, of_order(conn, 1)).amount == 2500


def test_how_it_was_corrected_is_kept(conn: sqlite3.Connection) -> None:
    number = of_order(conn, 1)
    assert corrections.corrections_of(conn, number) == []
    correct(conn, 1, amount=2500)
    bring(conn, [purchase(1, ANA, state="refunded", refunded=1000)])
    correct(conn, 1, amount=2600, customer_id=2)
    first, second = corrections.corrections_of(conn, number)
    assert first.changes == {"amount": (1000, 2500)}
    assert (first.day, first.made_at) == (TODAY, NOW)
    assert second.changes == {"amount": (2500, 2600), "customer_id": (1, 2)}


def test_a_corrected_refund_and_order_are_settled_anew(conn: sqlite3.Connection) -> None:
    bring(conn, [*RECORDS, refund(1, 1, 400)])
    assert spend(conn, 1) == 1600
    number = rows(conn, "SELECT id FROM event WHERE kind = 2")[0][0]
    events.correct_event(conn, number, {"amount": 1000}, today=TODAY, made_at=NOW)
    assert spend(conn, 1) == 1000
    assert not events.event(conn, of_order(conn, 1)).counts
    events.correct_event(conn, number, {"order_ref": "2"}, today=TODAY, made_at=NOW)
    assert events.event(conn, of_order(conn, 1)).net == 1000
    assert events.event(conn, of_order(conn, 2)).net == 0


def test_another_kind_drops_what_it_cannot_have(conn: sqlite3.Connection) -> None:
    number = events.log_event(
        conn, 1, EventRecord(Kind.REVIEW, TODAY, "", rating=2, note="slow"), today=TODAY, made_at=NOW
    )
    found = events.correct_event(conn, number, {"kind": int(Kind.CONTACT)}, today=TODAY, made_at=NOW)
    assert (found.kind_word, found.rating, found.action, found.note) == ("contact", None, "out", "slow")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"day": TODAY + 3}, OwnerError),
        ({"state": "perhaps"}, UsageError),
        ({"action": "open"}, UsageError),
        ({"rating": 3}, UsageError),
        ({"until": TODAY}, UsageError),
        ({"nature": "thing"}, UsageError),
        ({"time": "25:00"}, UsageError),
        ({"refunded": -1}, UsageError),
        ({"kind": 999}, OwnerError),
        ({"customer_id": 77}, OwnerError),
        ({"net": 5}, KeyError),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    conn: sqlite3.Connection, changes: dict[str, Any], error: type[Exception]
) -> None:
    before = dump(conn)
    with pytest.raises(error):
        correct(conn, 1, **changes)
    assert dump(conn) == before


def test_there_must_be_such_an_event(conn: sqlite3.Connection) -> None:
    with pytest.raises(OwnerError):
        events.correct_event(conn, 999, {"note": "x"}, today=TODAY, made_at=NOW)


def test_a_day_put_later_is_not_taken_for_a_booking(conn: sqlite3.Connection) -> None:
    correct(conn, 2, day=TODAY - 1)
    [(day, recorded)] = rows(conn, "SELECT day, recorded FROM event WHERE key = 'purchase:2'")
    assert (day, recorded) == (TODAY - 1, TODAY - 1)
    booked = events.log_event(
        conn, 1, EventRecord(Kind.BOOKING, TODAY + 9, ""), today=TODAY, made_at=NOW
    )
    found = events.correct_event(conn, booked, {"day": TODAY + 20}, today=TODAY, made_at=NOW)
    assert (found.day, found.recorded) == (TODAY + 20, TODAY)


def test_a_field_of_a_customer_that_a_file_changed_before_follows_further_files(
    conn: sqlite3.Connection,
) -> None:
    customers.edit(conn, 1, {"phone": "+351 900 000 000"}, made_at=NOW, today=TODAY)
    for city in ("Porto", "Lisboa"):
        said = person(("id", "1"), name="Ana", city=city, phone="+351 911 111 111")
        bring(conn, [said], file=f"{city}.csv")
        found = customers.get(conn, 1)
        assert (found.city, found.phone) == (city, "+351 900 000 000")


def test_what_was_known_before_the_correction_is_still_known_then(conn: sqlite3.Connection) -> None:
    later = from_iso("2026-11-25")
    events.correct_event(conn, of_order(conn, 1), {"amount": 9}, today=later, made_at="2026-11-25T10:00:00Z")
    from activetui.store.other_days import known_then

    known_then.make(conn, TODAY)
    assert rows(conn, "SELECT amount FROM event WHERE key = 'purchase:1'") == [(1000,)]
    known_then.forget(conn)
