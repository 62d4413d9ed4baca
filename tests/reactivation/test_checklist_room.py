"""What comes first in the room of a day, what waits, and why somebody is not on the list."""

from __future__ import annotations

from activetui.reactivation.checklist import actions
from activetui.reactivation.checklist.checklist import Due, checklist
from activetui.reactivation.checklist.not_listed import why_not_listed
from activetui.reactivation.playbooks.look import Look
from activetui.store import settings
from tests.reactivation.calling import (
    CALLS,
    NOW,
    REPAIR,
    add,
    called,
    done,
    on,
    opened,
    regular,
    undo,
)
from tests.store.building import TODAY, Building


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
