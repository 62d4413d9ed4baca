"""Facts of any day, past or future, through the same queries as those of today."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import settings as example_settings

from activetui.activity.status import Status
from activetui.store import settings
from activetui.store.facts.refresh import refresh, refresh_all
from activetui.store.opening.file import open_store, transaction
from activetui.store.other_days import as_of
from tests.store.building import TODAY, Building, derived
from tests.store.places import a_store, files_in
from tests.store.random_stores import Situation, Store, apply, days, situations

slow = example_settings(max_examples=25, deadline=None)


def looked_at(conn: sqlite3.Connection) -> list[tuple[Any, ...]]:
    return conn.execute("SELECT * FROM fact ORDER BY customer_id").fetchall()


@slow
@given(situations, days, days)
def test_looking_from_another_day_is_as_if_that_day_were_today(
    situation: Situation, today: int, other: int
) -> None:
    store = Store(situation.text, situation.events, today)
    try:
        stored = derived(store.conn)
        as_of.look_from(store.conn, other)
        assert as_of.day_of(store.conn) == other
        assert looked_at(store.conn) == store.from_scratch(other)["fact"]
        assert derived(store.conn) == stored
        as_of.look_from(store.conn, today)
        assert as_of.day_of(store.conn) == today
        assert looked_at(store.conn) == stored["fact"]
    finally:
        store.close()


@slow
@given(situations, days, days)
def test_changes_are_seen_from_another_day_too(situation: Situation, today: int, other: int) -> None:
    assume(other != today)      # who looks from the day of the facts moves on with them
    store = Store(situation.text, situation.events, today)
    try:
        as_of.look_from(store.conn, other)
        for change in situation.changes:
            with transaction(store.conn):
                touched = apply(store, change)
                refresh(store.conn, sorted(touched), store.today)
            assert as_of.day_of(store.conn) == other
            seen = looked_at(store.conn)
            assert seen == store.from_scratch(other)["fact"], change
    finally:
        store.close()


def test_the_other_day_has_the_same_indexes(tmp_path: Path) -> None:
    with closing(open_store(a_store(tmp_path / "shop.db"), today=TODAY)) as conn:
        def indexes(schema: str) -> list[tuple[str, str]]:
            return conn.execute(
                f"SELECT name, sql FROM {schema}.sqlite_schema WHERE tbl_name = 'fact' AND type = 'index' "
                "AND sql IS NOT NULL ORDER BY name"
            ).fetchall()

        as_of.look_from(conn, TODAY - 100)
        assert indexes("temp") == indexes("main") != []


def test_everyone_anew_while_looking_elsewhere(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    ana = shop.customer("Ana")
    shop.event(ana, "purchase", TODAY - 200, amount=1000)
    conn = shop.ready()
    as_of.look_from(conn, TODAY - 200)
    with transaction(conn):
        shop.event(ana, "purchase", TODAY - 201, amount=500)
        refresh_all(conn, TODAY)
    assert conn.execute("SELECT spend FROM fact").fetchall() == [(1500,)]
    assert conn.execute("SELECT status FROM main.fact").fetchone() == (Status.INACTIVE,)
    conn.close()


def test_looking_back_writes_nothing_and_needs_no_writing(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    before = files_in(tmp_path)
    with closing(open_store(path, today=TODAY, read_only=True)) as conn:
        as_of.look_from(conn, TODAY - 30)
        assert conn.execute("SELECT purchases FROM fact").fetchall() == [(0,)]
        as_of.look_from(conn, TODAY)
        assert conn.execute("SELECT purchases FROM fact").fetchall() == [(1,)]
    assert files_in(tmp_path) == before


def test_looking_back_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    with closing(open_store(path, today=TODAY)) as busy, closing(open_store(path, today=TODAY)) as conn:
        busy.execute("BEGIN IMMEDIATE")
        conn.execute("PRAGMA busy_timeout = 0")
        as_of.look_from(conn, TODAY - 30)
        assert not conn.in_transaction
        assert conn.execute("SELECT purchases FROM fact").fetchall() == [(0,)]


def test_looking_that_is_broken_off_leaves_the_view_of_before(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    with closing(open_store(path, today=TODAY)) as conn:
        as_of.look_from(conn, TODAY - 30)
        conn.set_progress_handler(lambda: 1, 1)
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            as_of.look_from(conn, TODAY - 300)
        conn.set_progress_handler(None, 0)
        assert not conn.in_transaction
        assert as_of.day_of(conn) == TODAY - 30
        assert conn.execute("SELECT count(*) FROM fact").fetchone() == (1,)


def test_opening_on_a_later_day_moves_the_facts_and_looking_does_not(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    with closing(open_store(path, today=TODAY, read_only=True)) as conn:
        as_of.look_from(conn, TODAY + 10)
        assert settings.facts_day(conn) == TODAY
    with closing(open_store(path, today=TODAY + 10)) as conn:
        assert settings.facts_day(conn) == TODAY + 10
        assert as_of.day_of(conn) == TODAY + 10


def test_looking_from_another_day_tells_how_far_it_is_and_can_be_given_up(tmp_path: Path) -> None:
    class Enough(Exception):
        pass

    with closing(open_store(a_store(tmp_path / "shop.db"), today=TODAY)) as conn:
        told: list[tuple[int, int]] = []
        as_of.look_from(conn, TODAY - 30, progress=lambda done, everything: told.append((done, everything)))
        assert told[-1][0] == told[-1][1]
        assert [done for done, _everything in told] == sorted(done for done, _everything in told)

        def give_up(_done: int, _everything: int) -> None:
            raise Enough

        with pytest.raises(Enough):
            as_of.look_from(conn, TODAY - 60, progress=give_up)
        assert as_of.day_of(conn) == TODAY - 30
        assert conn.execute("SELECT purchases FROM fact").fetchall() == [(0,)]
