"""Who stays on the checklist and with which step: coming back, consent, offers, playbooks that change."""

from __future__ import annotations

import pytest

from activetui.reactivation.checklist import actions
from activetui.reactivation.checklist.checklist import checklist, item_of
from activetui.reactivation.checklist.enrolling import enrol, playbook_named
from activetui.reactivation.checklist.not_listed import why_not_listed
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.playbooks.playbook import SHELF
from activetui.store import customers, saved_segments, tasks
from tests.reactivation.calling import (
    CALLS,
    NOW,
    add,
    done,
    names,
    on,
    only,
    opened,
    regular,
    undo,
)
from tests.store.building import MADE_AT, TODAY, Building


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
