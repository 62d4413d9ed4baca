"""Importing refunds and other currencies: what a purchase comes to."""

from __future__ import annotations

from pathlib import Path

from activetui.ledger.kinds import Kind
from tests.store.ledgers import bring, new_store, person, plan_of, purchase, refund, rows

ANA = person(("id", "1"), ("email", "ana@example.pt"), name="Ana Sousa")


def test_a_refund_of_its_own_lowers_its_purchase_whichever_comes_first(tmp_path: Path) -> None:
    for order in ([0, 1], [1, 0]):
        conn = new_store(tmp_path, f"{order[0]}.db")
        files = [[purchase(1, ANA)], [refund(9, 1, -300, customer=ANA)]]
        for number in order:
            bring(conn, files[number])
        assert rows(conn, "SELECT kind, amount, net, counts FROM event ORDER BY kind") == [
            (Kind.PURCHASE, 1000, 700, 1),
            (Kind.REFUND, -300, 0, 0),
        ]
        assert rows(conn, "SELECT spend FROM fact") == [(700,)]


def test_a_refund_reported_twice_is_taken_off_once(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA, refunded=300), refund(9, 1, 300, customer=ANA)])
    assert rows(conn, "SELECT net FROM event ORDER BY id") == [(700,), (0,)]


def test_a_refund_of_everything_makes_a_purchase_no_activity(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA), refund(8, 1, 400), refund(9, 1, 600)])
    assert rows(conn, "SELECT net, counts FROM event WHERE kind = 1") == [(0, 0)]


def test_a_refund_without_a_purchase_is_negative(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [refund(9, 77, 600, customer=ANA)])
    assert rows(conn, "SELECT net, counts FROM event") == [(-600, 0)]


def test_money_in_another_currency_is_never_added(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    records = [purchase(1, ANA), purchase(2, ANA), purchase(3, ANA, currency="USD", amount=9999)]
    assert "USD" in plan_of(conn, records).warnings[0]
    bring(conn, records)
    assert rows(conn, "SELECT currency, net, counts FROM event WHERE id = 3") == [("USD", 0, 1)]
    assert rows(conn, "SELECT purchases, spend FROM fact") == [(3, 2000)]
    assert bring(conn, records) is None
