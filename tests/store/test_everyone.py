"""Statuses worked out while a large import is still being written are those that follow from the ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from activetui.ledger.records import EventRecord
from activetui.store.facts.refresh import refresh_all
from activetui.store.imports import applying
from tests.store.building import derived
from tests.store.ledgers import TODAY, bring, new_store, person, purchase, refund

PEOPLE = [person(("id", str(number)), name=f"Customer {number}") for number in range(12)]
BOUGHT: list[EventRecord] = [purchase(n, PEOPLE[n % 12], ago=(n * 37) % 900) for n in range(60)]
GIVEN_BACK = [refund("r1", 3, 100), refund("r2", 17, 1_000_000)]


@pytest.mark.parametrize("more", [[], GIVEN_BACK], ids=["purchases", "with refunds"])
def test_a_large_import_leaves_the_statuses_that_follow_from_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: list[EventRecord]
) -> None:
    monkeypatch.setattr(applying, "_MANY", 1)
    conn = new_store(tmp_path)
    bring(conn, [*BOUGHT, *more])
    stored = derived(conn)
    assert stored["life"]
    refresh_all(conn, TODAY)
    assert derived(conn) == stored
