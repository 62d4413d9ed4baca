"""Two customers made one, and taken apart again without loss, whatever has happened between."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from activetui.store import customers, events, tasks
from activetui.store.changes.operations import operation
from activetui.store.changes.taking_back import undo_last
from activetui.store.imports import batches
from activetui.store.other_days import as_of
from activetui.store.same_person import merged
from activetui.store.same_person.merging import merge_customers, merged_into, not_the_same, unmerge
from tests.store.ledgers import LOG, NOW, TODAY, bring, dump, new_store, person, plan_of, purchase, rows

ANA = person(("id", "1"), ("email", "ana@example.pt"), name="Ana", city="Porto", tags=("vip",))
ANNA = person(
    ("id", "2"), ("phone", "+351912000002"), name="Anna", company="Casa", consent=False,
    tags=("vip", "garden"),
)
BEN = person(("id", "3"), name="Ben")
ONE, OTHER, THIRD = 1, 2, 3
LATER = "2026-11-22T13:00:00Z"


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    conn = new_store(tmp_path)
    bring(
        conn,
        [purchase(1, ANA), purchase(2, ANNA, ago=40), purchase(3, ANNA, amount=500), purchase(4, BEN)],
    )
    return conn


def merge(conn: sqlite3.Connection, keep: int = ONE, other: int = OTHER) -> None:
    merge_customers(conn, keep, other, today=TODAY, made_at=NOW)


def part(conn: sqlite3.Connection, gone: int = OTHER) -> int:
    return unmerge(conn, gone, today=TODAY, made_at=LATER)


def owners(conn: sqlite3.Connection) -> dict[str, int]:
    return dict(rows(conn, "SELECT key, customer_id FROM event"))


def state(conn: sqlite3.Connection) -> tuple[str, int]:
    [(said, owner)] = rows(conn, "SELECT state, customer_id FROM event WHERE key = 'purchase:2'")
    return said, owner


def undo(conn: sqlite3.Connection, batch: int | None) -> batches.Undone:
    assert batch is not None
    return batches.undo(conn, batch, today=TODAY, made_at=LATER)


def test_the_one_who_is_kept_has_what_both_had(conn: sqlite3.Connection) -> None:
    merge(conn)
    assert set(owners(conn).values()) == {ONE, THIRD}
    assert rows(conn, "SELECT purchases, spend FROM fact WHERE customer_id = 1") == [(3, 2500)]
    kept = customers.get(conn, ONE)
    assert (kept.name, kept.city, kept.company, kept.phone) == ("Ana", "Porto", "Casa", "+351912000002")
    assert (kept.consent, kept.tags) == (False, ("garden", "vip"))
    assert "casa" in rows(conn, "SELECT search FROM customer WHERE id = 1")[0][0]
    assert rows(conn, "SELECT count(*) FROM fact") == [(2,)]
    assert [(one.id, one.name, one.kept) for one in merged_into(conn, ONE)] == [(OTHER, "Anna", ONE)]
    assert customers.find(conn, "2") == customers.find(conn, "+351912000002") == [ONE]
    with pytest.raises(OwnerError, match="merged into 1"):
        customers.get(conn, OTHER)


def test_taken_apart_everything_is_as_before(conn: sqlite3.Connection) -> None:
    before = dump(conn, LOG)
    merge(conn)
    assert part(conn) == ONE
    assert dump(conn, LOG) == before
    with pytest.raises(OwnerError, match="not been merged"):
        part(conn)


def test_the_last_change_taken_back_is_the_merge(conn: sqlite3.Connection) -> None:
    before = dump(conn, LOG)
    merge(conn)
    bring(conn, [purchase(5, ANNA)])
    assert undo_last(conn, today=TODAY, made_at=LATER) == "merge of Anna into Ana"
    assert owners(conn)["purchase:5"] == OTHER
    undo(conn, 2)
    assert dump(conn, (*LOG, "source")) == {name: said for name, said in before.items() if name != "source"}


def test_a_later_file_goes_to_the_one_who_is_kept_and_comes_apart_by_its_signs(
    conn: sqlite3.Connection,
) -> None:
    merge(conn)
    also_anna = person(("phone", "+351912000002"), ("email", "anna@example.pt"))
    plan = plan_of(conn, [purchase(5, ANNA), purchase(6, also_anna), purchase(7, ANA)])
    assert (plan.customers_new, plan.warnings) == (0, ())
    bring(conn, [purchase(5, ANNA), purchase(6, also_anna), purchase(7, ANA)])
    bring(conn, [purchase(8, person(("email", "anna@example.pt")))])
    assert {owners(conn)[f"purchase:{n}"] for n in (5, 6, 7, 8)} == {ONE}
    part(conn)
    assert owners(conn) == {
        "purchase:1": ONE, "purchase:2": OTHER, "purchase:3": OTHER, "purchase:4": THIRD, "purchase:5": OTHER,
        "purchase:6": OTHER, "purchase:7": ONE, "purchase:8": OTHER,
    }
    assert rows(conn, "SELECT customer_id FROM identity WHERE value = 'anna@example.pt'") == [(OTHER,)]
    assert rows(conn, "SELECT purchases FROM fact ORDER BY customer_id") == [(2,), (5,), (1,)]
    assert rows(conn, "SELECT count(*) FROM event WHERE whose IS NOT NULL") == [(0,)]


def test_a_record_of_both_is_no_warning_once_they_are_one(conn: sqlite3.Connection) -> None:
    both = person(("id", "1"), ("phone", "+351912000002"))
    assert len(plan_of(conn, [purchase(5, both)]).warnings) == 1
    merge(conn)
    assert plan_of(conn, [purchase(5, both)]).warnings == ()


def test_what_was_changed_by_hand_since_stays(conn: sqlite3.Connection) -> None:
    merge(conn)
    customers.edit(conn, ONE, {"company": "Loja", "name": "Ana Maria"}, made_at=NOW, today=TODAY)
    number = events.log_event(conn, ONE, EventRecord(Kind.NOTE, TODAY, ""), today=TODAY, made_at=NOW)
    customers.tag(conn, [ONE], "new", made_at=NOW, today=TODAY)
    part(conn)
    kept, gone = customers.get(conn, ONE), customers.get(conn, OTHER)
    assert (kept.name, kept.company, kept.phone, kept.tags) == ("Ana Maria", "Loja", "", ("new", "vip"))
    assert (gone.name, gone.company, gone.tags) == ("Anna", "Casa", ("garden", "vip"))
    assert events.event(conn, number).customer_id == ONE
    for _change in range(3):
        undo_last(conn, today=TODAY, made_at=LATER)
    assert (customers.get(conn, ONE).company, customers.get(conn, ONE).name) == ("", "Ana")


def test_a_change_of_an_event_since_stays_with_the_event(conn: sqlite3.Connection) -> None:
    merge(conn)
    bring(conn, [purchase(2, ANNA, state="refunded", ago=40), purchase(5, BEN, ago=1)])
    number = rows(conn, "SELECT id FROM event WHERE key = 'purchase:3'")[0][0]
    events.delete_event(conn, number, today=TODAY, made_at=NOW)
    part(conn)
    assert state(conn) == ("refunded", OTHER)
    undo_last(conn, today=TODAY, made_at=LATER)
    assert owners(conn)["purchase:3"] == OTHER
    undo(conn, 2)
    assert state(conn) == ("paid", OTHER)


def test_a_wish_not_to_be_contacted_is_not_loosened_over_a_later_file(conn: sqlite3.Connection) -> None:
    merge(conn)
    bring(conn, [person(("id", "1"), consent=False), purchase(5, BEN)])
    part(conn)
    assert customers.get(conn, ONE).consent is False


def test_customers_merged_one_after_the_other_come_apart_one_by_one(conn: sqlite3.Connection) -> None:
    before = dump(conn, LOG)
    merge(conn, ONE, OTHER)
    after_one = dump(conn, (*LOG, "merged_customer"))
    merge(conn, THIRD, ONE)
    assert set(owners(conn).values()) == {THIRD}
    assert [one.id for one in merged_into(conn, THIRD)] == [ONE, OTHER]
    bring(conn, [purchase(5, ANNA)])
    assert part(conn, ONE) == THIRD
    assert (owners(conn)["purchase:5"], owners(conn)["purchase:2"]) == (ONE, ONE)
    undo(conn, 2)
    assert dump(conn, (*LOG, "merged_customer")) == after_one
    part(conn, OTHER)
    assert dump(conn, LOG) == before


def test_the_inner_one_of_two_merges_can_be_taken_out_first(conn: sqlite3.Connection) -> None:
    before = dump(conn, LOG)
    merge(conn, ONE, OTHER)
    merge(conn, THIRD, ONE)
    assert part(conn, OTHER) == THIRD
    assert owners(conn) == {
        "purchase:1": THIRD, "purchase:2": OTHER, "purchase:3": OTHER, "purchase:4": THIRD
    }
    part(conn, ONE)
    ours = dump(conn, LOG)
    assert ours["event"] == before["event"] and ours["identity"] == before["identity"]
    assert (customers.get(conn, ONE).company, customers.get(conn, ONE).tags) == ("", ("vip",))


def test_the_number_of_the_merged_is_never_given_away(conn: sqlite3.Connection) -> None:
    merge(conn, OTHER, THIRD)
    bring(conn, [purchase(9, person(("id", "9"), name="Eva"))])
    assert customers.find(conn, "Eva") == [4]
    part(conn, THIRD)
    assert customers.get(conn, THIRD).name == "Ben"


def test_an_undone_import_takes_its_events_out_of_the_merge(conn: sqlite3.Connection) -> None:
    ann = person(("id", "9"), name="Ann")
    later = bring(conn, [purchase(5, ann), purchase(2, ANNA, ago=40, state="refunded")])
    merge(conn, ONE, 4)
    merge(conn, ONE, OTHER)
    undone = undo(conn, later)
    assert undone.failed == ()
    assert [(left.label, left.reason) for left in undone.kept] == [
        ("Ann", "changed since by: merge of Ann into Ana")
    ]
    assert "purchase:5" not in owners(conn)
    assert state(conn) == ("paid", ONE)
    part(conn, OTHER)
    assert state(conn) == ("paid", OTHER)
    part(conn, 4)
    assert rows(conn, "SELECT id FROM customer") == [(1,), (2,), (3,)]
    assert rows(conn, "PRAGMA foreign_key_check") == []


def test_when_merge_and_imports_are_all_taken_back_nothing_is_left(tmp_path: Path) -> None:
    conn = new_store(tmp_path, "other.db")
    empty = dump(conn, LOG)
    first = bring(conn, [purchase(1, ANA)])
    second = bring(conn, [purchase(2, ANNA)])
    merge(conn)
    undo(conn, second)
    undo(conn, first)
    part(conn)
    assert dump(conn, (*LOG, "source")) == {name: said for name, said in empty.items() if name != "source"}


def test_tasks_go_along_and_come_back(conn: sqlite3.Connection) -> None:
    with operation(conn, "win back", NOW, day=TODAY) as op:
        for number in (ONE, OTHER):
            enrolment = tasks.add_enrolment(conn, op, number, "silence", TODAY)
            [found] = [one for one in tasks.open_enrolments(conn) if one.id == enrolment]
            tasks.add_task(conn, op, found, step=1, title="Call", channel="phone", due=TODAY)
    before = dump(conn, LOG)
    merge(conn)
    assert [task.state for task in tasks.tasks_of(conn, ONE)].count("open") == 1
    assert len(tasks.tasks_of(conn, ONE)) == 2
    part(conn)
    assert dump(conn, LOG) == before


def test_those_who_are_not_the_same_stay_so(conn: sqlite3.Connection) -> None:
    not_the_same(conn, THIRD, OTHER, today=TODAY, made_at=NOW)
    not_the_same(conn, OTHER, THIRD, today=TODAY, made_at=NOW)
    before = dump(conn, LOG)
    merge(conn)
    assert rows(conn, "SELECT one, other FROM not_the_same") == [(ONE, THIRD)]
    part(conn)
    assert dump(conn, LOG) == before
    undo_last(conn, today=TODAY, made_at=LATER)
    assert rows(conn, "SELECT * FROM not_the_same") == []


def test_nobody_is_merged_with_themselves_or_with_nobody(conn: sqlite3.Connection) -> None:
    before = dump(conn, ())
    for other in (ONE, 77):
        with pytest.raises(OwnerError):
            merge(conn, ONE, other)
        with pytest.raises(OwnerError):
            not_the_same(conn, ONE, other, today=TODAY, made_at=NOW)
    assert dump(conn, ()) == before


def test_a_day_before_the_merge_is_seen_as_it_was_known_then(conn: sqlite3.Connection) -> None:
    merge_customers(conn, ONE, OTHER, today=TODAY + 5, made_at=NOW)
    as_of.look_from(conn, TODAY + 1, known_then=True)
    assert [number for (number,) in rows(conn, "SELECT id FROM customer ORDER BY 1")] == [ONE, OTHER, THIRD]
    assert owners(conn)["purchase:2"] == OTHER
    as_of.look_from(conn, TODAY + 5)
    assert owners(conn)["purchase:2"] == ONE


def test_who_is_merged_can_be_told_and_numbers_lead_to_the_one_who_is_kept(conn: sqlite3.Connection) -> None:
    merge(conn, ONE, OTHER)
    merge(conn, THIRD, ONE)
    assert merged.kept_of_merged(conn) == {ONE: THIRD, OTHER: THIRD}
    assert merged.kept_of(conn, OTHER) == THIRD
    assert customers.find(conn, "2") == [THIRD]


