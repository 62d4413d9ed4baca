"""Looking at a file's first bytes never takes its locks from connections of the same process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from activetui.store.doctor import examine
from activetui.store.opening.file import open_store
from activetui.store.opening.first_bytes import LENGTH, first_bytes
from tests.store.building import TODAY, Building, day_of

TODAYS = day_of(TODAY)
PASSING_BY = """
import sqlite3, sys

conn = sqlite3.connect(sys.argv[1])
conn.execute("SELECT count(*) FROM event").fetchone()
conn.close()
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with one customer."""
    shop = Building(tmp_path / "shop.db")
    shop.customer("Ana")
    return shop.close()


def looked_at(path: Path) -> None:
    first_bytes(path)


def opened_again(path: Path) -> None:
    open_store(path, today=TODAYS).close()


def examined(path: Path) -> None:
    examine(path)


@pytest.mark.skipif(sys.platform == "win32", reason="another sort of locks")
@pytest.mark.parametrize("look", [looked_at, opened_again, examined])
def test_another_program_that_comes_and_goes_leaves_an_open_store_its_side_files(
    store: Path, look: Callable[[Path], None]
) -> None:
    wal = store.with_name(store.name + "-wal")
    with closing(open_store(store, today=TODAYS)) as conn:
        conn.execute("UPDATE customer SET name = 'Ana Sousa'")
        conn.commit()
        before = wal.stat().st_ino
        look(store)
        look(store)
        subprocess.run([sys.executable, "-c", PASSING_BY, str(store)], check=True)
        assert wal.exists()
        assert wal.stat().st_ino == before
        conn.execute("UPDATE customer SET note = 'still here'")
        conn.commit()
        with closing(open_store(store, today=TODAYS)) as other:
            assert other.execute("SELECT name, note FROM customer").fetchone() == ("Ana Sousa", "still here")


def test_the_first_bytes_are_those_of_the_file_that_has_the_name_now(tmp_path: Path) -> None:
    old, new = Building(tmp_path / "old.db").close(), tmp_path / "new.db"
    new.write_bytes(b"short")
    with closing(open_store(old, today=TODAYS)):
        assert first_bytes(old) == old.read_bytes()[:LENGTH]
        new.replace(old)
        assert first_bytes(old) == b"short"
