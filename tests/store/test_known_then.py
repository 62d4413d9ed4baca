"""A day is seen as it was known then: what the store said that evening is what it says when asked later."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as example_settings

from activetui.ledger.kinds import Kind
from activetui.ledger.records import CustomerRecord, EventRecord, LineRecord
from activetui.store import customers, settings, tasks
from activetui.store.changes.operations import operation
from activetui.store.events import delete_event, log_event
from activetui.store.imports import batches
from activetui.store.imports.staging import Staging
from activetui.store.opening.file import open_store
from activetui.store.other_days import as_of
from activetui.store.other_days.known_then import NothingKnownError
from tests.store.days_of_work import FIRST, Deed, Work, weeks, what_it_says
from tests.store.ledgers import NOW, person
from tests.store.places import files_in

quick = example_settings(max_examples=60, deadline=None)


def asked_later(work: Work) -> Iterator[tuple[int, dict[str, Any]]]:
    """For each day what the store says now of what was known then."""
    for day in work.days:
        try:
            as_of.look_from(work.conn, day, known_then=True)
        except NothingKnownError:
            yield day, {}
        else:
            yield day, what_it_says(work.conn)


@quick
@given(weeks)
def test_what_was_said_in_the_evening_is_said_again_when_asked_later(week: list[list[Deed]]) -> None:
    work = Work(week)
    as_if = Work(week, but_for=work) if work.taken_back else work
    try:
        for (day, found), said in zip(list(asked_later(work)), as_if.said, strict=True):
            if not found:
                assert not (said["customers"] or said["events"]), day - FIRST
                continue
            for table, rows in said.items():
                assert found[table] == rows, (day - FIRST, table)
    finally:
        work.close()
        as_if.close()


class Shop:
    """A store whose today is set as the test goes on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.conn = open_store(path, today=FIRST, create=True)
        settings.put(self.conn, "currency", "EUR")
        self.conn.commit()

    def bring(self, on: int, *records: EventRecord | CustomerRecord) -> int:
        """Import records on a day; the number of the batch."""
        with Staging(self.conn, "till", FIRST + on) as staging:
            for record in records:
                staging.add(record)
            number = staging.apply(
                file_name="till.csv", file_hash=str(on), system="test", assumptions={}, counts={}, made_at=NOW
            )
        assert number is not None
        return number

    def undo(self, on: int, batch: int) -> batches.Undone:
        return batches.undo(self.conn, batch, today=FIRST + on, made_at=NOW)

    def then(self, on: int) -> sqlite3.Connection:
        """The connection, seeing what was known at the end of a day."""
        as_of.look_from(self.conn, FIRST + on, known_then=True)
        return self.conn

    def now(self) -> None:
        as_of.look_from(self.conn, settings.facts_day(self.conn))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(tmp_path / "shop.db")
    yield shop
    shop.conn.close()


ANA, RUI = person(("id", "A")), person(("id", "R"))


def bought(number: int, on: int, who: CustomerRecord = ANA, **fields: Any) -> EventRecord:
    values: dict[str, Any] = {"amount": 1000, "currency": "EUR", "state": "paid", "order_ref": str(number)}
    return EventRecord(Kind.PURCHASE, FIRST + on, f"purchase:{number}", who, **{**values, **fields})


def worth(conn: sqlite3.Connection) -> list[tuple[Any, ...]]:
    return conn.execute(
        "SELECT customer.key, order_ref, state, net, counts FROM event"
        " JOIN customer ON customer.id = customer_id ORDER BY event.key"
    ).fetchall()


def keys(conn: sqlite3.Connection) -> list[str]:
    return [key for (key,) in conn.execute("SELECT key FROM customer ORDER BY key")]


def test_what_came_later_was_not_known(shop: Shop) -> None:
    shop.bring(0, bought(1, 0))
    shop.bring(9, bought(2, 1), bought(3, 1, RUI))
    assert worth(shop.then(5)) == [("A", "1", "paid", 1000, 1)]
    assert keys(shop.conn) == ["A"], "nobody had heard of R"
    assert worth(shop.then(9)) == [("A", "1", "paid", 1000, 1), ("A", "2", "paid", 1000, 1),
                                   ("R", "3", "paid", 1000, 1)]


def test_what_changed_later_is_as_it_was_and_a_later_refund_takes_nothing(shop: Shop) -> None:
    shop.bring(0, bought(1, 0), bought(2, 0))
    shop.bring(4, bought(1, 0, state="refunded", refunded=1000))
    back = EventRecord(Kind.REFUND, FIRST + 6, "refund:1", ANA, amount=400, currency="EUR", order_ref="2")
    shop.bring(6, back)
    paid = [("A", "1", "paid", 1000, 1), ("A", "2", "paid", 1000, 1)]
    assert worth(shop.then(3)) == paid
    assert worth(shop.then(5)) == [("A", "1", "refunded", 0, 0), ("A", "2", "paid", 1000, 1)]
    assert worth(shop.then(6)) == [("A", "1", "refunded", 0, 0), ("A", "2", "paid", 600, 1),
                                   ("A", "2", "", 0, 0)]


def test_what_was_deleted_later_is_back_with_its_lines(shop: Shop) -> None:
    shop.bring(0, bought(1, 0, lines=[LineRecord("bread"), LineRecord("wine")]))
    delete_event(shop.conn, 1, today=FIRST + 3, made_at=NOW)
    log_event(
        shop.conn, 1, EventRecord(Kind.VISIT, FIRST + 4, "", lines=[LineRecord("cake")] * 3),
        today=FIRST + 4, made_at=NOW,
    )
    lines = "SELECT event_id, position, product FROM line ORDER BY position"
    assert shop.then(2).execute(lines).fetchall() == [(1, 1, "bread"), (1, 2, "wine")]
    assert shop.then(3).execute(lines).fetchall() == []
    assert shop.then(4).execute(lines).fetchall() == [(1, 1, "cake"), (1, 2, "cake"), (1, 3, "cake")]


def test_a_customer_is_as_he_was_with_tags_and_tasks(shop: Shop) -> None:
    shop.bring(0, bought(1, 0))
    customers.edit(shop.conn, 1, {"name": "Ana"}, made_at=NOW, today=FIRST + 3)
    customers.tag(shop.conn, [1], "vip", made_at=NOW, today=FIRST + 4)
    with operation(shop.conn, "a task", NOW, day=FIRST + 5) as op:
        tasks.add_enrolment(shop.conn, op, 1, "slipping", FIRST + 5)
    found = "SELECT name, (SELECT count(*) FROM tag), (SELECT count(*) FROM enrolment) FROM customer"
    assert [shop.then(on).execute(found).fetchone() for on in (2, 3, 4, 5)] == [
        ("", 0, 0), ("Ana", 0, 0), ("Ana", 1, 0), ("Ana", 1, 1)
    ]


def test_an_import_that_was_taken_back_was_never_entered(shop: Shop) -> None:
    shop.bring(0, bought(1, 0))
    wrong = shop.bring(2, bought(2, 2), bought(3, 2, RUI))
    shop.undo(8, wrong)
    shop.bring(9, bought(9, 9))
    assert worth(shop.then(5)) == [("A", "1", "paid", 1000, 1)]
    assert keys(shop.conn) == ["A"]


def test_what_an_import_that_was_taken_back_left_counts_from_the_change_that_holds_it(shop: Shop) -> None:
    shop.bring(0, bought(1, 0))
    wrong = shop.bring(2, bought(2, 2), bought(3, 2, RUI))
    shop.bring(4, bought(2, 2, amount=2500))
    customers.edit(shop.conn, 2, {"name": "Rui"}, made_at=NOW, today=FIRST + 6)
    shop.undo(8, wrong)
    shop.bring(9, bought(9, 9))
    assert (keys(shop.then(3)), worth(shop.conn)) == (["A"], [("A", "1", "paid", 1000, 1)])
    assert (keys(shop.then(4)), worth(shop.conn)[1:]) == (["A"], [("A", "2", "paid", 2500, 1)])
    assert keys(shop.then(6)) == ["A", "R"]


@pytest.mark.parametrize("hold", ["tag", "sign", "enrolment"])
def test_a_customer_whom_something_else_holds_was_known_from_that_on(shop: Shop, hold: str) -> None:
    shop.bring(0, bought(1, 0))
    wrong = shop.bring(2, CustomerRecord(key="R", identities=(("id", "R"),)))
    if hold == "tag":
        customers.tag(shop.conn, [2], "friend", made_at=NOW, today=FIRST + 5)
    elif hold == "sign":
        shop.bring(5, CustomerRecord(key="R", identities=(("id", "R"), ("email", "r@example.com"))))
    else:
        with operation(shop.conn, "a task", NOW, day=FIRST + 5) as op:
            tasks.add_enrolment(shop.conn, op, 2, "slipping", FIRST + 5)
    shop.undo(8, wrong)
    shop.bring(9, bought(9, 9))
    assert [keys(shop.then(on)) for on in (4, 5)] == [["A"], ["A", "R"]]


def test_nothing_known_yet_is_said_with_the_first_day(shop: Shop) -> None:
    shop.bring(5, bought(1, 0))
    shop.then(5)
    with pytest.raises(NothingKnownError, match="first entry is of 9 Oct 2024"):
        shop.then(4)
    shop.now()
    assert worth(shop.conn), "the view of before is left as it was"


def test_an_empty_store_and_a_day_without_anything_later_are_seen_as_now(shop: Shop) -> None:
    assert not as_of.knows_then(shop.then(0))
    shop.bring(1, bought(1, 0))
    assert not as_of.knows_then(shop.then(1))
    assert as_of.day_of(shop.conn) == FIRST + 1


def test_nothing_can_be_written_while_another_ledger_is_seen(shop: Shop) -> None:
    shop.bring(0, bought(1, 0))
    shop.bring(5, bought(2, 5))
    shop.then(1)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        customers.tag(shop.conn, [1], "vip", made_at=NOW, today=FIRST + 5)
    shop.conn.rollback()
    shop.now()
    assert customers.tag(shop.conn, [1], "vip", made_at=NOW, today=FIRST + 5) == 1


def test_looking_leaves_the_file_alone_and_needs_no_writing(tmp_path: Path, shop: Shop) -> None:
    shop.bring(0, bought(1, 0))
    shop.bring(5, bought(2, 5))
    shop.conn.close()
    before = files_in(tmp_path)
    with closing(open_store(shop.path, today=FIRST + 5, read_only=True)) as conn:
        as_of.look_from(conn, FIRST + 1, known_then=True)
        assert worth(conn) == [("A", "1", "paid", 1000, 1)]
        as_of.look_from(conn, FIRST + 5)
        assert len(worth(conn)) == 2
    assert files_in(tmp_path) == before


def test_the_tables_of_then_have_the_indexes_of_now(shop: Shop) -> None:
    shop.bring(0, bought(1, 0))
    shop.bring(5, bought(2, 5))

    def indexes(schema: str) -> list[tuple[str, str]]:
        return shop.conn.execute(
            f"SELECT tbl_name, name FROM {schema}.sqlite_schema WHERE type = 'index'"
            " AND tbl_name IN (SELECT name FROM temp.sqlite_schema WHERE type = 'table') ORDER BY 1, 2"
        ).fetchall()

    shop.then(1)
    assert indexes("temp") == indexes("main") != []


def test_looking_that_is_broken_off_leaves_the_view_of_before(shop: Shop) -> None:
    shop.bring(0, bought(1, 0))
    shop.bring(5, bought(2, 5))
    shop.bring(7, bought(3, 7))
    shop.then(6)

    def stop(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        as_of.look_from(shop.conn, FIRST + 1, known_then=True, progress=stop)
    assert as_of.knows_then(shop.conn)
    assert as_of.day_of(shop.conn) == FIRST + 6
    assert len(worth(shop.conn)) == 2
    assert not shop.conn.in_transaction


def test_events_keep_the_day_on_which_they_were_entered(shop: Shop) -> None:
    shop.bring(5, bought(1, 0), bought(2, 0, entered=FIRST + 3), bought(3, 0, entered=FIRST + 99))
    log_event(shop.conn, 1, EventRecord(Kind.VISIT, FIRST + 2, ""), today=FIRST + 6, made_at=NOW)
    shop.bring(8, bought(1, 0, amount=2000))
    entered = dict(shop.conn.execute("SELECT key, entered FROM event ORDER BY id").fetchall())
    assert list(entered.values()) == [FIRST + 5, FIRST + 3, FIRST + 5, FIRST + 6], entered
