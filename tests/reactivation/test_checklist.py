"""The checklist: who is on it, in which order, and what the owner's deeds do to it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from activetui.ledger.days import from_iso
from activetui.ledger.errors import OwnerError, UsageError
from activetui.reactivation.checklist import actions
from activetui.reactivation.checklist.checklist import Due, calls, checklist, item_of, items
from activetui.reactivation.checklist.outcome import known_outcome, known_reason
from activetui.reactivation.playbooks.playbook import builtin_playbooks
from activetui.segments.query import parse
from activetui.store import events, settings, tasks
from activetui.store.changes.taking_back import undo_last
from activetui.store.other_days.as_of import look_from
from tests.reactivation.calling import DEFINITION, regular
from tests.store.building import MADE_AT, TODAY, Building, everything


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    """A shop whose ledger reaches back three years."""
    building = Building(tmp_path / "shop.db", definition=DEFINITION)
    old = building.customer("Oldest", do_not_contact=1)
    building.event(old, on="2023-11-01", amount=100)
    building.event(old, on="2026-11-21", amount=100)
    return building


def names(conn: sqlite3.Connection) -> list[str]:
    return [item.person.name for item in items(conn, TODAY)]


def test_every_playbook_has_an_audience_that_can_be_read_and_a_first_step_at_once() -> None:
    for plan in builtin_playbooks():
        assert parse(plan.audience).parts
        assert plan.steps[0].after_days == 0
        assert [step.after_days for step in plan.steps] == sorted({step.after_days for step in plan.steps})


def test_dearest_first(shop: Building) -> None:
    regular(shop, "Small", 1000)
    regular(shop, "Large", 9000)
    assert names(shop.ready()) == ["Large", "Small"]


def test_the_day_holds_no_more_calls_than_the_owner_can_make(shop: Building) -> None:
    for number in range(9):
        regular(shop, f"Regular {number}", 1000 + number)
    conn = shop.ready()
    assert [item.person.name for item in calls(conn, TODAY)] == [f"Regular {n}" for n in (8, 7, 6, 5, 4)]
    settings.put(conn, "calls_a_day", "2")
    assert len(calls(conn, TODAY)) == 2


def test_who_must_not_be_contacted_never_appears(shop: Building) -> None:
    regular(shop, "Leave me", 5000, do_not_contact=1)
    customer = regular(shop, "Later not", 4000)
    conn = shop.ready()
    assert names(conn) == ["Later not"]
    actions.snooze(conn, customer, days=3, day=TODAY, today=TODAY, made_at=MADE_AT)
    conn.execute("UPDATE customer SET do_not_contact = 1 WHERE id = ?", (customer,))
    assert names(conn) == []


def test_advertising_needs_consent_a_service_call_does_not(shop: Building) -> None:
    once = {"consent": 1}
    agreed, silent = shop.customer("Agreed", **once), shop.customer("Did not say")
    for customer in (agreed, silent):
        shop.event(customer, on="2026-08-10", amount=500)
    regular(shop, "Regular who did not say", 1000)
    conn = shop.ready()
    assert set(names(conn)) == {"Agreed", "Regular who did not say"}
    unsaid = next(item for item in items(conn, TODAY) if item.person.name.startswith("Regular"))
    assert not unsaid.doing.marketing
    actions.done(conn, unsaid.person.id, day=TODAY, today=TODAY, made_at=MADE_AT)
    assert tasks.open_enrolment_of(conn, unsaid.person.id) is None      # what follows would be offers


def test_an_offer_is_not_made_once_consent_is_withdrawn(shop: Building) -> None:
    customer = regular(shop, "Regular", 1000, consent=1)
    conn = shop.ready()
    actions.done(conn, customer, day=TODAY, today=TODAY, made_at=MADE_AT)
    assert item_of(conn, customer, TODAY) is not None
    conn.execute("UPDATE customer SET consent = 0 WHERE id = ?", (customer,))
    assert item_of(conn, customer, TODAY) is None


def test_a_complaint_is_repaired_before_anything_is_sold(shop: Building) -> None:
    customer = shop.customer("Cross")
    for day in ("2026-09-20", "2026-10-05", "2026-10-27"):
        shop.event(customer, on=day, amount=2000)
    shop.event(customer, "complaint", "2026-11-20")
    [item] = [each for each in items(shop.ready(), TODAY) if each.person.id == customer]
    assert item.playbook.key == "complaint"
    assert [step.marketing for step in item.playbook.steps] == [False, False, False, True]


def test_done_logs_the_contact_and_gives_the_next_step(shop: Building) -> None:
    customer = regular(shop, "Regular", 1000, consent=1)
    conn = shop.ready()
    did = actions.done(
        conn, customer, day=TODAY, today=TODAY, made_at=MADE_AT, outcome="reached", reason="price"
    )
    assert did.item.task is None
    [contact] = events.events_of(conn, customer, kinds=[7])
    assert (contact.day, contact.action, contact.channel) == (TODAY, "out", "phone")
    done, following = tasks.tasks_of(conn, customer)
    assert (done.state, done.closed, done.outcome) == ("done", TODAY, "reached")
    assert (following.state, following.due) == ("open", TODAY + 7)
    enrolment = tasks.open_enrolment_of(conn, customer)
    assert enrolment is not None and enrolment.reason == "price"
    again = item_of(conn, customer, TODAY)
    assert again is not None and (again.step, again.group) == (1, Due.THIS_WEEK)


def test_after_the_last_step_the_customer_rests(shop: Building) -> None:
    customer = regular(shop, "Regular", 1000, consent=1)
    conn = shop.ready()
    for day in (TODAY, TODAY + 7, TODAY + 30):
        look_from(conn, day)
        actions.done(conn, customer, day=day, today=day, made_at=MADE_AT)
    assert tasks.open_enrolment_of(conn, customer) is None
    look_from(conn, TODAY + 40)
    assert item_of(conn, customer, TODAY + 40) is None


def test_whoever_is_not_interested_is_left_in_peace(shop: Building) -> None:
    customer = regular(shop, "Regular", 1000)
    conn = shop.ready()
    actions.done(conn, customer, day=TODAY, today=TODAY, made_at=MADE_AT, outcome="not_interested")
    assert tasks.open_enrolment_of(conn, customer) is None
    assert names(conn) == []


def test_an_outcome_can_be_told_later(shop: Building) -> None:
    customer = regular(shop, "Regular", 1000, consent=1)
    conn = shop.ready()
    with pytest.raises(OwnerError):
        actions.outcome(conn, customer, day=TODAY, today=TODAY, made_at=MADE_AT, outcome="reached")
    actions.done(conn, customer, day=TODAY, today=TODAY, made_at=MADE_AT)
    actions.outcome(
        conn, customer, day=TODAY, today=TODAY, made_at=MADE_AT, outcome="not_interested", reason="moved"
    )
    done, following = tasks.tasks_of(conn, customer)
    assert (done.outcome, following.state) == ("not_interested", "skipped")


def test_snoozed_comes_back_on_its_day(shop: Building) -> None:
    customer = regular(shop, "Regular", 1000)
    conn = shop.ready()
    actions.snooze(conn, customer, days=10, day=TODAY, today=TODAY, made_at=MADE_AT)
    assert calls(conn, TODAY) == []
    look_from(conn, TODAY + 10)
    assert [item.person.id for item in calls(conn, TODAY + 10)] == [customer]
    with pytest.raises(OwnerError):
        actions.snooze(conn, customer, days=0, day=TODAY + 10, today=TODAY + 10, made_at=MADE_AT)


def test_who_came_back_is_off_the_list(shop: Building) -> None:
    customer = regular(shop, "Regular", 1000, consent=1)
    conn = shop.ready()
    actions.done(conn, customer, day=TODAY, today=TODAY, made_at=MADE_AT)
    shop.event(customer, on=TODAY + 2, amount=900)
    shop.ready()
    look_from(conn, TODAY + 7)
    assert item_of(conn, customer, TODAY + 7) is None


def test_nobody_gets_two_playbooks_at_once(shop: Building) -> None:
    customer = regular(shop, "Regular", 1000)
    shop.event(customer, "complaint", "2026-11-20")
    conn = shop.ready()
    assert [item.playbook.key for item in items(conn, TODAY)] == ["complaint"]
    actions.snooze(conn, customer, days=2, day=TODAY, today=TODAY, made_at=MADE_AT)
    assert [item.playbook.key for item in items(conn, TODAY)] == ["complaint"]


@pytest.mark.parametrize("deed", ["done", "snooze", "skip"])
def test_every_deed_can_be_undone(shop: Building, deed: str) -> None:
    customer = regular(shop, "Regular", 1000)
    conn = shop.ready()
    log = ("operation", "before_image", "kept_figure")
    before = {name: rows for name, rows in everything(conn).items() if name not in log}
    if deed == "done":
        actions.done(conn, customer, day=TODAY, today=TODAY, made_at=MADE_AT, outcome="reached")
    elif deed == "snooze":
        actions.snooze(conn, customer, days=4, day=TODAY, today=TODAY, made_at=MADE_AT)
    else:
        actions.skip(conn, customer, day=TODAY, today=TODAY, made_at=MADE_AT, reason="moved")
    assert {n: r for n, r in everything(conn).items() if n not in log} != before
    assert undo_last(conn, today=TODAY, made_at=MADE_AT)
    assert {n: r for n, r in everything(conn).items() if n not in log} == before


def test_only_who_is_on_the_list_can_be_acted_upon(shop: Building) -> None:
    conn = shop.ready()
    with pytest.raises(OwnerError):
        actions.skip(conn, 1, day=TODAY, today=TODAY, made_at=MADE_AT)


def test_words_are_read_leniently_or_refused_with_the_choice() -> None:
    assert known_outcome("No answer") == "no_answer"
    assert known_reason("lost-interest") == "lost_interest"
    with pytest.raises(UsageError) as refused:
        known_reason("weather")
    assert "competitor" in refused.value.hint


def test_why_is_said_in_the_customers_own_figures(shop: Building) -> None:
    customer = shop.customer("Slipping")
    for day in ("2026-08-31", "2026-09-14", "2026-09-28", "2026-10-12", "2026-10-26"):
        shop.event(customer, on=day, amount=500)
    regular(shop, "Gone", 100)
    why = {item.person.name: item.why for item in items(shop.ready(), from_iso("2026-11-22"))}
    assert why["Slipping"] == "every 14 days; silent for 27 days; lapses in 4 days"
    assert why["Gone"] == "inactive since 10 Sept; bought 6 times"


def test_a_list_that_leaves_some_out_says_so(shop: Building) -> None:
    for number in range(4):
        regular(shop, f"Regular {number}", 1000 + number)
    conn = shop.ready()
    assert not checklist(conn, TODAY).is_cut
    cut = checklist(conn, TODAY, most=3)
    assert cut.is_cut
    assert [item.person.name for item in cut.items] == ["Regular 3", "Regular 2", "Regular 1"]
