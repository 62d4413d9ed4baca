"""The morning's figures: the change since a month and a year ago, who turns next, who is missed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from activetui.insights import today
from activetui.ledger.days import Day, from_iso, iso
from activetui.segments.asking import ask
from activetui.store.listing import people
from activetui.store.opening.file import open_store
from activetui.store.other_days.as_of import look_from
from tests.store.building import TODAY, Building

DEMO = Path(__file__).parents[2] / "demo.db"
THIRTY_DAYS = """
name = "Thirty days"
[active]
any = [ { event = "purchase", within_days = 30 } ]
"""


def shop_of(path: Path, *purchases: tuple[str, str], seen_from: Day | str = TODAY) -> sqlite3.Connection:
    """A store in which each named customer bought on the day."""
    shop = Building(path / "shop.db", definition=THIRTY_DAYS, today=seen_from)
    numbers: dict[str, int] = {}
    for name, day in purchases:
        number = numbers.setdefault(name, 0) or shop.customer(name)
        numbers[name] = number
        shop.event(number, on=day, amount=1000)
    return shop.ready()


def behind(conn: sqlite3.Connection, query: str, day: Day) -> list[str]:
    """The names of the customers whom a query finds."""
    asked = ask(conn, query, day)
    look_from(conn, asked.day)
    return sorted(person.name for person in people.page(conn, asked.clause, limit=-1))


def test_the_base_is_compared_with_last_month_and_with_the_same_day_a_year_ago(tmp_path: Path) -> None:
    conn = shop_of(
        tmp_path, ("Old", "2025-01-10"), ("Ana", "2025-11-20"), ("Ben", "2025-11-01"), ("Ben", "2026-10-20"),
        ("Ana", "2026-11-10"), ("Eva", "2026-11-11"), ("Rui", "2026-11-12"),
    )
    found = today.look_at(conn, TODAY)
    assert found.summary.active_base == 3               # Ben bought 33 days ago
    assert found.month is not None
    assert found.year is not None
    assert (iso(found.month.day), found.month.base, found.month.change) == ("2026-10-31", 1, 2)
    assert (iso(found.year.day), found.year.base, found.year.change) == ("2025-11-22", 2, 1)
    assert behind(conn, found.month.query, TODAY) == ["Ben"]
    assert behind(conn, found.year.query, TODAY) == ["Ana", "Ben"]
    conn.close()


def test_nothing_is_compared_with_a_day_of_which_the_ledger_cannot_tell(tmp_path: Path) -> None:
    conn = shop_of(tmp_path, ("Ana", "2026-10-02"), ("Ana", "2026-11-10"))
    found = today.look_at(conn, TODAY)
    assert found.told_from == from_iso("2026-11-01")
    assert found.month is None                          # on 31 October nobody can say who was active
    assert found.year is None
    conn.close()


def test_an_empty_store_has_nothing_to_compare(tmp_path: Path) -> None:
    with closing(Building(tmp_path / "shop.db").ready()) as conn:
        found = today.look_at(conn, TODAY)
    assert (found.summary.customers, found.month, found.year, found.told_from) == (0, None, None, None)


@pytest.mark.parametrize(
    ("day", "before"),
    [("2028-02-29", "2027-02-28"), ("2026-03-01", "2025-03-01"), ("2025-02-28", "2024-02-28")],
)
def test_a_year_ago_is_the_same_day_of_the_calendar(tmp_path: Path, day: str, before: str) -> None:
    conn = shop_of(tmp_path, ("Ana", "2020-01-01"), ("Ana", "2024-02-20"), seen_from=day)
    found = today.look_at(conn, from_iso(day))
    assert found.year is not None
    assert iso(found.year.day) == before
    conn.close()


def test_who_turns_inactive_is_counted_on_the_day_on_which_it_happens(tmp_path: Path) -> None:
    conn = shop_of(
        tmp_path, ("Tomorrow", "2026-10-23"), ("In a week", "2026-10-29"), ("Later", "2026-10-30"),
        ("Gone", "2026-10-22"), ("With the first", "2026-10-23"),
    )
    found = today.ahead(conn, TODAY)
    by_day = [(iso(day), number) for day, number in found.by_day]
    assert by_day == [
        ("2026-11-23", 2), ("2026-11-24", 0), ("2026-11-25", 0), ("2026-11-26", 0), ("2026-11-27", 0),
        ("2026-11-28", 0), ("2026-11-29", 1),
    ]
    assert (found.customers, found.year, found.currency) == (3, 3000, "EUR")
    assert behind(conn, today.TURNING, TODAY) == ["In a week", "Tomorrow", "With the first"]
    assert behind(conn, today.turning_on(TODAY + 1), TODAY) == ["Tomorrow", "With the first"]
    conn.close()


def test_on_the_demo_every_day_ahead_opens_as_many_as_it_says(tmp_path: Path) -> None:
    copy = tmp_path / "demo.db"
    copy.write_bytes(DEMO.read_bytes())
    with closing(open_store(copy, today=TODAY)) as conn:
        found, missed = today.ahead(conn, TODAY), today.missed(conn, TODAY)
        assert found.customers == sum(number for _day, number in found.by_day)
        for day, number in found.by_day:
            assert len(behind(conn, today.turning_on(day), TODAY)) == number
        worth = [each.year for each in found.first]
        assert worth == sorted(worth, reverse=True)
        assert len(behind(conn, today.MISSED, TODAY)) == missed.customers
        assert all(each.person.active for each in missed.first)
        assert all((each.person.next_expected or TODAY) < TODAY for each in missed.first)
