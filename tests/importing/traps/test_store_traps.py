"""Traps in who is who across files, and in keeping what was imported so that it can be taken back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from activetui.importing.asking.answers import Answers
from activetui.importing.rereading import as_if_undone, read_kept
from activetui.importing.run import plan_reading, setting_of
from activetui.ledger.errors import OwnerError
from activetui.store.imports import batches, kept_files
from activetui.store.same_person.duplicates import propose
from tests.importing.files import MADE_AT, TODAY, Writer, plan, plan_import, take

SHOP = "Order,Date,Customer ID,Name,Email,Phone,Total\n"


def people(store: sqlite3.Connection) -> int:
    return int(store.execute("SELECT count(*) FROM customer").fetchone()[0])


def owners(store: sqlite3.Connection) -> dict[str, int | None]:
    return dict(store.execute("SELECT order_ref, customer_id FROM event").fetchall())


def test_trap_70_an_id_in_one_file_an_e_mail_in_another_a_phone_in_a_third(
    store: sqlite3.Connection, write: Writer
) -> None:
    take(store, write(SHOP + "1,2026-01-13,C7,Ana Sousa,ana@mail.example,,10.00\n"), source="shop")
    booked = write("Booking,Date,Email,Phone,Total\n2,2026-01-14,ANA@mail.example,+351912345678,5.00\n")
    take(store, booked, source="bookings")
    receipts = write("Receipt,Date,Phone,Total\n3,2026-01-15,912 345 678,7.00\n")
    take(store, receipts, source="till", country="PT")
    take(store, write(SHOP + "4,2026-01-16,C7,,,,8.00\n"), source="shop")
    assert (people(store), set(owners(store).values())) == (1, {1})


def test_trap_70_several_ids_of_one_e_mail_are_one_customer(store: sqlite3.Connection, write: Writer) -> None:
    row = "{n},2026-01-1{n},cus_{n},Ana Sousa,ana@mail.example,,10.00\n"
    take(store, write(SHOP + row.format(n=1) + row.format(n=2)))
    take(store, write(SHOP + "3,2026-01-17,cus_2,,,,8.00\n"))
    assert (people(store), set(owners(store).values())) == (1, {1})


def test_trap_70_an_address_that_stands_for_everybody_is_nobodys(
    store: sqlite3.Connection, write: Writer
) -> None:
    rows = "".join(f"{n},2026-01-1{n},C{n},Name {n},noemail@noemail.com,,10.00\n" for n in range(1, 9))
    take(store, write(SHOP + rows))
    assert people(store) == 8


def test_trap_70_a_guest_and_a_member_meet_by_their_address(
    store: sqlite3.Connection, write: Writer
) -> None:
    take(store, write(SHOP + "1,2026-01-13,,Ana,ana@mail.example,,10.00\n"))
    take(store, write(SHOP + "2,2026-01-14,C7,Ana,ana@mail.example,,10.00\n"))
    assert people(store) == 1


@pytest.mark.parametrize(
    "nobody", ["Cliente Balcão", "Розничный покупатель", "", "Walk-in", "Consumidor final", "Client comptoir"]
)
def test_trap_70_walk_ins_are_revenue_without_a_person(
    store: sqlite3.Connection, write: Writer, nobody: str
) -> None:
    rows = "".join(f"{n},2026-01-1{n},,{nobody},,,10.00\n" for n in (1, 2, 3))
    path = write(SHOP + "9,2026-01-09,C9,Ana,,,10.00\n" + rows)
    figures = plan(store, path)
    assert (figures["found"]["customers"], figures["total"]) == (1, "40.00")
    take(store, path)
    assert (people(store), list(owners(store).values()).count(None)) == (1, 3)


def test_trap_70_a_name_alone_joins_nobody_and_is_no_reason_by_itself(
    store: sqlite3.Connection, write: Writer
) -> None:
    take(store, write(SHOP + "1,2026-01-13,C1,Ana Sousa,,,10.00\n2,2026-01-14,C2,Ana Sousa,,,10.00\n"))
    assert people(store) == 2
    assert propose(store) == []


def test_trap_70_who_may_be_one_is_proposed_with_the_reason(store: sqlite3.Connection, write: Writer) -> None:
    take(store, write("Customer ID,Name,City\nC1,Ana Sousa,Braga\n"), source="shop")
    take(store, write("Customer ID,Name,City\nX9,SOUSA Ana,BRAGA\n"), source="till")
    [found] = propose(store)
    assert (found.ids, found.reason) == ((1, 2), "the same name and town")


MARCH = "Order;Date;Customer ID;Total\n1;03/04/2026;C1;10,00\n2;05/04/2026;C2;12,50\n"


def test_trap_75_every_row_names_its_import_and_goes_with_it(
    store: sqlite3.Connection, write: Writer
) -> None:
    number = take(store, write(MARCH), date_order="dmy")
    assert number is not None
    for table in ("event", "customer"):
        assert store.execute(f"SELECT DISTINCT batch_id FROM {table}").fetchall() == [(number,)]
    undone = batches.undo(store, number, today=TODAY, made_at=MADE_AT)
    assert (undone.reversed, undone.kept, undone.failed) == (4, (), ())
    assert people(store) == 0


def test_trap_75_a_file_that_changes_under_the_plan_leaves_nothing(
    store: sqlite3.Connection, write: Writer
) -> None:
    path = write(MARCH)

    def import_changed() -> None:
        with plan_import(store, path, Answers(date_order="dmy"), setting_of(store, TODAY)) as planned:
            path.write_text(MARCH + "3;06/04/2026;C3;9,00\n")
            planned.apply(MADE_AT)

    with pytest.raises(OwnerError, match="has changed since"):
        import_changed()
    for table in ("event", "customer", "batch", "batch_file", "operation"):
        assert store.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_trap_75_the_cells_behind_every_event_can_be_shown(store: sqlite3.Connection, write: Writer) -> None:
    take(store, write(MARCH), date_order="dmy")
    row = kept_files.row_of(store, 2)
    assert row is not None
    assert (row.headings, row.cells, row.line) == (
        ("Order", "Date", "Customer ID", "Total"), ("2", "05/04/2026", "C2", "12,50"), 3
    )


def test_trap_75_a_wrong_guess_is_read_again_from_what_was_kept(
    store: sqlite3.Connection, write: Writer, tmp_path: Path
) -> None:
    path = write(MARCH)
    number = take(store, path, date_order="mdy")
    assert number is not None
    path.unlink()
    room = tmp_path / "room"
    with as_if_undone(store, number, room, today=TODAY, made_at=MADE_AT) as before:
        reading = read_kept(
            store, number, Answers(date_order="dmy"), before=before, room=room, today=TODAY,
            usual_currency="EUR",
        )
        with closing(plan_reading(before, reading)) as planned:
            assert planned.staged is not None and planned.staged.new == 2
            assert planned.apply(MADE_AT) is not None
        days = before.execute("SELECT date(day * 86400, 'unixepoch') FROM event ORDER BY key").fetchall()
    assert days == [("2026-04-03",), ("2026-04-05",)]


def test_trap_75_the_very_same_file_again_is_known_by_its_contents(
    store: sqlite3.Connection, write: Writer
) -> None:
    path = write(MARCH)
    number = take(store, path, date_order="dmy")
    with plan_import(store, path, Answers(date_order="dmy"), setting_of(store, TODAY)) as planned:
        assert batches.same_file(store, planned.reading.understood.table.scan.sha256) == [number]
        assert planned.staged is not None and planned.staged.nothing_to_do
        assert planned.apply(MADE_AT) is None
