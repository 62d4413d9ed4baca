"""What the owner does with a line: what is written, what comes next, and that it can be taken back."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable

import pytest

from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import Kind
from activetui.reactivation.checklist import actions
from activetui.reactivation.checklist.checklist import Due, item_of
from activetui.reactivation.checklist.enrolling import enrol, playbook_named
from activetui.reactivation.checklist.reasons import ReasonCount, reasons
from activetui.store import customers, events, tasks
from activetui.store.listing.playbook_tests import last_contact
from activetui.store.opening.file import open_store
from tests.reactivation.calling import (
    CALLS,
    NOW,
    REPAIR,
    called,
    done,
    kept,
    names,
    on,
    opened,
    regular,
    undo,
)
from tests.store.building import MADE_AT, TODAY, Building


def contacts(conn: sqlite3.Connection, customer: int) -> list[events.EventRow]:
    return events.events_of(conn, customer, kinds=[Kind.CONTACT])


def test_a_task_knows_the_contact_that_closed_it(shop: Building) -> None:
    customer = regular(shop, "Ana", consent=1)
    conn = opened(shop)
    did = done(conn, customer, note="asked about the box")
    [contact] = contacts(conn, customer)
    closed = tasks.tasks_of(conn, customer)[0]
    assert closed.event_id == contact.id
    assert (contact.channel, contact.action, contact.note) == ("phone", "out", "asked about the box")
    assert did.following is not None and (did.following.step, did.following.due) == (1, TODAY + 7)
    events.delete_event(conn, contact.id, today=TODAY, made_at=MADE_AT)
    assert tasks.tasks_of(conn, customer)[0].event_id is None
    undo(conn)
    assert tasks.tasks_of(conn, customer)[0].event_id == contact.id


def test_a_contact_of_another_day_is_written_on_that_day(shop: Building) -> None:
    customer = regular(shop, "Ana", consent=1)
    conn = opened(shop)
    did = done(conn, customer, on=TODAY - 3)
    assert did.following is not None and did.following.due == TODAY + 4
    [enrolment], [contact] = tasks.enrolments_of(conn, customer), contacts(conn, customer)
    assert (enrolment.started, contact.day) == (TODAY - 3, TODAY - 3)
    with pytest.raises(OwnerError, match="began on 19 Nov"):
        done(conn, customer, on=TODAY - 4)
    with pytest.raises(OwnerError, match="has not come yet"):
        done(conn, customer, on=TODAY + 1)


def test_nothing_can_be_done_on_a_day_that_has_not_come(shop: Building) -> None:
    customer = regular(shop, "Ana")
    conn = on(opened(shop), TODAY + 5)
    with pytest.raises(OwnerError, match="has not come yet"):
        actions.skip(conn, customer, day=TODAY + 5, today=TODAY, made_at=MADE_AT)


def test_a_line_of_an_earlier_day_is_not_acted_upon_when_more_was_done_since(shop: Building) -> None:
    ana, bea = regular(shop, "Ana", consent=1), regular(shop, "Bea")
    conn = opened(shop)
    done(conn, ana)
    earlier = {"day": TODAY - 2, "today": TODAY, "made_at": MADE_AT}
    with pytest.raises(OwnerError, match="More has been done"):
        actions.skip(on(conn, TODAY - 2), ana, **earlier)
    did = actions.done(on(conn, TODAY - 2), bea, **earlier)
    assert did.item.task is None and contacts(conn, bea)[0].day == TODAY - 2
    with pytest.raises(OwnerError, match="More has been done"):
        enrol(on(conn, TODAY - 3), [bea], playbook_named(conn, "calls"), day=TODAY - 3, made_at=MADE_AT)


def test_who_does_not_answer_is_tried_again_three_times_and_has_not_been_contacted(shop: Building) -> None:
    customer = regular(shop, "Ana", consent=1)
    conn = opened(shop)
    for day in (TODAY, TODAY + 2):
        did = done(conn, customer, day, outcome="no_answer")
        assert did.following is not None and (did.following.step, did.following.due) == (0, day + 2)
    did = done(conn, customer, TODAY + 4, outcome="no_answer")
    assert did.following is not None and (did.following.step, did.following.due) == (1, TODAY + 11)
    assert [contact.counts for contact in contacts(conn, customer)] == [False] * 3
    assert last_contact(conn, customer) is None


def test_a_wrong_number_leaves_the_steps_by_other_ways(shop: Building) -> None:
    ana, bea = regular(shop, "Ana", consent=1), regular(shop, "Bea")
    conn = opened(shop)
    did = done(conn, ana, outcome="wrong_contact")
    assert did.following is not None and did.following.channel == "email"
    assert done(conn, bea, outcome="wrong_contact").following is None       # what is left is a call
    assert tasks.enrolments_of(conn, bea)[0].ending == "finished"


def test_whoever_wants_no_contact_is_asked_by_nobody_ever_again(shop: Building) -> None:
    customer = regular(shop, "Ana", consent=1)
    conn = opened(shop)
    before = kept(conn)
    assert done(conn, customer, outcome="no_contact").following is None
    assert customers.get(conn, customer).do_not_contact
    assert tasks.enrolments_of(conn, customer)[0].ending == "no_contact"
    assert names(conn, TODAY + 400) == []
    undo(conn)
    assert kept(on(conn, TODAY)) == before


def test_a_complaint_that_is_put_right_is_so_in_the_ledger(shop: Building) -> None:
    customer = regular(shop, "Ana")
    shop.event(customer, "complaint", TODAY - 1)
    conn = opened(shop)
    did = done(conn, customer, outcome="put_right", note="new pan sent")
    [answer] = events.events_of(conn, customer, kinds=[Kind.COMPLAINT_RESOLVED])
    assert (answer.day, answer.note) == (TODAY, "new pan sent")
    assert did.following is not None and did.following.title == "Confirm"
    item = item_of(conn, customer, TODAY)
    assert item is not None and not item.comes_first
    done(conn, customer, TODAY + 3, outcome="put_right")
    assert len(events.events_of(conn, customer, kinds=[Kind.COMPLAINT_RESOLVED])) == 1


def test_a_step_can_be_left_out_alone(shop: Building) -> None:
    customer = regular(shop, "Ana", consent=1)
    conn = opened(shop)
    did = actions.skip(conn, customer, only_step=True, **NOW)
    assert did.following is not None and did.following.step == 1
    assert contacts(conn, customer) == []
    for day in (TODAY + 7, TODAY + 20):
        did = actions.skip(on(conn, day), customer, only_step=True, day=day, today=day, made_at=MADE_AT)
    assert did.following is None
    [enrolment] = tasks.enrolments_of(conn, customer)
    assert enrolment.ending == "finished"


def test_what_follows_a_step_that_was_put_off_moves_along(shop: Building) -> None:
    customer = regular(shop, "Ana", consent=1)
    conn = opened(shop)
    did = actions.snooze(conn, customer, days=10, **NOW)
    assert did.following is not None and did.following.due == TODAY + 10
    assert done(conn, customer, TODAY + 12).following == tasks.tasks_of(conn, customer)[-1]
    assert tasks.tasks_of(conn, customer)[-1].due == TODAY + 19


def test_a_step_that_was_put_off_comes_back_at_its_place(shop: Building) -> None:
    people = [regular(shop, f"Regular {number}", 1000 * number) for number in (1, 2, 3)]
    conn = opened(shop)
    actions.snooze(conn, people[1], days=5, **NOW)
    assert names(conn, TODAY) == ["Regular 3", "Regular 1", "Regular 2"]
    assert called(conn, TODAY + 5) == ["Regular 3", "Regular 2", "Regular 1"]


def test_the_reason_is_asked_at_the_first_contact_and_then_known(shop: Building) -> None:
    customer = regular(shop, "Ana", consent=1)
    conn = opened(shop)
    did = done(conn, customer)
    assert did.item.asks_reason
    item = item_of(conn, customer, TODAY)
    assert item is not None and item.asks_reason and item.reason == ""
    actions.give_reason(conn, customer, "price", today=TODAY, made_at=MADE_AT)
    item = item_of(conn, customer, TODAY)
    assert item is not None and not item.asks_reason and item.reason == "price"
    undo(conn)
    item = item_of(conn, customer, TODAY)
    assert item is not None and item.asks_reason


def test_a_reason_needs_somebody_who_was_asked(shop: Building) -> None:
    customer = regular(shop, "Ana")
    with pytest.raises(OwnerError, match="No playbook has been begun"):
        actions.give_reason(opened(shop), customer, "price", today=TODAY, made_at=MADE_AT)


def test_reasons_are_counted_once_for_each_customer_by_the_latest(shop: Building) -> None:
    people = [regular(shop, name, 1000, consent=1) for name in ("Ana", "Bea", "Cleo", "Dora")]
    conn = opened(shop, calls=CALLS.replace("again_after_days = 60", "again_after_days = 1"))
    for customer, reason in zip(people, ("price", "price", "moved", ""), strict=True):
        done(conn, customer, reason=reason)
    actions.skip(conn, people[0], **NOW)
    later = TODAY + 100
    done(conn, people[0], later, reason="moved")
    assert reasons(on(conn, later), later) == [
        ReasonCount("moved", 2, 2, 12000), ReasonCount("price", 1, 1, 6000), ReasonCount("", 1, 1, 6000),
    ]
    assert reasons(conn, later, since=TODAY + 1) == [ReasonCount("moved", 1, 1, 6000)]
    assert reasons(on(conn, TODAY), TODAY)[0] == ReasonCount("price", 2, 2, 12000)


def test_an_outcome_told_later_has_the_same_consequences(shop: Building) -> None:
    ana, bea = regular(shop, "Ana", consent=1), regular(shop, "Bea", consent=1)
    conn = opened(shop)
    for customer in (ana, bea):
        done(conn, customer)
    before = kept(conn)
    actions.outcome(conn, ana, outcome="no_contact", **NOW)
    assert customers.get(conn, ana).do_not_contact
    [enrolment] = tasks.enrolments_of(conn, ana)
    assert enrolment.ending == "no_contact"
    undo(conn)
    assert kept(conn) == before
    actions.outcome(conn, bea, outcome="thinking", reason="season", note="after Easter", **NOW)
    item = item_of(conn, bea, TODAY)
    assert item is not None and (item.reason, item.group) == ("season", Due.THIS_WEEK)


DEEDS: dict[str, Callable[[sqlite3.Connection, int], object]] = {
    "done": lambda conn, who: actions.done(conn, who, outcome="reached", reason="price", **NOW),
    "no answer": lambda conn, who: actions.done(conn, who, outcome="no_answer", **NOW),
    "no contact": lambda conn, who: actions.done(conn, who, outcome="no_contact", **NOW),
    "put right": lambda conn, who: actions.done(conn, who, outcome="put_right", **NOW),
    "snooze": lambda conn, who: actions.snooze(conn, who, days=3, **NOW),
    "skip": lambda conn, who: actions.skip(conn, who, reason="moved", **NOW),
    "skip a step": lambda conn, who: actions.skip(conn, who, only_step=True, **NOW),
}


@pytest.mark.parametrize("begun", [False, True], ids=["a proposal", "under way"])
@pytest.mark.parametrize("deed", DEEDS)
def test_every_deed_is_one_change_that_can_be_taken_back(shop: Building, deed: str, begun: bool) -> None:
    customer = regular(shop, "Ana", consent=1)
    shop.event(customer, "complaint", TODAY - 1)
    conn = opened(shop, repair=REPAIR)
    if begun:
        enrol(conn, [customer], playbook_named(conn, "repair"), day=TODAY, made_at=MADE_AT)
    before, listed = kept(conn), names(conn)
    changes = conn.execute("SELECT count(*) FROM operation").fetchone()[0]
    DEEDS[deed](conn, customer)
    assert kept(conn) != before
    assert conn.execute("SELECT count(*) FROM operation").fetchone()[0] == changes + 1
    undo(conn)
    assert kept(conn) == before
    assert names(conn) == listed == ["Ana"]


_ACT = """
import os, signal, sys
from pathlib import Path
from activetui.reactivation.checklist import actions
from activetui.store.opening.file import open_store
conn = open_store(Path(sys.argv[1]), today={today})
def die(): os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "amid":
    conn.set_trace_callback(lambda sql: die() if sql.startswith("UPDATE task") else None)
actions.done(conn, int(sys.argv[3]), day={today}, today={today}, made_at="{made_at}", outcome="reached")
die()
"""


@pytest.mark.parametrize("when, steps", [("amid", 0), ("after", 1)])
def test_a_program_that_dies_loses_at_most_the_key(shop: Building, when: str, steps: int) -> None:
    customer = regular(shop, "Ana", consent=1)
    opened(shop).close()
    program = _ACT.format(today=TODAY, made_at=MADE_AT)
    died = subprocess.run([sys.executable, "-c", program, str(shop.path), when, str(customer)], check=False)
    assert died.returncode == -9
    conn = open_store(shop.path, today=TODAY)
    done_now = [task for task in tasks.tasks_of(conn, customer) if task.state == "done"]
    assert len(done_now) == len(contacts(conn, customer)) == steps
    assert len(tasks.enrolments_of(conn, customer)) == steps
    assert names(conn) == ["Ana"]
    conn.close()
