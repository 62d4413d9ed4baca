"""Figures are kept where they can be, and nobody notices where they cannot."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from activetui.store.kept_figures import Kept, keep, kept
from activetui.store.opening.file import open_store, transaction

TODAY = 20_000


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "shop.db"
    open_store(path, today=TODAY, create=True).close()
    return path


def opened(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    return open_store(path, today=TODAY, read_only=read_only)


def test_what_was_kept_last_is_there_for_others(store: Path) -> None:
    with closing(opened(store)) as conn:
        assert kept(conn, "returns", 10) is None
        keep(conn, "returns", 10, Kept("a", "[1]"))
        keep(conn, "returns", 10, Kept("b", "[2]"))
        keep(conn, "others", 10, Kept("c", "[3]"))
    with closing(opened(store, read_only=True)) as conn:
        assert kept(conn, "returns", 10) == Kept("b", "[2]")
        assert kept(conn, "returns", 11) is None


def test_of_many_days_the_latest_are_kept_and_the_one_asked_for(store: Path) -> None:
    with closing(opened(store)) as conn:
        for day in range(100, 140):
            keep(conn, "returns", day, Kept("", str(day)))
        keep(conn, "returns", 1, Kept("", "1"))
        there = {day for day in range(140) if kept(conn, "returns", day)}
    assert there == {1, *range(128, 140)}


def test_who_only_looks_keeps_nothing(store: Path) -> None:
    with closing(opened(store, read_only=True)) as conn:
        keep(conn, "returns", 10, Kept("", "[]"))
        assert kept(conn, "returns", 10) is None


def test_nobody_waits_while_another_program_writes(store: Path) -> None:
    with closing(opened(store)) as other, closing(opened(store)) as conn:
        with transaction(other):
            other.execute("UPDATE meta SET value = value")
            keep(conn, "returns", 10, Kept("", "[]"))
        assert kept(conn, "returns", 10) is None
        keep(conn, "returns", 10, Kept("", "[]"))
        assert kept(conn, "returns", 10) is not None


def test_a_change_of_the_callers_is_not_ended(store: Path) -> None:
    with closing(opened(store)) as conn:
        with transaction(conn):
            conn.execute("INSERT INTO meta VALUES ('colour', 'blue')")
            keep(conn, "returns", 10, Kept("", "[]"))
            assert conn.in_transaction
        assert kept(conn, "returns", 10) is None
