"""A file from before the store kept the days on which it learned of things: what it holds gets those days."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from activetui.ledger.days import from_iso
from activetui.store.changes.taking_back import undo_last
from activetui.store.opening import schema
from activetui.store.opening.connection import connect
from activetui.store.opening.file import open_store
from activetui.store.opening.migrations import migrate, schema_of
from activetui.store.opening.seed import seed
from activetui.store.other_days import as_of
from tests.store.building import TODAY, everything

MARCH, MAY = from_iso("2026-03-01"), from_iso("2026-05-01")
CHANGED = {"customer", "event", "operation", "before_image", "span", "_sqlite_migrations"}
FILLED = r"""
INSERT INTO source (id, name) VALUES (2, 'till');
INSERT INTO batch (id, made_at, source_id, file_name, file_hash, system, assumptions, counts,
  first_event, last_event, first_customer, last_customer)
VALUES (1, '2026-05-01T23:10:00Z', 2, 'till.csv', 'x', 'test', '{}', '{}', 1, 2, 1, 1);
INSERT INTO customer (id, key, name, batch_id) VALUES (1, 'A', 'Ana', 1), (2, 'B', 'Bia', NULL);
INSERT INTO customer (id, key, name) VALUES (3, 'C', 'Caio');
INSERT INTO event (id, customer_id, kind, day, amount, currency, net, recorded, source_id, key, batch_id)
VALUES (1, 1, 1, 20500, 1000, 'EUR', 1000, 20500, 2, 'purchase:1', 1),
       (2, 1, 1, 20510, 2000, 'EUR', 2000, 20510, 2, 'purchase:2', 1),
       (3, 2, 3, 20520, NULL, '', 0, 20525, 1, 'hand:3', NULL);
INSERT INTO operation (id, made_at, what, batch_id) VALUES
  (1, '2026-05-01T23:10:00Z', 'import of till.csv', 1),
  (2, '2026-06-01T08:00:00Z', 'change of Ana', NULL),
  (3, '2026-06-02T08:00:00Z', 'deletion of visit 4', NULL);
INSERT INTO before_image VALUES
  (2, 1, 'customer', '[1]', '{"id":1,"key":"A","name":"Anna","batch_id":1}'),
  (3, 1, 'event', '[4]', '{"id":4,"customer_id":2,"kind":3,"day":20530,"recorded":20530,"source_id":1,'
   || '"key":"hand:4","quantity":1.5,"note":"água \"x\""}'),
  (3, 2, 'line', '[4,1]', '{"event_id":4,"position":1,"product":"bread"}');
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store as the first version of the schema made it, with three customers."""
    path = tmp_path / "shop.db"
    path.touch()
    with closing(connect(path, False)) as conn:
        migrate(conn, path, TODAY, schema.MIGRATIONS[:1], lambda: seed(conn, TODAY))
        conn.executescript(FILLED)
        conn.execute("PRAGMA journal_mode = WAL")
        assert schema_of(conn) == 1
    return path


def test_the_days_are_those_of_the_imports_else_those_of_recording(old: Path) -> None:
    with closing(open_store(old, today=TODAY)) as conn:
        assert schema_of(conn) == len(schema.MIGRATIONS)
        assert conn.execute("SELECT entered FROM event ORDER BY id").fetchall() == [(MAY,), (MAY,), (20525,)]
        assert conn.execute("SELECT key, entered FROM customer").fetchall() == [
            ("A", MAY), ("B", 20525), ("C", 0)
        ]
        assert conn.execute("SELECT day FROM operation ORDER BY id").fetchall() == [
            (MAY,), (from_iso("2026-06-01"),), (from_iso("2026-06-02"),)
        ]


def test_a_copy_of_the_file_as_it_was_is_kept(old: Path) -> None:
    with closing(sqlite3.connect(old)) as conn:
        before = everything(conn)
    open_store(old, today=TODAY).close()
    [copy] = old.parent.glob("shop.db.before-0002_two_clocks-*")
    with closing(sqlite3.connect(copy)) as conn:
        assert everything(conn) == before


def test_nothing_else_changes(old: Path) -> None:
    with closing(sqlite3.connect(old)) as conn:
        before = everything(conn)
    with closing(open_store(old, today=TODAY)) as conn:
        after = everything(conn)
    for table in ("customer", "event", "operation"):
        pairs = zip(after[table], before[table], strict=True)
        assert [row[: len(once)] for row, once in pairs] == before[table]
    images = {row[:4]: json.loads(row[4]) for row in after["before_image"]}
    assert [images[2, 1, "customer", "[1]"].pop("entered"), images[3, 1, "event", "[4]"].pop("entered")] == [
        MAY, 20530
    ]
    assert images == {row[:4]: json.loads(row[4]) for row in before["before_image"]}
    for table in before.keys() - CHANGED:
        assert after[table] == before[table], table


def test_what_was_deleted_before_comes_back_with_its_day(old: Path) -> None:
    with closing(open_store(old, today=TODAY)) as conn:
        assert undo_last(conn, today=TODAY, made_at="2026-11-22T10:00:00Z") == "deletion of visit 4"
        row = conn.execute("SELECT day, entered, quantity, note FROM event WHERE id = 4").fetchone()
        assert row == (20530, 20530, 1.5, 'água "x"')


def test_earlier_days_can_be_seen_as_they_were_known(old: Path) -> None:
    with closing(open_store(old, today=TODAY)) as conn:
        seen = "SELECT group_concat(name) FROM (SELECT name FROM customer ORDER BY id)"
        found = []
        for day in (20526, MAY, from_iso("2026-06-01"), TODAY):
            as_of.look_from(conn, day, known_then=True)
            found.append((
                conn.execute(seen).fetchone()[0], conn.execute("SELECT count(*) FROM event").fetchone()[0]
            ))
        assert found == [("Bia,Caio", 1), ("Anna,Bia,Caio", 4), ("Ana,Bia,Caio", 4), ("Ana,Bia,Caio", 3)]
