"""What a store lacks, so that nothing is said that it cannot know."""

from __future__ import annotations

from pathlib import Path

import pytest

from activetui.insights.lacking import What, lack_of
from activetui.ledger.days import from_iso
from tests.store.building import TODAY, Building

DEFINITION = """
name = "Thirty days"
[active]
any = [ { event = ["purchase", "visit"], within_days = 30 } ]
"""


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    return Building(tmp_path / "shop.db", definition=DEFINITION)


def test_an_empty_store_lacks_everything(shop: Building) -> None:
    lack = lack_of(shop.ready(), TODAY)
    assert lack is not None and lack.what is What.ANYTHING


def test_sales_of_nobody_are_told_with_their_money(shop: Building) -> None:
    for amount in (1_250, 800):
        shop.event(None, amount=amount)
    lack = lack_of(shop.ready(), TODAY)
    assert lack is not None and lack.what is What.CUSTOMERS
    assert lack.why.startswith("2 sales, €20.50 in all, name no customer")


def test_people_of_whom_nothing_is_known_that_counts_are_told_what_would(shop: Building) -> None:
    shop.event(shop.customer("Ana"), "newsletter", action="open")
    lack = lack_of(shop.ready(), TODAY)
    assert lack is not None and lack.what is What.DEEDS
    assert lack.why == "Nothing is known yet that makes a customer active: purchase or visit."


@pytest.mark.parametrize(("begins", "told"), [
    ("2026-11-22", "22 Dec 2026"), ("2026-10-24", "23 Nov 2026"), ("2026-10-23", None), ("2020-01-01", None),
])
def test_a_young_ledger_says_from_when_on_it_can_tell_who_has_gone(
    shop: Building, begins: str, told: str | None
) -> None:
    shop.event(shop.customer("Ana"), on=begins)
    lack = lack_of(shop.ready(), TODAY)
    if told is None:
        assert lack is None
    else:
        assert lack is not None and lack.what is What.PAST
        assert lack.why.endswith(f"looks 30 days back: who has stopped coming can be told from {told} on.")


def test_of_a_day_before_the_ledger_nothing_is_said(shop: Building) -> None:
    shop.event(shop.customer("Ana"), on="2026-06-01")
    lack = lack_of(shop.ready(), from_iso("2026-03-01"))
    assert lack is not None
    assert lack.why == "The ledger begins on 1 Jun 2026: of 1 Mar 2026 nothing can be said."
