"""An older export after a newer one turns nothing back: that is shown, and asked where it is not clear."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.ledger.kinds import Kind
from activetui.ledger.records import CustomerRecord, EventRecord
from activetui.store.imports import batches
from activetui.store.imports.plans import StagedPlan
from activetui.store.imports.staging import Staging
from tests.store.ledgers import NOW, TODAY, bring, dump, new_store, person, plan_of, purchase, rows

ANA = person(("id", "1"), ("email", "ana@example.pt"), name="Ana")
NEWEST = purchase(9, ANA, ago=1)
"""An order of yesterday: a file with it is more recent than one without."""


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    return new_store(tmp_path)


def planned(conn: sqlite3.Connection, records: Iterable[Any], older: str = "") -> StagedPlan:
    with Staging(conn, "shopify", TODAY, older=older) as staging:
        for record in records:
            staging.add(record)
        return staging.plan()


def taken(conn: sqlite3.Connection, records: Iterable[Any], older: str) -> int | None:
    with Staging(conn, "shopify", TODAY, older=older) as staging:
        for record in records:
            staging.add(record)
        return staging.apply(
            file_name="old.csv", file_hash="", system="", assumptions={}, counts={}, made_at=NOW
        )


def states(conn: sqlite3.Connection) -> list[Any]:
    return rows(conn, "SELECT state, refunded, net FROM event WHERE key = 'purchase:1'")


@pytest.mark.parametrize(
    ("ended", "before"),
    [
        ({"state": "refunded", "refunded": 1000}, {"state": "paid"}),
        ({"state": "partially_refunded", "refunded": 400}, {"state": "paid"}),
        ({"state": "refunded", "refunded": 1000}, {"state": "partially_refunded", "refunded": 400}),
        ({"state": "cancelled"}, {"state": "paid"}),
        ({"state": "voided"}, {"state": "pending"}),
        ({"state": "paid"}, {"state": "pending"}),
    ],
)
def test_an_older_export_turns_nothing_back_though_only_the_newer_one_was_ever_imported(
    conn: sqlite3.Connection, ended: dict[str, Any], before: dict[str, Any]
) -> None:
    bring(conn, [purchase(1, ANA, **ended), NEWEST])
    held = states(conn)
    old = [purchase(1, ANA, **before), purchase(2, ANA)]
    plan = plan_of(conn, old)
    asks = ended["state"] != "paid"
    assert (plan.new, plan.changed, plan.turned_back_count, plan.asks_older) == (1, 0, 1, asks)
    note = "1 event of this older file is known in a later state and keeps it (1)."
    assert (plan.older_unclear, plan.warnings) == (False, () if asks else (note,))
    assert ("state", ended["state"], before["state"]) in [
        (one.field, one.before, one.after) for one in plan.turned_back
    ]
    bring(conn, old)
    assert states(conn) == held
    assert rows(conn, "SELECT count(*) FROM event") == [(3,)]


def test_what_a_newer_export_changed_later_stays_as_well(conn: sqlite3.Connection) -> None:
    bring(conn, [purchase(1, ANA, amount=900)])
    bring(conn, [purchase(1, ANA, state="cancelled"), NEWEST])
    assert plan_of(conn, [purchase(1, ANA, amount=800)]).turned_back_count == 1
    assert bring(conn, [purchase(1, ANA, amount=800)]) is None
    assert rows(conn, "SELECT state, amount FROM event WHERE key = 'purchase:1'") == [("cancelled", 1000)]


def test_a_newer_export_that_finds_an_order_paid_again_is_believed(conn: sqlite3.Connection) -> None:
    bring(conn, [purchase(1, ANA, state="cancelled")])
    plan = plan_of(conn, [purchase(1, ANA), NEWEST])
    assert (plan.changed, plan.turned_back_count, plan.asks_older) == (1, 0, False)
    assert plan.state_changes == {("cancelled", "paid"): 1}


def test_an_older_export_may_still_tell_of_a_refund(conn: sqlite3.Connection) -> None:
    bring(conn, [purchase(1, ANA), NEWEST])
    plan = plan_of(conn, [purchase(1, ANA, state="refunded", refunded=1000)])
    assert (plan.changed, plan.turned_back_count) == (1, 0)


def test_of_two_exports_up_to_the_same_day_the_owner_is_asked_which_is_older(
    conn: sqlite3.Connection,
) -> None:
    bring(conn, [purchase(1, ANA, state="refunded", refunded=1000), NEWEST])
    records = [purchase(1, ANA), NEWEST]
    plan = planned(conn, records)
    assert (plan.turned_back_count, plan.asks_older, plan.changed) == (1, True, 0)
    assert plan.older_unclear
    kept = planned(conn, records, "keep")
    assert (kept.turned_back_count, kept.asks_older, kept.nothing_to_do) == (1, False, True)
    taking = planned(conn, records, "take")
    assert (taking.turned_back_count, taking.asks_older, taking.changed) == (0, False, 1)
    taken(conn, records, "take")
    assert states(conn) == [("paid", 0, 1000)]


def test_an_answer_is_asked_for_only_where_a_refund_or_cancellation_is_at_stake(
    conn: sqlite3.Connection,
) -> None:
    bring(conn, [purchase(1, ANA, state="refunded", refunded=1000), purchase(2, ANA), NEWEST])
    old = [purchase(1, ANA), purchase(2, ANA, state="pending")]
    assert [planned(conn, old, said).asks_older for said in ("", "keep", "take")] == [True, False, False]
    assert [planned(conn, old, said).turned_back_count for said in ("", "keep", "take")] == [2, 2, 0]
    assert not planned(conn, old[1:]).asks_older


def test_the_owner_can_let_an_older_export_be_right(conn: sqlite3.Connection) -> None:
    bring(conn, [purchase(1, ANA, state="cancelled"), NEWEST])
    taken(conn, [purchase(1, ANA)], "take")
    assert states(conn) == [("paid", 0, 1000)]


def test_once_the_newer_import_is_undone_the_older_one_counts(conn: sqlite3.Connection) -> None:
    bring(conn, [purchase(1, ANA)])
    newer = bring(conn, [purchase(1, ANA, state="cancelled"), NEWEST])
    assert newer is not None
    batches.undo(conn, newer, today=TODAY, made_at=NOW)
    plan = plan_of(conn, [purchase(1, ANA, amount=700)])
    assert (plan.changed, plan.turned_back_count) == (1, 0)


def test_a_file_without_a_column_for_refunds_takes_none_back(conn: sqlite3.Connection) -> None:
    bring(conn, [purchase(1, ANA, state="partially_refunded", refunded=400)])
    assert plan_of(conn, [purchase(1, ANA, state=""), NEWEST]).changed == 0
    bring(conn, [purchase(1, ANA, state=""), NEWEST])
    assert states(conn) == [("partially_refunded", 400, 600)]


def subscription(**fields: Any) -> EventRecord:
    values: dict[str, Any] = {"action": "start", "until": TODAY + 30, **fields}
    return EventRecord(Kind.SUBSCRIPTION, TODAY - 40, "subscription:1", ANA, **values)


def test_an_older_export_starts_no_cancelled_subscription_again(conn: sqlite3.Connection) -> None:
    bring(conn, [subscription(action="cancel", until=TODAY - 2), NEWEST])
    plan = plan_of(conn, [subscription()])
    assert (plan.turned_back_count, plan.changed) == (1, 0)
    bring(conn, [subscription()])
    assert rows(conn, "SELECT action, until FROM event WHERE kind = 6 OR key = 'subscription:1'") == [
        ("cancel", TODAY - 2)
    ]


def test_a_newer_export_prolongs_a_subscription_without_a_question(conn: sqlite3.Connection) -> None:
    bring(conn, [subscription(until=TODAY - 2)])
    plan = plan_of(conn, [subscription()])
    assert (plan.changed, plan.turned_back_count, plan.asks_older) == (1, 0, False)


def test_a_visit_that_took_place_is_no_booking_again(conn: sqlite3.Connection) -> None:
    def slot(kind: Kind) -> EventRecord:
        return EventRecord(kind, TODAY - 3, "visit:1", ANA)

    bring(conn, [slot(Kind.VISIT), NEWEST])
    assert plan_of(conn, [slot(Kind.BOOKING)]).turned_back_count == 1


def test_bookings_ahead_do_not_make_a_file_the_more_recent_one(conn: sqlite3.Connection) -> None:
    def booking(number: int, ahead: int, **fields: Any) -> EventRecord:
        return EventRecord(Kind.BOOKING, TODAY + ahead, f"booking:{number}", ANA, **fields)

    bring(conn, [booking(1, 5, state="cancelled"), booking(2, 40), purchase(1, ANA, ago=9)])
    rows(conn, "UPDATE operation SET day = day - 3")  # that was three days ago
    conn.commit()
    newer = [booking(1, 5, state="paid"), purchase(2, ANA, ago=1)]
    assert (plan_of(conn, newer).changed, plan_of(conn, newer).turned_back_count) == (1, 0)
    unclear = plan_of(conn, [booking(1, 5, state="paid")])
    assert (unclear.turned_back_count, unclear.asks_older) == (1, True)
    older = plan_of(conn, [booking(1, 5, state="paid"), purchase(3, ANA, ago=30)])
    assert (older.turned_back_count, older.older_unclear) == (1, False)


def test_a_file_of_several_sources_is_compared_with_what_each_has_told(conn: sqlite3.Connection) -> None:
    bring(conn, [purchase(1, ANA, state="cancelled"), NEWEST], "shopify")
    ledger = [purchase(1, ANA, source="shopify"), purchase(7, ANA, source="till")]
    plan = plan_of(conn, ledger, "ledger")
    assert (plan.new, plan.changed, plan.turned_back_count) == (1, 0, 1)


_COURSE = st.sampled_from([
    ["pending", "paid", "refunded"], ["paid", "partially_refunded", "refunded"], ["pending", "cancelled"],
    ["failed", "paid", "voided"], ["paid", "paid", "paid"],
])


@settings(max_examples=40, deadline=None)
@given(data=st.data(), orders=st.lists(_COURSE, min_size=1, max_size=6))
def test_in_whatever_order_exports_come_the_latest_state_of_every_order_stands(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, orders: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("order")
    exports: list[list[EventRecord]] = []
    reached = [0] * len(orders)
    for age in (6, 3, 0):
        courses = list(zip(reached, orders, strict=True))
        reached = [data.draw(st.integers(at, len(course) - 1)) for at, course in courses]
        given_back = {"refunded": 1000, "partially_refunded": 400}
        exports.append([
            purchase(n, ANA, ago=20, state=course[at], refunded=given_back.get(course[at], 0))
            for n, (at, course) in enumerate(zip(reached, orders, strict=True))
        ] + [purchase(f"of {age}", ANA, ago=age)])
    found = []
    for number, export in enumerate([exports, data.draw(st.permutations(exports))]):
        conn = new_store(folder, f"{number}.db")
        for records in export:
            bring(conn, records)
        found.append(rows(conn, "SELECT key, state, refunded, net, counts FROM event ORDER BY key"))
        conn.close()
    assert found[0] == found[1]


def test_nobody_is_subscribed_again_and_the_plan_says_so(conn: sqlite3.Connection) -> None:
    bring(conn, [person(("id", "1"), name="Ana", consent=False)])
    plan = plan_of(conn, [person(("id", "1"), name="Ana", consent=True)])
    assert (plan.turned_back_count, plan.asks_older, plan.nothing_to_do) == (1, False, True)
    assert [(one.table, one.label, one.field) for one in plan.turned_back] == [("customer", "Ana", "consent")]
    assert "1 customer has unsubscribed and stays so" in plan.warnings[0]
    assert planned(conn, [person(("id", "1"), consent=True)], "take").nothing_to_do


def test_an_older_list_fills_what_is_empty_and_changes_nothing(conn: sqlite3.Connection) -> None:
    bring(conn, [NEWEST, CustomerRecord(key="1", identities=(("id", "1"),), city="Porto")])
    older = person(("id", "1"), city="Lisboa", company="Casa")
    bring(conn, [purchase(1, older, ago=99)])
    assert rows(conn, "SELECT city, company FROM customer") == [("Porto", "Casa")]


def test_an_older_file_twice_is_as_once(conn: sqlite3.Connection) -> None:
    bring(conn, [purchase(1, ANA, state="refunded", refunded=1000), NEWEST])
    old = [purchase(1, ANA), purchase(2, ANA)]
    bring(conn, old)
    before = dump(conn)
    assert bring(conn, old) is None
    assert dump(conn) == before
