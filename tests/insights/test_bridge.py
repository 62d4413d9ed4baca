"""The bridge reconciles to the customer, on the demo and on random stores."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activetui.activity.status import ACTIVE_BASE
from activetui.insights.bridge import Bridge, bridge, month_ends
from activetui.ledger.days import from_iso, iso, month_start
from activetui.segments.asking import ask
from activetui.store.facts import spans
from activetui.store.listing import people
from activetui.store.opening.file import open_store
from activetui.store.other_days.as_of import look_from
from tests.store.building import TODAY, Building

DEMO = Path(__file__).parents[2] / "demo.db"


def test_every_month_of_the_demo_reconciles() -> None:
    conn = open_store(DEMO, today=TODAY, read_only=True)
    for last in month_ends(TODAY, 40):
        found = bridge(conn, month_start(last), last)
        assert found.start + found.new + found.reactivated - found.lapsed == found.end
    conn.close()


def behind(conn: sqlite3.Connection, query: str) -> set[int]:
    """The customers whom a query finds, on the day that it names."""
    asked = ask(conn, query, TODAY)
    look_from(conn, asked.day)
    return set(people.ids(conn, asked.clause))


def holds_to_the_customer(conn: sqlite3.Connection, found: Bridge) -> None:
    """Each figure opens its customers; who is there at the end was there, came or returned, and so on."""
    who = {name: behind(conn, query) for name, query in found.queries.items()}
    assert len(who["start"]) == found.start
    assert len(who["end"]) == found.end
    assert who["end"] - who["start"] <= who["new"] | who["reactivated"]
    assert who["start"] - who["end"] <= who["lapsed"]
    for name in ("new", "reactivated", "lapsed"):
        figure = getattr(found, name)
        assert bool(who[name]) == bool(figure)
        assert len(who[name]) <= figure


def test_every_figure_of_the_demo_opens_the_customers_behind_it(tmp_path: Path) -> None:
    copy = tmp_path / "demo.db"
    copy.write_bytes(DEMO.read_bytes())
    with closing(open_store(copy, today=TODAY)) as conn:
        for last in month_ends(TODAY, 6):
            look_from(conn, TODAY)
            holds_to_the_customer(conn, bridge(conn, month_start(last), last))


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
    if found.last <= TODAY:
        holds_to_the_customer(conn, found)
    conn.close()
