"""Alerts: what sets each rule of the program off, from when on, and until when it is told."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from activetui.ledger.days import Day
from activetui.reactivation.alerts.inbox import MOST_NAMED, Alert, inbox, trial
from activetui.reactivation.alerts.known import State
from activetui.reactivation.alerts.leavers import chance_of_so_many
from activetui.reactivation.alerts.reading import read_alert
from activetui.reactivation.alerts.shelf import SHELF
from activetui.reactivation.rules.rule_reading import NOTHING_OWN, RuleError
from activetui.segments.asking import ask
from activetui.store import rule_texts
from activetui.store.listing import people
from activetui.store.other_days.as_of import look_from
from tests.store.building import MADE_AT, TODAY, Building

DEFINITION = """
name = "Thirty days"
[active]
any = [ { event = "purchase", within_days = 30 }, { subscription = "any" } ]
[new]
days = 30
[reactivated]
days = 30
[at_risk]
any = [ { window_used = 0.8 } ]
[lost]
days = 365
"""


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    """A shop whose ledger reaches back three years, known since then."""
    building = Building(tmp_path / "shop.db", definition=DEFINITION)
    oldest = building.customer("Oldest", entered=TODAY - 1100)
    building.event(oldest, on=TODAY - 1100, amount=100, entered=TODAY - 1100)
    return building


def told(conn: sqlite3.Connection, day: Day = TODAY, rule: str = "") -> list[str]:
    """The alerts of a day by their names, as people would name them on the command line."""
    return [alert.id for alert in inbox(conn, day, rule=rule, most=None).alerts]


def only(conn: sqlite3.Connection, rule: str) -> Alert:
    [alert] = inbox(conn, TODAY, rule=rule).alerts
    return alert


def days_told(shop: Building, name: str, first: Day, last: Day) -> list[Day]:
    """The days, counted from today, on which an alert is there."""
    conn, found = shop.ready(), []
    for day in range(first, last + 1):
        look_from(conn, day)
        found += [day - TODAY] if name in told(conn, day, name.partition(":")[0]) else []
    return found


def regular(shop: Building, name: str, gap: int, last: Day, times: int = 8, **columns: object) -> int:
    """A customer who bought every `gap` days up to a day."""
    customer = shop.customer(name, **columns)
    for number in range(times):
        shop.event(customer, on=last - gap * number, amount=1000)
    return customer


def test_a_complaint_is_told_from_its_day_until_it_is_answered(shop: Building) -> None:
    ana = regular(shop, "Ana", 10, TODAY - 3)
    shop.event(ana, "complaint", TODAY - 9)
    shop.event(ana, "complaint_resolved", TODAY - 4)
    assert days_told(shop, f"complaint:{ana}", TODAY - 11, TODAY) == [-9, -8, -7, -6, -5]


def test_a_complaint_of_someone_inactive_is_not_one_of_someone_active(shop: Building) -> None:
    gone = regular(shop, "Gone", 10, TODAY - 100)
    shop.event(gone, "complaint", TODAY - 2)
    still = regular(shop, "Still", 10, TODAY - 25)
    shop.event(still, "complaint", TODAY - 2)
    assert told(shop.ready(), rule="complaint") == [f"complaint:{still}"]


def test_it_stays_told_though_the_customer_turned_inactive_meanwhile(shop: Building) -> None:
    ana = regular(shop, "Ana", 10, TODAY - 35)
    shop.event(ana, "complaint", TODAY - 10)
    alert = only(shop.ready(), "complaint")
    assert alert.stage is not None and alert.stage.word == "at_risk"
    assert alert.person is not None and alert.person.status.word == "inactive"


def test_a_bad_review_says_the_stars_and_leads_to_the_customer(shop: Building) -> None:
    ana = regular(shop, "Ana", 10, TODAY)
    shop.event(ana, "review", TODAY - 1, rating=2)
    shop.event(ana, "review", TODAY - 1, rating=3)
    conn = shop.ready()
    alert = only(conn, "bad_review")
    assert alert.sentence == "Ana gave 2 of 5 stars"
    assert alert.plan is not None and alert.plan.key == "complaint"
    assert alert.money == 8000
    [person] = people.page(conn, ask(conn, alert.query, TODAY).clause)
    assert person.id == ana


def test_every_bad_review_is_an_alert_of_its_own(shop: Building) -> None:
    ana = regular(shop, "Ana", 10, TODAY)
    for _review in range(2):
        shop.event(ana, "review", TODAY - 1, rating=1)
    assert len(told(shop.ready(), rule="bad_review")) == 2


def test_a_vip_slips_on_the_first_day_at_risk_and_again_when_inactive(shop: Building) -> None:
    vip = regular(shop, "Vera", 10, TODAY - 40, tags=["vip"])
    other = regular(shop, "Otto", 10, TODAY - 40)
    name = f"vip_slips:{vip}"
    conn = shop.ready()
    assert f"vip_slips:{other}" not in told(conn)
    alert = only(conn, "vip_slips")
    assert (alert.day, alert.sentence) == (
        TODAY - 9, "Vera (VIP): at risk, now inactive; last purchase 40 days ago"
    )
    assert days_told(shop, name, TODAY - 20, TODAY) == list(range(-16, 1))


def test_a_rule_may_ask_what_a_customer_was_before(shop: Building) -> None:
    ana = regular(shop, "Ana", 10, TODAY - 200)     # back since ten days, and inactive before
    shop.event(ana, on=TODAY - 10, amount=100)
    conn = shop.ready()
    for before, number in (("inactive", 1), ("lost", 0), ("active", 0)):
        text = f'title = "T"\ntone = "problem"\nstatus = "reactivated"\nfrom = "{before}"\n'
        assert trial(conn, read_alert("mine", text, "mine.toml", NOTHING_OWN), TODAY, 1)[0] == number


def test_a_slip_that_is_over_is_told_no_more(shop: Building) -> None:
    vip = regular(shop, "Vera", 10, TODAY - 40, tags=["vip"])
    shop.event(vip, on=TODAY, amount=1000)
    assert told(shop.ready(), rule="vip_slips") == []


def test_a_subscription_that_failed_and_one_that_was_cancelled(shop: Building) -> None:
    failed, left = shop.customer("Fay"), shop.customer("Cay")
    for customer in (failed, left):
        shop.event(customer, "subscription", TODAY - 60, action="start", product="Box", until=TODAY + 300)
    shop.event(failed, "subscription", TODAY - 3, action="renewal", product="Box", state="unpaid")
    shop.event(left, "subscription", TODAY - 2, action="cancel", product="Box")
    conn = shop.ready()
    assert only(conn, "payment_failed").sentence == "Fay: the payment of Box did not go through"
    assert only(conn, "subscription_cancelled").sentence == "Cay: Box – cancellation"


def test_a_renewal_is_told_fourteen_days_before_until_it_is_renewed(shop: Building) -> None:
    ana, bea = shop.customer("Ana"), shop.customer("Bea")
    for customer in (ana, bea):
        shop.event(customer, "subscription", TODAY - 350, action="start", product="Box", until=TODAY + 5)
    shop.event(bea, "subscription", TODAY - 3, action="renewal", product="Box", until=TODAY + 370)
    assert days_told(shop, f"renewal:{ana}", TODAY - 12, TODAY + 8) == list(range(-9, 6))
    look_from(shop.conn, TODAY)
    assert told(shop.conn, rule="renewal") == [f"renewal:{ana}"]
    behind = people.page(shop.conn, ask(shop.conn, "renewal<=14d", TODAY).clause)
    assert [person.id for person in behind] == [ana]


def test_the_subscription_that_ends_first_is_told_first(shop: Building) -> None:
    names = []
    for days in (9, 2, 13):
        customer = shop.customer(f"In {days}")
        shop.event(customer, "subscription", TODAY - 100, action="start", product="Box", until=TODAY + days)
        names.append((days, f"renewal:{customer}"))
    assert told(shop.ready(), rule="renewal") == [name for _days, name in sorted(names)]


def test_a_first_and_a_tenth_purchase_are_told_once_in_a_life(shop: Building) -> None:
    once = shop.customer("Once")
    shop.event(once, on=TODAY - 5, amount=100)
    ten = regular(shop, "Ten", 20, TODAY - 4, times=10)
    twelve = regular(shop, "Twelve", 2, TODAY - 1, times=12)
    regular(shop, "Long ago", 20, TODAY - 1, times=14)
    conn = shop.ready()
    assert told(conn, rule="first_purchase") == [f"first_purchase:{once}"]
    assert told(conn, rule="tenth_purchase") == [f"tenth_purchase:{ten}", f"tenth_purchase:{twelve}"]
    assert days_told(shop, f"tenth_purchase:{ten}", TODAY - 6, TODAY + 40) == list(range(-4, 27))


def test_an_unusual_gap_is_told_at_twice_the_own_rhythm(shop: Building) -> None:
    ana = regular(shop, "Ana", 12, TODAY - 25)
    regular(shop, "Few", 12, TODAY - 25, times=4)
    assert days_told(shop, f"unusual_gap:{ana}", TODAY - 5, TODAY) == [-1, 0]
    look_from(shop.conn, TODAY)
    assert only(shop.conn, "unusual_gap").sentence == (
        "Ana usually comes every 12 days and has been silent for 25 days"
    )


def test_opportunities_a_referral_a_praise_a_question_and_somebody_who_is_back(shop: Building) -> None:
    ana = regular(shop, "Ana", 10, TODAY)
    shop.event(ana, "referral", TODAY - 1)
    shop.event(ana, "review", TODAY - 1, rating=5)
    asks = shop.customer("Asks")
    shop.event(asks, "contact", TODAY - 1, action="in", channel="email")
    back = regular(shop, "Back", 10, TODAY - 200)
    shop.event(back, on=TODAY - 2, amount=500)
    gone = regular(shop, "Gone", 10, TODAY - 200)
    shop.event(gone, "contact", TODAY - 1, action="in")
    shop.event(gone, "contact", TODAY - 1, action="out")
    conn = shop.ready()
    for name in (f"referral:{ana}", f"good_review:{ana}", f"asked:{asks}", f"came_back:{back}",
                 f"returned_contact:{gone}"):
        assert told(conn, rule=name.partition(":")[0]) == [name]
    found = inbox(conn, TODAY)
    assert {alert.tone.sign for alert in found.alerts} == {"+"}
    assert only(conn, "came_back").sentence == "Back is back after having been inactive"


def test_a_refund_is_told_whether_it_stands_alone_or_in_the_order(shop: Building) -> None:
    alone, within = shop.customer("Alone"), shop.customer("Within")
    order = shop.event(alone, on=TODAY - 9, amount=2000, order_ref="A1", refunded=500)
    shop.event(alone, "refund", TODAY - 8, amount=500, order_ref="A1")
    shop.event(within, on=TODAY - 9, amount=2000, order_ref="A2")
    other = shop.event(within, on=TODAY - 7, amount=700, order_ref="A3", refunded=700, state="refunded")
    shop.conn.execute(
        "INSERT INTO batch (id, made_at, source_id, file_name, file_hash, system, assumptions, counts,"
        " first_event, last_event) VALUES (1, ?, 1, 'a.csv', '', '', '{}', '{}', ?, ?)",
        (MADE_AT, order, other),
    )
    shop.conn.execute(
        "INSERT INTO operation (made_at, what, batch_id, day) VALUES (?, 'import', 1, ?)", (MADE_AT, TODAY)
    )
    conn = shop.ready()
    assert [alert.sentence for alert in inbox(conn, TODAY, rule="refund").alerts] == [
        "Within got €7.00 back", "Alone got €5.00 back",
    ]


def test_no_file_for_a_month_is_told_once_per_source_that_used_to_bring_some(shop: Building) -> None:
    for number, (source, ago) in enumerate([(5, 90), (5, 40), (6, 60), (7, 80), (7, 10)], start=1):
        shop.conn.execute("INSERT OR IGNORE INTO source (id, name) VALUES (?, ?)", (source, f"till {source}"))
        shop.conn.execute(
            "INSERT INTO batch (id, made_at, source_id, file_name, file_hash, system, assumptions, counts)"
            " VALUES (?, ?, ?, 'a.csv', '', '', '{}', '{}')", (number, MADE_AT, source),
        )
        shop.conn.execute(
            "INSERT INTO operation (made_at, what, batch_id, day) VALUES (?, 'import', ?, ?)",
            (MADE_AT, number, TODAY - ago),
        )
    alert = only(shop.ready(), "no_import")
    assert alert.person is None and alert.id == "no_import"
    assert alert.day == TODAY - 9
    assert alert.sentence.startswith("till 5: the last file came on ")


def test_many_who_leave_after_one_product_are_told_of_and_chance_is_not(shop: Building) -> None:
    for number in range(40):
        bad = number < 14
        gone = shop.customer(f"Gone {number}")
        shop.event(gone, on=TODAY - 90, amount=100, product="Bread")
        shop.event(gone, on=TODAY - 45, amount=100, product="Bad wine" if bad else f"Thing {number % 9}")
    for number in range(60):
        stays = shop.customer(f"Stays {number}")
        product = "Bad wine" if number < 3 else f"Thing {number % 9}"
        shop.event(stays, on=TODAY - 45, amount=100, product=product)
        shop.event(stays, on=TODAY - 2, amount=100, product="Bread")
    conn = shop.ready()
    alert = only(conn, "leavers_of_product")
    assert alert.sentence == (
        "Bad wine: 14 of 40 who left in the last 30 days bought it last (35%);"
        " of those who came again 5% did"
    )
    found = people.page(conn, ask(conn, alert.query, TODAY).clause)
    assert {person.name for person in found} == {f"Gone {number}" for number in range(14)}


def test_what_those_who_came_again_bought_as_often_drove_nobody_away(shop: Building) -> None:
    for number in range(60):
        for who, bread in ((f"Gone {number}", 90), (f"Stays {number}", 2)):
            customer = shop.customer(who)
            shop.event(customer, on=TODAY - bread, amount=100, product="Bread")
            product = "Wine" if number % 5 < 2 else f"Thing {number % 9}"
            shop.event(customer, on=TODAY - 45, amount=100, product=product)
    assert told(shop.ready(), rule="leavers_of_product") == []


def test_the_chance_is_that_of_the_lady_tasting_tea() -> None:
    """R. A. Fisher, The Design of Experiments, 1935: 4 cups of 4 by chance in 1 of 70 cases, 3 in 17."""
    assert chance_of_so_many(4, 4, 0, 4) == pytest.approx(1 / 70)
    assert chance_of_so_many(3, 4, 1, 4) == pytest.approx(17 / 70)
    assert chance_of_so_many(0, 4, 4, 4) == pytest.approx(1)


def test_a_late_file_is_told_of_in_full_though_its_days_have_passed(shop: Building) -> None:
    """Spans count from the end of the file before: what began after it could not be known."""
    regular(shop, "Vera", 10, TODAY - 70, tags=["vip"])
    batches = [(1, TODAY - 60, TODAY - 61), (2, TODAY - 1, TODAY - 2)]
    for number, made, last in batches:
        shop.conn.execute(
            "INSERT INTO batch (id, made_at, source_id, file_name, file_hash, system, assumptions, counts,"
            " last_day) VALUES (?, ?, 1, 'a.csv', '', '', '{}', '{}', ?)", (number, MADE_AT, last),
        )
        shop.conn.execute(
            "INSERT INTO operation (made_at, what, batch_id, day) VALUES (?, 'import', ?, ?)",
            (MADE_AT, number, made),
        )
    conn = shop.ready()
    alert = only(conn, "vip_slips")
    assert alert.day == TODAY - 39
    shop.conn.execute("DELETE FROM operation WHERE batch_id = 2")
    shop.conn.execute("DELETE FROM batch WHERE id = 2")
    shop.conn.commit()
    assert told(conn, rule="vip_slips") == []


def test_who_does_not_want_to_be_contacted_is_told_of_without_a_plan(shop: Building) -> None:
    ana = regular(shop, "Ana", 10, TODAY, do_not_contact=1)
    shop.event(ana, "review", TODAY - 1, rating=1)
    assert only(shop.ready(), "bad_review").plan is None


def test_an_alert_is_the_same_whatever_happens_after_its_day(shop: Building) -> None:
    ana = regular(shop, "Ana", 12, TODAY - 40)
    shop.event(ana, on=TODAY - 1, amount=100)
    conn = shop.ready()
    look_from(conn, TODAY - 10)
    assert told(conn, TODAY - 10, "unusual_gap") == [f"unusual_gap:{ana}"]


def test_a_rule_that_cannot_be_read_is_passed_over_and_the_others_go_on(shop: Building) -> None:
    ana = regular(shop, "Ana", 10, TODAY)
    shop.event(ana, "referral", TODAY - 1)
    conn = shop.ready()
    text = 'title = "Old"\ntone = "problem"\n[each]\nevent = "gone"\n'
    rule_texts.save_text(conn, rule_texts.Sort.ALERT, "bad_review", text, what="x", made_at=MADE_AT)
    found = inbox(conn, TODAY)
    assert [alert.id for alert in found.alerts] == [f"referral:{ana}"]
    assert found.faults == ('bad_review.toml:4:9: "gone" is no kind of event; known are '
                            + found.faults[0].partition("known are ")[2],)


def test_a_file_with_a_mistake_changes_nothing(shop: Building) -> None:
    conn = shop.ready()
    before = SHELF.rules(conn)
    with pytest.raises(RuleError):
        SHELF.use(conn, "mine", 'title = "x"', what="x", made_at=MADE_AT)
    assert SHELF.rules(conn) == before


def test_a_rule_switched_off_tells_nothing_and_an_own_one_does(shop: Building) -> None:
    ana = regular(shop, "Ana", 10, TODAY)
    shop.event(ana, "referral", TODAY - 1)
    conn = shop.ready()
    SHELF.switch(conn, "referral", False, what="x", made_at=MADE_AT)
    assert told(conn) == []
    text = SHELF.texts()["referral"].replace('title = "Referral"', 'title = "Mine"')
    SHELF.use(conn, "mine", text, what="x", made_at=MADE_AT)
    assert told(conn) == [f"mine:{ana}"]
    SHELF.switch(conn, "referral", True, what="x", made_at=MADE_AT)
    assert told(conn) == [f"mine:{ana}", f"referral:{ana}"]


def test_trying_a_rule_needs_nothing_kept(shop: Building) -> None:
    ana = regular(shop, "Ana", 10, TODAY)
    shop.event(ana, "visit", TODAY - 1)
    text = 'title = "Came by"\ntone = "opportunity"\nsays = "{name}: {what}"\n[each]\nevent = "visit"\n'
    rule = read_alert("mine", text, "mine.toml", NOTHING_OWN)
    number, [alert] = trial(shop.ready(), rule, TODAY, 3)
    assert (number, alert.sentence, alert.state) == (1, "Ana: visit", State.NEW)


def test_the_lists_count_all_and_name_as_many_as_asked_for(shop: Building) -> None:
    for number in range(7):
        shop.event(shop.customer(f"C{number}"), "referral", TODAY - number)
    found = inbox(shop.ready(), TODAY, most=3)
    assert [alert.person.name for alert in found.alerts if alert.person] == ["C0", "C1", "C2"]
    [group] = found.groups
    assert (group.open, group.listed, group.counts[State.NEW], group.newest) == (7, 7, 7, TODAY)
    assert people.count(shop.conn, ask(shop.conn, group.query, TODAY).clause) == 7


def test_the_door_of_very_many_still_opens(shop: Building) -> None:
    for number in range(MOST_NAMED + 5):
        shop.event(shop.customer(f"C{number}"), "referral", TODAY - number % 20)
    [group] = inbox(shop.ready(), TODAY, most=1).groups
    assert group.open == len(group.customers) == MOST_NAMED + 5
    assert people.count(shop.conn, ask(shop.conn, group.query, TODAY).clause) == MOST_NAMED


def test_an_empty_store_has_no_alerts(tmp_path: Path) -> None:
    found = inbox(Building(tmp_path / "shop.db").ready(), TODAY)
    assert (found.alerts, found.groups, found.faults) == ((), (), ())


def test_all_rules_of_the_program_can_be_asked_of_any_store(shop: Building) -> None:
    found = inbox(shop.ready(), TODAY)
    assert not found.faults
    assert len(SHELF.built_in()) >= 13
