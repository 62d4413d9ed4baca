"""Importing records: what a file brings, planned before it is written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from activetui.ledger.records import CustomerRecord, EventRecord, LineRecord, PaidPurchases, Refusal
from activetui.store.imports.plans import StagedPlan
from activetui.store.imports.staging import Staging
from activetui.store.opening.file import connect_again
from tests.store.ledgers import NOW, TODAY, bring, dump, new_store, person, purchase, rows

ANA = person(("id", "1"), ("email", "ana@example.pt"), name="Ana Sousa")
BEN = person(("id", "2"), ("email", "ben@example.pt"), name="Ben")


def test_a_file_brings_customers_events_and_lines(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    lines = [LineRecord("Soap", 2.0, 300, 600, "S1", "Bath"), LineRecord("Tea", 0.1, 4000, 400)]
    batch = bring(conn, [purchase(1, ANA, lines=lines), purchase(2, BEN, amount=500), purchase(3)])
    assert batch == 1
    assert rows(conn, "SELECT name, key, email FROM customer ORDER BY id") == [
        ("Ana Sousa", "1", "ana@example.pt"),
        ("Ben", "2", "ben@example.pt"),
    ]
    assert rows(conn, "SELECT customer_id, amount, net, counts, batch_id FROM event ORDER BY id") == [
        (1, 1000, 1000, 1, 1),
        (2, 500, 500, 1, 1),
        (None, 1000, 1000, 1, 1),
    ]
    assert rows(conn, "SELECT * FROM line") == [
        (1, 1, "Soap", "S1", "Bath", 2.0, 300, 600),
        (1, 2, "Tea", "", "", 0.1, 4000, 400),
    ]
    assert rows(conn, "SELECT customer_id, purchases, spend FROM fact ORDER BY 1") == [
        (1, 1, 1000),
        (2, 1, 500),
    ]


def test_many_purchases_at_once_are_those_purchases(tmp_path: Path) -> None:
    many = PaidPurchases(
        currency="EUR", day=[TODAY - 9, TODAY + 3, TODAY - 9, TODAY], time=["10:15", "", "", ""],
        key=["purchase:1", "purchase:2", "purchase:3", "purchase:2"], customer=[2, 1, 0, 2],
        introduced=[BEN, ANA], first=1,
        amount=[1000, 0, 250, 700], state=["paid", "", "paid", ""], product=["Soap", "", "Tea", ""],
        quantity=[None, 2.0, 0.5, None], order_ref=["1", "", "3", "2"], line=[2, 3, 4, 5],
    )
    stores: list[tuple[StagedPlan, object]] = []
    for name in ("one by one", "at once"):
        (tmp_path / name).mkdir()
        conn = new_store(tmp_path / name)
        with Staging(conn, "shopify", TODAY) as staging:
            staging.add(purchase(9, BEN))
            if name == "at once":
                staging.add_purchases(many)
            else:
                for record in many.records([BEN, ANA]):
                    staging.add(record)
            told = staging.plan()
            staging.apply(
                file_name="a.csv", file_hash="1", system="", assumptions={}, counts={}, made_at=NOW
            )
        stores.append((told, dump(conn, leave_out=("_sqlite_migrations",))))
    assert stores[0] == stores[1]
    assert stores[0][0].repeated == 1 and stores[0][0].walk_ins == 1


def test_customers_of_purchases_that_are_left_out_come_with_what_they_buy_later(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    first = PaidPurchases(
        currency="EUR", day=[TODAY, TODAY], time=(), key=(), customer=[1, 2], introduced=[ANA, BEN], first=1,
        amount=[100, 200], state=(), product=(), quantity=(), order_ref=["1", "2"], line=[2, 3],
    )
    second = PaidPurchases(
        currency="EUR", day=[TODAY], time=(), key=(), customer=[2], introduced=[], first=3, amount=[300],
        state=(), product=(), quantity=(), order_ref=["3"], line=[4],
    )
    with Staging(conn, "shopify", TODAY) as staging:
        staging.add_purchases(first.only([False, False]))
        staging.add_purchases(second)
        assert staging.plan().customers_new == 1
        staging.apply(file_name="a.csv", file_hash="1", system="", assumptions={}, counts={}, made_at=NOW)
    assert rows(conn, "SELECT amount, net, currency, key FROM event") == [(300, 300, "EUR", "purchase:3")]
    assert rows(conn, "SELECT name FROM customer") == [("Ben",)]


def test_the_plan_counts_before_anything_is_written(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    before = dump(conn, leave_out=())
    with Staging(conn, "shopify", TODAY) as staging:
        for record in (purchase(1, ANA), purchase(2, ANA, ago=3), purchase(3)):
            staging.add(record)
        staging.refuse(Refusal(7, "no date", ("x", "y")))
        plan = staging.plan()
    assert (plan.new, plan.changed, plan.unchanged, plan.refused) == (3, 0, 0, 1)
    assert (plan.customers_new, plan.walk_ins, plan.nothing_to_do) == (1, 1, False)
    assert (plan.first_day, plan.last_day) == (TODAY - 10, TODAY - 3)
    assert dump(conn, leave_out=()) == before


def test_planning_locks_nobody_out(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    with Staging(conn, "shopify", TODAY) as staging:
        for number in range(6000):
            staging.add(purchase(number, ANA))
        staging.plan()
        other = connect_again(conn)
        other.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
        other.close()


def test_walk_ins_are_revenue_without_a_person(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1), purchase(2, CustomerRecord(name="Cliente Balcão"))])
    assert rows(conn, "SELECT count(*) FROM customer") == [(0,)]
    assert rows(conn, "SELECT customer_id, net FROM event") == [(None, 1000), (None, 1000)]


def test_refusals_are_kept_with_the_batch(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    with Staging(conn, "shopify", TODAY) as staging:
        staging.add(purchase(1, ANA))
        staging.refuse(Refusal(12, "no date", ("1;2", "é")))
        staging.apply(file_name="f", file_hash="h", system="s", assumptions={}, counts={}, made_at=NOW)
    assert rows(conn, "SELECT batch_id, line, reason, cells FROM refusal") == [
        (1, 12, "no date", '["1;2", "é"]')
    ]


@pytest.mark.parametrize("many", [1, 50_000])
def test_events_of_a_kind_that_is_not_there_are_not_written(tmp_path: Path, many: int) -> None:
    conn = new_store(tmp_path)
    before = dump(conn, leave_out=())
    with pytest.raises(sqlite3.IntegrityError):
        bring(conn, [EventRecord(4321, TODAY, f"x:{number}") for number in range(many)])
    assert dump(conn, leave_out=()) == before
    assert rows(conn, "PRAGMA foreign_keys") == [(1,)]
