"""Who is left in peace: just contacted, held out, asked lately; and whom a complaint serves all the same."""

from __future__ import annotations

import sqlite3

from activetui.reactivation.checklist import actions
from activetui.reactivation.checklist.checklist import Due, checklist, item_of
from activetui.reactivation.checklist.enrolling import enrol, playbook_named
from activetui.reactivation.checklist.not_listed import why_not_listed
from activetui.reactivation.playbooks.look import Look
from activetui.store import settings, tasks
from activetui.store.changes.operations import operation
from activetui.store.progress import Steps
from activetui.store.rounds import Side, add_members, add_round
from tests.reactivation.calling import (
    CALLS,
    NOW,
    add,
    called,
    done,
    names,
    on,
    opened,
    regular,
    undo,
)
from tests.store.building import MADE_AT, TODAY, Building


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
