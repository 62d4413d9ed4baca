"""Which purchases of the ledger are purchase days."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from activetui.ledger.days import from_iso
from activetui.store import purchase_history as module
from activetui.store.purchase_history import purchase_history
from tests.store.building import Building


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    return Building(tmp_path / "shop.db")


def days_of(conn: sqlite3.Connection, up_to: str | None = None) -> list[tuple[int, int, int]]:
    """Customer, day, minor units."""
    history = purchase_history(conn, None if up_to is None else from_iso(up_to))
    who = history.customers[history.owner].tolist()
    return list(zip(who, history.day.tolist(), history.spend.tolist(), strict=True))


def test_only_purchases_that_count_of_somebody(shop: Building) -> None:
    ana, bento = shop.customer("Ana"), shop.customer("Bento")
    shop.customer("Carla")
    shop.event(bento, on="2026-10-02", amount=900)
    shop.event(ana, on="2026-10-05", amount=1200)
    shop.event(ana, on="2026-10-05", amount=300)
    shop.event(ana, on="2026-09-01", amount=0)
    shop.event(ana, on="2026-09-09", amount=700, refunded=700)
    shop.event(ana, on="2026-09-10", amount=700, refunded=200)
    shop.event(ana, on="2026-09-11", amount=700, state="cancelled")
    shop.event(ana, "visit", on="2026-09-12")
    shop.event(ana, on="2026-09-13", amount=700, currency="USD")
    shop.event(None, on="2026-09-14", amount=700)
    assert days_of(shop.ready()) == [
        (ana, from_iso("2026-09-01"), 0),
        (ana, from_iso("2026-09-10"), 500),
        (ana, from_iso("2026-09-13"), 0),
        (ana, from_iso("2026-10-05"), 1500),
        (bento, from_iso("2026-10-02"), 900),
    ]


def test_up_to_a_day_includes_the_day(shop: Building) -> None:
    ana = shop.customer("Ana")
    for day in ("2026-09-01", "2026-09-02", "2026-09-03"):
        shop.event(ana, on=day, amount=100)
    conn = shop.ready()
    assert [day for _who, day, _spend in days_of(conn, "2026-09-02")] == [
        from_iso("2026-09-01"), from_iso("2026-09-02"),
    ]
    assert days_of(conn, "2026-08-31") == []


def test_an_empty_store_has_no_purchases(shop: Building) -> None:
    history = purchase_history(shop.ready())
    assert (len(history.customers), len(history.day), history.end) == (0, 0, None)
    assert history.up_to(0).number().tolist() == []


def test_a_ledger_read_in_many_steps_is_the_same(shop: Building, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [shop.customer(name) for name in ("Ana", "Bento", "Carla")]
    for number in range(60):
        shop.event(people[number % 3], on=20_000 - 7 * number % 50, amount=number)
    conn = shop.ready()
    once = days_of(conn)
    monkeypatch.setattr(module, "_IDS_A_STEP", 7)
    told: list[tuple[int, int]] = []
    purchase_history(conn, progress=lambda done, of: told.append((done, of)))
    assert days_of(conn) == once
    assert told == [(step, 9) for step in range(1, 10)]
