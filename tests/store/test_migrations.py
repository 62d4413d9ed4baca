"""Files of earlier versions are brought up to date, all or nothing, with a copy kept."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from activetui.store.opening import schema
from activetui.store.opening.file import open_store
from activetui.store.opening.guard import DataFileError
from activetui.store.opening.migrations import migrate, names_recorded, schema_of
from tests.store.building import TODAY, everything
from tests.store.places import a_store, files_in, mode, mounted, read_only

LATER = (
    *schema.MIGRATIONS,
    ("0003_notes", """
CREATE TABLE extra (id INTEGER PRIMARY KEY, words TEXT NOT NULL DEFAULT 'a;b') STRICT;
CREATE TRIGGER on_extra AFTER INSERT ON extra BEGIN UPDATE extra SET words = 'c;d'; SELECT 1; END;
INSERT INTO extra (id) VALUES (1);
"""),
)
BROKEN = (*schema.MIGRATIONS, ("0003_broken", "CREATE TABLE half (x);\nCREATE TABLE half (x);\n"))
LOSING = (*schema.MIGRATIONS, ("0003_losing", "DELETE FROM customer;\n"))


@contextmanager
def a_program_with(migrations: tuple[tuple[str, str], ...]) -> Iterator[None]:
    """Files are opened as a later version of the program, which knows these migrations, would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("activetui.store.opening.file.MIGRATIONS", migrations)
        patch.setattr("activetui.store.opening.header.MIGRATIONS", migrations)
        patch.setattr(migrate, "__defaults__", (migrations, None))
        yield


def all_but_the_record_of_steps(conn: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    return {name: rows for name, rows in everything(conn).items() if name != "_sqlite_migrations"}


def test_an_older_file_is_copied_then_brought_up_to_date_with_all_it_holds(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    with closing(open_store(path, today=TODAY)) as conn:
        before = all_but_the_record_of_steps(conn)
    with a_program_with(LATER), closing(open_store(path, today=TODAY)) as conn:
        after = all_but_the_record_of_steps(conn)
        assert schema_of(conn) == len(LATER)
        assert names_recorded(conn) == [name for name, _script in LATER]
        assert conn.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert after.pop("extra") == [(1, "c;d")]
    assert after == before
    [copy] = tmp_path.glob("shop.db.before-0003_notes-2026-11-22")
    assert mode(copy) == 0o600
    with closing(open_store(copy, today=TODAY)) as conn:
        assert all_but_the_record_of_steps(conn) == before
    with pytest.raises(DataFileError, match="newer version"):
        open_store(path, today=TODAY)


def test_an_up_to_date_file_is_not_copied_and_loads_no_migrations(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    program = (
        "import sys; from pathlib import Path; from activetui.store.opening.file import open_store\n"
        "open_store(Path(sys.argv[1]), today=int(sys.argv[2])).close()\n"
        "print(sorted({'sqlite_utils', 'numpy', 'lark', 'textual'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, path, str(TODAY)], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("migrations", "error"), [(BROKEN, sqlite3.OperationalError), (LOSING, DataFileError)]
)
def test_a_migration_that_fails_changes_nothing(
    tmp_path: Path, migrations: tuple[tuple[str, str], ...], error: type[Exception]
) -> None:
    path = a_store(tmp_path / "shop.db")
    with closing(open_store(path, today=TODAY)) as conn:
        before = everything(conn)
    with a_program_with(migrations), pytest.raises(error):
        open_store(path, today=TODAY)
    with closing(open_store(path, today=TODAY)) as conn:
        assert everything(conn) == before
        assert schema_of(conn) == len(schema.MIGRATIONS)


def test_an_older_file_that_cannot_be_written_is_left_alone(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk") as disk:
        path = a_store(disk / "shop.db")
        with a_program_with(LATER), read_only(disk):
            before = files_in(disk)
            with pytest.raises(DataFileError, match="older version"):
                open_store(path, today=TODAY, read_only=True)
            assert files_in(disk) == before


def test_no_room_for_the_copy_means_no_migration(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "-o", "size=500k") as disk:
        path = a_store(disk / "shop.db")
        (disk / "filler").write_bytes(b"x" * 150_000)
        with a_program_with(LATER), pytest.raises(DataFileError, match="full"):
            open_store(path, today=TODAY)
        assert sorted(file.name for file in disk.iterdir()) == ["filler", "shop.db"]
        with closing(open_store(path, today=TODAY)) as conn:
            assert schema_of(conn) == len(schema.MIGRATIONS)


def test_several_processes_that_open_an_older_file_at_once_migrate_it_once(tmp_path: Path) -> None:
    path = a_store(tmp_path / "shop.db")
    program = (
        "import sys; from pathlib import Path\n"
        "import activetui.store.opening.schema as schema\n"
        "schema.MIGRATIONS = (*schema.MIGRATIONS, ('0003_extra', 'CREATE TABLE extra (x TEXT) STRICT;'))\n"
        "from activetui.store.opening.file import open_store\n"
        "open_store(Path(sys.argv[1]), today=int(sys.argv[2])).close()\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program, path, str(TODAY)], stderr=subprocess.PIPE, text=True)
        for _n in range(3)
    ]
    assert [(process.communicate()[1], process.returncode) for process in started] == [("", 0)] * 3
    assert sorted(f.name for f in tmp_path.iterdir()) == ["shop.db", "shop.db.before-0003_extra-2026-11-22"]


def test_a_file_of_an_earlier_version_is_brought_up_to_date_before_it_is_looked_at(tmp_path: Path) -> None:
    """So that an import or a backup can be the first thing that is done with a new version."""
    path = a_store(tmp_path / "shop.db")
    with a_program_with(LATER):
        with closing(open_store(path, today=TODAY, read_only=True)) as conn:
            assert schema_of(conn) == len(LATER)
            with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
                conn.execute("DELETE FROM customer")
        assert [name for name in files_in(tmp_path) if ".before-0003_notes-" in name]
