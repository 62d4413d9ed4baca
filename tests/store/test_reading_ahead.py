"""Another day worked out while the ledger is still being read, by another thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import enumerate as threads

import pytest

from activetui.store.facts import blocks
from activetui.store.facts.refresh import refresh_all
from activetui.store.in_force import in_force
from activetui.store.opening.connection import connect_again
from activetui.store.opening.file import transaction
from activetui.store.other_days import as_of, reading_ahead
from tests.store.building import TODAY, Building

THEN = TODAY - 100
NEVER = 10**9


@pytest.fixture
def conn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """A store that is read in several goes, the next one ahead of the one that is worked on."""
    monkeypatch.setattr(reading_ahead, "FEWEST", 1)
    monkeypatch.setattr(blocks, "_EVENTS_A_PASS", 20)
    shop = Building(tmp_path / "shop.db")
    for number in range(30):
        customer = shop.customer(f"Ana {number}")
        for event in range(number % 7):
            shop.event(customer, "purchase", TODAY - 40 * event - number, amount=100 * number)
    shop.event(None, "purchase", THEN, amount=100)
    with closing(shop.ready()) as conn:
        yield conn


def seen(conn: sqlite3.Connection) -> list[tuple[object, ...]]:
    return conn.execute("SELECT * FROM fact ORDER BY customer_id").fetchall()


def is_read_ahead() -> bool:
    return any(thread.name == "reading ahead" for thread in threads())


def test_reading_ahead_finds_what_reading_finds(
    conn: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int]] = []
    by: set[bool] = set()

    def progress(done: int, everything: int) -> None:
        told.append((done, everything))
        by.add(is_read_ahead())

    as_of.look_from(conn, THEN, progress=progress)
    ahead = seen(conn)
    assert True in by
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]
    assert not is_read_ahead()
    monkeypatch.setattr(reading_ahead, "FEWEST", NEVER)
    as_of.look_from(conn, TODAY)
    as_of.look_from(conn, THEN)
    assert seen(conn) == ahead
    with transaction(conn):
        refresh_all(conn, THEN)
    as_of.look_from(conn, THEN)
    assert seen(conn) == ahead


@pytest.mark.parametrize("at", [1, 3, 5])
def test_reading_ahead_can_be_given_up(conn: sqlite3.Connection, at: int) -> None:
    class Enough(Exception):
        pass

    calls = 0

    def give_up(_done: int, _everything: int) -> None:
        nonlocal calls
        calls += 1
        if calls == at:
            raise Enough

    with pytest.raises(Enough):
        as_of.look_from(conn, THEN, progress=give_up)
    assert not is_read_ahead()
    assert not conn.in_transaction
    assert as_of.day_of(conn) == TODAY


def test_what_goes_wrong_while_reading_ahead_is_told(conn: sqlite3.Connection) -> None:
    with closing(connect_again(conn, read_only=True)) as other:
        other.set_progress_handler(lambda: 1, 1)
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            list(reading_ahead.runs_ahead(other, in_force(conn), lambda _steps: None))
    assert not is_read_ahead()


def test_a_change_between_the_two_connections_is_noticed(conn: sqlite3.Connection) -> None:
    before = reading_ahead.version(conn)
    with reading_ahead.another(conn) as other:
        assert other is not None
        assert reading_ahead.version(conn) == before
        with closing(connect_again(conn)) as third, transaction(third):
            third.execute("UPDATE event SET amount = 1, net = 1")
        assert reading_ahead.version(conn) != before
        assert other.execute("SELECT max(net) FROM event").fetchone() != (1,)


def test_nothing_is_read_ahead_within_a_change(conn: sqlite3.Connection) -> None:
    with transaction(conn):
        conn.execute("UPDATE event SET net = net + 1")
        with reading_ahead.another(conn) as other:
            assert other is None
