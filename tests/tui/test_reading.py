"""Questions to the store: newer ones overtake older ones, changes are seen, errors are told."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from activetui.ledger.errors import OwnerError
from activetui.store import people
from activetui.tui.reading import Overtaken, Reader
from tests.store.building import TODAY

GROUP = (1, "list")
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


def test_an_overtaken_question_is_not_even_asked(shop: Path) -> None:
    reader = Reader(shop, TODAY)
    old = reader.next_turn(GROUP)
    new = reader.next_turn(GROUP)
    with pytest.raises(Overtaken):
        reader.read(TODAY, people.count, GROUP, old)
    assert reader.read(TODAY, people.count, GROUP, new) == 4
    reader.close()


def test_a_newer_question_interrupts_the_one_that_runs(shop: Path) -> None:
    reader = Reader(shop, TODAY)
    turn = reader.next_turn(GROUP)
    started = threading.Event()
    ended: list[type[BaseException]] = []

    def endless(conn: sqlite3.Connection) -> None:
        started.set()
        conn.execute(ENDLESS).fetchone()

    def work() -> None:
        try:
            reader.read(TODAY, endless, GROUP, turn)
        except Overtaken as overtaken:
            ended.append(type(overtaken))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    assert started.wait(20)
    while thread.is_alive():            # an interrupt before the statement runs hits nothing
        turn = reader.next_turn(GROUP)
        thread.join(0.05)
    assert ended == [Overtaken]
    assert reader.read(TODAY, people.count, GROUP, turn) == 4
    reader.close()


def test_questions_of_another_group_are_left_alone(shop: Path) -> None:
    reader = Reader(shop, TODAY)
    mine, other = (1, "list"), (1, "card")
    turn = reader.next_turn(mine)
    reader.next_turn(other)
    assert reader.read(TODAY, people.count, mine, turn) == 4
    reader.close()


def test_a_change_is_seen_by_the_next_question_on_any_day(shop: Path) -> None:
    reader = Reader(shop, TODAY)
    ask = reader.next_turn(GROUP)
    before = reader.read(TODAY - 30, lambda conn: people.by_ids(conn, [1])[0].spend, GROUP, ask)

    def spend(conn: sqlite3.Connection) -> int:
        from activetui.ledger.kinds import Kind
        from activetui.ledger.records import EventRecord
        from activetui.store.events import log_event

        record = EventRecord(kind=Kind.PURCHASE, day=TODAY - 40, key="", amount=111, currency="EUR")
        return log_event(conn, 1, record, today=TODAY, made_at="2026-11-22T10:00:00Z")

    reader.write(spend)
    after = reader.read(TODAY - 30, lambda conn: people.by_ids(conn, [1])[0].spend, GROUP, ask)
    assert after == before + 111
    reader.close()


def test_a_change_that_fails_leaves_nothing_behind(shop: Path) -> None:
    reader = Reader(shop, TODAY)

    def half(conn: sqlite3.Connection) -> None:
        conn.execute("UPDATE customer SET name = 'half'")
        raise OwnerError("no")

    with pytest.raises(OwnerError):
        reader.write(half)
    turn = reader.next_turn(GROUP)
    names = reader.read(TODAY, lambda conn: {person.name for person in people.page(conn)}, GROUP, turn)
    assert "half" not in names
    reader.close()


def test_a_file_that_cannot_be_opened_is_an_owner_error(tmp_path: Path) -> None:
    reader = Reader(tmp_path, TODAY)
    with pytest.raises(OwnerError):
        reader.read(TODAY, people.count, GROUP, reader.next_turn(GROUP))


def test_nobody_waits_for_the_questions_of_a_screen_that_was_left(shop: Path) -> None:
    reader = Reader(shop, TODAY)
    mine, other = (1, "list"), (2, "list")
    turn, theirs = reader.next_turn(mine), reader.next_turn(other)
    assert reader.leave(1)
    with pytest.raises(Overtaken):
        reader.read(TODAY, people.count, mine, turn)
    assert reader.read(TODAY, people.count, other, theirs) == 4
    assert reader.answered(other, theirs)
    assert not reader.leave(2)          # everything that it asked has been answered
    reader.close()
