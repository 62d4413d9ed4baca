"""Making data files, and refusing what is none of ours."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from activetui.ledger.kinds import Kind
from activetui.store import settings
from activetui.store.opening import schema
from activetui.store.opening.file import open_store, path_of, transaction
from activetui.store.opening.guard import DataFileError
from activetui.store.opening.header import read_header
from tests.store.building import TODAY
from tests.store.places import a_store, files_in, mode


def test_a_new_file_is_its_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with closing(open_store(tmp_path / "shop.db", today=TODAY, create=True)) as conn:
            with transaction(conn):
                conn.execute("INSERT INTO customer (name) VALUES ('Ana')")
            modes = {path.name: mode(path) for path in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert modes == {"shop.db": 0o600, "shop.db-wal": 0o600, "shop.db-shm": 0o600}


def test_a_new_file_is_ours_in_wal_mode_with_its_first_contents(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "shop.db", today=TODAY, create=True)) as conn:
        def one(query: str) -> object:
            return conn.execute(query).fetchone()[0]

        assert one("PRAGMA application_id") == schema.APPLICATION_ID
        assert one("PRAGMA user_version") == len(schema.MIGRATIONS)
        assert one("PRAGMA journal_mode") == "wal"
        assert one("PRAGMA foreign_keys") == 1
        assert one("PRAGMA synchronous") == 1
        assert conn.execute("SELECT id, name FROM kind").fetchall() == [(int(k), k.word) for k in Kind]
        assert conn.execute("SELECT id, name FROM source").fetchall() == [(1, "hand")]
        assert conn.execute("SELECT version, saved_at FROM definition").fetchall() == [
            (1, "2026-11-22T00:00:00Z")
        ]
        assert settings.facts_day(conn) == TODAY
        assert settings.get(conn, "business_chosen", "?") == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shop.db"]


def test_every_table_of_ours_is_strict(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "shop.db", today=TODAY, create=True)) as conn:
        lax = conn.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict "
            "AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_sqlite_*'"
        ).fetchall()
    assert lax == []


def test_a_missing_folder_is_made_for_a_new_file(tmp_path: Path) -> None:
    path = tmp_path / "data" / "activetui" / "shop.db"
    open_store(path, today=TODAY, create=True).close()
    assert mode(path.parent) == 0o700


def test_names_with_signs_that_mean_something_in_addresses_work(tmp_path: Path) -> None:
    for name in ("50% off?.db", "a#b.db", "Ольга & co.db", "x y.db"):
        with closing(open_store(tmp_path / name, today=TODAY, create=True)) as conn:
            assert path_of(conn) == tmp_path / name
    assert len(list(tmp_path.iterdir())) == 4


def test_two_processes_that_make_the_same_file_at_once_both_get_it(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from activetui.store.opening.file import open_store, transaction\n"
        "conn = open_store(Path(sys.argv[1]), today=20000, create=True)\n"
        "with transaction(conn): conn.execute('INSERT INTO customer (name) VALUES (?)', (sys.argv[2],))\n"
    )
    path = tmp_path / "shop.db"
    started = [
        subprocess.Popen([sys.executable, "-c", program, path, str(n)], stderr=subprocess.PIPE, text=True)
        for n in range(3)
    ]
    assert [(process.communicate()[1], process.returncode) for process in started] == [("", 0)] * 3
    with closing(open_store(path, today=20000)) as conn:
        assert sorted(conn.execute("SELECT name FROM customer")) == [("0",), ("1",), ("2",)]
        assert conn.execute("SELECT count(*) FROM kind").fetchone()[0] == len(Kind)
    assert [file.name for file in tmp_path.iterdir()] == ["shop.db"]


def damaged_page(path: Path) -> None:
    a_store(path)
    content = bytearray(path.read_bytes())
    content[4096 : 4096 * 40] = b"\xa5" * (4096 * 39)
    path.write_bytes(content)


def cut_short(path: Path) -> None:
    a_store(path)
    path.write_bytes(path.read_bytes()[:20_000])


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT)")
        conn.commit()


def newer(path: Path) -> None:
    a_store(path)
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")


def newer_by_a_step_of_another_name(path: Path) -> None:
    a_store(path)
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('activetui', '9', '')"
        )
        conn.commit()


def without_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        conn.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY)")
        conn.commit()


BAD_FILES = {
    "empty": (lambda path: path.write_bytes(b""), "is empty"),
    "a text": (lambda path: path.write_text("customer_id,date\n1,2026-01-01\n" * 9), "is not a data file"),
    "short": (lambda path: path.write_bytes(b"SQLite format 3\0"), "is not a data file"),
    "another program's": (foreign, "is not a data file"),
    "newer": (newer, "newer version"),
    "newer by name": (newer_by_a_step_of_another_name, "newer version"),
    "cut short": (cut_short, "is damaged"),
    "overwritten": (damaged_page, "is damaged"),
    "without tables": (without_tables, "is damaged"),
}


@pytest.mark.parametrize("sort", BAD_FILES)
@pytest.mark.parametrize("how", [{}, {"create": True}, {"read_only": True}], ids=["plain", "create", "look"])
def test_a_bad_file_is_refused_in_words_and_left_to_the_byte(
    tmp_path: Path, sort: str, how: dict[str, bool]
) -> None:
    make, says = BAD_FILES[sort]
    make(tmp_path / "shop.db")
    before = files_in(tmp_path)
    with pytest.raises(DataFileError) as refused:
        open_store(tmp_path / "shop.db", today=TODAY, **how)
    assert says in refused.value.message
    assert str(tmp_path / "shop.db") in refused.value.message
    assert refused.value.hint
    assert files_in(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "says"), [("", "is a folder"), ("none.db", "no data file"), ("x/y.db", "no data file")]
)
def test_what_is_no_file_is_refused_and_nothing_is_made(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(DataFileError, match=says):
        open_store(tmp_path / name, today=TODAY)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello")
    for create in (True, False):
        with pytest.raises(DataFileError):
            open_store(tmp_path / "note.txt" / "shop.db", today=TODAY, create=create)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.db")
    with pytest.raises(DataFileError, match="is not a data file"):
        open_store(tmp_path / "pipe.db", today=TODAY, create=True)


def test_a_link_that_leads_nowhere_is_not_filled(tmp_path: Path) -> None:
    (tmp_path / "shop.db").symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(DataFileError, match="no data file"):
        open_store(tmp_path / "shop.db", today=TODAY, create=True)
    assert not (tmp_path / "elsewhere.db").exists()


def test_a_file_cut_off_behind_its_last_checkpoint_is_not_called_damaged(tmp_path: Path) -> None:
    """While a WAL holds pages, the file itself may rightly be shorter than its header says."""
    path = a_store(tmp_path / "shop.db")
    with closing(open_store(path, today=TODAY)) as conn:
        with transaction(conn):
            conn.executemany("INSERT INTO customer (name) VALUES (?)", [("x" * 500,)] * 2000)
        assert read_header(path).wal
        with closing(open_store(path, today=TODAY)) as other:
            assert other.execute("SELECT count(*) FROM customer").fetchone()[0] == 2001
