"""Promise: a receipt for every status, and its flip day is true when the as-of day is moved there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from activetui.activity.status import Status
from activetui.ledger.days import FAR_FUTURE
from activetui.store import events
from activetui.store.facts import spans
from activetui.store.opening.file import open_store
from activetui.store.receipts import FullReceipt, receipt_of
from tests.store.building import TODAY
from tests.store.spans_of_lives import unfold

DEMO = Path(__file__).parents[2] / "demo.db"
OF_EACH = 12


@pytest.fixture(scope="module")
def demo() -> Iterator[sqlite3.Connection]:
    """The demo, only to be read."""
    conn = open_store(DEMO, today=TODAY, read_only=True)
    unfold(conn)
    yield conn
    conn.close()


def some(conn: sqlite3.Connection, status: Status) -> list[tuple[int, FullReceipt]]:
    """Receipts of the first customers who have the status today, or had it on some day."""
    rows = conn.execute(
        "SELECT customer_id, max(start, ?), start <= ? AND \"end\" > ? FROM span WHERE status = ? "
        "GROUP BY customer_id ORDER BY 3 DESC, customer_id LIMIT ?",
        (TODAY - 1200, TODAY, TODAY, int(status), OF_EACH),
    ).fetchall()
    return [(who, receipt_of(conn, who, TODAY if now else start)) for who, start, now in rows]


@pytest.mark.parametrize("status", list(Status), ids=[status.word for status in Status])
def test_every_status_has_a_receipt_that_says_why_and_until_when(
    demo: sqlite3.Connection, status: Status
) -> None:
    receipts = some(demo, status)
    assert receipts
    for _customer, receipt in receipts:
        assert receipt.status == status
        assert receipt.rule
        assert receipt.would_change
        assert receipt.definition == "Casa Verde"
        assert receipt.version >= 1
        if status in (Status.INACTIVE, Status.LOST, Status.UNKNOWN, Status.AT_RISK, Status.NEW):
            assert receipt.threshold
        if status in (Status.NEW, Status.ACTIVE, Status.AT_RISK, Status.REACTIVATED, Status.INACTIVE):
            assert receipt.since is not None
        if status in (Status.INACTIVE, Status.LOST):
            assert receipt.event_id is not None or receipt.ended_by_id is not None


@pytest.mark.parametrize("status", list(Status), ids=[status.word for status in Status])
def test_the_flip_comes_on_its_day_and_not_a_day_sooner(demo: sqlite3.Connection, status: Status) -> None:
    for customer, receipt in some(demo, status):
        if receipt.flips_on is None:
            assert spans.status_on(demo, customer, FAR_FUTURE - 1) == receipt.status
            continue
        day_before = receipt_of(demo, customer, receipt.flips_on - 1)
        that_day = receipt_of(demo, customer, receipt.flips_on)
        assert day_before.status == receipt.status
        assert that_day.status == receipt.next_status != receipt.status
        assert that_day.since == receipt.flips_on


def test_the_event_of_a_receipt_is_the_customers_own_and_not_later(demo: sqlite3.Connection) -> None:
    seen = 0
    for status in Status:
        for customer, receipt in some(demo, status):
            if receipt.event_id is None:
                continue
            event = events.event(demo, receipt.event_id)
            assert event.customer_id == customer
            assert event.day == receipt.event_day
            seen += 1
    assert seen > 50
