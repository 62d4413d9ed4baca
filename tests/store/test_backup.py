"""Copies of the data file and the way back."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from activetui.ledger.errors import OwnerError
from activetui.store.copies.backup import backup, restore
from activetui.store.opening.file import open_store, transaction
from activetui.store.opening.guard import DataFileError
from activetui.store.opening.new_file import AlreadyThereError
from tests.store.building import TODAY, everything
from tests.store.places import a_store, files_in, mode, mounted, read_only


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(open_store(path, today=TODAY, read_only=True)) as conn:
        return everything(conn)


def add(path: Path, name: str) -> None:
    with closing(open_store(path, today=TODAY)) as conn, transaction(conn):
        conn.execute("INSERT INTO customer (name) VALUES (?)", (name,))


def test_a_backup_holds_what_is_committed_also_while_others_write(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    with closing(open_store(path, today=TODAY)) as conn, closing(open_store(path, today=TODAY)) as writer:
        writer.execute("INSERT INTO customer (name) VALUES ('not yet')")
        with closing(open_store(path, today=TODAY, read_only=True)) as looker:
            before = os.umask(0)
            try:
                backup(looker, tmp_path / "copy.db")
            finally:
                os.umask(before)
        writer.rollback()
        assert contents(tmp_path / "copy.db") == everything(conn)
    assert mode(tmp_path / "copy.db") == 0o600
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.db", "shop.db"]


def test_a_backup_never_writes_over_anything(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    (tmp_path / "letter.txt").write_text("Dear Ana")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.db").symlink_to(tmp_path / "nowhere.db")
    before = files_in(tmp_path)
    with closing(open_store(path, today=TODAY, read_only=True)) as conn:
        for name in ("letter.txt", "folder", "link.db", "shop.db"):
            with pytest.raises(AlreadyThereError):
                backup(conn, tmp_path / name)
    assert files_in(tmp_path) == before


def test_a_backup_to_where_nothing_can_be_written_leaves_nothing(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    with closing(open_store(path, today=TODAY)) as conn:
        with pytest.raises(DataFileError, match="does not exist"):
            backup(conn, tmp_path / "no folder" / "copy.db")
        with mounted(tmp_path / "disk", "-o", "size=100k") as disk:
            with pytest.raises(DataFileError, match="full"):
                backup(conn, disk / "copy.db")
            assert list(disk.iterdir()) == []
            with read_only(disk), pytest.raises(DataFileError, match="cannot be written"):
                backup(conn, disk / "copy.db")


def test_a_backup_tells_how_far_it_is_and_can_be_cancelled(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    told: list[tuple[int, int]] = []
    with closing(open_store(path, today=TODAY)) as conn:
        backup(conn, tmp_path / "copy.db", lambda done, total: told.append((done, total)))
        assert told[-1][0] == told[-1][1] > 10

        def cancel(_done: int, _total: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            backup(conn, tmp_path / "other.db", cancel)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.db", "shop.db"]


def test_restoring_brings_the_backup_back_and_keeps_the_file_as_it_was(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    with closing(open_store(path, today=TODAY)) as conn:
        backup(conn, tmp_path / "copy.db")
    add(path, "after the backup")
    as_backed_up, as_it_was = contents(tmp_path / "copy.db"), contents(path)
    aside = restore(tmp_path / "copy.db", path)
    assert aside is not None
    assert contents(path) == contents(tmp_path / "copy.db") == as_backed_up
    assert contents(aside) == as_it_was
    assert (mode(path), mode(aside)) == (0o600, 0o600)
    add(path, "and on it goes")
    other_aside = restore(tmp_path / "copy.db", path)
    assert other_aside not in (None, aside)
    assert sorted(f.name for f in tmp_path.iterdir()) == sorted(
        ["copy.db", "shop.db", aside.name, other_aside.name if other_aside else ""]
    )


def test_restoring_where_there_is_no_file_yet(tmp_path: Path) -> None:
    source = a_store(tmp_path / "copy.db")
    assert restore(source, tmp_path / "shop.db") is None
    assert contents(tmp_path / "shop.db") == contents(source)
    assert mode(tmp_path / "shop.db") == 0o600


def test_changes_that_are_only_in_the_wal_of_a_file_left_open_are_kept_aside_too(tmp_path: Path) -> None:
    source, path = a_store(tmp_path / "copy.db"), a_store(tmp_path / "shop.db")
    left = tmp_path / "left"
    left.mkdir()
    with closing(open_store(path, today=TODAY)) as conn:
        with transaction(conn):
            conn.execute("INSERT INTO customer (name) VALUES ('in the log')")
        for name in ("shop.db", "shop.db-wal"):             # as a crash would leave them
            (left / name).write_bytes((tmp_path / name).read_bytes())
    aside = restore(source, left / "shop.db")
    assert aside is not None
    with closing(sqlite3.connect(aside)) as conn:
        assert ("in the log",) in conn.execute("SELECT name FROM customer").fetchall()
    assert contents(left / "shop.db") == contents(source)
    assert sorted(file.name for file in left.iterdir()) == ["shop.db", aside.name]


def test_a_damaged_file_is_replaced_and_kept_to_the_byte(tmp_path: Path) -> None:
    source, path = a_store(tmp_path / "copy.db"), tmp_path / "shop.db"
    path.write_bytes(b"scrambled" * 999)
    aside = restore(source, path)
    assert aside is not None
    assert aside.read_bytes() == b"scrambled" * 999
    assert contents(path) == contents(source)


def unsound(path: Path) -> None:
    a_store(path)
    content = bytearray(path.read_bytes())
    content[4096 * 10 : 4096 * 40] = b"\xa5" * (4096 * 30)
    path.write_bytes(content)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: None,
        lambda path: path.mkdir(),
        lambda path: path.write_text("hello"),
        lambda path: path.write_bytes(b""),
        unsound,
    ],
    ids=["missing", "folder", "text", "empty", "unsound"],
)
def test_what_is_no_sound_backup_changes_nothing(tmp_path: Path, make: object) -> None:
    path, source = a_store(tmp_path / "shop.db"), tmp_path / "copy.db"
    assert callable(make)
    make(source)
    before = files_in(tmp_path)
    with pytest.raises(DataFileError):
        restore(source, path)
    assert files_in(tmp_path) == before


def test_a_file_that_is_open_elsewhere_is_not_replaced(tmp_path: Path) -> None:
    source, path = a_store(tmp_path / "copy.db"), a_store(tmp_path / "shop.db")
    with closing(open_store(path, today=TODAY)) as conn:
        with pytest.raises(DataFileError, match="in use"):
            restore(source, path)
        with transaction(conn):
            conn.execute("INSERT INTO customer (name) VALUES ('still here')")
    with closing(open_store(path, today=TODAY)) as conn:
        assert conn.execute("SELECT count(*) FROM customer").fetchone() == (2,)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.db", "shop.db"]


def test_a_file_is_no_backup_of_itself(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    with pytest.raises(OwnerError, match="itself"):
        restore(path, path)


def test_a_backup_on_a_disk_that_cannot_be_written_comes_back(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    with mounted(tmp_path / "stick") as stick:
        source = a_store(stick / "copy.db")
        add(source, "on the stick")
        with read_only(stick):
            restore(source, path)
    assert ("on the stick",) in [(row[2],) for row in contents(path)["customer"]]


def test_a_full_disk_while_restoring_changes_nothing(tmp_path: Path) -> None:
    source = a_store(tmp_path / "copy.db")
    with mounted(tmp_path / "disk", "-o", "size=410k") as disk:
        path = a_store(disk / "shop.db")
        (disk / "filler").write_bytes(b"x" * 60_000)
        before = files_in(disk)
        with pytest.raises(DataFileError, match="full"):
            restore(source, path)
        assert files_in(disk) == before
