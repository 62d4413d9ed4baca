"""Who was active on days of the past, by the definition in force and by any other."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from activetui.activity.reading.parsing import parse
from activetui.ledger.days import from_iso
from activetui.store import definitions
from activetui.store.other_days.active_then import active_on
from tests.store.building import Building

WINDOW = 'name = "Window"\nactive = {{ event = "purchase", within_days = {days} }}\n'
DAYS = [from_iso(day) for day in ("2026-08-31", "2026-09-30", "2026-10-31", "2026-11-22")]


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    shop = Building(tmp_path / "shop.db", definition=WINDOW.format(days=30))
    ana, bento = shop.customer("Ana"), shop.customer("Bento")
    shop.customer("Carla")
    shop.event(ana, on="2026-08-20", amount=100)
    shop.event(ana, on="2026-10-20", amount=100)
    shop.event(bento, on="2026-09-15", amount=100)
    shop.event(bento, "booking", on="2026-12-01", recorded="2026-10-25")
    return shop.ready()


def test_by_the_definition_in_force(conn: sqlite3.Connection) -> None:
    found = active_on(conn, definitions.in_force(conn), DAYS)
    assert [who.tolist() for who in found] == [[1], [2], [1], []]


def test_by_another_definition(conn: sqlite3.Connection) -> None:
    found = active_on(conn, parse(WINDOW.format(days=60)), DAYS)
    assert [who.tolist() for who in found] == [[1], [1, 2], [1, 2], [1]]


def test_a_booking_counts_from_the_day_it_was_made(conn: sqlite3.Connection) -> None:
    ahead = parse('name = "Booked"\nactive = { event = "booking", ahead = true }\n')
    assert [who.tolist() for who in active_on(conn, ahead, DAYS)] == [[], [], [2], [2]]


def test_progress_reaches_the_end(conn: sqlite3.Connection) -> None:
    told: list[tuple[int, int]] = []
    active_on(conn, parse(WINDOW.format(days=60)), DAYS, lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_it_can_be_stopped(conn: sqlite3.Connection) -> None:
    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        active_on(conn, parse(WINDOW.format(days=60)), DAYS, stop)
    assert not conn.in_transaction
