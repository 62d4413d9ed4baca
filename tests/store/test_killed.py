"""An import that is killed or interrupted at any moment: nothing of it is there, or all of it."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from activetui.store.imports import applying
from activetui.store.opening.file import open_store
from activetui.store.opening.header import read_header
from tests.importing.files import TODAY, take
from tests.store.ledgers import dump, new_store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")

ROWS = 2_000
TRIES = {signal.SIGKILL: 50, signal.SIGINT: 10}


def sales(path: Path, first: int, state: str) -> Path:
    """A file of orders; those that two files share have another state in the second."""
    lines = ["Order;Date;Customer ID;Name;Product;Amount;Currency;Status"]
    lines += [
        f"{n};{1 + n % 28:02}.{1 + n % 9:02}.2026;C{n % 400};Name {n % 400};Soap;{n % 90},50;EUR;{state}"
        for n in range(first, first + ROWS)
    ]
    path.write_text("\n".join(lines) + "\n")
    return path


def in_a_process(work: Callable[[], None], signal_number: int = 0, moment: float = 0.0) -> None:
    """Do the work in a process of its own, which gets the signal after so many seconds, unless it is done."""
    child = os.fork()
    if not child:
        status = 1
        try:
            silent = os.open(os.devnull, os.O_WRONLY)  # what an interrupted program says is no concern here
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            work()
            status = 0
        finally:
            os._exit(status)
    with closing_descriptor(os.pidfd_open(child)) as ended:
        if signal_number and not select.select([ended], [], [], moment)[0]:
            os.kill(child, signal_number)
    _child, status = os.waitpid(child, 0)
    assert signal_number or status == 0


class closing_descriptor:  # noqa: N801 - used as contextlib's closing
    """Closes a file descriptor when the block ends."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __enter__(self) -> int:
        return self.number

    def __exit__(self, *_error: object) -> None:
        os.close(self.number)


def contents(path: Path) -> dict[str, list[Any]]:
    """Everything in a store, which must be sound."""
    with closing(open_store(path, today=TODAY)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        return dump(conn, ())


@pytest.mark.parametrize("signal_number", TRIES, ids=lambda number: number.name)
def test_the_store_is_as_before_or_whole(tmp_path: Path, signal_number: signal.Signals) -> None:
    first = sales(tmp_path / "march.csv", 1, "paid")
    second = sales(tmp_path / "april.csv", 1 + ROWS // 2, "refunded")
    kept, store = tmp_path / "kept.db", tmp_path / "till" / "shop.db"
    store.parent.mkdir()
    with closing(new_store(tmp_path, "kept.db")) as conn:
        take(conn, first)
    before = contents(kept)

    def import_it() -> None:
        with closing(open_store(store, today=TODAY)) as conn:
            take(conn, second)

    def fresh() -> None:
        for file in store.parent.iterdir():
            file.unlink()
        shutil.copy(kept, store)

    fresh()
    started = time.monotonic()
    in_a_process(import_it)
    needed = time.monotonic() - started
    after = contents(store)
    assert after != before and len(after["event"]) == ROWS + ROWS // 2
    chance = random.Random(4)
    ends = set()
    for _try in range(TRIES[signal_number]):
        fresh()
        in_a_process(import_it, signal_number, chance.uniform(0, needed))
        left = {file for file in store.parent.iterdir() if not file.name.startswith("shop.db")}
        assert all(file.stat().st_size == 0 for file in left), "no rows lie about beside the store"
        found = contents(store)
        ends.add("before" if found == before else "whole" if found == after else "neither")
    assert ends <= {"before", "whole"} and "before" in ends


def test_what_a_killed_import_left_the_next_one_takes_away(tmp_path: Path) -> None:
    (tmp_path / ".shop.db.staging-0a1b2c3d").touch()
    with closing(new_store(tmp_path)) as conn:
        assert take(conn, sales(tmp_path / "a.csv", 1, "paid")) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.csv", "shop.db"]


def test_a_first_file_whose_statuses_are_written_aside_is_there_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "_MANY", 1)
    monkeypatch.setattr(applying, "_CACHE_KIB", 64)  # pages go into the store long before the end
    file = sales(tmp_path / "march.csv", 1, "paid")
    empty, store = tmp_path / "empty.db", tmp_path / "till" / "shop.db"
    store.parent.mkdir()
    new_store(tmp_path, "empty.db").close()
    before = contents(empty)

    def import_it() -> None:
        with closing(open_store(store, today=TODAY)) as conn:
            take(conn, file)

    def fresh() -> None:
        for one in store.parent.iterdir():
            one.unlink()
        shutil.copy(empty, store)

    fresh()
    started = time.monotonic()
    in_a_process(import_it)
    needed = time.monotonic() - started
    after = contents(store)
    assert len(after["event"]) == ROWS and after["life"]
    chance = random.Random(5)
    for _try in range(15):
        fresh()
        in_a_process(import_it, signal.SIGKILL, chance.uniform(0, needed))
        left = {one for one in store.parent.iterdir() if not one.name.startswith("shop.db")}
        assert all(one.stat().st_size == 0 for one in left), "nothing lies about beside the store"
        assert contents(store) in (before, after)
        assert read_header(store).wal

    def die_half_way() -> None:
        monkeypatch.setattr(applying, "_check_references", lambda *_of: os.kill(os.getpid(), signal.SIGKILL))
        import_it()

    fresh()
    in_a_process(die_half_way, signal.SIGKILL, 60.0)
    assert store.with_name("shop.db-journal").stat().st_size and store.stat().st_size > empty.stat().st_size
    assert contents(store) == before
