"""The playbooks that come with the program, whom they fit, and what is worth thinking over in one."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.reactivation.messages.message import SHELF as MESSAGES
from activetui.reactivation.playbooks.look import Look
from activetui.reactivation.playbooks.offers import offers
from activetui.reactivation.playbooks.playbook import SHELF, Playbook, builtin_playbooks
from activetui.reactivation.playbooks.playbook_fit import advice, fit, fit_words
from activetui.reactivation.playbooks.playbook_types import both
from activetui.reactivation.playbooks.playbook_words import playbook_lines
from activetui.reactivation.rules.rule_reading import NOTHING_OWN, known_to
from activetui.segments.asking import ask
from activetui.store.listing import people
from tests.store.building import TODAY, Building

PLANS = {plan.key: plan for plan in builtin_playbooks()}
DEFINITION = """
name = "Thirty days"
[active]
any = [ { event = "purchase", within_days = 30 }, { subscription = "any" } ]
[new]
days = 20
[reactivated]
days = 30
[at_risk]
any = [ { window_used = 0.6 }, { event = "complaint", within_days = 30, unless_resolved = true } ]
[lost]
days = 365
"""


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    """A shop whose ledger reaches back three years."""
    building = Building(tmp_path / "shop.db", definition=DEFINITION)
    building.event(building.customer("Oldest"), on="2023-11-01", amount=100)
    return building


def bought(shop: Building, customer: int, *days: str | Day, amount: int = 1000) -> int:
    for day in days:
        shop.event(customer, on=day, amount=amount)
    return customer


def first_that_fits(conn: sqlite3.Connection, customer: int) -> str:
    """The playbook of the lowest rank that fits a customer; empty for none."""
    for plan in builtin_playbooks():
        clause = ask(conn, both(plan.audience, f"id:{customer}"), TODAY).clause
        if people.count(conn, clause):
            return plan.key
    return ""


def test_there_is_a_playbook_for_every_way_of_coming_and_going(shop: Building) -> None:
    monthly = [f"2026-{month:02d}-10" for month in range(2, 8)]
    last = "2026-11-02"                                       # silent for 20 of 30 days: at risk
    who = {
        "regular": bought(shop, shop.customer(), *monthly),
        "one_time": bought(shop, shop.customer(), "2026-08-01"),
        "vip": bought(shop, shop.customer(tags=["vip"]), *monthly, last),
        "slipping": bought(shop, shop.customer(), "2026-10-20", last),
        "complaint": bought(shop, shop.customer(), *monthly),
        "renewal": shop.customer(),
        "not_renewed": shop.customer(),
        "cancelled": shop.customer(),
        "second_purchase": bought(shop, shop.customer(), TODAY - 12),
        "advocate": bought(shop, shop.customer(), *(TODAY - 100 + 24 * n for n in range(5))),
        "welcome_back": bought(shop, shop.customer(), "2026-03-01", TODAY - 3),
        "birthday": bought(shop, shop.customer(birthday=TODAY + 3 - 20 * 365 - 5), TODAY - 30, TODAY - 4),
        "anniversary": bought(
            shop, shop.customer(), "2024-11-25", *(TODAY - 30 * n for n in range(5)), "2024-12-20",
            *("2025-01-10", "2025-02-05", "2025-03-01", "2025-03-28"),
        ),
        "trade": bought(shop, shop.customer(company="Lua Lda"), *monthly),
        "lost": bought(shop, shop.customer(), *(f"2025-{month:02d}-03" for month in range(3, 9))),
    }
    shop.event(who["complaint"], "complaint", TODAY - 2)
    shop.event(who["renewal"], "subscription", TODAY - 20, action="start", until=TODAY + 9, product="box")
    for began in (TODAY - 96, TODAY - 66, TODAY - 36):
        shop.event(
            who["not_renewed"], "subscription", began, action="renewal", until=began + 29, product="box",
        )
    shop.event(who["cancelled"], "subscription", TODAY - 90, action="start", until=TODAY - 5, product="box")
    shop.event(who["cancelled"], "subscription", TODAY - 40, action="cancel", product="box")
    conn = shop.ready()
    assert {key: first_that_fits(conn, number) for key, number in who.items()} == {key: key for key in who}
    assert set(who) == set(PLANS)


def test_the_ranks_are_all_different() -> None:
    assert len({plan.rank for plan in PLANS.values()}) == len(PLANS)


@pytest.mark.parametrize("key", PLANS)
def test_each_has_a_reason_and_messages_that_exist(key: str) -> None:
    plan = PLANS[key]
    assert plan.why.endswith((".", "?"))
    assert {step.template for step in plan.steps if step.template} <= set(MESSAGES.texts())


@pytest.mark.parametrize("key", PLANS)
def test_each_can_be_said_in_words(key: str) -> None:
    said = "\n".join(playbook_lines(PLANS[key], NOTHING_OWN, 7))
    assert all(step.title in said for step in PLANS[key].steps)
    assert "None" not in said and "{" not in said


def test_whoever_complains_while_in_another_playbook_is_served_first() -> None:
    for plan in PLANS.values():
        assert plan.serves == (plan.key in ("complaint", "renewal", "not_renewed"))
        assert (PLANS["complaint"].audience in plan.stop_queries) == (plan.key != "complaint")


def test_after_a_complaint_the_offer_comes_last_and_only_once_it_is_settled() -> None:
    steps = PLANS["complaint"].steps
    assert [step.offer for step in steps] == [False] * (len(steps) - 1) + [True]
    assert steps[-1].after_days >= 30
    assert "-complaint:open" in steps[-1].only and "active:no" in steps[-1].only


def test_nobody_active_is_made_an_offer(shop: Building) -> None:
    for number in range(12):
        days = (TODAY - 40 * number - 25 * n for n in range(8))
        customer = bought(shop, shop.customer(consent=1), *days)
        if number % 2:
            shop.event(customer, "complaint", TODAY - 3)
    conn = shop.ready()
    found = offers(conn, TODAY)
    assert [offer.active for offer in found] == [0, 0, 0]
    assert sum(offer.inactive for offer in found)


def plan_of(conn: sqlite3.Connection, changes: str) -> Playbook:
    """A playbook of one step, with some lines changed or added."""
    lines = {
        "title": '"x"', "for": '"status:inactive"', "rank": "1",
    } | dict(line.split(" = ", 1) for line in changes.splitlines() if not line.startswith(">"))
    step = {"after_days": "0", "channel": '"phone"', "title": '"Call"'}
    step |= dict(line[1:].split(" = ", 1) for line in changes.splitlines() if line.startswith(">"))
    text = "\n".join(f"{key} = {value}" for key, value in lines.items()) + "\n[[steps]]\n"
    text += "\n".join(f"{key} = {value}" for key, value in step.items())
    return SHELF.read("x", text, known_to(conn))


def advised(conn: sqlite3.Connection, changes: str) -> list[str]:
    plan, look = plan_of(conn, changes), Look(conn, TODAY)
    return list(advice(look, plan, fit(look, plan)))


def test_how_many_a_playbook_fits_and_reaches(shop: Building) -> None:
    various: list[dict[str, Any]] = [{}, {"consent": 1}, {"consent": 0}, {"do_not_contact": 1, "consent": 1}]
    for columns in various:
        bought(shop, shop.customer(**columns), "2026-09-01")
    bought(shop, shop.customer(), TODAY - 1)
    conn = shop.ready()
    look = Look(conn, TODAY)
    assert fit(look, plan_of(conn, ""))[:2] == (4, 3)
    assert fit(look, plan_of(conn, ">marketing = true"))[:2] == (4, 1)
    assert fit_words(fit(look, plan_of(conn, ""))) == "It fits 4 customers now; 3 may be contacted."
    assert fit_words(fit(look, plan_of(conn, 'for = "tag:nobody"'))) == "It fits nobody now."


def test_a_playbook_in_order_needs_no_advice(shop: Building) -> None:
    bought(shop, shop.customer(), "2026-09-01")
    assert advised(shop.ready(), "") == []


def test_what_is_worth_thinking_over_is_said(shop: Building) -> None:
    one = bought(shop, shop.customer(consent=1, tags=["t"]), "2026-09-01", "2026-08-01")
    two = bought(shop, shop.customer(consent=1, tags=["t"]), TODAY - 3)
    bought(shop, shop.customer(consent=0, tags=["no"]), "2026-09-01")
    for customer in (one, two):
        shop.event(customer, "complaint", TODAY - 3)
    conn = shop.ready()
    offer = 'offer = "Cake"\n>offer = true\n>marketing = true'
    [alike] = advised(conn, f'for = "tag:t"\n{offer}')
    assert "makes the offer to 1 active customers and 1 others alike" in alike
    [early] = advised(conn, f'for = "complaint:open active:no"\n{offer}')
    assert "an offer 0 days after a complaint: repair first" in early
    assert advised(conn, f'for = "-complaint:open active:no tag:no"\n{offer}') == [
        "None of those whom it fits may be contacted: all want no contact or have not agreed to marketing, "
        "which every step needs."
    ]
    [unwritten] = advised(conn, 'for = "active:no tag:t"\n>offer = true\n>marketing = true')
    assert "an offer that is not written yet" in unwritten
    [unknown] = advised(conn, '>template = "no_such_message"')
    assert "“no_such_message”" in unknown
    [never] = advised(conn, 'rank = 500\nfor = "status:inactive purchases:1"')
    assert "“Bought once or twice, then silent” comes before it (rank 80)" in never


def test_success_counts_what_a_playbook_is_for() -> None:
    aims = {key: {goal.kind for goal in plan.goals} for key, plan in PLANS.items()}
    assert aims.pop("renewal") == aims.pop("not_renewed") == {Kind.SUBSCRIPTION}
    assert aims.pop("cancelled") == {Kind.SUBSCRIPTION, Kind.PURCHASE}
    assert aims.pop("advocate") == {Kind.REVIEW, Kind.REFERRAL}
    assert set(map(frozenset, aims.values())) == {frozenset({Kind.PURCHASE})}
