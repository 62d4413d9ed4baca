"""Importing records is all or nothing: other programs, errors, kills, files given up."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from activetui.store.imports.staging import Staging
from activetui.store.opening.file import connect_again, open_store
from activetui.store.opening.guard import DataFileError
from tests.store.ledgers import (
    NOW,
    TODAY,
    bring,
    dump,
    new_store,
    person,
    plan_of,
    purchase,
    rows,
    schema,
)

ANA = person(("id", "1"), ("email", "ana@example.pt"), name="Ana Sousa")
BEN = person(("id", "2"), ("email", "ben@example.pt"), name="Ben")


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_changed_between_plan_and_apply_is_planned_again(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    with Staging(conn, "shopify", TODAY) as staging:
        staging.add(purchase(1, ANA))
        staging.add(purchase(2, BEN))
        assert staging.plan().new == 2
        other = connect_again(conn)
        bring(other, [purchase(1, ANA), purchase(0, BEN)])
        other.close()
        staging.apply(file_name="f", file_hash="h", system="s", assumptions={}, counts={}, made_at=NOW)
    assert rows(conn, "SELECT key FROM event ORDER BY key") == [
        ("purchase:0",),
        ("purchase:1",),
        ("purchase:2",),
    ]
    assert rows(conn, "SELECT count(*) FROM customer") == [(2,)]


def test_a_store_that_another_program_writes_is_said_to_be_in_use(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    conn.execute("PRAGMA busy_timeout = 0")
    other = connect_again(conn)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DataFileError, match="in use"):
        bring(conn, [purchase(1, ANA)])
    other.close()
    assert bring(conn, [purchase(1, ANA)]) == 1


def test_a_file_staged_and_given_up_leaves_nothing(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    before, files = dump(conn, leave_out=()), names_in(tmp_path)
    with Staging(conn, "shopify", TODAY) as staging:
        staging.add(purchase(1, ANA))
        staging.plan()
        assert not [name for name in names_in(tmp_path) if "staging" in name]
    assert dump(conn, leave_out=()) == before
    assert names_in(tmp_path) == files


def test_an_error_in_the_middle_leaves_nothing_and_the_file_can_be_tried_again(tmp_path: Path) -> None:
    class Cancelled(Exception):
        pass

    def cancel(_done: int, _total: int) -> None:
        raise Cancelled

    conn = new_store(tmp_path)
    before = dump(conn, leave_out=())
    with Staging(conn, "shopify", TODAY, cancel) as staging:
        staging.add(purchase(1, ANA))
        with pytest.raises(Cancelled):
            staging.apply(file_name="f", file_hash="h", system="s", assumptions={}, counts={}, made_at=NOW)
        assert dump(conn, leave_out=()) == before
    assert bring(conn, [purchase(1, ANA)]) == 1


def test_a_kill_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA)])
    before, tables = dump(conn, leave_out=()), schema(conn)
    conn.close()
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from tests.store.ledgers import NOW, TODAY, person, purchase\n"
        "from activetui.store.opening.file import open_store\n"
        "from activetui.store.imports.staging import Staging\n"
        "conn = open_store(Path(sys.argv[1]), today=TODAY)\n"
        "def kill(done, total):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "with Staging(conn, 'shopify', TODAY, kill) as staging:\n"
        "    for n in range(60_000):\n"
        "        staging.add(purchase(n, person(('id', str(n % 500)), name='x' * 50)))\n"
        "    staging.apply(file_name='f', file_hash='h', system='', assumptions={}, counts={}, made_at=NOW)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "shop.db")], cwd=Path(__file__).parents[2], check=False
    )
    assert done.returncode == -signal.SIGKILL
    conn = open_store(tmp_path / "shop.db", today=TODAY)
    assert dump(conn, leave_out=()) == before
    assert schema(conn) == tables
    assert not [name for name in names_in(tmp_path) if "staging" in name]


def test_a_large_file_leaves_the_same_schema(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    tables = schema(conn)
    bring(conn, [purchase(number, ANA if number % 2 else BEN, ago=number % 900) for number in range(50_000)])
    assert schema(conn) == tables
    assert rows(conn, "SELECT sum(purchases) FROM fact") == [(50_000,)]
    assert rows(conn, "PRAGMA foreign_key_check") == []
    assert rows(conn, "PRAGMA integrity_check") == [("ok",)]


def test_a_booking_is_known_on_the_day_of_the_import(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [EventRecord(Kind.BOOKING, TODAY + 5, "booking:1", ANA), purchase(1, ANA)])
    assert rows(conn, "SELECT day, recorded FROM event ORDER BY id") == [
        (TODAY + 5, TODAY),
        (TODAY - 10, TODAY - 10),
    ]


def test_a_store_that_is_only_read_can_be_planned_against(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA)])
    conn.close()
    reader = open_store(tmp_path / "shop.db", today=TODAY, read_only=True)
    assert plan_of(reader, [purchase(1, ANA), purchase(2, ANA)]).new == 1
    reader.close()
