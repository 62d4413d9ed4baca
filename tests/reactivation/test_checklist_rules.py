"""Who is on the checklist and who is not: nobody asked twice, in vain, without leave, after coming back."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from activetui.ledger.days import Day
from activetui.ledger.kinds import KIND_OF_WORD
from activetui.ledger.records import EventRecord
from activetui.reactivation.checklist import actions
from activetui.reactivation.checklist.checklist import Due, checklist, item_of
from activetui.reactivation.checklist.enrolling import enrol, playbook_named
from activetui.reactivation.checklist.not_listed import why_not_listed
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.playbooks.playbook import SHELF
from activetui.store import customers, events, saved_segments, settings, tasks
from activetui.store.changes.operations import operation
from activetui.store.progress import Steps
from activetui.store.rounds import Side, add_members, add_round
from tests.reactivation.calling import (
    CALLS,
    NOW,
    REPAIR,
    called,
    done,
    long_open,
    names,
    on,
    only,
    opened,
    regular,
    undo,
)
from tests.store.building import MADE_AT, TODAY, Building


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    """A shop whose ledger reaches back three years."""
    return long_open(tmp_path)


def add(shop: Building, customer: int, kind: str, day: Day, **said: Any) -> int:
    """Something that happened after the store was opened, written down on its day."""
    record = EventRecord(KIND_OF_WORD[kind], day, "", **said)
    return events.log_event(shop.conn, customer, record, today=day, made_at=MADE_AT)


def held_out(conn: sqlite3.Connection, customer: int, days: int) -> None:
    """Let a round leave a customer in peace from today on."""
    with operation(conn, "round", MADE_AT, day=TODAY) as op:
        number = add_round(
            op, playbook="calls", name="", started=TODAY, hold_out=20, window_days=days, seed="s", rules="{}"
        )
        add_members(op, number, TODAY, Side.HELD_OUT, [customer], Steps(None, 1))


def test_a_contact_by_hand_puts_a_due_step_off(shop: Building) -> None:
    customer = regular(shop, "Ana", consent=1)
    conn = opened(shop)
    done(conn, customer)
    add(shop, customer, "contact", TODAY + 5, action="out")
    item = item_of(on(conn, TODAY + 7), customer, TODAY + 7)
    assert item is not None and (item.due, item.put_off_by) == (TODAY + 13, TODAY + 5)
    assert item.group is Due.THIS_WEEK
    assert called(conn, TODAY + 12) == []
    assert called(conn, TODAY + 13) == ["Ana"]


def test_the_steps_of_the_playbook_itself_put_nothing_off(shop: Building) -> None:
    customer = regular(shop, "Ana", consent=1)
    conn = opened(shop, calls=CALLS.replace("after_days = 7", "after_days = 2"))
    done(conn, customer)
    assert called(conn, TODAY + 2) == ["Ana"]


def test_service_does_not_wait_for_rest(shop: Building) -> None:
    customer = regular(shop, "Ana")
    shop.event(customer, "contact", TODAY - 1, action="in")
    shop.event(customer, "complaint", TODAY - 1)
    conn = opened(shop)
    assert [item.playbook.key for item in checklist(conn, TODAY).items] == ["repair"]
    undo(conn)                                      # `repair` in use
    assert names(conn) == []


def test_the_owner_says_how_long_nobody_is_asked_again(shop: Building) -> None:
    customer = regular(shop, "Ana")
    shop.event(customer, "contact", TODAY - 5, action="out")
    conn = opened(shop)
    assert names(conn) == []
    settings.put(conn, "rest_days", "4")
    assert names(conn) == ["Ana"]
    settings.put(conn, "rest_days", "0")
    assert names(conn) == ["Ana"]


def test_whoever_is_held_out_is_asked_by_nobody_until_the_window_is_over(shop: Building) -> None:
    customer = regular(shop, "Ana")
    conn = opened(shop)
    held_out(conn, customer, 20)
    assert names(conn) == []
    assert "to compare with" in why_not_listed(Look(conn, TODAY), customer)
    assert enrol(conn, [customer], playbook_named(conn, "calls"), day=TODAY, made_at=MADE_AT) == (
        0, 0, 0, 0, 1, 0
    )
    add(shop, customer, "complaint", TODAY)
    assert [item.playbook.key for item in checklist(conn, TODAY).items] == ["repair"]       # all the same
    assert names(conn, TODAY + 20) == ["Ana"]
    [item] = checklist(on(conn, TODAY + 21), TODAY + 21).items
    assert item.playbook.key == "repair"


def test_nobody_is_asked_again_before_the_playbook_says(shop: Building) -> None:
    customer = regular(shop, "Ana")
    conn = opened(shop)
    for day in (TODAY, TODAY + 20):
        done(conn, customer, day)
    assert tasks.open_enrolment_of(conn, customer) is None
    assert names(conn, TODAY + 59) == []
    assert names(conn, TODAY + 60) == ["Ana"]


def test_another_playbook_waits_until_success_can_come_no_more(shop: Building) -> None:
    customer = regular(shop, "Ana")
    other = CALLS.replace("Three steps", "Other").replace("purchases>=3", "purchases>=4")
    conn = opened(shop, calls="rank = 1" + CALLS, other=other)
    for day in (TODAY, TODAY + 20):
        done(conn, customer, day)
    assert names(conn, TODAY + 44) == []
    [item] = checklist(on(conn, TODAY + 45), TODAY + 45).items
    assert item.playbook.key == "other"


def test_whoever_is_skipped_is_left_in_peace_by_all_of_them(shop: Building) -> None:
    customer = regular(shop, "Ana")
    conn = opened(shop, calls="rank = 1" + CALLS, other=CALLS.replace("within_days = 45", "within_days = 20"))
    actions.skip(conn, customer, **NOW)
    assert names(conn, TODAY + 89) == []
    assert names(conn, TODAY + 90) == ["Ana"]


def test_whoever_was_asked_while_all_was_well_can_be_asked_when_they_slip(shop: Building) -> None:
    customer = shop.customer("Loyal")
    for ago in (60, 40, 20):
        shop.event(customer, on=TODAY - ago, amount=500)
    one_step = '\n[[steps]]\nafter_days = 0\nchannel = "phone"\ntitle = "Call"'
    thanks = 'title = "Thanks"\nrank = 90\nfor = "active:yes"' + one_step
    slips = 'title = "Slips"\nfor = "status:at_risk"' + one_step
    conn = opened(shop, thanks=thanks, slips=slips)
    done(conn, customer)
    assert names(conn, TODAY + 5) == []             # contacted within the week
    [item] = checklist(on(conn, TODAY + 9), TODAY + 9).items
    assert item.playbook.key == "slips"


def test_a_complaint_comes_before_the_playbook_that_runs(shop: Building) -> None:
    customer = regular(shop, "Ana", consent=1)
    conn = opened(shop)
    done(conn, customer)
    add(shop, customer, "complaint", TODAY + 7)
    [item] = checklist(on(conn, TODAY + 7), TODAY + 7).items
    assert (item.playbook.key, item.task) == ("repair", None)
    assert item.instead_of is not None and item.instead_of.playbook == "calls"
    assert item.comes_first
    done(conn, customer, TODAY + 7)
    ended, begun = tasks.enrolments_of(conn, customer)
    assert (ended.ending, ended.ended, begun.playbook) == ("replaced", TODAY + 7, "repair")
    assert [task.state for task in tasks.tasks_of(conn, customer)].count("open") == 1


def test_a_new_complaint_is_served_although_the_last_one_was_not_long_ago(shop: Building) -> None:
    customer = regular(shop, "Ana")
    shop.event(customer, "complaint", TODAY - 2)
    conn = opened(shop)
    for day in (TODAY, TODAY + 3):
        done(conn, customer, day, outcome="put_right" if day == TODAY else "")
    assert names(conn, TODAY + 10) == []
    add(shop, customer, "complaint", TODAY + 12)
    [item] = checklist(on(conn, TODAY + 12), TODAY + 12).items
    assert item.playbook.key == "repair"


@pytest.mark.parametrize("after, listed", [(0, True), (1, False)])
def test_only_what_comes_after_the_beginning_is_coming_back(
    shop: Building, after: int, listed: bool
) -> None:
    customer = regular(shop, "Ana")
    conn = opened(shop)
    actions.snooze(conn, customer, days=3, **NOW)
    add(shop, customer, "purchase", TODAY + after, amount=500)
    assert (item_of(on(conn, TODAY + 3), customer, TODAY + 3) is not None) == listed


def test_whoever_buys_on_the_day_of_the_call_has_come_back(shop: Building) -> None:
    customer = regular(shop, "Ana", consent=1)
    conn = opened(shop)
    done(conn, customer)
    add(shop, customer, "purchase", TODAY, amount=500)
    assert names(conn, TODAY + 7) == []


def test_a_purchase_that_is_refunded_is_no_coming_back(shop: Building) -> None:
    customer = regular(shop, "Ana", consent=1)
    conn = opened(shop)
    done(conn, customer)
    add(shop, customer, "purchase", TODAY + 2, amount=500, refunded=500)
    assert names(conn, TODAY + 7) == ["Ana"]


def test_whoever_came_back_is_closed_with_the_next_change(shop: Building) -> None:
    back, other = regular(shop, "Back", 2000, consent=1), regular(shop, "Other")
    conn = opened(shop)
    done(conn, back)
    add(shop, back, "purchase", TODAY + 2, amount=500)
    before = tasks.open_enrolment_of(conn, back)
    assert before is not None and before.ended is None
    done(conn, other, TODAY + 3)
    [ended] = tasks.enrolments_of(conn, back)
    assert (ended.ending, ended.ended) == ("came_back", TODAY + 3)
    undo(conn, TODAY + 3)
    assert tasks.open_enrolment_of(conn, back) == before


def test_without_consent_the_next_service_step_comes_in_time(shop: Building) -> None:
    customer = regular(shop, "Ana", consent=1)
    conn = opened(shop)
    done(conn, customer)
    conn.execute("UPDATE customer SET consent = 0 WHERE id = ?", (customer,))
    item = item_of(on(conn, TODAY + 7), customer, TODAY + 7)
    assert item is not None and (item.step, item.due) == (2, TODAY + 20)
    did = done(conn, customer, TODAY + 20)
    assert did.item.doing.title == "Call again"
    last = tasks.tasks_of(conn, customer)[-1]
    assert (last.step, last.title, last.channel, last.state) == (2, "Call again", "phone", "done")


def test_a_step_is_left_out_for_whom_it_does_not_fit(shop: Building) -> None:
    ana, bea = regular(shop, "Ana", 2000, consent=1, country="PT"), regular(shop, "Bea", consent=1)
    conn = opened(shop, calls=CALLS.replace("marketing = true", 'only = "country:PT"'))
    assert [done(conn, ana).following, done(conn, bea).following] == [
        tasks.tasks_of(conn, ana)[-1], tasks.tasks_of(conn, bea)[-1]
    ]
    assert [tasks.tasks_of(conn, number)[-1].step for number in (ana, bea)] == [1, 2]


def test_no_offer_to_whoever_is_likely_to_return_without_one(shop: Building) -> None:
    for number in range(40):
        faithful = shop.customer(f"Faithful {number}")
        for ago in range(40, 1000, 35):
            shop.event(faithful, on=TODAY - ago, amount=100)
    offer = """
title = "Offer"
for = "status:inactive"
offer = "Ten per cent"
[[steps]]
after_days = 0
channel = "email"
title = "Offer it"
marketing = true
offer = true
"""
    shop.conn.execute("UPDATE customer SET consent = 1")
    conn = opened(shop, offer=offer)
    assert names(conn) == []                        # they always come back after 35 days
    assert len(names(opened(shop, offer=offer.replace("offer = true\n", "").replace(
        'offer = "Ten per cent"\n', ""
    )))) == 40


def test_a_query_can_end_a_playbook(shop: Building) -> None:
    customer = regular(shop, "Ana", consent=1)
    text = CALLS.replace('again_after', 'stop = ["success", "do_not_contact", "tag:moved"]\nagain_after')
    conn = opened(shop, calls=text)
    done(conn, customer)
    assert len(names(conn)) == 1
    customers.tag(conn, [customer], "moved", made_at=MADE_AT, today=TODAY)
    assert names(conn) == []
    assert "is over for them" in why_not_listed(Look(conn, TODAY), customer)


def test_where_only_marketing_is_left_the_missing_consent_is_named(shop: Building) -> None:
    customer = regular(shop, "Ana", consent=1)
    conn = opened(shop, calls=CALLS[: CALLS.rindex("[[steps]]")])
    done(conn, customer)
    conn.execute("UPDATE customer SET consent = 0")
    assert names(conn) == []
    assert "is marketing, and they have not agreed" in why_not_listed(Look(conn, TODAY), customer)


def test_what_was_begun_goes_on_when_the_playbook_is_switched_off(shop: Building) -> None:
    customer, _other = regular(shop, "Ana", 2000, consent=1), regular(shop, "Bea")
    conn = opened(shop)
    done(conn, customer)
    assert set(names(conn)) == {"Ana", "Bea"}
    SHELF.switch(conn, "calls", False, what="off", made_at=MADE_AT)
    assert names(conn) == ["Ana"]


def test_a_playbook_that_is_gone_frees_its_customers(shop: Building) -> None:
    customer = regular(shop, "Ana", consent=1)
    conn = opened(shop)
    done(conn, customer)
    SHELF.forget(conn, "calls", what="gone", made_at=MADE_AT)
    assert names(conn) == []
    other = CALLS.replace("purchases>=3", "purchases>=2")
    only(conn, other=other)
    assert enrol(conn, [customer], playbook_named(conn, "other"), day=TODAY, made_at=MADE_AT).enrolled == 1
    assert [each.ending for each in tasks.enrolments_of(conn, customer)] == ["stopped", ""]


def test_a_query_that_cannot_be_asked_any_more_stops_only_its_playbook(shop: Building) -> None:
    regular(shop, "Ana")
    conn = opened(shop)
    saved_segments.save(conn, "mine", "purchases>=1", note="", made_at=MADE_AT)
    own = CALLS.replace('for = "', 'rank = 2\nfor = "segment:mine ')
    SHELF.use(conn, "own", own, what="on", made_at=MADE_AT)
    assert [item.playbook.key for item in checklist(conn, TODAY).items] == ["own"]
    saved_segments.delete(conn, "mine", made_at=MADE_AT)
    found = checklist(conn, TODAY)
    assert [item.playbook.key for item in found.items] == ["calls"]
    assert len(found.mistakes) == 1 and "mine" in found.mistakes[0]


def test_the_day_has_room_for_so_many_and_the_others_wait(shop: Building) -> None:
    everyone = [regular(shop, f"Regular {number}", 1000 + number) for number in range(6)]
    conn = opened(shop)
    settings.put(conn, "calls_a_day", "3")
    found = checklist(conn, TODAY)
    assert [item.group for item in found.items] == [Due.TODAY] * 3 + [Due.WAITING] * 3
    assert (found.capacity, found.done, found.room, found.could_be_done) == (3, 0, 3, 6)
    done(conn, everyone[5])
    found = checklist(conn, TODAY)
    assert [item.person.name for item in found.calls] == ["Regular 4", "Regular 3"]
    assert (found.done, found.room) == (1, 2)
    undo(conn)
    assert checklist(conn, TODAY).room == 3
    assert len(checklist(on(conn, TODAY + 1), TODAY + 1).calls) == 3


def test_what_was_sent_for_many_at_once_takes_no_room(shop: Building) -> None:
    customer = regular(shop, "Ana")
    conn = opened(shop)
    done(conn, customer)
    conn.execute("UPDATE task SET outcome = 'sent' WHERE state = 'done'")
    assert checklist(conn, TODAY).done == 0


def test_late_steps_come_before_new_ones_and_a_fresh_complaint_before_all(shop: Building) -> None:
    late = regular(shop, "Late", 100, consent=1)
    regular(shop, "New", 9000)
    cross = regular(shop, "Cross", 50)
    conn = opened(shop)
    settings.put(conn, "calls_a_day", "1")
    done(conn, late)
    assert called(conn, TODAY + 1) == ["New"]
    assert called(conn, TODAY + 8) == ["Late"]
    add(shop, cross, "complaint", TODAY + 8)
    assert called(conn, TODAY + 8) == ["Cross"]


def test_an_earlier_day_shows_the_list_as_it_stood(shop: Building) -> None:
    customer = regular(shop, "Ana", consent=1)
    conn = opened(shop)
    actions.snooze(conn, customer, days=4, **NOW)
    for day in (TODAY + 4, TODAY + 11):
        done(conn, customer, day)
    [item] = checklist(on(conn, TODAY - 1), TODAY - 1).items
    assert (item.task, item.step) == (None, 0)
    [item] = checklist(on(conn, TODAY + 10), TODAY + 10).items
    assert (item.step, item.due) == (1, TODAY + 11)
    [item] = checklist(on(conn, TODAY + 3), TODAY + 3).items
    assert (item.step, item.due) == (0, TODAY + 4)


def test_a_service_that_runs_is_not_begun_again(shop: Building) -> None:
    customer = regular(shop, "Ana")
    shop.event(customer, "complaint", TODAY - 1)
    conn = opened(shop, calls=CALLS, repair=REPAIR.replace("again_after_days = 40", "again_after_days = 0"))
    done(conn, customer)
    [item] = checklist(conn, TODAY).items
    assert (item.step, item.group) == (1, Due.THIS_WEEK)


def test_why_somebody_is_not_on_the_list_is_said(shop: Building) -> None:
    asked = {
        "wants": regular(shop, "Wants none", do_not_contact=1),
        "talked": regular(shop, "Talked to"),
        "buys": shop.customer("Buys"),
        "done": regular(shop, "Done with"),
    }
    shop.event(asked["talked"], "contact", TODAY - 2, action="out")
    shop.event(asked["buys"], on=TODAY - 1, amount=100)
    conn = opened(shop)
    actions.skip(conn, asked["done"], **NOW)
    look = Look(conn, TODAY)
    said = {name: why_not_listed(look, number) for name, number in asked.items()}
    assert "do not want" in said["wants"]
    assert "20 Nov 2026" in said["talked"] and "7 days" in said["talked"]
    assert "fits them now" in said["buys"]
    assert "left in peace" in said["done"]
