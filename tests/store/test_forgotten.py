"""An event that was deleted by hand does not return with the next import of its file, unless it may."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from activetui.ledger.errors import OwnerError
from activetui.ledger.records import LineRecord
from activetui.store import events
from activetui.store.changes import forgotten
from activetui.store.changes.taking_back import undo_last
from activetui.store.imports import batches
from activetui.store.imports.staging import Staging
from tests.store.ledgers import LOG, NOW, TODAY, bring, dump, new_store, person, plan_of, purchase, rows

ANA = person(("id", "1"), name="Ana")
RECORDS = [purchase(1, ANA, lines=[LineRecord("Soap")]), purchase(2, ANA, product="Tea"), purchase(3)]


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    conn = new_store(tmp_path)
    bring(conn, RECORDS)
    return conn


def delete(conn: sqlite3.Connection, order: int) -> None:
    number = rows(conn, "SELECT id FROM event WHERE key = ?", f"purchase:{order}")[0][0]
    events.delete_event(conn, number, today=TODAY, made_at=NOW)


def keys(conn: sqlite3.Connection) -> list[str]:
    return [key for (key,) in rows(conn, "SELECT key FROM event ORDER BY key")]


def bring_back(conn: sqlite3.Connection, records: Iterable[Any]) -> int | None:
    with Staging(conn, "shopify", TODAY, bring_back=True) as staging:
        for record in records:
            staging.add(record)
        return staging.apply(
            file_name="a.csv", file_hash="", system="", assumptions={}, counts={}, made_at=NOW
        )


def test_the_next_import_leaves_it_out_and_says_so(conn: sqlite3.Connection) -> None:
    delete(conn, 1)
    plan = plan_of(conn, RECORDS)
    assert (plan.forgotten, plan.new, plan.unchanged, plan.nothing_to_do) == (1, 0, 2, True)
    assert "deleted by you" in plan.warnings[0]
    assert bring(conn, RECORDS) is None
    bring(conn, [*RECORDS, purchase(4)])
    assert keys(conn) == ["purchase:2", "purchase:3", "purchase:4"]
    assert rows(conn, "SELECT count(*) FROM line") == [(0,)]


def test_what_stays_away_is_listed(conn: sqlite3.Connection) -> None:
    delete(conn, 2)
    [one] = forgotten.listed(conn)
    assert (one.source, one.key, one.label, one.day, one.amount, one.currency) == (
        "shopify", "purchase:2", "2", TODAY - 10, 1000, "EUR"
    )
    assert forgotten.listed(conn, one.source_id) == [one]
    assert forgotten.listed(conn, one.source_id + 1) == []


def test_taking_the_deletion_back_leaves_no_trace(conn: sqlite3.Connection) -> None:
    before = dump(conn, LOG)
    delete(conn, 1)
    bring(conn, RECORDS)
    undo_last(conn, today=TODAY, made_at=NOW)
    assert dump(conn, LOG) == before


def test_it_returns_with_the_next_import_if_it_may(conn: sqlite3.Connection) -> None:
    delete(conn, 1)
    delete(conn, 3)
    [source_id] = {one.source_id for one in forgotten.listed(conn)}
    assert forgotten.let_return(conn, [(source_id, "purchase:1")], made_at=NOW, today=TODAY) == 1
    bring(conn, RECORDS)
    assert keys(conn) == ["purchase:1", "purchase:2"]
    undo_last(conn, today=TODAY, made_at=NOW)
    assert [one.key for one in forgotten.listed(conn)] == ["purchase:1", "purchase:3"]


def test_an_import_can_bring_it_back_and_undoing_that_keeps_it_away_again(conn: sqlite3.Connection) -> None:
    delete(conn, 1)
    before = dump(conn, LOG)
    batch = bring_back(conn, RECORDS)
    assert batch is not None
    assert (keys(conn), forgotten.listed(conn)) == (["purchase:1", "purchase:2", "purchase:3"], [])
    batches.undo(conn, batch, today=TODAY, made_at=NOW)
    assert dump(conn, LOG) == before


def test_a_deletion_is_not_taken_back_over_what_a_file_has_told_since(conn: sqlite3.Connection) -> None:
    delete(conn, 1)
    refunded = [purchase(1, ANA, state="refunded")]
    assert bring(conn, refunded) is not None
    assert bring(conn, refunded) is None
    with pytest.raises(OwnerError, match="has changed the same since"):
        undo_last(conn, today=TODAY, made_at=NOW)


def test_what_was_written_by_hand_leaves_nothing_to_stay_away(conn: sqlite3.Connection) -> None:
    number = events.log_event(conn, 1, purchase(9), today=TODAY, made_at=NOW)
    events.delete_event(conn, number, today=TODAY, made_at=NOW)
    assert forgotten.listed(conn) == []


def test_its_source_stays_known_though_its_import_is_undone(conn: sqlite3.Connection) -> None:
    delete(conn, 1)
    batches.undo(conn, 1, today=TODAY, made_at=NOW)
    bring(conn, [purchase(1)], "etsy")
    assert keys(conn) == ["purchase:1"]
    bring(conn, RECORDS)
    assert keys(conn) == ["purchase:1", "purchase:2", "purchase:3"]
    assert [one.source for one in forgotten.listed(conn)] == ["shopify"]
