"""Answers of the owner hold for later files of the kind, and go with the import that brought them."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from activetui.store.changes.operations import operation
from activetui.store.changes.taking_back import undo_last
from activetui.store.imports import answers, batches
from activetui.store.imports.staging import Staging
from tests.store.ledgers import LOG, NOW, TODAY, dump, new_store, purchase


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    return new_store(tmp_path)


def brought(conn: sqlite3.Connection, number: int, said: dict[str, Any]) -> int:
    with Staging(conn, "till", TODAY) as staging:
        staging.add(purchase(number))
        batch = staging.apply(
            file_name="a", file_hash="", system="", assumptions={}, counts={}, made_at=NOW,
            answers={"Data|Valor": said},
        )
    assert batch is not None
    return batch


def test_answers_come_with_an_import_and_go_with_it(conn: sqlite3.Connection) -> None:
    empty = dump(conn, (*LOG, "source"))
    assert answers.remembered(conn, "Data|Valor") is None
    first = brought(conn, 1, {"date_order": "dmy"})
    second = brought(conn, 2, {"date_order": "mdy", "columns": {"Valor": "amount"}})
    assert answers.remembered(conn, "Data|Valor") == {"date_order": "mdy", "columns": {"Valor": "amount"}}
    batches.undo(conn, second, today=TODAY, made_at=NOW)
    assert answers.remembered(conn, "Data|Valor") == {"date_order": "dmy"}
    batches.undo(conn, first, today=TODAY, made_at=NOW)
    assert dump(conn, (*LOG, "source")) == empty


def test_what_a_later_import_answered_stays_when_an_earlier_one_is_undone(conn: sqlite3.Connection) -> None:
    first = brought(conn, 1, {"date_order": "dmy"})
    second = brought(conn, 2, {"date_order": "mdy"})
    batches.undo(conn, first, today=TODAY, made_at=NOW)
    assert answers.remembered(conn, "Data|Valor") == {"date_order": "mdy"}
    batches.undo(conn, second, today=TODAY, made_at=NOW)
    assert answers.remembered(conn, "Data|Valor") is None


def test_the_same_answers_again_change_nothing(conn: sqlite3.Connection) -> None:
    brought(conn, 1, {"date_order": "dmy"})
    before = dump(conn, ())
    with operation(conn, "again", NOW, day=TODAY) as op:
        answers.remember(op, "Data|Valor", {"date_order": "dmy"}, 1)
    assert dump(conn, ()) == before


def test_an_owner_can_be_asked_again(conn: sqlite3.Connection) -> None:
    brought(conn, 1, {"date_order": "dmy"})
    with operation(conn, "ask again", NOW, day=TODAY) as op:
        answers.forget(op, "Data|Valor")
    assert answers.remembered(conn, "Data|Valor") is None
    undo_last(conn, today=TODAY, made_at=NOW)
    assert answers.every(conn) == {"Data|Valor": {"date_order": "dmy"}}
