"""The whole ledger, with nothing left out."""

from __future__ import annotations

from pathlib import Path

from activetui.ledger.kinds import Kind
from activetui.ledger.records import CustomerRecord, EventRecord, LineRecord
from activetui.store import customers, events, ledger_rows
from activetui.store.ledger_rows import Identity
from activetui.store.opening.file import connect_again
from tests.store.ledgers import NOW, TODAY, bring, new_store, person, purchase, rows


def test_everyone_and_everything_is_there_in_order(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(
        conn,
        [
            purchase("w", ago=3),
            purchase(
                2, person(("id", "1"), ("email", "A@b.pt"), name="Ana"), ago=1, lines=[LineRecord("Soap")]
            ),
            purchase(1, person(("id", "1"), ("email", "A@b.pt"), name="Ana"), ago=9),
            CustomerRecord(
                key="2",
                name="Ben",
                consent=False,
                tags=("vip",),
                extra={"size": "M"},
                identities=(("id", "2"),),
            ),
        ],
    )
    bring(conn, [person(("id", "x"), ("email", "a@b.pt"))], "stripe")
    found = list(ledger_rows.ledger_rows(conn))
    assert [(row.customer and row.customer.id, row.event and row.event.key) for row in found] == [
        (1, "purchase:1"),
        (1, "purchase:2"),
        (2, None),
        (None, "purchase:w"),
    ]
    assert found[0].identities == (
        Identity("email", "", "a@b.pt"),
        Identity("id", "shopify", "1"),
        Identity("id", "stripe", "x"),
    )
    assert found[2].customer == customers.get(conn, 2)
    assert found[1].event == events.event(conn, 2)


def test_no_event_is_lost_between_blocks(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(n, person(("id", str(n))) if n % 3 else None) for n in range(7_000)])
    keys = [row.event.key for row in ledger_rows.ledger_rows(conn) if row.event]
    assert len(keys) == len(set(keys)) == 7_000


def test_the_rows_are_of_one_moment_and_lock_nobody_out(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(n, person(("id", str(n)))) for n in range(3_000)])
    found = ledger_rows.ledger_rows(conn)
    first = next(found)
    other = connect_again(conn)
    events.log_event(other, 2_999, EventRecord(Kind.NOTE, TODAY, ""), today=TODAY, made_at=NOW)
    other.close()
    assert len([first, *found]) == 3_000
    assert not conn.in_transaction
    assert rows(conn, "SELECT count(*) FROM event") == [(3_001,)]


def test_an_export_given_up_ends_its_transaction(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(n, person(("id", str(n)))) for n in range(5)])
    found = ledger_rows.ledger_rows(conn)
    next(found)
    found.close()  # type: ignore[attr-defined]
    assert not conn.in_transaction
