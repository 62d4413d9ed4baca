"""The message of a step: filled in, changed, copied, opened as a mail, marked as sent; never sent by us."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from tests.tui.driving import Driver, driving
from tests.tui.test_checklist import flat, steps_of, two_to_call


async def to_the_mail(driver: Driver) -> None:
    """The call is done, and its mail is due a week later."""
    await driver.press("c", "1", "2", "d")
    await driver.type("2026-11-29")
    await driver.press("enter", "g", "m")


async def test_what_is_missing_is_asked_for_before_anything_goes_out(tmp_path: Path) -> None:
    path = two_to_call(tmp_path / "calls.db")
    async with driving(
        path, screen="checklist", size=(80, 24), today="2026-12-31", as_of="2026-11-22"
    ) as driver:
        await to_the_mail(driver)
        assert "missing: what you offer; who signs" in flat(driver)
        await driver.press("s", "k", "enter")                   # nothing goes out while something is missing
        assert "Message to Ana" in driver.text()
        assert not driver.app.clipboard
        await driver.press("g")
        await driver.type("Rosa")
        await driver.press("enter", "o")
        await driver.type("a bag of bread")
        await driver.press("enter")
        assert "missing" not in driver.text()
        assert "a bag of bread" in driver.text()
        await driver.press("k")
        assert driver.app.clipboard.startswith("mailto:ana@example.org?subject=")
        assert "a bag of bread" in unquote(driver.app.clipboard)
        assert "Rosa" in unquote(driver.app.clipboard)


async def test_the_owners_own_words_are_kept_and_copied_as_they_stand(tmp_path: Path) -> None:
    path = two_to_call(tmp_path / "calls.db")
    async with driving(path, screen="checklist", today="2026-12-31", as_of="2026-11-22") as driver:
        await to_the_mail(driver)
        await driver.press("e", "ctrl+home")
        await driver.type("Dear friend, ")
        await driver.press("escape", "g")
        await driver.type("Rosa")
        await driver.press("enter")
        shown = driver.text()
        assert "Dear friend, " in shown
        assert "{sender}" not in shown
        await driver.press("y")
        subject, _gap, body = driver.app.clipboard.partition("\n\n")
        assert subject
        assert body.startswith("Dear friend, ")
        assert "\n" in body
        assert "Rosa" in body


async def test_a_message_that_went_out_is_a_step_that_is_done(tmp_path: Path) -> None:
    path = two_to_call(tmp_path / "calls.db")
    async with driving(path, screen="checklist", today="2026-12-31", as_of="2026-11-22") as driver:
        await to_the_mail(driver)
        await driver.press("g", "R", "enter", "o", "B", "enter", "s")
        assert steps_of(path)[1][:2] == ("done", "")
        assert "Contacted: Ana" in driver.toasts()[-1]
        await driver.press("u")
        assert steps_of(path)[1][:2] == ("open", "")


async def test_before_a_call_a_mail_can_be_written_in_another_language_or_another_one(tmp_path: Path) -> None:
    path = two_to_call(tmp_path / "calls.db")
    async with driving(path, screen="checklist") as driver:
        await driver.press("m")
        assert "You have been missed · e-mail · to ana@example.org · English" in driver.text()
        await driver.press("l", "2")
        assert "You have been missed" in driver.text()
        assert "English" not in driver.text()
        await driver.press("a", "home", "enter")
        assert "You have been missed" not in driver.text()
        await driver.press("s", "escape")                       # a mail is not the call
        assert steps_of(path) == []
