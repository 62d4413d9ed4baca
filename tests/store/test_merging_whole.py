"""Merging among random imports: taken back, it is as if the two had never been one."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.ledger.errors import OwnerError
from activetui.store import doctor
from activetui.store.changes.taking_back import undo_last
from activetui.store.imports import batches
from activetui.store.same_person.merging import merge_customers, unmerge
from tests.store.ledgers import LOG, NOW, TODAY, bring, dump, new_store, rows
from tests.store.random_records import RECORDS

LATER = "2026-11-22T13:00:00Z"
WITHOUT_SOURCE = (*LOG, "source")


def customers_of(conn: sqlite3.Connection) -> list[int]:
    return [number for (number,) in rows(conn, "SELECT id FROM customer ORDER BY id")]


def merge_two(conn: sqlite3.Connection, data: st.DataObject) -> int | None:
    """Merge any two customers; the one who is gone."""
    there = customers_of(conn)
    if len(there) < 2:
        return None
    keep, gone = data.draw(st.permutations(there))[:2]
    merge_customers(conn, keep, gone, today=TODAY, made_at=NOW)
    return gone


@settings(max_examples=40, deadline=None)
@given(records=RECORDS, data=st.data())
def test_merged_and_taken_apart_is_as_before(
    tmp_path_factory: pytest.TempPathFactory, records: list[Any], data: st.DataObject
) -> None:
    conn = new_store(tmp_path_factory.mktemp("merge"))
    bring(conn, records)
    before = dump(conn, LOG)
    gone = [one for _n in range(data.draw(st.integers(1, 3))) if (one := merge_two(conn, data)) is not None]
    for one in reversed(gone):
        if data.draw(st.booleans()):
            unmerge(conn, one, today=TODAY, made_at=LATER)
        else:
            undo_last(conn, today=TODAY, made_at=LATER)
    assert dump(conn, LOG) == before
    conn.close()


@settings(max_examples=60, deadline=None)
@given(files=st.lists(RECORDS, min_size=2, max_size=3), data=st.data())
def test_what_comes_between_goes_to_whom_it_belongs(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[Any]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("between")
    plain, merging = new_store(folder, "plain.db"), new_store(folder, "merging.db")
    gone = []
    for records in files:
        for conn in (plain, merging):
            bring(conn, records)
        gone.append(merge_two(merging, data))
        assert rows(merging, "SELECT count(*) FROM event") == rows(plain, "SELECT count(*) FROM event")
    for one in data.draw(st.permutations([number for number in gone if number is not None])):
        unmerge(merging, one, today=TODAY, made_at=LATER)
    for table in ("event", "identity", "line"):
        assert without_batch(merging, table) == without_batch(plain, table)
    assert customers_of(merging) == customers_of(plain)
    plain.close()
    merging.close()


def without_batch(conn: sqlite3.Connection, table: str) -> list[Any]:
    """The rows; a file of one who is merged can change less, and then leaves no import behind."""
    names = [name for (name,) in rows(conn, "SELECT name FROM pragma_table_info(?)", table)]
    kept = ", ".join(name for name in names if name != "batch_id")
    return sorted(rows(conn, f"SELECT {kept} FROM {table}"), key=repr)


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("import"), RECORDS),
        st.tuples(st.just("import"), RECORDS),
        st.tuples(st.just("merge"), st.none()),
        st.tuples(st.just("merge"), st.none()),
        st.tuples(st.just("unmerge"), st.none()),
        st.tuples(st.just("undo import"), st.none()),
        st.tuples(st.just("undo last"), st.none()),
    ),
    max_size=9,
)


class Shop:
    """A store in which anything is imported, merged and taken back."""

    def __init__(self, conn: sqlite3.Connection, data: st.DataObject) -> None:
        self.conn, self.data = conn, data

    def do(self, what: str, records: list[Any] | None) -> None:
        if what == "import":
            bring(self.conn, records or [])
        elif what == "merge":
            merge_two(self.conn, self.data)
        elif what == "undo last":
            try:
                undo_last(self.conn, today=TODAY, made_at=LATER)
            except OwnerError:
                self.conn.rollback()
        elif what == "unmerge" and (gone := self._any("SELECT id FROM merged_customer")):
            unmerge(self.conn, gone, today=TODAY, made_at=LATER)
        elif what == "undo import" and (number := self._any("SELECT id FROM batch WHERE undone_at IS NULL")):
            assert batches.undo(self.conn, number, today=TODAY, made_at=LATER).failed == ()

    def _any(self, query: str) -> int:
        found = [number for (number,) in rows(self.conn, query)]
        return int(self.data.draw(st.sampled_from(found))) if found else 0


@settings(max_examples=60, deadline=None)
@given(deeds=DEEDS, data=st.data())
def test_whatever_is_done_it_holds_together_and_can_all_be_taken_back(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, Any]], data: st.DataObject
) -> None:
    conn = new_store(tmp_path_factory.mktemp("deeds"))
    empty = dump(conn, WITHOUT_SOURCE)
    shop = Shop(conn, data)
    for what, records in deeds:
        shop.do(what, records)
        assert rows(conn, "PRAGMA foreign_key_check") == []
    conn.commit()
    [path] = [file for _n, name, file in rows(conn, "PRAGMA database_list") if name == "main"]
    assert [check for check in doctor.examine(path) if not check.ok] == []
    while gone := rows(conn, "SELECT id FROM merged_customer ORDER BY id"):
        unmerge(conn, data.draw(st.sampled_from(gone))[0], today=TODAY, made_at=LATER)
    while there := rows(conn, "SELECT id FROM batch WHERE undone_at IS NULL ORDER BY id"):
        shop.do("undo import", None)
        assert len(rows(conn, "SELECT id FROM batch WHERE undone_at IS NULL")) == len(there) - 1
    assert dump(conn, WITHOUT_SOURCE) == empty
    conn.close()
