"""Subscriptions that renew by themselves are no call to make; one that should have and did not is."""

from __future__ import annotations

from pathlib import Path

import pytest

from activetui.ledger.days import Day
from activetui.reactivation.alerts.inbox import inbox
from activetui.reactivation.checklist.checklist import items
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.playbooks.playbook import builtin_playbooks
from tests.store.building import TODAY, Building

CLUB = """
name = "Club"
[active]
subscription = "any"
grace_days = 7
"""


@pytest.fixture
def club(tmp_path: Path) -> Building:
    building = Building(tmp_path / "club.db", definition=CLUB)
    building.conn.execute("INSERT INTO source (id, name) VALUES (2, 'members')")
    return building


def member(club: Building, name: str, end: Day, times: int, days: int = 30, product: str = "Gym") -> int:
    """Somebody whose last period of so many ends so many days from today."""
    customer = club.customer(name)
    for place in reversed(range(times)):
        until = TODAY + end - place * days
        club.event(
            customer, "subscription", until - days + 1, until=until, amount=3_900, product=product,
            action="start" if place == times - 1 else "renewal", source_id=2,
        )
    return customer


def proposed(club: Building) -> dict[str, tuple[str, str]]:
    """Of everyone on the list the playbook, and why now."""
    found = items(club.ready(), TODAY)
    return {item.person.name: (item.playbook.key, item.why) for item in found}


def alerts(club: Building) -> list[str]:
    return sorted(alert.sentence for alert in inbox(club.ready(), TODAY).alerts)


def test_a_gym_sees_those_who_are_new_and_those_who_did_not_go_on(club: Building) -> None:
    for number in range(6):
        member(club, f"Member {number}", 4 * number + 5, times=6)
    member(club, "In the second month", 9, times=2)
    member(club, "Stayed away", -9, times=6)
    assert proposed(club) == {
        "In the second month": ("renewal", "subscription ends in 9 days"),
        "Stayed away": (
            "not_renewed", "subscription ended on 13 Nov, not renewed; inactive since 21 Nov",
        ),
    }
    assert alerts(club) == [
        "In the second month: Gym ends on 1 Dec and is not renewed",
        "Stayed away: Gym ended on 13 Nov and was not renewed",
    ]


def test_an_insurance_or_a_newsletter_by_the_year_is_called_about_every_year(club: Building) -> None:
    member(club, "Insured", 9, times=5, days=365, product="Policy")
    member(club, "Reader", 12, times=3, days=365, product="Letters")
    member(club, "Forgot", -9, times=2, days=365, product="Policy")
    member(club, "New reader", 25, times=9, product="Letters by the month")
    member(club, "Reader by the month", 12, times=9, product="Letters by the month")
    assert {name: key for name, (key, _why) in proposed(club).items()} == {
        "Insured": "renewal", "Reader": "renewal", "Forgot": "not_renewed",
    }


def test_software_by_the_month_shows_who_cancelled_and_whose_renewal_failed(club: Building) -> None:
    for number in range(10):
        member(club, f"User {number}", number, times=12, product="Pro")
    left = member(club, "Cancelled", 9, times=12, product="Pro")
    club.event(left, "subscription", TODAY - 3, action="cancel", until=TODAY + 9, product="Pro", source_id=2)
    card = member(club, "Card expired", -1, times=12, product="Pro")
    club.event(card, "subscription", TODAY, action="renewal", state="failed", product="Pro", source_id=2)
    assert proposed(club) == {
        "Cancelled": ("cancelled", "subscription cancelled on 19 Nov"),
        "Card expired": ("not_renewed", "subscription ended on 21 Nov, not renewed"),
    }
    assert alerts(club) == [
        "Cancelled: Pro – cancellation", "Card expired: the payment of Pro did not go through",
    ]


def test_both_are_service_for_which_nobody_is_held_out(club: Building) -> None:
    club.ready()
    plans = {plan.key: plan for plan in builtin_playbooks()}
    assert plans["renewal"].serves and plans["not_renewed"].serves
    assert "left in peace" in plans["renewal"].why
    assert {plan.key for plan in Look(club.conn, TODAY).plans} >= {"renewal", "not_renewed"}
