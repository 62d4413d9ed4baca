"""Changes by hand: each is one operation, and the newest can be taken back."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord, LineRecord
from activetui.store import customers, events
from activetui.store.changes import images
from activetui.store.changes.operations import operation
from activetui.store.changes.taking_back import undo_last
from tests.store.ledgers import LOG, NOW, TODAY, bring, dump, new_store, person, purchase, refund, rows

ANA = person(("id", "1"), ("email", "ana@example.pt"), name="Ana")
BEN = person(("id", "2"), name="Ben")


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    conn = new_store(tmp_path)
    bring(
        conn, [purchase(1, ANA, lines=[LineRecord("Soap", 0.1 + 0.2), LineRecord("Tea")]), purchase(2, BEN)]
    )
    return conn


def take_back(conn: sqlite3.Connection) -> str | None:
    return undo_last(conn, today=TODAY, made_at=NOW)


def test_the_newest_change_is_taken_back_first(conn: sqlite3.Connection) -> None:
    states = [dump(conn, LOG)]
    customers.edit(conn, 1, {"city": "Porto"}, made_at=NOW, today=TODAY)
    states.append(dump(conn, LOG))
    customers.tag(conn, [1, 2], "VIP", made_at=NOW, today=TODAY)
    states.append(dump(conn, LOG))
    events.log_event(conn, 1, EventRecord(Kind.PURCHASE, TODAY, "", amount=500), today=TODAY, made_at=NOW)
    states.append(dump(conn, LOG))
    events.delete_event(conn, 1, today=TODAY, made_at=NOW)
    said = []
    for state in reversed(states):
        said.append(take_back(conn))
        assert dump(conn, LOG) == state
    assert said[0] == "deletion of purchase of 12 Nov 2026"
    assert said[-1] == "change of Ana"
    assert take_back(conn) is None


def test_an_operation_that_fails_leaves_nothing(conn: sqlite3.Connection) -> None:
    before = dump(conn, ())
    with pytest.raises(ZeroDivisionError), operation(conn, "a try", NOW) as op:
        op.changing("customer", 1)
        conn.execute("UPDATE customer SET name = 'X'")
        raise ZeroDivisionError
    assert dump(conn, ()) == before


def test_an_operation_that_changes_nothing_leaves_no_trace(conn: sqlite3.Connection) -> None:
    before = dump(conn, ())
    customers.edit(conn, 1, {"name": "Ana"}, made_at=NOW, today=TODAY)
    customers.untag(conn, [1], "vip", made_at=NOW, today=TODAY)
    assert dump(conn, ()) == before


def test_what_an_import_has_changed_since_is_not_taken_back(conn: sqlite3.Connection) -> None:
    customers.edit(conn, 1, {"city": "Porto"}, made_at=NOW, today=TODAY)
    bring(conn, [purchase(1, person(("id", "1"), company="Casa"))], file="march.csv")
    with pytest.raises(OwnerError, match="march"):
        take_back(conn)
    assert rows(conn, "SELECT city, company FROM customer WHERE id = 1") == [("Porto", "Casa")]


def test_a_deleted_event_does_not_come_back_over_one_that_an_import_has_brought_since(
    conn: sqlite3.Connection,
) -> None:
    events.delete_event(conn, 2, today=TODAY, made_at=NOW)
    bring(conn, [purchase(3, BEN)], file="later.csv")
    assert rows(conn, "SELECT key FROM event WHERE id = 2") == [("purchase:3",)], "the number was free"
    before = dump(conn, ())
    with pytest.raises(OwnerError, match=r"later\.csv"):
        take_back(conn)
    assert dump(conn, ()) == before


def test_what_others_depend_on_is_not_taken_back(conn: sqlite3.Connection) -> None:
    with operation(conn, "new customer", NOW) as op:
        op.inserted("customer", 3)
        conn.execute("INSERT INTO customer (id, key) VALUES (3, '3')")
        op.inserted("identity", ("email", 0, "c@example.pt"))
        conn.execute("INSERT INTO identity VALUES ('email', 0, 'c@example.pt', 3, NULL)")
    bring(conn, [purchase(9, person(("email", "c@example.pt")))])
    before = dump(conn, LOG)
    with pytest.raises(OwnerError, match="cannot be taken back"):
        take_back(conn)
    assert dump(conn, LOG) == before


def test_only_tables_that_can_be_brought_back_can_take_part(conn: sqlite3.Connection) -> None:
    with pytest.raises(KeyError), operation(conn, "x", NOW) as op:
        op.changing("fact", 1)


def test_a_deleted_refund_gives_its_purchase_back(conn: sqlite3.Connection) -> None:
    bring(conn, [refund(1, 1, 1000)])
    number = rows(conn, "SELECT id FROM event WHERE kind = 2")[0][0]
    assert rows(conn, "SELECT counts FROM event WHERE id = 1") == [(0,)]
    events.delete_event(conn, number, today=TODAY, made_at=NOW)
    assert rows(conn, "SELECT counts, net FROM event WHERE id = 1") == [(1, 1000)]
    assert rows(conn, "SELECT purchases FROM fact WHERE customer_id = 1") == [(1,)]
    take_back(conn)
    assert rows(conn, "SELECT counts FROM event WHERE id = 1") == [(0,)]


@settings(max_examples=60, deadline=None)
@given(
    row=st.fixed_dictionaries(
        {"quantity": st.floats(allow_nan=False, allow_infinity=False), "product": st.text()}
    )
)
def test_a_row_comes_back_exactly(tmp_path_factory: pytest.TempPathFactory, row: dict[str, Any]) -> None:
    conn = sqlite3.connect(":memory:")
    conn.execute(
        "CREATE TABLE line (event_id INTEGER, position INTEGER, quantity REAL, product TEXT,"
        " PRIMARY KEY (event_id, position)) STRICT"
    )
    text = row["product"].encode("utf-8", "replace").decode()
    conn.execute("INSERT INTO line VALUES (1, 2, ?, ?)", (row["quantity"], text))
    before = rows(conn, "SELECT *, hex(quantity) FROM line")
    kept = images.row_of(conn, "line", images.row_key((1, 2)))
    assert kept is not None
    images.put_back(conn, "line", images.row_key((1, 2)), None)
    assert rows(conn, "SELECT * FROM line") == []
    for _again in range(2):
        images.put_back(conn, "line", images.row_key((1, 2)), images.as_text(kept))
        assert rows(conn, "SELECT *, hex(quantity) FROM line") == before
