"""Who may be one person: made one, kept apart, taken apart again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.building import Building
from tests.tui.driving import HOSTILE, SIZES, driving
from tests.tui.test_hostile_text import CONTROLS, written


@pytest.fixture
def twins(tmp_path: Path) -> Path:
    """Ana twice, with one telephone; Bruno alone."""
    shop = Building(tmp_path / "twins.db")
    shop.setting("currency", "EUR")
    ana = shop.customer("Ana Sousa", phone="+351912345678", email="ana@example.org", city="Lisboa")
    again = shop.customer("A. Sousa", phone="912345678", postcode="1100-001")
    bruno = shop.customer("Bruno Costa")
    for who, day in ((ana, "2026-10-01"), (ana, "2026-11-01"), (again, "2026-11-10"), (bruno, "2026-11-11")):
        shop.event(who, "purchase", day, amount=1000)
    add_batch(shop, "2026-11-20T10:00:00Z", "x.csv", "")
    return shop.close()


def add_batch(shop: Building, made_at: str, file_name: str, system: str) -> None:
    """An import of which nothing more is kept."""
    shop.conn.execute(
        "INSERT INTO batch (made_at, source_id, file_name, file_hash, system, assumptions, counts)"
        " SELECT ?, min(id), ?, '', ?, '{}', '{}' FROM source",
        (made_at, file_name, system),
    )


@pytest.mark.parametrize("size", SIZES)
async def test_who_may_be_one_is_shown_with_the_reason_and_what_is_known_of_both(
    twins: Path, size: tuple[int, int]
) -> None:
    async with driving(twins, size=size, screen="imports") as driver:
        await driver.press("m")
        text = driver.text()
        assert "1 pair may be one person" in text
        assert "the same telephone number" in text
        assert "Ana Sousa" in text
        assert "A. Sousa" in text
        assert "ana@example.org" in text


async def test_two_become_one_and_two_again(twins: Path) -> None:
    async with driving(twins, screen="imports") as driver:
        await driver.press("m", "m")
        assert "Nobody looks like somebody else.  ·  1 was made one" in driver.text()
        await driver.press("2")
        assert "2 customers" in driver.text()
        await driver.press("8", "p")
        assert "1 pair may be one person" in driver.text()
        await driver.press("2")
        assert "3 customers" in driver.text()


async def test_a_merge_is_taken_back_like_any_change(twins: Path) -> None:
    async with driving(twins, screen="imports") as driver:
        await driver.press("m", "m", "u")
        assert "1 pair may be one person" in driver.text()


async def test_the_other_one_can_be_kept(twins: Path) -> None:
    async with driving(twins, screen="imports") as driver:
        await driver.press("m", "s", "m")
        assert "A. Sousa" in driver.text()
        await driver.press("2")
        assert "2 customers" in driver.text()
        assert "A. Sousa" in driver.line(4) + driver.line(5)


async def test_two_people_are_not_proposed_again_unless_that_is_taken_back(twins: Path) -> None:
    async with driving(twins, screen="imports") as driver:
        await driver.press("m", "n")
        assert "Nobody looks like somebody else." in driver.text()
        await driver.press("u")
        assert "1 pair may be one person" in driver.text()


async def test_enter_leads_to_the_customer_and_escape_back_to_the_imports(twins: Path) -> None:
    async with driving(twins, screen="imports") as driver:
        await driver.press("m", "enter")
        assert "Ana Sousa" in driver.line(1) + driver.line(2)
        await driver.press("8", "escape")
        assert "1 import" in driver.text()


async def test_hostile_names_are_text(tmp_path: Path) -> None:
    shop = Building(tmp_path / "hostile.db")
    for place, text in enumerate(HOSTILE):
        for _twice in range(2):
            shop.customer(text, phone=f"+3519{place:08}", email=text, city=text, company=text)
    add_batch(shop, HOSTILE[6], HOSTILE[1], HOSTILE[7])
    async with driving(shop.close(), screen="imports") as driver:
        assert not CONTROLS.search(written(driver))
        await driver.press("m")
        assert not CONTROLS.search(written(driver))
        for _pair in range(6):
            await driver.press("down", "s")
            assert not CONTROLS.search(written(driver))
        await driver.press("m", "end", "p", "n")
        assert not CONTROLS.search(written(driver))
