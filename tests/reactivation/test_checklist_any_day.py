"""Random days of an owner's work: what must hold of the checklist holds after every deed.

Nobody who wants no contact is on it, no advertising without leave, never more than the day has room for,
never two playbooks at once; what is kept of a look is what a fresh look finds; and undoing a deed leaves
everything as it was.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import KIND_OF_WORD
from activetui.ledger.records import CustomerRecord, EventRecord
from activetui.reactivation.checklist import actions
from activetui.reactivation.checklist.checklist import Checklist, Due, Item, checklist
from activetui.reactivation.checklist.enrolling import enrol, playbook_named
from activetui.reactivation.checklist.items import lines
from activetui.reactivation.checklist.outcome import OUTCOMES
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.ranking.stakes import stake
from activetui.store import customers, events
from activetui.store.changes.operations import operation
from activetui.store.facts.refresh import roll
from activetui.store.imports import batches
from activetui.store.imports.staging import Staging
from activetui.store.listing import people
from activetui.store.opening.file import open_store, transaction
from activetui.store.progress import Steps
from activetui.store.rounds import Side, add_members, add_round
from tests.reactivation.calling import CALLS, DEFINITION, REPAIR, kept, only, regular, undo
from tests.store.building import MADE_AT, TODAY, Building

SLIPS = """
title = "Slips"
rank = 60
for = "status:at_risk"
again_after_days = 5
stop = ["success", "do_not_contact", "tag:leave"]
[success]
within_days = 12
[[steps]]
after_days = 0
channel = "email"
title = "Write"
marketing = true
[[steps]]
after_days = 2
channel = "phone"
title = "Call"
"""
CAPACITY = 2
_who = st.integers(1, 6)
_deeds = st.one_of(
    st.tuples(st.just("done"), st.integers(0, 5), st.sampled_from(["", *OUTCOMES])),
    st.tuples(st.just("done"), st.integers(0, 5), st.just("reached")),
    st.tuples(st.just("snooze"), st.integers(0, 5), st.integers(1, 4)),
    st.tuples(st.just("skip"), st.integers(0, 5), st.booleans()),
    st.tuples(st.just("log"), _who, st.sampled_from(
        ["purchase", "complaint", "complaint_resolved", "contact"]
    )),
    st.tuples(st.just("import"), st.lists(_who, min_size=1, max_size=2)),
    st.tuples(st.just("undo import")),
    st.tuples(st.just("enrol"), st.lists(_who, min_size=1, max_size=3), st.sampled_from(["calls", "slips"])),
    st.tuples(st.just("edit"), _who, st.sampled_from(["consent", "do_not_contact"]), st.booleans()),
    st.tuples(st.just("tag"), _who),
    st.tuples(st.just("hold out"), _who, st.integers(1, 6)),
    st.tuples(st.just("undo")),
)
_days = st.lists(
    st.tuples(st.integers(1, 4), st.lists(_deeds, min_size=1, max_size=3)), min_size=2, max_size=6
)


@cache
def _shop() -> Path:
    """A store with six customers who stand differently, and three playbooks."""
    shop = Building(Path(mkdtemp()) / "shop.db", definition=DEFINITION)
    shop.event(shop.customer("Oldest", consent=1), on="2023-11-01", amount=100)
    regular(shop, "Away", 3000, consent=1)
    regular(shop, "Away, no consent", 2000)
    cross = regular(shop, "Cross", 500, consent=1)
    shop.event(cross, "complaint", TODAY - 2)
    for name, last in (("Slipping", 26), ("Active", 3)):
        customer = shop.customer(name, consent=1)
        for ago in (90, 60, last):
            shop.event(customer, on=TODAY - ago, amount=1500)
    shop.setting("calls_a_day", str(CAPACITY))
    shop.conn.execute("INSERT INTO source (id, name) VALUES (9, 'till')")
    shop.conn.execute(
        "INSERT INTO identity (kind, source_id, value, customer_id)"
        " SELECT 'id', 9, 'K' || id, id FROM customer"
    )
    conn = shop.ready()
    only(conn, calls=CALLS, repair=REPAIR, slips=SLIPS)
    conn.close()
    return shop.path


class Owner:
    """Somebody who works with a store, day after day."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn
        self.day: Day = TODAY
        self.files = 0

    def wait(self, days: int) -> None:
        self.day += days
        with transaction(self.conn):
            roll(self.conn, self.day)

    def list(self) -> Checklist:
        return checklist(self.conn, self.day)

    def do(self, deed: tuple[Any, ...]) -> None:
        """Do it, if it can be done."""
        what, *said = deed
        act = getattr(self, "_" + what.replace(" ", "_"))
        try:
            act(*said)
        except OwnerError:
            assert what in ("undo", "undo import", "log", "enrol")

    @property
    def _now(self) -> dict[str, Any]:
        return {"day": self.day, "today": self.day, "made_at": MADE_AT}

    def _line(self, place: int) -> Item | None:
        found = self.list().items
        return found[place % len(found)] if found else None

    def _done(self, place: int, outcome: str) -> None:
        if item := self._line(place):
            actions.done(self.conn, item.person.id, outcome=outcome, **self._now)

    def _snooze(self, place: int, days: int) -> None:
        if item := self._line(place):
            actions.snooze(self.conn, item.person.id, days=days, **self._now)

    def _skip(self, place: int, only_step: bool) -> None:
        if item := self._line(place):
            actions.skip(self.conn, item.person.id, only_step=only_step, **self._now)

    def _log(self, customer: int, kind: str) -> None:
        amount = 900 if kind == "purchase" else None
        record = EventRecord(KIND_OF_WORD[kind], self.day, "", amount=amount)
        events.log_event(self.conn, customer, record, today=self.day, made_at=MADE_AT)

    def _import(self, whose: list[int]) -> None:
        self.files += 1
        with Staging(self.conn, "till", self.day) as staging:
            for number, customer in enumerate(whose):
                name = people.by_ids(self.conn, [customer])[0].name
                record = CustomerRecord(name=name, key=f"K{customer}", identities=(("id", f"K{customer}"),))
                staging.add(EventRecord(
                    KIND_OF_WORD["purchase"], self.day, f"{self.files}-{number}", record, amount=700,
                    currency="EUR",
                ))
            staging.plan()
            staging.apply(
                file_name="till.csv", file_hash=str(self.files), system="", assumptions={}, counts={},
                made_at=MADE_AT,
            )

    def _undo_import(self) -> None:
        standing = [batch.id for batch in batches.list_batches(self.conn) if batch.undone_at is None]
        if standing:
            batches.undo(self.conn, standing[0], today=self.day, made_at=MADE_AT)

    def _enrol(self, whom: list[int], key: str) -> None:
        enrol(self.conn, whom, playbook_named(self.conn, key), day=self.day, made_at=MADE_AT)

    def _edit(self, customer: int, what: str, value: bool) -> None:
        customers.edit(self.conn, customer, {what: value}, made_at=MADE_AT, today=self.day)

    def _tag(self, customer: int) -> None:
        customers.tag(self.conn, [customer], "leave", made_at=MADE_AT, today=self.day)

    def _hold_out(self, customer: int, days: int) -> None:
        with operation(self.conn, "round", MADE_AT, day=self.day) as op:
            number = add_round(
                op, playbook="calls", name="", started=self.day, hold_out=20, window_days=days, seed="s",
                rules="{}",
            )
            add_members(op, number, self.day, Side.HELD_OUT, [customer], Steps(None, 1))

    def _undo(self) -> None:
        undo(self.conn, self.day)


def holds(owner: Owner) -> None:
    """What must hold of the list, told from the tables alone."""
    conn, day, found = owner.conn, owner.day, owner.list()
    whose = {item.person.id: item for item in found.items}
    assert len(whose) == len(found.items)
    done_today = conn.execute(
        "SELECT count(*) FROM task WHERE state = 'done' AND closed = ?", (day,)
    ).fetchone()[0]
    assert len(found.calls) <= max(0, CAPACITY - done_today)
    if len(found.calls) < CAPACITY - done_today:
        assert not found.of(Due.WAITING)
    for number, refuses, agreed in conn.execute("SELECT id, do_not_contact, consent IS 1 FROM customer"):
        if number in whose:
            assert not refuses
            assert agreed or not whose[number].doing.marketing
    twice = conn.execute(
        "SELECT customer_id FROM enrolment WHERE ended IS NULL GROUP BY customer_id HAVING count(*) > 1"
    ).fetchall()
    assert twice == []
    for item in found.items:
        if item.task is not None and item.playbook.stops_on_success:
            assert not list(_purchases_since(conn, item))
    for number in _held_out(conn, day):
        item = whose.get(number)
        assert item is None or item.task is not None or item.playbook.serves


def _purchases_since(conn: sqlite3.Connection, item: Item) -> Iterator[int]:
    assert item.enrolment is not None
    for number, day in conn.execute(
        "SELECT id, day FROM event WHERE kind = 1 AND counts AND customer_id = ?", (item.person.id,)
    ):
        if day > item.enrolment.started:
            yield number


def _held_out(conn: sqlite3.Connection, day: Day) -> set[int]:
    rows = conn.execute(
        "SELECT customer_id FROM round_member JOIN playbook_round ON playbook_round.id = round_id"
        " WHERE held_out = 1 AND drawn <= ? AND drawn + window_days >= ?", (day, day),
    )
    return {number for (number,) in rows}


def as_listed(owner: Owner) -> list[tuple[int, str, int, Day]]:
    """The list as it is shown: who, with which playbook and step, by when."""
    return _said(owner.list().items)


def as_found_anew(owner: Owner) -> list[tuple[int, str, int, Day]]:
    """The list as it is when everyone is looked at, one by one."""
    look = Look(owner.conn, owner.day)
    everyone = people.page(owner.conn, limit=-1)
    return _said(lines(look, [(person, stake(person, look.chances, owner.day)) for person in everyone]))


def _said(items: Iterable[Item]) -> list[tuple[int, str, int, Day]]:
    return sorted((item.person.id, item.playbook.key, item.step, item.due) for item in items)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_days)
def test_whatever_is_done(days: list[tuple[int, list[tuple[Any, ...]]]]) -> None:
    path = Path(mkdtemp()) / "work.db"
    shutil.copyfile(_shop(), path)
    with closing(open_store(path, today=TODAY)) as conn:
        owner = Owner(conn)
        for wait, deeds in days:
            owner.wait(wait)
            for deed in deeds:
                before, changes = kept(conn), _newest_change(conn)
                owner.do(deed)
                if _newest_change(conn) > changes and deed[0] not in ("import", "undo import", "undo"):
                    after = kept(conn)
                    owner.list()
                    undo(conn, owner.day)
                    assert kept(conn) == before
                    assert as_listed(owner) == as_found_anew(owner)
                    owner.do(deed)
                    assert _without_keys(kept(conn)) == _without_keys(after)
                holds(owner)
                assert as_listed(owner) == as_found_anew(owner)
    shutil.rmtree(path.parent)


def _newest_change(conn: sqlite3.Connection) -> int:
    return int(conn.execute(
        "SELECT coalesce(max(id), 0) FROM operation WHERE undone_at IS NULL"
    ).fetchone()[0])


def _without_keys(tables: dict[str, object]) -> dict[str, object]:
    """Without the counters that a deed done twice moves on."""
    return {name: rows for name, rows in tables.items() if name != "sqlite_sequence"}
