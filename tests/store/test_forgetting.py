"""Forgetting a person for good: nothing of them is left, what they paid stays, no file brings them back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from activetui.ledger.errors import OwnerError
from activetui.store import customers, doctor
from activetui.store.changes import forgotten
from activetui.store.changes.taking_back import undo_last
from activetui.store.facts import refresh
from activetui.store.imports import batches, kept_files
from activetui.store.listing import people
from activetui.store.opening.file import open_store
from activetui.store.other_days import known_then
from activetui.store.privacy import forgetting, marks
from activetui.store.same_person import merging
from tests.store.known_person import CONTACT, FILE, INES, SALES, bytes_left, shop_of, take
from tests.store.ledgers import NOW, TODAY, bring, dump, new_store, person, plan_of, purchase, rows


@pytest.fixture
def shop(tmp_path: Path) -> sqlite3.Connection:
    return shop_of(tmp_path)


def forget(conn: sqlite3.Connection, number: int = 1) -> forgetting.Forgotten:
    return forgetting.forget(conn, number, today=TODAY, made_at=NOW)


def test_not_a_byte_of_them_is_left_in_the_data_file_or_beside_it(
    shop: sqlite3.Connection, tmp_path: Path
) -> None:
    assert bytes_left(tmp_path / "shop.db"), "the test can see them"
    found = forget(shop)
    assert found.erased
    assert bytes_left(tmp_path / "shop.db") == {}
    shop.close()
    assert bytes_left(tmp_path / "shop.db") == {}


def test_what_they_paid_stays_and_everything_else_goes(shop: sqlite3.Connection) -> None:
    before = rows(shop, "SELECT sum(net), count(*) FROM event WHERE kind IN (1, 2)")
    found = forget(shop)
    assert rows(shop, "SELECT sum(net), count(*) FROM event WHERE kind IN (1, 2)") == before
    assert rows(shop, "SELECT count(*) FROM event WHERE customer_id = 1 OR note <> ''") == [(0,)]
    assert (found.sales, found.events, found.tasks) == (2, 1, 1)
    for table in ("identity", "tag", "enrolment", "task", "fact", "life", "subscription"):
        assert rows(shop, f"SELECT count(*) FROM {table} WHERE customer_id = 1") == [(0,)], table
    assert [one.name for one in people.page(shop, people.EVERYONE, "name", False, 9)] == ["Bea Mota"]


def test_the_store_is_sound_and_what_follows_from_the_ledger_agrees(
    shop: sqlite3.Connection, tmp_path: Path
) -> None:
    forget(shop)
    assert [check.name for check in doctor.examine(tmp_path / "shop.db") if not check.ok] == []
    before = dump(shop)
    with shop:
        refresh.refresh_all(shop, TODAY)
    assert dump(shop) == before


def test_what_was_known_on_an_earlier_day_does_not_name_them(shop: sqlite3.Connection) -> None:
    forget(shop)
    known_then.make(shop, TODAY)
    assert rows(shop, "SELECT name FROM customer") == [("Bea Mota",)]
    assert rows(shop, "SELECT count(*) FROM event WHERE customer_id = 1 OR note <> ''") == [(0,)]


def test_their_number_is_nobodys_again(shop: sqlite3.Connection) -> None:
    forget(shop, 2)
    bring(shop, [person(("id", "9"), name="New")])
    assert rows(shop, "SELECT id FROM customer ORDER BY id") == [(1,), (3,)]
    with pytest.raises(OwnerError, match="forgotten on"):
        customers.get(shop, 2)
    with pytest.raises(OwnerError):
        forget(shop, 2)


def test_the_kept_file_still_gives_the_sales_of_all(shop: sqlite3.Connection, tmp_path: Path) -> None:
    found = forget(shop)
    copy = tmp_path / "copy.csv"
    kept_files.write_to(shop, 1, copy)
    lines = copy.read_text(encoding="utf-8").split("\n")
    assert lines[1] == "1001;01/10/2026;;;;;Basket;25,00;"
    assert lines[2] == "1002;02/10/2026;K-78;Bea Mota;bea@example.org;;Tea;10,00;"
    assert lines[4] == "1003;03/10/2026;;;;;Basket, big;15,00;"
    assert len(lines) == len(FILE.split("\n"))
    [(line, cells, reason)] = rows(shop, "SELECT line, cells, reason FROM refusal")
    assert (line, cells, reason) == (9, "[]", "the row of somebody who was forgotten")
    assert (found.rows, found.dropped) == (4, ())


def test_a_long_file_keeps_every_line_where_it_was(tmp_path: Path) -> None:
    """It is kept in parts; a row with line breaks may begin in one and end in the next."""
    conn = new_store(tmp_path)
    file = tmp_path / "long.csv"
    rows_of = [
        f'{number};01/10/2026;{"K-77" if number % 997 == 0 else f"N{number}"};Somebody;'
        f'{"ines@example.org" if number % 997 == 0 else ""};;"{"wide " * 20}\nbasket";1,00;\n'
        for number in range(1, 16_001)
    ]
    file.write_text(FILE.split("\n")[0] + "\n" + "".join(rows_of), encoding="utf-8")
    take(conn, [purchase(997, INES, line=2 + 2 * 996)], file)
    assert rows(conn, "SELECT count(*) > 1 FROM batch_file") == [(1,)]
    assert forget(conn).rows == 16
    copy = tmp_path / "copy.csv"
    kept_files.write_to(conn, 1, copy)
    lines, before = copy.read_text(encoding="utf-8").split("\n"), file.read_text(encoding="utf-8").split("\n")
    changed = [place for place, (one, other) in enumerate(zip(lines, before, strict=True)) if one != other]
    assert changed == sorted(
        line for number in range(997, 16_001, 997) for line in (2 * number - 1, 2 * number)
    )
    assert lines[2 * 997 - 1].startswith("997;01/10/2026;;;;;")
    assert b"ines@" not in copy.read_bytes()


def test_a_kept_file_that_cannot_be_taken_apart_is_kept_no_longer(
    shop: sqlite3.Connection, tmp_path: Path
) -> None:
    shop.execute("UPDATE batch SET assumptions = json_set(assumptions, '$.encoding', 'utf-16-le')")
    shop.commit()
    found = forget(shop)
    assert (found.dropped, kept_files.is_kept(shop, 1)) == (("shop.csv",), False)
    assert bytes_left(tmp_path / "shop.db") == {}


def test_a_file_that_names_customers_above_their_rows_is_kept_no_longer(
    shop: sqlite3.Connection,
) -> None:
    """Their rows would be those of the customer above."""
    shop.execute("UPDATE batch SET assumptions = json_set(assumptions, '$.columns.\"(group)\"', 'name')")
    shop.commit()
    assert forget(shop).dropped == ("shop.csv",)


def test_the_next_import_leaves_them_out_and_says_so(shop: sqlite3.Connection, tmp_path: Path) -> None:
    forget(shop)
    before = rows(shop, "SELECT sum(net), count(*) FROM event")
    again = [*SALES, CONTACT, purchase(1004, INES, amount=900, note="autumn box", line=9)]
    plan = plan_of(shop, again, "shop")
    assert (plan.forgotten_people, plan.customers_new, plan.new) == (1, 0, 1)
    assert "forgotten by you" in " ".join(plan.warnings)
    file = tmp_path / "again.csv"
    more = "1004;04/10/2026;K-77;Inês;ines@example.org;;Soap;9,00;autumn box\n"
    file.write_text(FILE + more, encoding="utf-8")
    take(shop, again, file)
    [(net, count)] = rows(shop, "SELECT sum(net), count(*) FROM event")
    assert (net, count) == (before[0][0] + 900, before[0][1] + 1)
    assert rows(shop, "SELECT count(*) FROM customer") == [(1,)]
    assert bytes_left(tmp_path / "shop.db", files=True) == {}


@pytest.mark.parametrize(
    "said",
    [
        person(("email", "INES@example.org"), name="Somebody"),
        person(("phone", "+351911222333"), name="Somebody"),
        person(("id", "K-77")),
        person(("id", "K-99"), ("tax", "pt 123456789")),
        person(("email", "novo@example.org")),
    ],
)
def test_every_sign_that_they_ever_had_is_known_again(shop: sqlite3.Connection, said: Any) -> None:
    forget(shop)
    assert plan_of(shop, [purchase(5, said)], "shop").customers_new == 0


def test_somebody_else_with_the_same_telephone_stays_who_they_are(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    ana = person(("id", "1"), ("phone", "+351911222333"), name="Ana")
    rui = person(("id", "2"), ("email", "rui@example.org"), ("phone", "+351911222333"), name="Rui")
    alone = person(("id", "2"), ("email", "rui@example.org"), name="Rui")
    bring(conn, [purchase(1, ana), purchase(2, alone)])
    forget(conn, 1)
    plan = plan_of(conn, [purchase(1, ana), purchase(2, rui), purchase(3, rui)])
    assert (plan.customers_new, plan.customers, plan.forgotten_people) == (0, 1, 1)
    bring(conn, [purchase(1, ana), purchase(2, rui), purchase(3, rui)])
    assert rows(conn, "SELECT key, customer_id FROM event ORDER BY key") == [
        ("purchase:1", None), ("purchase:2", 2), ("purchase:3", 2)
    ]


def test_rows_linked_to_them_in_a_file_do_not_make_a_new_customer_of_them(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    ana = person(("email", "ana@example.org"), name="Ana")
    bring(conn, [purchase(1, ana)])
    forget(conn)
    linked = [
        purchase(2, person(("id", "9"), ("email", "ana@example.org"), name="Ana")),
        purchase(3, person(("id", "9"), name="Ana")),
        purchase(4, person(("id", "10"), ("email", "other@example.org"), name="Other")),
    ]
    plan = plan_of(conn, linked)
    assert (plan.customers_new, plan.walk_ins, plan.forgotten_people) == (1, 2, 1)


def test_they_may_come_back_where_the_owner_says_so(shop: sqlite3.Connection) -> None:
    forget(shop)
    assert marks.of_text(shop, "ines@EXAMPLE.org") == marks.of_text(shop, "1") == [1]
    assert marks.of_text(shop, "bea@example.org") == []
    assert marks.let_return(shop, 1, made_at=NOW, today=TODAY) > 3
    assert plan_of(shop, [purchase(5, INES)], "shop").customers_new == 1
    undo_last(shop, today=TODAY, made_at=NOW)
    assert plan_of(shop, [purchase(5, INES)], "shop").customers_new == 0


def test_whoever_was_merged_into_them_goes_too(shop: sqlite3.Connection, tmp_path: Path) -> None:
    bring(shop, [purchase(7, person(("id", "77x"), name="I. Carvalho", email="i@carvalho.example"))], "other")
    merging.merge_customers(shop, 1, 3, today=TODAY, made_at=NOW)
    found = forget(shop)
    assert found.sales == 3
    assert bytes_left(tmp_path / "shop.db") == {}
    assert rows(shop, "SELECT count(*) FROM merged_customer") == [(0,)]
    with pytest.raises(OwnerError, match="forgotten"):
        customers.get(shop, 3)
    assert plan_of(shop, [purchase(7, person(("id", "77x"), name="I. Carvalho"))], "other").customers_new == 0


def test_earlier_changes_can_still_be_taken_back_and_bring_nothing_of_them(
    shop: sqlite3.Connection, tmp_path: Path
) -> None:
    forget(shop)
    total = rows(shop, "SELECT sum(net) FROM event")[0][0]
    said = []
    while (what := undo_last(shop, today=TODAY, made_at=NOW)) is not None:
        said.append(what)
    assert not any("Inês" in what or "Novo" in what for what in said)
    assert rows(shop, "SELECT count(*) FROM customer") == [(1,)]
    assert rows(shop, "SELECT count(*) FROM event WHERE customer_id = 1 OR note <> ''") == [(0,)]
    assert rows(shop, "SELECT sum(net) FROM event") == [(total + 1500 - 700,)], "the deleted sale is back"
    assert bytes_left(tmp_path / "shop.db") == {}


def test_an_import_of_theirs_can_still_be_undone(shop: sqlite3.Connection) -> None:
    forget(shop)
    batches.undo(shop, 1, today=TODAY, made_at=NOW)
    assert rows(shop, "SELECT count(*) FROM event WHERE batch_id = 1 AND key <> 'purchase:1003'") == [(0,)]


def test_events_of_theirs_that_were_deleted_stay_away(shop: sqlite3.Connection) -> None:
    forget(shop)
    assert [one.key for one in forgotten.listed(shop)] == ["purchase:1003"]
    assert plan_of(shop, SALES, "shop").forgotten == 1


def test_where_others_may_mention_them_is_told(shop: sqlite3.Connection, tmp_path: Path) -> None:
    customers.edit(shop, 2, {"note": "Sister of Inês  Carvalho"}, made_at=NOW, today=TODAY)
    found = forget(shop)
    assert len(found.mentions) == 1
    assert "2 Bea Mota" in found.mentions[0]


def test_copies_of_the_file_are_named(shop: sqlite3.Connection, tmp_path: Path) -> None:
    batches.undo(shop, 1, today=TODAY, made_at=NOW)
    assert [copy.name for copy in forget(shop).copies] == ["shop.db.before-undo-1"]


def test_another_program_that_reads_only_delays_the_erasing(shop: sqlite3.Connection, tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "shop.db", today=TODAY, read_only=True)) as other:
        shop.execute("PRAGMA busy_timeout = 50")
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM customer").fetchone()
        assert not forget(shop).erased
        other.rollback()
    assert forgetting.finish(shop)
    assert bytes_left(tmp_path / "shop.db") == {}
