"""A business that lives on subscriptions: what is paid for them stands beside columns of zeros."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.store.building import Building

PAID = "Their subscriptions, running or ended last, come to"


@pytest.fixture(autouse=True)
def club(db: Path) -> Path:
    """Ana pays €29 a month, Rui paid €290 for a year that is over, Eva only bought."""
    shop = Building(db, definition='name = "Club"\n[active]\nsubscription = "any"\n')
    ana, rui, eva = (shop.customer(name) for name in ("Ana", "Rui", "Eva"))
    shop.event(ana, "subscription", "2026-11-05", amount=2_900, until="2026-12-04", product="Pro")
    shop.event(rui, "subscription", "2025-11-05", amount=29_000, until="2026-11-04", product="Year")
    shop.event(eva, "purchase", "2026-11-05", amount=500)
    return shop.close()


def test_segments_have_it_beside_their_revenue(run: Run) -> None:
    rows = {row["name"]: row for row in json.loads(run("segments", "list", "--format", "json").stdout)}
    paid = {name: (row["revenue"], row["by_subscription"]) for name, row in rows.items()}
    assert (paid["active"], paid["inactive"]) == (("0.00", "348.00"), ("0.00", "290.00"))
    assert paid["recent_buyer"] == ("5.00", "0.00")
    assert "By subscription, a year" in run("segments", "list").stdout


def test_a_list_of_nothing_but_zeros_says_it(run: Run) -> None:
    assert f"{PAID} €348.00 a year." in run("customers", "status:active").stdout
    assert PAID not in run("customers").stdout, "one of them has bought"
    assert PAID not in run("customers", "eva").stdout


def test_two_segments_side_by_side_have_it_each(run: Run) -> None:
    [row] = [line for line in run("segments", "compare", "active", "inactive").stdout.splitlines()
             if line.startswith("By subscription")]
    assert row.split() == ["By", "subscription", "€348.00", "€290.00"]
