"""A file that has a row for each span of a customer gets one row for all of them."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from activetui.ledger.days import FAR_FUTURE, FAR_PAST
from activetui.store.doctor import examine
from activetui.store.facts.lives import spans_in
from activetui.store.opening import schema, spans_to_lives
from activetui.store.opening.file import open_store
from activetui.store.opening.migrations import schema_of
from tests.store.building import TODAY, Building, everything
from tests.store.spans_of_lives import unfold
from tests.store.test_killed import in_a_process

WITH_SPANS = 5
SPAN = next(sql + ";" for sql in schema.MIGRATIONS[0][1].split(";") if "CREATE TABLE span" in sql)


def aged(path: Path) -> Path:
    """The store as a program that kept spans in rows would have left it."""
    with closing(sqlite3.connect(path)) as conn:
        unfold(conn)
        conn.executescript(SPAN.replace("TABLE span", "TABLE main.span"))
        conn.executescript(
            "INSERT INTO main.span SELECT * FROM temp.span; DROP TABLE main.life;"
            "DELETE FROM _sqlite_migrations WHERE name IN ('0006_lives', '0007_without_spans');"
            f"PRAGMA user_version = {WITH_SPANS};"
        )
    return path


def but_the_record_of_steps(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(open_store(path, today=TODAY)) as conn:
        assert schema_of(conn) == len(schema.MIGRATIONS)
        return {name: rows for name, rows in everything(conn).items() if name != "_sqlite_migrations"}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A store with customers of many spans, and numbers far from one another."""
    shop = Building(tmp_path / "shop.db")
    for number in (1, 2, 3, 70_000, 9_000_000):
        customer = shop.customer("Ana", id=number)
        for ago in range(number % 7, 2_000, 97 + number % 211):
            shop.event(customer, "purchase", TODAY - ago, amount=100)
    return shop.close()


def test_everything_is_as_a_new_store_would_have_it(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = but_the_record_of_steps(shop)
    assert max(len(life) for _number, life in before["life"]) > 12
    monkeypatch.setattr(spans_to_lives, "_AT_ONCE", 2)
    assert but_the_record_of_steps(aged(shop)) == before
    assert [check.name for check in examine(shop) if not check.ok] == []
    [copy] = shop.parent.glob("shop.db.before-0006_lives-*")
    with closing(sqlite3.connect(copy)) as conn:
        assert schema_of(conn) == WITH_SPANS
        assert conn.execute("SELECT count(*) FROM span").fetchone()[0] > 12


def test_a_store_without_customers_is_brought_up_to_date_too(tmp_path: Path) -> None:
    path = Building(tmp_path / "shop.db").close()
    before = but_the_record_of_steps(path)
    assert but_the_record_of_steps(aged(path)) == before


def test_spans_that_do_not_hold_together_become_lives_that_can_be_read(shop: Path) -> None:
    with closing(sqlite3.connect(aged(shop))) as conn:
        conn.execute("DELETE FROM span WHERE customer_id = 2 AND start < 0")
        conn.commit()
    with closing(open_store(shop, today=TODAY)) as conn:
        for (life,) in conn.execute("SELECT spans FROM life"):
            _statuses, starts, ends = zip(*spans_in(life), strict=True)
            assert (starts[0], ends[-1]) == (FAR_PAST, FAR_FUTURE)
            assert ends[:-1] == starts[1:]
    assert "Statuses as the ledger says" in [check.name for check in examine(shop) if not check.ok]


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_program_that_is_killed_meanwhile_leaves_the_one_or_the_other(shop: Path, tmp_path: Path) -> None:
    whole = but_the_record_of_steps(shop)
    kept, store = aged(shop), tmp_path / "till" / "shop.db"
    store.parent.mkdir()

    def open_it() -> None:
        open_store(store, today=TODAY).close()

    def fresh() -> None:
        shutil.rmtree(store.parent)
        store.parent.mkdir()
        shutil.copy(kept, store)

    fresh()
    started = time.monotonic()
    in_a_process(open_it)
    needed = time.monotonic() - started
    chance = random.Random(6)
    for _try in range(12):
        fresh()
        in_a_process(open_it, signal.SIGKILL, chance.uniform(0, needed))
        with closing(sqlite3.connect(store)) as conn:
            assert schema_of(conn) in (WITH_SPANS, len(schema.MIGRATIONS))
        assert but_the_record_of_steps(store) == whole
