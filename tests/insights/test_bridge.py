"""The bridge reconciles to the customer, on the demo and on random stores."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activetui.activity.status import ACTIVE_BASE
from activetui.insights.bridge import bridge, month_ends, month_start
from activetui.ledger.days import from_iso, iso
from activetui.store.facts import spans
from activetui.store.opening.file import open_store
from tests.store.building import TODAY, Building

DEMO = Path(__file__).parents[2] / "demo.db"


def test_every_month_of_the_demo_reconciles() -> None:
    conn = open_store(DEMO, today=TODAY, read_only=True)
    for last in month_ends(TODAY, 40):
        found = bridge(conn, month_start(last), last)
        assert found.start + found.new + found.reactivated - found.lapsed == found.end
    conn.close()


def test_months_end_on_their_last_day() -> None:
    ends = [iso(day) for day in month_ends(from_iso("2026-03-15"), 3)]
    assert ends == ["2025-12-31", "2026-01-31", "2026-02-28", "2026-03-15"]


LEDGERS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(-500, 0)), min_size=1, max_size=40
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LEDGERS, st.integers(-520, 5), st.integers(0, 90))
def test_random_stores_reconcile(
    tmp_path_factory: object, ledger: list[tuple[int, int]], first: int, length: int
) -> None:
    folder = tmp_path_factory.mktemp("shop")  # type: ignore[attr-defined]
    shop = Building(folder / "shop.db")
    numbers = [shop.customer(f"Customer {number}") for number in range(6)]
    for who, day in ledger:
        shop.event(numbers[who], on=TODAY + day, amount=100)
    conn = shop.ready()
    found = bridge(conn, TODAY + first, TODAY + first + length)
    assert found.start + found.new + found.reactivated - found.lapsed == found.end
    active = [
        number for number in numbers if spans.status_on(conn, number, found.last) in ACTIVE_BASE
    ]
    assert found.end == len(active)
    conn.close()
