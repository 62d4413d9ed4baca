"""What is at stake with customers who pay for a subscription."""

from __future__ import annotations

from pathlib import Path

import pytest

from activetui.activity.past.natural_return import Silences
from activetui.ledger.days import from_iso
from activetui.reactivation.alerts.inbox import inbox
from activetui.reactivation.checklist.why import why_now
from activetui.reactivation.ranking import stakes as ranking
from activetui.reactivation.ranking.natural import Chances
from activetui.reactivation.ranking.stakes import Stake, at_stake, dearest, with_stakes
from activetui.reactivation.results.result_types import By, Key
from activetui.reactivation.results.results import results
from activetui.store.listing import list_indexes, people
from activetui.store.listing.circumstances import circumstances
from activetui.store.listing.people import EVERYONE
from tests.reactivation.work_done import begin
from tests.store.building import TODAY, Building

NOTHING_KNOWN = Chances(90, None, ())
HALF = Chances(90, TODAY, ((Silences((40,) * 200, (20,) * 200)),) * 4)
SERVICE = """
name = "Service"
[active]
subscription = "any"
grace_days = 7
"""


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    return Building(tmp_path / "shop.db", definition=SERVICE)


def subscriber(shop: Building, name: str, amount: int = 2_900, until: str = "2026-12-04") -> int:
    """Somebody who has paid for one month."""
    customer, first = shop.customer(name), from_iso(until) - 29
    shop.event(customer, "subscription", first, amount=amount, until=until, action="start", product="Pro")
    return customer


def stake_of(shop: Building, customer: int, chances: Chances = NOTHING_KNOWN) -> Stake:
    conn = shop.ready()
    [(_person, found)] = with_stakes(conn, people.by_ids(conn, [customer]), chances, TODAY)
    return found


def test_the_running_amount_of_a_year_is_at_stake_and_said(shop: Building) -> None:
    found = stake_of(shop, subscriber(shop, "Ana"))
    assert (found.usual_year, found.by_subscription, found.at_stake) == (34_800, 34_800, 34_800)
    assert found.sentence == (
        "Pays €29.00 a month by subscription, €348.00 a year; how many do not renew is not known, "
        "so all of it is at stake."
    )
    assert found.formula == "€348.00"


def test_of_a_subscription_that_is_over_it_is_said_until_when_it_was_paid(shop: Building) -> None:
    found = stake_of(shop, subscriber(shop, "Ana", until="2026-10-31"))
    assert found.sentence == (
        "Paid €29.00 a month by subscription until 31 Oct 2026, €348.00 a year; it is over, "
        "so all of it is at stake."
    )


def test_with_enough_of_the_past_the_share_that_was_not_renewed_is_the_chance(shop: Building) -> None:
    for number in range(30):
        subscriber(shop, f"Left {number}", until="2026-08-31")
    found = stake_of(shop, subscriber(shop, "Ana"))
    assert found.at_stake == 34_800
    assert found.sentence == (
        "Pays €29.00 a month by subscription, €348.00 a year; of 30 such periods that ended, 30 were not "
        "renewed within 30 days: €348.00 a year at stake."
    )
    assert found.formula == "€348.00 × 100% = €348.00"


def test_a_member_who_also_buys_has_both_at_stake(shop: Building) -> None:
    customer = subscriber(shop, "Ana")
    for on in ("2026-09-01", "2026-10-23"):
        shop.event(customer, "purchase", on, amount=6_000, product="Colour")
    found = stake_of(shop, customer, HALF)
    assert (found.usual_year, found.bought, found.at_stake) == (46_800, 12_000, 6_000 + 34_800)
    assert found.sentence.startswith("Usually spends €120.00 a year. After 2 to 3 purchases and 30 days")
    assert found.sentence.endswith("Together €408.00 a year at stake.")
    assert found.formula == "€468.00 × 87% = €408.00"


def test_two_of_one_price_are_said_once(shop: Building) -> None:
    from activetui.reactivation.ranking.subscription_words import pays_words

    customer = subscriber(shop, "Ana")
    shop.event(customer, "subscription", "2026-11-05", amount=2_900, until="2026-12-04", product="Second")
    found = stake_of(shop, customer)
    assert pays_words(found.subscriptions, "EUR") == "Pays 2 × €29.00 a month by subscription"
    assert found.at_stake == 2 * 34_800


def test_all_together_are_those_one_by_one_and_the_dearest_come_first(
    shop: Building, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 9):
        subscriber(shop, f"Pays {number}", amount=100 * number)
    for number in range(1, 12):
        buyer = shop.customer(f"Buys {number}")
        shop.event(buyer, "purchase", "2026-10-23", amount=700 * number)
    conn = shop.ready()
    list_indexes.make(conn, list_indexes.NAMES["spend"])
    monkeypatch.setattr(ranking, "_MORE", 0)
    monkeypatch.setattr(ranking, "_LEAST", 3)       # as of a million: only so many spenders are looked at
    alone = with_stakes(conn, people.page(conn, EVERYONE, limit=-1), HALF, TODAY)
    alone.sort(key=lambda each: (-each[1].at_stake, each[0].id))
    for most in (1, 4, 9, 30):
        assert dearest(conn, EVERYONE, TODAY, most, HALF) == alone[:most]
    total = at_stake(conn, EVERYONE, TODAY, HALF)
    assert total == (
        19, sum(each.usual_year for _person, each in alone), sum(each.at_stake for _person, each in alone),
        sum(each.by_subscription for _person, each in alone),
    )
    assert total.by_subscription == 12 * 100 * 36


def test_why_now_does_not_say_of_a_subscriber_that_they_have_not_bought(shop: Building) -> None:
    runs, endless = shop.customer("Ana"), shop.customer("Rui")
    shop.event(runs, "subscription", "2026-11-21", amount=29_000, until="2027-11-20", product="Pro")
    shop.event(endless, "subscription", "2026-01-01", action="start", product="Bread")
    late, gone = subscriber(shop, "Late", until="2026-11-20"), subscriber(shop, "Gone", until="2026-05-01")
    conn = shop.ready()
    around = circumstances(conn, [runs, endless, late, gone], TODAY)
    said = {each.id: why_now(each, TODAY, around[each.id]) for each in people.page(conn)}
    assert said == {
        runs: "subscription runs until 20 Nov 2027", endless: "has a subscription",
        late: "active since 22 Oct", gone: "inactive since 9 May",
    }


def test_a_subscription_taken_again_is_revenue_won_back_and_once(shop: Building) -> None:
    back, invoiced = (subscriber(shop, name, until="2026-03-31") for name in ("Back", "Back, with invoices"))
    for customer in (back, invoiced):
        shop.event(customer, "subscription", "2026-05-10", amount=2_900, until="2026-06-09", action="start")
        shop.event(customer, "subscription", "2026-06-10", amount=2_900, until="2026-07-09", action="renewal")
        begin(shop, customer, "cancelled", "2026-05-01", [("2026-05-02", "phone", "reached")])
    for on in ("2026-05-10", "2026-06-11"):
        shop.event(invoiced, "purchase", on, amount=3_567, product="Invoice")
    [row] = [row for row in results(shop.ready(), TODAY, by=By.PLAYBOOK).rows if row.key == Key("cancelled")]
    assert (row.won_back, row.revenue) == (2, 2 * 2_900 + 2 * 3_567)


def test_an_alert_says_what_is_paid_in_a_year_with_subscriptions(shop: Building) -> None:
    customer = subscriber(shop, "Ana", until="2026-11-30")
    shop.event(customer, "purchase", "2026-10-20", amount=1_000, product="Set-up")
    conn = shop.ready()
    [alert] = inbox(conn, TODAY, rule="renewal").alerts
    assert (alert.money, alert.subscribed) == (1_000 + 34_800, 34_800)
