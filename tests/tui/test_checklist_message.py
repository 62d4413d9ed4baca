"""The message of a step: filled in, changed, copied, opened as a mail, marked as sent; never sent by us."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

from activetui.reactivation.checklist.actions import done
from activetui.store.opening.file import open_store
from tests.store.building import MADE_AT, TODAY
from tests.tui.driving import driving
from tests.tui.test_checklist import flat, steps_of, two_to_call

LATER = "2026-11-29"


def mail_is_due(path: Path) -> Path:
    """Ana was called a week before `LATER`, and her mail is due on it."""
    two_to_call(path)
    with closing(open_store(path, today=TODAY)) as conn:
        done(conn, 1, day=TODAY, today=TODAY, made_at=MADE_AT, outcome="reached", reason="price")
    return path


async def test_what_is_missing_is_asked_for_before_anything_goes_out(tmp_path: Path) -> None:
    path = mail_is_due(tmp_path / "calls.db")
    async with driving(path, screen="checklist", size=(80, 24), today=LATER) as driver:
        await driver.press("g", "m")
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
    path = mail_is_due(tmp_path / "calls.db")
    async with driving(path, screen="checklist", today=LATER) as driver:
        await driver.press("g", "m")
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
    path = mail_is_due(tmp_path / "calls.db")
    async with driving(path, screen="checklist", today=LATER) as driver:
        await driver.press("g", "m")
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


async def test_on_another_day_a_message_is_seen_and_not_marked_as_sent(tmp_path: Path) -> None:
    path = mail_is_due(tmp_path / "calls.db")
    async with driving(path, screen="checklist", today="2026-12-01", as_of=LATER) as driver:
        await driver.press("g", "m", "o", "B", "enter", "g", "s")
        assert "Message to Ana" in driver.text()
        assert steps_of(path)[1][:2] == ("open", "")
