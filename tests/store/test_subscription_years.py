"""What customers pay for subscriptions in a year, and that no payment is counted twice."""

from __future__ import annotations

import sqlite3
from itertools import pairwise
from pathlib import Path

import pytest

from activetui.ledger.days import from_iso
from activetui.store.listing import subscription_years
from activetui.store.listing.people import EVERYONE, Clause
from activetui.store.listing.subscription_years import Subscription, by_year, subscriptions
from activetui.store.other_days.as_of import look_from
from tests.store.building import TODAY, Building

MONTHS = ("2026-08-05", "2026-09-05", "2026-10-05", "2026-11-05", "2026-12-05")


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    return Building(tmp_path / "shop.db")


def monthly(shop: Building, name: str, amount: int | None = 2_900, product: str = "Pro") -> int:
    """Somebody who has paid for four months, the last of them running."""
    customer = shop.customer(name)
    for first, after in pairwise(MONTHS):
        charge(shop, customer, first, until=from_iso(after) - 1, amount=amount, product=product)
    return customer


def charge(shop: Building, customer: int, on: str, **columns: object) -> int:
    given = {"amount": 2_900, "product": "Pro", "action": "renewal"} | columns
    return shop.event(customer, "subscription", on, **given)


def paid(shop: Building, customer: int) -> list[tuple[int, int]]:
    """Length of the period and price of the year of what a customer pays for."""
    found = subscriptions(shop.ready(), [customer], TODAY).get(customer, ())
    return [(each.days, each.year) for each in found]


def test_a_month_makes_twelve_a_year_and_a_year_one(shop: Building) -> None:
    ana, rui = monthly(shop, "Ana"), shop.customer("Rui")
    charge(shop, rui, "2026-02-01", until="2027-01-31", amount=29_000, product="Pro yearly")
    found = subscriptions(shop.ready(), [ana, rui], TODAY)
    assert found[ana] == (
        Subscription("Pro", 2_900, 30, 34_800, from_iso("2026-12-04"), True, False, 2, 0, 34_800),
    )
    assert [(each.days, each.year) for each in found[rui]] == [(365, 29_000)]


def test_without_a_last_day_the_gap_between_charges_is_the_period(shop: Building) -> None:
    customer = shop.customer("Ana")
    for on in ("2026-05-22", "2026-08-22", "2026-11-22"):
        charge(shop, customer, on, amount=5_000)
    assert paid(shop, customer) == [(91, 20_000)]


def test_how_long_a_single_charge_lasts_without_an_end_is_not_known(shop: Building) -> None:
    customer = shop.customer("Ana")
    charge(shop, customer, "2026-09-01")
    assert paid(shop, customer) == []


def test_in_a_list_as_it_stands_the_shortest_period_of_the_price_is_that_of_all(shop: Building) -> None:
    old, new = shop.customer("Since spring"), shop.customer("Since this month")
    charge(shop, old, "2026-03-10", until="2026-12-09", action="start")
    charge(shop, new, "2026-11-10", until="2026-12-09", action="start")
    assert paid(shop, old) == paid(shop, new) == [(30, 34_800)]


def test_a_renewal_that_names_no_price_costs_what_the_one_before_did(shop: Building) -> None:
    customer = shop.customer("Ana")
    charge(shop, customer, "2026-10-05", until="2026-11-04")
    charge(shop, customer, "2026-11-05", until="2026-12-04", amount=None)
    assert paid(shop, customer) == [(30, 34_800)]


@pytest.mark.parametrize("columns", [
    {"state": "unpaid"}, {"amount": 0}, {"amount": 2_900, "currency": "USD"}, {"amount": None},
])
def test_what_nobody_pays_in_our_money_is_left_out(shop: Building, columns: dict[str, object]) -> None:
    monthly(shop, "Somebody who pays")
    customer = shop.customer("Ana")
    charge(shop, customer, "2026-11-05", until="2026-12-04", **columns)
    assert paid(shop, customer) == []


def test_of_who_has_none_that_runs_the_one_that_ended_last_is_told(shop: Building) -> None:
    customer = shop.customer("Ana")
    charge(shop, customer, "2025-01-01", until="2025-12-31", amount=10_000, product="Old")
    charge(shop, customer, "2026-07-01", until="2026-07-31")
    [found] = subscriptions(shop.ready(), [customer], TODAY)[customer]
    assert (found.product, found.runs, found.at_stake) == ("Pro", False, 34_800)


def test_a_cancelled_one_that_still_runs_is_at_stake_as_a_whole(shop: Building) -> None:
    for number in range(20):
        monthly(shop, f"Goes on {number}")
    customer = monthly(shop, "Leaves")
    shop.event(customer, "subscription", "2026-11-20", product="Pro", action="cancel", until="2026-12-04")
    found = subscriptions(shop.ready(), [1, customer], TODAY)
    assert found[1][0].at_stake == 0                # of 42 months that ended all were renewed
    assert (found[customer][0].runs, found[customer][0].cancelled) == (True, True)
    assert found[customer][0].at_stake == 34_800


def test_the_chance_is_the_share_of_periods_as_long_that_were_not_renewed(shop: Building) -> None:
    going = [monthly(shop, f"Goes on {number}") for number in range(10)]
    for number in range(6):
        left = shop.customer(f"Left {number}")
        charge(shop, left, "2026-07-01", until="2026-07-31")
        charge(shop, left, "2026-08-01", until="2026-08-31")
    yearly = shop.customer("Yearly")
    charge(shop, yearly, "2026-02-01", until="2027-01-31", amount=29_000, product="Pro yearly")
    found = subscriptions(shop.ready(), [going[0], yearly], TODAY)
    # ended a month before the last charge: two months of each of the ten and of the six who left
    assert (found[going[0]][0].ended, found[going[0]][0].lost) == (32, 6)
    assert found[going[0]][0].at_stake == round(34_800 * 6 / 32)
    assert not found[yearly][0].chance_is_known and found[yearly][0].at_stake == 29_000


@pytest.mark.parametrize(("on", "amount", "product"), [
    ("2026-10-06", 2_900, "Invoice"),
    ("2026-11-06", 3_567, "Invoice with tax"),
    ("2026-06-01", 9_900, "PRO"),
])
def test_what_was_imported_as_a_purchase_too_is_not_added(
    shop: Building, on: str, amount: int, product: str
) -> None:
    customer = monthly(shop, "Ana")
    monthly(shop, "Rui")
    shop.event(customer, "purchase", on, amount=amount, product=product)
    assert paid(shop, customer) == []


def test_other_purchases_of_a_member_are_no_payments(shop: Building) -> None:
    customer = monthly(shop, "Ana", product="Membership")
    shop.event(customer, "purchase", "2026-10-20", amount=3_500, product="Haircut")
    shop.event(customer, "purchase", "2026-11-05", amount=6_000, product="Colour")
    assert paid(shop, customer) == [(30, 34_800)]


def test_an_earlier_day_knows_only_what_had_been_charged(shop: Building) -> None:
    customer = monthly(shop, "Ana")
    charge(shop, customer, "2026-11-05", until="2027-11-04", amount=29_000, product="Pro yearly")
    day = from_iso("2026-10-20")
    conn = shop.ready()
    look_from(conn, day)
    [found] = subscriptions(conn, [customer], day)[customer]
    assert (found.product, found.year, found.last) == ("Pro", 34_800, from_iso("2026-11-04"))


def test_what_is_kept_beside_the_connection_follows_the_store(shop: Building) -> None:
    customer = monthly(shop, "Ana")
    conn = shop.ready()
    assert subscription_years.total(conn, EVERYONE, TODAY) == 34_800
    before = conn.total_changes
    assert subscription_years.dearest(conn, EVERYONE, TODAY, 5) == [customer]
    assert conn.total_changes == before
    conn.execute("UPDATE event SET amount = 3900")
    assert subscription_years.total(conn, EVERYONE, TODAY) == 12 * 3_900
    named = Clause("customer.id <> ?", (customer,))
    assert subscription_years.total(conn, named, TODAY) == 0


def test_a_ledger_without_subscriptions_has_no_such_table(shop: Building) -> None:
    shop.event(shop.customer("Ana"), "purchase", amount=500)
    conn: sqlite3.Connection = shop.ready()
    assert by_year(conn, TODAY) is None
    assert subscriptions(conn, [1], TODAY) == {}
