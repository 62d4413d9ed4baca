"""Changes of many customers at once: they are those of one by one, and are taken back whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from activetui.ledger.days import from_iso
from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from activetui.reactivation.checklist.enrolling import Enrolled, enrol, playbook_named
from activetui.store import customers, events, tasks
from activetui.store.changes import bulk
from activetui.store.changes.taking_back import undo_last
from activetui.store.listing import people
from tests.store.building import MADE_AT, TODAY, Building, derived, everything

CALL = EventRecord(kind=int(Kind.CONTACT), day=from_iso("2026-11-21"), key="", action="out", channel="phone")
SALE = EventRecord(kind=int(Kind.PURCHASE), day=from_iso("2026-11-21"), key="", amount=1250, currency="EUR")
WHEN: Any = {"made_at": MADE_AT, "today": TODAY}


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Twelve customers; each second one is called regular, each third one wants no contact."""
    shop = Building(tmp_path / "shop.db")
    shop.setting("currency", "EUR")
    for number in range(1, 13):
        customer = shop.customer(
            f"Customer {number}", tags=["regular"] if number % 2 == 0 else [],
            do_not_contact=int(number % 3 == 0), consent=1 if number < 5 else None,
        )
        shop.event(customer, "purchase", "2026-05-01", amount=1000 * number)
    found = shop.ready()
    yield found
    found.close()


LOG = ("operation", "before_image")


def ledger(conn: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    return {table: rows for table, rows in everything(conn).items() if table not in LOG}


def tags_of(conn: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    return {person.id: person.tags for person in people.page(conn, limit=-1)}


def test_tags_are_given_and_taken_in_one_step(conn: sqlite3.Connection) -> None:
    changed = bulk.tag_many(conn, [1, 2, 3, 2, 99], add=["Autumn "], remove=["regular"], **WHEN)
    assert changed == 3
    found = tags_of(conn)
    assert [found[n] for n in (1, 2, 3, 4)] == [("autumn",), ("autumn",), ("autumn",), ("regular",)]


def test_a_tag_that_everyone_has_changes_nobody_and_leaves_nothing_to_undo(conn: sqlite3.Connection) -> None:
    assert bulk.tag_many(conn, [2, 4], add=["regular"], **WHEN) == 0
    assert undo_last(conn, **WHEN) is None


def test_the_tag_vip_makes_vips_at_once(conn: sqlite3.Connection) -> None:
    bulk.tag_many(conn, [1, 5], add=["VIP"], **WHEN)
    vips = [person.id for person in people.page(conn, limit=-1) if "vip" in person.types]
    assert vips == [1, 5]
    bulk.tag_many(conn, [1, 5], remove=["vip"], **WHEN)
    assert not [person.id for person in people.page(conn, limit=-1) if "vip" in person.types]


@pytest.mark.parametrize("name", ["", "  ", "\x1b[2J"])
def test_a_tag_needs_a_name(conn: sqlite3.Connection, name: str) -> None:
    before = everything(conn)
    with pytest.raises(OwnerError):
        bulk.tag_many(conn, [1], add=[name], **WHEN)
    assert everything(conn) == before


@pytest.mark.parametrize("record", [CALL, SALE])
def test_an_event_for_many_is_the_same_as_one_by_one(
    conn: sqlite3.Connection, tmp_path: Path, record: EventRecord
) -> None:
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        conn.backup(copy)
    copy.close()
    from activetui.store.opening.file import open_store

    other = open_store(tmp_path / "copy.db", today=TODAY)
    assert bulk.log_many(conn, [3, 1, 7, 99, 3], record, **WHEN) == 3
    for number in (1, 3, 7):
        events.log_event(other, number, record, **WHEN)
    assert derived(conn) == derived(other)
    said = "SELECT * FROM event ORDER BY id"
    assert conn.execute(said).fetchall() == other.execute(said).fetchall()
    other.close()


def test_keys_of_events_by_hand_stay_unique_after_the_newest_was_deleted(conn: sqlite3.Connection) -> None:
    bulk.log_many(conn, [1, 2, 3], CALL, **WHEN)
    newest = conn.execute("SELECT max(id) FROM event").fetchone()[0]
    events.delete_event(conn, newest - 2, **WHEN)
    events.delete_event(conn, newest, **WHEN)
    assert bulk.log_many(conn, range(1, 13), CALL, **WHEN) == 12


def test_consent_and_country_are_set_for_those_who_differ(conn: sqlite3.Connection) -> None:
    assert bulk.set_many(conn, range(1, 13), {"consent": True}, **WHEN) == 8
    assert bulk.set_many(conn, [1, 2], {"consent": None, "country": " PT\n"}, **WHEN) == 2
    first = customers.get(conn, 1)
    assert (first.consent, first.country, first.name) == (None, "PT", "Customer 1")


def test_a_column_that_tells_customers_apart_cannot_be_set_for_many(conn: sqlite3.Connection) -> None:
    with pytest.raises(KeyError):
        bulk.set_many(conn, [1, 2], {"email": "a@example.org"}, **WHEN)


def test_enrolling_leaves_out_who_is_busy_or_may_not_be_contacted(conn: sqlite3.Connection) -> None:
    regular = playbook_named(conn, "Inactive regular")
    assert enrol(conn, [1, 2, 3], regular, day=TODAY, made_at=MADE_AT) == Enrolled(2, 0, 1, 0)
    assert enrol(conn, [1, 2, 3, 4], regular, day=TODAY, made_at=MADE_AT) == Enrolled(1, 2, 1, 0)
    task = tasks.tasks_of(conn, 1)[0]
    assert (task.step, task.channel, task.due, task.title) == (0, "phone", TODAY, regular.steps[0].title)


def test_whoever_has_not_agreed_to_marketing_gets_no_marketing_step(conn: sqlite3.Connection) -> None:
    lost = playbook_named(conn, "lost")
    assert enrol(conn, [1, 2, 5, 7], lost, day=TODAY, made_at=MADE_AT) == Enrolled(2, 0, 0, 2)
    assert [bool(tasks.tasks_of(conn, n)) for n in (1, 2, 5, 7)] == [True, True, False, False]


def test_an_unknown_playbook_is_refused_with_those_there_are(conn: sqlite3.Connection) -> None:
    with pytest.raises(OwnerError) as refused:
        playbook_named(conn, "winback")
    assert "regular" in refused.value.hint


def test_every_change_of_many_is_taken_back_whole(conn: sqlite3.Connection) -> None:
    states = [ledger(conn)]
    changes = (
        lambda: bulk.tag_many(conn, range(1, 9), add=["vip", "é \"x\""], remove=["regular"], **WHEN),
        lambda: bulk.log_many(conn, range(1, 9), SALE, **WHEN),
        lambda: bulk.set_many(conn, range(1, 9), {"do_not_contact": True, "language": "pt"}, **WHEN),
        lambda: enrol(conn, range(9, 13), playbook_named(conn, "regular"), day=TODAY, made_at=MADE_AT),
    )
    for change in changes:
        change()
        states.append(ledger(conn))
    for before in reversed(states[:-1]):
        assert undo_last(conn, **WHEN)
        assert ledger(conn) == before
    assert undo_last(conn, **WHEN) is None


class _Stop(Exception):
    pass


def test_work_that_is_stopped_changes_nothing(conn: sqlite3.Connection) -> None:
    before = everything(conn)

    def stop(done: int, _everything: int) -> None:
        if done:
            raise _Stop

    for change in (
        lambda: bulk.tag_many(conn, [1, 2], add=["vip"], **WHEN, progress=stop),
        lambda: bulk.log_many(conn, [1, 2], SALE, **WHEN, progress=stop),
        lambda: bulk.set_many(conn, [1, 2], {"consent": False}, **WHEN, progress=stop),
        lambda: enrol(
            conn, [1, 2], playbook_named(conn, "regular"), day=TODAY, made_at=MADE_AT, progress=stop
        ),
    ):
        with pytest.raises(_Stop):
            change()
        assert everything(conn) == before


@pytest.mark.parametrize("after", [1, 3, 6])
def test_taking_a_change_of_many_back_can_be_stopped_at_any_time(
    conn: sqlite3.Connection, after: int
) -> None:
    bulk.log_many(conn, range(1, 5), SALE, **WHEN)
    before, told = everything(conn), []

    def stop(done: int, of: int) -> None:
        told.append((done, of))
        if len(told) == after:
            raise _Stop

    def listen(done: int, of: int) -> None:
        told.append((done, of))

    with pytest.raises(_Stop):
        undo_last(conn, **WHEN, progress=stop)
    assert everything(conn) == before
    told.clear()
    assert undo_last(conn, **WHEN, progress=listen)
    assert told == sorted(told)
    assert told[-1] == (8, 8)
