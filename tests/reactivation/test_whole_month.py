"""Any season of work, as it lies in a store: what the results say of it is what a count by hand says."""

from __future__ import annotations

import random
from collections.abc import Hashable, Mapping
from pathlib import Path

import pytest

from activetui.ledger.days import Day, iso
from activetui.reactivation.results.result_types import By, Key, Result
from activetui.reactivation.results.results import results
from activetui.store.other_days.as_of import look_from
from tests.promises import by_hand
from tests.reactivation.work_done import begin
from tests.store.building import TODAY, Building

SEASON = 150
PLAYBOOKS = ("regular", "slipping", "slipping", "lost", "advocate", "renewal", "complaint")
OUTCOMES = ("", "reached", "no_answer", "wrong_contact", "coming_back", "sent", "thinking")
CUSTOMERS = 14


def season(path: Path, rng: random.Random) -> Building:
    """Customers who buy, give back, renew, review and are called, all by chance, much on the same days."""
    shop = Building(path)
    for number in range(CUSTOMERS):
        customer = shop.customer(f"Customer {number}")
        days = [TODAY - rng.randrange(SEASON) for _each in range(4)]
        deeds = [(_day(rng, days), _buy) for _each in range(rng.randrange(7))]
        deeds += [(_day(rng, days), _begin) for _each in range(rng.randrange(1, 4))]
        rng.shuffle(deeds)                  # what came into the ledger first is not what happened first
        for day, deed in deeds:
            deed(shop, rng, customer, day)
    return shop


def _day(rng: random.Random, known: list[Day]) -> Day:
    return rng.choice(known) if rng.random() < 0.4 else TODAY - rng.randrange(SEASON)


def _buy(shop: Building, rng: random.Random, customer: int, day: Day) -> None:
    kind = rng.choice(("purchase", "purchase", "purchase", "review", "subscription", "referral", "visit"))
    amount = rng.randrange(100, 9000) if kind == "purchase" else None
    given_back = rng.choice((0, 0, 0, amount // 2, amount)) if amount else 0
    shop.event(
        customer, kind, day, amount=amount, refunded=given_back,
        time=rng.choice(("", "09:00", "15:00")), rating=rng.randint(1, 5) if kind == "review" else None,
        action=rng.choice(("start", "renewal", "cancel")) if kind == "subscription" else "",
    )


def _begin(shop: Building, rng: random.Random, customer: int, day: Day) -> None:
    steps, when = [], day
    for _each in range(rng.randrange(4)):
        if when > TODAY:
            break
        steps.append((when, rng.choice(("phone", "email", "letter")), rng.choice(OUTCOMES)))
        when += rng.choice((0, 1, 7, 25))
    reason = rng.choice(("", "price", "moved"))
    number = begin(shop, customer, rng.choice(PLAYBOOKS), day, steps, reason=reason)
    for task, event in shop.conn.execute(
        "SELECT id, event_id FROM task WHERE enrolment_id = ?", (number,)
    ).fetchall():
        if rng.random() < 0.3:
            shop.conn.execute("UPDATE event SET time = '12:00' WHERE id = ?", (event,))
        elif rng.random() < 0.1:            # the contact was deleted from the ledger
            shop.conn.execute("UPDATE task SET event_id = NULL WHERE id = ?", (task,))


def said(rows: Mapping[Key, Result]) -> dict[Hashable, by_hand.Count]:
    """Rows of results as the hand counts them, by the part of their key that is there."""
    return {
        tuple(part for part in key if part is not None): by_hand.Count(
            row.begun, row.not_contacted, row.by_themselves, row.contacted, row.reached, row.won_back,
            row.too_early, row.share.n if row.share else 0, int(row.share.number) if row.share else 0,
            f"{row.revenue // 100}.{row.revenue % 100:02d}",
        )
        for key, row in rows.items()
    }


@pytest.mark.parametrize("seed", range(20))
def test_results_are_what_a_count_by_hand_says(tmp_path: Path, seed: int) -> None:
    rng = random.Random(f"season {seed}")
    shop = season(tmp_path / "shop.db", rng)
    shop.event(shop.customer("Walks in every day"), on=TODAY - 1, amount=100)    # sales are known to the end
    conn = shop.ready()
    for day in (TODAY, TODAY - rng.randrange(1, SEASON - 30)):
        look_from(conn, day)
        found = by_hand.cases(shop.path, day)
        by = {
            By.PLAYBOOK: by_hand.counted(found, lambda case: (case.playbook,)),
            By.REASON: by_hand.counted(found, lambda case: (case.reason,)),
            By.STEP: by_hand.counted_by_step(found, lambda case, step: (case.playbook, step.number)),
            By.CHANNEL: by_hand.counted_by_step(found, lambda _case, step: (step.channel,)),
        }
        for what, counts in by.items():
            rows = results(conn, day, by=what, natural=False).rows
            assert said({row.key: row for row in rows}) == counts, (what, iso(day))
