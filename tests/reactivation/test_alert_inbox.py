"""What becomes of alerts: seen, done and new again, each told once, and known again whatever happens."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from activetui.activity.status import Status
from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import Kind
from activetui.ledger.records import CustomerRecord, EventRecord
from activetui.reactivation.alerts.all_fired import Kept, fired_anew
from activetui.reactivation.alerts.firing import fire
from activetui.reactivation.alerts.inbox import Alert, alerts_named, group_words, inbox, mark, tell
from activetui.reactivation.alerts.known import State
from activetui.reactivation.alerts.shelf import SHELF
from activetui.reactivation.alerts.stages import LIFE, stages
from activetui.reactivation.alerts.types import Tone
from activetui.reactivation.checklist.enrolling import enrol
from activetui.reactivation.playbooks.playbook import builtin_playbooks
from activetui.store import customers, definitions, events
from activetui.store.alerts import marks
from activetui.store.changes.taking_back import undo_last
from activetui.store.copies import backup, demo_days
from activetui.store.imports import batches
from activetui.store.imports.staging import Staging
from activetui.store.opening.file import open_store
from activetui.store.other_days import as_of
from activetui.store.privacy.forgetting import forget
from activetui.store.same_person.merging import merge_customers, unmerge
from tests.reactivation.test_alerts import DEFINITION, regular
from tests.store.building import MADE_AT, TODAY, Building, everything
from tests.store.days_of_work import Work, weeks


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    """A shop with a complaint, a bad review and a VIP who slips."""
    building = Building(tmp_path / "shop.db", definition=DEFINITION)
    oldest = building.customer("Oldest", entered=TODAY - 1100)
    building.event(oldest, on=TODAY - 1100, amount=100, entered=TODAY - 1100)
    ana = regular(building, "Ana", 10, TODAY - 2)
    building.event(ana, "complaint", TODAY - 4)
    building.event(ana, "review", TODAY - 3, rating=1)
    regular(building, "Vera", 10, TODAY - 27, tags=["vip"])
    building.ready()
    return building


def stands(conn: sqlite3.Connection, day: Day = TODAY) -> dict[str, str]:
    found = inbox(conn, day, states=tuple(State), most=None)
    return {alert.id: alert.state.value for alert in found.alerts}


def test_marking_many_tells_how_far_it_is_and_can_be_stopped(
    shop: Building, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "MANY", 1)
    conn = shop.conn
    before, everything_new = stands(conn), named(conn, "complaint", "bad_review", "vip_slips")
    told: list[tuple[int, int]] = []

    def stop(done: int, whole: int) -> None:
        told.append((done, whole))
        if done * 2 >= whole:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        mark(conn, everything_new, State.DONE, day=TODAY, made_at=MADE_AT, progress=stop)
    assert stands(conn) == before and told and told == sorted(told)
    assert mark(
        conn, everything_new, State.DONE, day=TODAY, made_at=MADE_AT, progress=lambda *far: told.append(far)
    ) == len(everything_new)
    assert told[-1][0] == told[-1][1]


def named(conn: sqlite3.Connection, *names: str, day: Day = TODAY) -> list[Alert]:
    return alerts_named(conn, day, names)


def make(conn: sqlite3.Connection, state: State, *names: str, day: Day = TODAY) -> int:
    return mark(conn, named(conn, *names, day=day), state, day=day, made_at=MADE_AT)


def happens(conn: sqlite3.Connection, customer: int, kind: Kind) -> int:
    """Something is written down of a customer today."""
    return events.log_event(conn, customer, EventRecord(int(kind), TODAY, ""), today=TODAY, made_at=MADE_AT)


def test_done_leaves_the_inbox_and_seen_stays(shop: Building) -> None:
    conn = shop.conn
    names = ("complaint:2", "vip_slips:3", "bad_review:2", "unusual_gap:3")
    assert stands(conn) == dict.fromkeys(names, "new")
    assert make(conn, State.DONE, "complaint:2") == 1
    assert make(conn, State.SEEN, "vip_slips") == 1
    found = inbox(conn, TODAY)
    assert [(alert.id, alert.state.value) for alert in found.alerts] == [
        ("vip_slips:3", "seen"), ("bad_review:2", "new"), ("unusual_gap:3", "new"),
    ]
    assert found.counts == {State.NEW: 2, State.SEEN: 1, State.DONE: 1}


def test_marking_is_one_operation_that_is_taken_back_as_one(shop: Building) -> None:
    conn = shop.conn
    make(conn, State.SEEN, "complaint:2")
    before = everything(conn)["alert_mark"]
    alerts = inbox(conn, TODAY).alerts
    assert mark(conn, alerts, State.DONE, day=TODAY, made_at=MADE_AT) == 4
    assert inbox(conn, TODAY).alerts == ()
    undone = undo_last(conn, today=TODAY, made_at=MADE_AT)
    assert undone == "4 alerts done"
    assert everything(conn)["alert_mark"] == before
    assert stands(conn)["complaint:2"] == "seen"


def test_marking_as_it_is_changes_nothing(shop: Building) -> None:
    conn = shop.conn
    make(conn, State.DONE, "complaint:2")
    before = everything(conn)
    assert make(conn, State.DONE, "complaint:2") == 0
    assert everything(conn) == before


def test_a_name_that_means_no_alert_is_refused(shop: Building) -> None:
    with pytest.raises(OwnerError, match="complaint:3"):
        named(shop.conn, "complaint:3")


def untold(conn: sqlite3.Connection) -> list[str]:
    """What `alerts --since last` tells; telling it."""
    found = inbox(conn, TODAY, untold=True, most=None).alerts
    tell(conn, found, day=TODAY)
    return [alert.id for alert in found]


def test_each_is_told_once_and_what_was_seen_is_not_told(shop: Building) -> None:
    conn = shop.conn
    make(conn, State.SEEN, "vip_slips")
    assert untold(conn) == ["complaint:2", "bad_review:2", "unusual_gap:3"]
    assert untold(conn) == []
    assert stands(conn)["complaint:2"] == "new", "told, but not looked at"
    happens(conn, 2, Kind.REFERRAL)
    assert untold(conn) == ["referral:2"]


def test_what_is_taken_up_again_is_new_and_not_told_anew(shop: Building) -> None:
    conn = shop.conn
    make(conn, State.DONE, "complaint:2")
    make(conn, State.NEW, "complaint:2")
    assert stands(conn)["complaint:2"] == "new"
    assert "complaint:2" not in untold(conn)


def test_telling_is_nothing_that_undo_takes_back(shop: Building) -> None:
    conn = shop.conn
    make(conn, State.SEEN, "vip_slips")
    untold(conn)
    undone = undo_last(conn, today=TODAY, made_at=MADE_AT)
    assert undone == "1 alert seen"
    assert untold(conn) == ["vip_slips:3"], "what was only seen had not been told"


def test_a_second_event_is_a_second_alert(shop: Building) -> None:
    conn = shop.conn
    make(conn, State.DONE, "complaint:2")
    happens(conn, 2, Kind.COMPLAINT)
    found = inbox(conn, TODAY, rule="complaint").alerts
    assert [(alert.day, alert.state) for alert in found] == [(TODAY, State.NEW)]


def test_a_second_time_at_risk_is_a_second_alert(shop: Building) -> None:
    conn = shop.conn
    make(conn, State.DONE, "vip_slips")
    happens(conn, 3, Kind.PURCHASE)
    assert "vip_slips:3" not in stands(conn)
    as_of.look_from(conn, TODAY + 26)
    assert stands(conn, TODAY + 26)["vip_slips:3"] == "new"


def test_another_definition_tells_nothing_twice_that_goes_on(shop: Building) -> None:
    conn = shop.conn
    make(conn, State.DONE, "vip_slips")
    wider = DEFINITION.replace("window_used = 0.8", "window_used = 0.85")
    definitions.put_in_force(conn, wider, note="", made_at=MADE_AT, today=TODAY)
    [alert] = inbox(conn, TODAY, rule="vip_slips", states=tuple(State)).alerts
    assert (alert.day, alert.state) == (TODAY - 1, State.DONE)


def test_marks_made_looking_from_an_earlier_day_say_nothing_of_later_ones(shop: Building) -> None:
    conn = shop.conn
    as_of.look_from(conn, TODAY - 20)
    mark(conn, inbox(conn, TODAY - 20).alerts, State.DONE, day=TODAY - 20, made_at=MADE_AT)
    as_of.look_from(conn, TODAY)
    assert set(stands(conn).values()) == {"new"}


def test_what_became_of_them_is_kept_in_a_backup(shop: Building, tmp_path: Path) -> None:
    make(shop.conn, State.DONE, "complaint:2", "vip_slips")
    before = stands(shop.conn)
    backup.backup(shop.conn, tmp_path / "copy.db")
    shop.close()
    copy = open_store(tmp_path / "copy.db", today=TODAY)
    assert stands(copy) == before
    copy.close()


def test_one_alert_is_said_by_its_sentence_and_several_by_their_number(shop: Building) -> None:
    conn = shop.conn
    happens(conn, 3, Kind.COMPLAINT)
    found = inbox(conn, TODAY)
    words = [group_words(group, found.alerts) for group in found.groups]
    assert words[0] == "Complaint from an active customer: 2 customers"
    assert words[2] == "Ana gave 1 of 5 stars"


def test_the_stages_of_life_have_their_alerts_and_how_far_they_are_answered(shop: Building) -> None:
    conn = shop.conn
    before = {stage.status: stage for stage in stages(conn, TODAY)}
    assert list(before) == list(LIFE)
    everything_open = sum(sum(stage.open.values()) for stage in before.values())
    assert everything_open == len(inbox(conn, TODAY).alerts) == 4
    assert before[Status.ACTIVE].open == {Tone.PROBLEM: 3, Tone.OPPORTUNITY: 0}
    assert [(rule.key, number) for rule, number in before[Status.AT_RISK].rules] == [("vip_slips", 1)]
    make(conn, State.DONE, "complaint:2")
    [plan] = [plan for plan in builtin_playbooks() if plan.key == "vip"]
    enrol(conn, [3], plan, day=TODAY, made_at=MADE_AT)
    after = {stage.status: stage for stage in stages(conn, TODAY)}
    assert (after[Status.ACTIVE].done, after[Status.ACTIVE].customers) == (1, (2, 3))
    assert (after[Status.AT_RISK].planned, before[Status.AT_RISK].planned) == (1, 0)


# -- customers who are merged, forgotten, moved, imported anew --------------------------------------------


def test_marks_go_with_a_customer_who_is_merged_and_come_back(shop: Building) -> None:
    conn = shop.conn
    make(conn, State.DONE, "complaint:2", "vip_slips")
    before = marks.marks(conn)
    merge_customers(conn, 3, 2, today=TODAY, made_at=MADE_AT)
    assert stands(conn)["complaint:3"] == "done"
    assert {row.customer_id for row in marks.marks(conn)} == {3}
    unmerge(conn, 2, today=TODAY, made_at=MADE_AT)
    assert marks.marks(conn) == before
    assert stands(conn)["complaint:2"] == "done"


def test_nothing_of_a_forgotten_customer_is_left(shop: Building) -> None:
    conn = shop.conn
    make(conn, State.SEEN, "complaint:2", "vip_slips")
    make(conn, State.DONE, "complaint:2")
    forget(conn, 2, today=TODAY, made_at=MADE_AT)
    assert {row.customer_id for row in marks.marks(conn)} == {3}
    images = conn.execute("SELECT row_key FROM before_image WHERE table_name = 'alert_mark'").fetchall()
    assert [key for (key,) in images if ",3," in key] and not [key for (key,) in images if ",2," in key]


def test_nor_is_what_became_of_alerts_before_their_file_was_undone(tmp_path: Path) -> None:
    conn = Building(tmp_path / "shop.db", definition=DEFINITION).ready()
    rows = [sale("Ana", TODAY - 26 - 10 * number, f"a{number}") for number in range(8)]
    rows.append(sale("Ana", TODAY - 2, "r1", kind=int(Kind.REVIEW), rating=1, amount=None, currency=""))
    batch = imported(conn, "till", *rows, day=TODAY)
    mark(conn, inbox(conn, TODAY).alerts, State.SEEN, day=TODAY, made_at=MADE_AT)
    batches.undo(conn, batch, today=TODAY, made_at=MADE_AT)
    imported(conn, "other", sale("Somebody else", TODAY - 900, "x"), day=TODAY)
    imported(conn, "till", *rows, day=TODAY)
    assert len(marks.marks(conn)) == 2
    [ana] = customers.find(conn, "Ana")
    forget(conn, ana, today=TODAY, made_at=MADE_AT)
    assert marks.marks(conn) == []
    assert not conn.execute("SELECT 1 FROM before_image WHERE table_name = 'alert_mark'").fetchall()


def test_the_demo_moves_its_marks_with_its_days(shop: Building) -> None:
    make(shop.conn, State.DONE, "complaint:2", "vip_slips")
    before = stands(shop.conn)
    shop.setting("demo_today", str(TODAY))
    path = shop.close()
    assert demo_days.move_to(path, TODAY + 100) == 100
    moved = open_store(path, today=TODAY + 100)
    assert stands(moved, TODAY + 100) == before
    moved.close()


def imported(conn: sqlite3.Connection, source: str, *records: EventRecord, day: Day) -> int:
    with Staging(conn, source, day) as staging:
        for record in records:
            staging.add(record)
        number = staging.apply(
            file_name="a.csv", file_hash=f"{source}{day}{len(records)}", system="native", assumptions={},
            counts={}, made_at=MADE_AT,
        )
    assert number is not None
    return number


def sale(who: str, day: Day, key: str, **fields: Any) -> EventRecord:
    person = CustomerRecord(key=who, name=who, identities=(("id", who),))
    usual = {"kind": int(Kind.PURCHASE), "amount": 1000, "currency": "EUR"}
    return EventRecord(day=day, key=key, customer=person, **(usual | fields))


def test_a_file_undone_and_imported_anew_tells_nothing_twice(tmp_path: Path) -> None:
    conn = Building(tmp_path / "shop.db", definition=DEFINITION).ready()
    imported(conn, "old", sale("Old", TODAY - 1000, "o"), day=TODAY - 500)
    rows = [sale("Ana", TODAY - 26 - 10 * number, f"a{number}") for number in range(8)]
    rows.append(sale("Ana", TODAY - 2, "r1", kind=int(Kind.REVIEW), rating=1, amount=None, currency=""))
    batch = imported(conn, "till", *rows, day=TODAY)
    first = inbox(conn, TODAY).alerts
    assert {alert.rule.key for alert in first} == {"bad_review", "unusual_gap"}
    mark(conn, first, State.DONE, day=TODAY, made_at=MADE_AT)
    batches.undo(conn, batch, today=TODAY, made_at=MADE_AT)
    assert [alert.id for alert in inbox(conn, TODAY, states=tuple(State)).alerts] == ["no_import"]
    imported(conn, "other", sale("Somebody else", TODAY - 900, "x"), day=TODAY)
    imported(conn, "till", *rows, day=TODAY)
    again = inbox(conn, TODAY, states=tuple(State)).alerts
    assert {alert.fired.customer_id for alert in again} != {alert.fired.customer_id for alert in first}
    assert {(alert.rule.key, alert.state) for alert in again} == {
        ("bad_review", State.DONE), ("unusual_gap", State.DONE),
    }


def test_a_review_of_a_late_file_is_told_once(tmp_path: Path) -> None:
    conn = Building(tmp_path / "shop.db", definition=DEFINITION).ready()
    imported(conn, "till", sale("Ana", TODAY - 1000, "a"), day=TODAY - 400)
    assert untold(conn) == ["no_import"]
    late = sale("Ana", TODAY - 50, "r1", kind=int(Kind.REVIEW), rating=1, amount=None, currency="")
    imported(conn, "reviews", late, day=TODAY)
    [name] = untold(conn)
    assert name.startswith("bad_review:")
    assert untold(conn) == []


def test_an_order_that_a_later_file_tells_as_refunded_is_a_refund(tmp_path: Path) -> None:
    conn = Building(tmp_path / "shop.db", definition=DEFINITION).ready()
    imported(conn, "till", sale("Ana", TODAY - 200, "purchase:7", order_ref="7"), day=TODAY - 190)
    assert inbox(conn, TODAY, rule="refund").alerts == ()
    given = sale("Ana", TODAY - 200, "purchase:7", order_ref="7", state="refunded", refunded=1000)
    imported(conn, "till", given, day=TODAY - 1)
    [alert] = inbox(conn, TODAY, rule="refund").alerts
    assert alert.sentence == "Ana got €10.00 back"
    assert alert.day == TODAY - 1, "the order is old, the refund is not"


def test_a_subscription_that_a_later_file_tells_as_unpaid_has_failed(tmp_path: Path) -> None:
    conn = Building(tmp_path / "shop.db", definition=DEFINITION).ready()
    box: dict[str, Any] = {"kind": int(Kind.SUBSCRIPTION), "action": "renewal", "product": "Box", "amount": 9}
    imported(conn, "billing", sale("Ana", TODAY - 200, "s1", state="pending", **box), day=TODAY - 190)
    imported(conn, "billing", sale("Ana", TODAY - 200, "s1", state="failed", **box), day=TODAY - 1)
    [alert] = inbox(conn, TODAY, rule="payment_failed").alerts
    assert alert.sentence == "Ana: the payment of Box did not go through"


# -- what is kept in memory -------------------------------------------------------------------------------


class Watched(Work):
    """A week of work, with the alerts worked out after each deed: anew, and from what was known before."""

    def __init__(self, week: list[list[Any]]) -> None:
        self.kept: dict[str, Kept] = {}
        self.kept_day: Day | None = None
        super().__init__(week)

    def _do(self, place: tuple[int, int], deed: Any) -> None:
        self._watch()
        super()._do(place, deed)
        self._watch()

    def _watch(self) -> None:
        day = as_of.day_of(self.conn)
        if day != self.kept_day:
            self.kept, self.kept_day = {}, day
        for rule in SHELF.built_in():
            now = fired_anew(self.conn, rule, day, None, self.kept.get(rule.key))
            assert list(now.fired) == fire(self.conn, rule, day), rule.key
            self.kept[rule.key] = now


@hypothesis_settings(deadline=None, max_examples=40)
@given(weeks)
def test_what_is_kept_from_before_a_change_is_what_is_found_anew(week: list[list[Any]]) -> None:
    Watched(week).close()


def test_changes_are_seen_at_once(shop: Building) -> None:
    conn = shop.conn
    assert "referral:2" not in stands(conn)
    number = happens(conn, 2, Kind.REFERRAL)
    assert stands(conn)["referral:2"] == "new"
    events.delete_event(conn, number, today=TODAY, made_at=MADE_AT)
    assert "referral:2" not in stands(conn)
    undo_last(conn, today=TODAY, made_at=MADE_AT)
    assert stands(conn)["referral:2"] == "new"
