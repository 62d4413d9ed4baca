"""Which subscriptions renew by themselves, and whose end is a reason to get in touch."""

from __future__ import annotations

from pathlib import Path

import pytest

from activetui.ledger.days import Day, from_iso
from activetui.segments.asking import ask
from activetui.store.listing import people
from activetui.store.other_days.as_of import look_from
from tests.store.building import TODAY, Building

FILE = 2
"""The source of an imported list, beside what is typed in."""


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    building = Building(tmp_path / "shop.db")
    building.conn.execute("INSERT INTO source (id, name) VALUES (?, 'club')", (FILE,))
    return building


def periods(
    shop: Building, name: str, *ends: Day, days: int = 30, product: str = "Gym", source: int = FILE
) -> int:
    """Somebody with periods of so many days that end on these days, from today."""
    customer = shop.customer(name)
    for place, end in enumerate(ends):
        shop.event(
            customer, "subscription", TODAY + end - days + 1, until=TODAY + end, amount=2_900,
            action="renewal" if place else "start", product=product, source_id=source,
        )
    return customer


def found(shop: Building, query: str, day: Day = TODAY) -> list[str]:
    conn = shop.ready()
    look_from(conn, day)
    return [person.name for person in people.page(conn, ask(conn, query, day).clause)]


def test_a_member_who_renewed_twice_in_time_is_not_called_before_the_next_end(shop: Building) -> None:
    periods(shop, "Always", -51, -21, 9)
    periods(shop, "Once so far", -21, 9)
    periods(shop, "New", 9)
    assert found(shop, "renewal<=14d") == ["Always", "New", "Once so far"]
    assert found(shop, "expires<=14d") == ["New", "Once so far"]


def test_a_few_days_before_or_after_the_end_are_in_time_and_more_are_not(shop: Building) -> None:
    periods(shop, "Three late", -54, -21, 9)
    periods(shop, "Four late", -55, -21, 9)
    periods(shop, "Three early", -48, -21, 9)
    periods(shop, "Four early", -47, -21, 9)
    assert found(shop, "expires<=14d") == ["Four early", "Four late"]


def test_only_the_last_two_ends_matter(shop: Building) -> None:
    periods(shop, "Was away in spring", -151, -51, -21, 9)
    assert found(shop, "expires<=14d") == []


def test_who_pays_by_the_year_is_called_every_time(shop: Building) -> None:
    periods(shop, "Insured", -725, -360, 5, days=365)
    periods(shop, "By the quarter", -177, -86, 5, days=91)
    assert found(shop, "expires<=14d") == ["Insured"]


def test_who_has_cancelled_and_who_paused_meanwhile(shop: Building) -> None:
    gone, back = periods(shop, "Gone", -51, -21, 9), periods(shop, "Back", -51, -21, 9)
    shop.event(gone, "subscription", TODAY - 5, action="cancel", until=TODAY + 9, product="Gym")
    shop.event(back, "subscription", TODAY - 40, action="pause", product="Gym")
    assert found(shop, "expires<=14d") == ["Back"]


def test_a_failed_renewal_is_called_about_before_the_end_and_after(shop: Building) -> None:
    for name, end in (("Before", 2), ("After", -1)):
        customer = periods(shop, name, end - 60, end - 30, end)
        shop.event(
            customer, "subscription", TODAY, action="renewal", product="Gym", state="failed", source_id=FILE,
        )
    assert found(shop, "expires<=14d") == ["Before"]
    assert found(shop, "unrenewed<=14d") == ["After"]


def test_who_was_not_renewed_this_time_is_told_as_soon_as_the_files_say_so(shop: Building) -> None:
    periods(shop, "Silent", -66, -36, -6)
    periods(shop, "Cancelled since", -66, -36, -6)
    shop.event(2, "subscription", TODAY - 8, action="cancel", product="Gym", source_id=FILE)
    assert found(shop, "unrenewed<=14d") == [], "the last file is older than the end"
    periods(shop, "Somebody else", 28)          # a file that tells of yesterday
    assert found(shop, "unrenewed<=14d") == ["Silent"]
    assert found(shop, "unrenewed<=14d", TODAY - 2) == []
    assert found(shop, "none:unrenewed") == ["Cancelled since", "Somebody else"]


def test_what_one_source_tells_says_nothing_of_another(shop: Building) -> None:
    periods(shop, "In a file", -66, -36, -6)
    periods(shop, "Typed in", -66, -36, -6, source=1)
    periods(shop, "Typed in today", 29, source=1)
    assert found(shop, "unrenewed<=14d") == ["Typed in"]


def test_a_new_member_goes_by_what_is_usual_with_the_product(shop: Building) -> None:
    for number in range(15):
        periods(shop, f"Member {number}", -91, -61, -31, -1, 29)
    periods(shop, "New", 9)
    periods(shop, "New, of another product", 9, product="Sauna")
    periods(shop, "Late once", -27, 9)
    assert found(shop, "expires<=14d") == ["Late once", "New, of another product"]


def test_where_one_in_eight_leaves_a_new_member_is_called(shop: Building) -> None:
    for number in range(14):
        periods(shop, f"Member {number}", -91, -61, -31, -1, 29)
    for number in range(6):
        periods(shop, f"Left {number}", -61)
    periods(shop, "New", 9)
    assert found(shop, "expires<=14d") == ["New"]


def test_a_list_as_it_stands_tells_the_first_day_and_the_present_end(shop: Building) -> None:
    for name, first, end in (
        ("For two years", "2024-11-05", 12), ("For three months", "2026-09-05", 12),
        ("New", "2026-11-05", 12), ("Young", "2026-10-13", 20),
    ):
        shop.event(
            shop.customer(name), "subscription", from_iso(first), until=TODAY + end, amount=2_900,
            action="start", product="Pro", source_id=FILE,
        )
    shop.event(
        shop.customer("By the year"), "subscription", TODAY - 350, until=TODAY + 12, amount=29_000,
        action="start", product="Pro", source_id=FILE,
    )
    assert found(shop, "expires<=14d") == ["By the year", "For three months", "New"]


def test_a_file_with_subscriptions_tells_of_all_its_days_and_one_of_visits_of_none(shop: Building) -> None:
    periods(shop, "Silent", -66, -36, -6)
    shop.conn.execute(
        "INSERT INTO batch (id, made_at, source_id, file_name, file_hash, system, assumptions, counts,"
        " last_day) VALUES (7, '', 2, 'club.csv', '', '', '{}', ?, ?)",
        ('{"found": {"visits": 3, "subscriptions": 0}}', TODAY + 9),
    )
    shop.conn.execute(
        "INSERT INTO operation (made_at, what, day, batch_id) VALUES ('', 'import', ?, 7)", (TODAY,)
    )
    assert found(shop, "unrenewed<=14d") == []
    shop.conn.execute(
        "UPDATE batch SET counts = ? WHERE id = 7", ('{"found": {"visits": 3, "subscriptions": 1}}',)
    )
    assert found(shop, "unrenewed<=14d") == ["Silent"]
