"""Importing a file from within the app: choosing it, its plan, questions, the result, taking it back."""

from __future__ import annotations

from pathlib import Path

from activetui.tui.flows.path_suggester import PathSuggester
from activetui.tui.screens.imports.plan_screen import PlanScreen
from activetui.tui.widgets.virtual_list import VirtualList
from tests.tui.driving import Driver, driving

SALES = "name;date;amount\nAna;2026-10-01;12,50\nBruno;2026-11-02;7,00\n"
AMBIGUOUS = "name,date,amount\nAna,03/04/2026,5.50\nBruno,05/06/2026,7.25\n"


def write(folder: Path, name: str, text: str = SALES) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


async def give(driver: Driver, text: object) -> None:
    """Open the dialog and hand it a path."""
    from textual.widgets import Input

    await driver.press("i")
    line = driver.app.screen.query_one(Input)
    line.value = str(text)
    line.focus()
    await driver.press("enter")


async def at_reading(driver: Driver, about: str) -> None:
    """Enter on one thing that was decided about the file."""
    rows = driver.app.screen.query_one("#reading", VirtualList)
    await driver.press("f")
    rows.cursor = next(place for place in range(rows.total) if rows.row_at(place).about == about)
    await driver.press("enter")


async def test_a_file_is_planned_accepted_and_imported(tmp_path: Path) -> None:
    sales = write(tmp_path, "sales.csv")
    async with driving(tmp_path / "new.db") as driver:
        assert "No customers yet" in driver.text()
        await give(driver, sales)
        text = driver.text()
        assert "sales.csv" in text
        assert "2 new events, 2 new customers  paid €19.50" in text
        assert "day of the purchase" in text
        await driver.press("y")
        assert "1 import" in driver.text()
        assert "sales.csv" in driver.text()
        assert any("Imported as number 1" in toast for toast in driver.toasts())
        await driver.press("2")
        assert "2 customers" in driver.text()


async def test_the_same_file_again_changes_nothing_and_cannot_be_accepted(shop: Path, tmp_path: Path) -> None:
    sales = write(tmp_path, "sales.csv")
    async with driving(shop) as driver:
        await give(driver, sales)
        await driver.press("y")
        await give(driver, sales)
        assert "This very file was imported already, as number 1" in driver.text()
        await driver.press("y")
        assert isinstance(driver.app.screen, PlanScreen)
        await driver.press("escape", "2")
        assert "6 customers" in driver.text()


async def test_a_plan_that_is_left_leaves_everything_as_it_is(shop: Path, tmp_path: Path) -> None:
    sales = write(tmp_path, "sales.csv")
    async with driving(shop) as driver:
        await give(driver, sales)
        await driver.press("escape")
        assert driver.toasts()[-1] == "Nothing was imported."
        assert "Nothing has been imported yet" in driver.text()
        await driver.press("2")
        assert "4 customers" in driver.text()


async def test_what_only_the_owner_knows_is_asked_before_anything_else(tmp_path: Path) -> None:
    sales = write(tmp_path, "sales.csv", AMBIGUOUS)
    async with driving(tmp_path / "new.db") as driver:
        await give(driver, sales)
        assert "One question" in driver.text()
        assert "day, month, year" in driver.text()
        await driver.press("j", "enter")
        assert "From 4 Mar 2026 to 6 May 2026." in driver.text()
        await driver.press("y", "2")
        assert "2 customers" in driver.text()


async def test_a_question_can_be_left_open_looked_around_and_answered_later(tmp_path: Path) -> None:
    sales = write(tmp_path, "sales.csv", AMBIGUOUS)
    async with driving(tmp_path / "new.db") as driver:
        await give(driver, sales)
        await driver.press("escape")
        assert "1 question before it can be imported" in driver.text()
        await driver.press("y")
        assert isinstance(driver.app.screen, PlanScreen)
        await driver.press("r")
        assert "03/04/2026" in driver.text()
        await driver.press("a", "enter")
        assert "From 3 Apr 2026 to 5 Jun 2026." in _widened(driver)
        await driver.press("u")
        assert "One question" in driver.text()


def _widened(driver: Driver) -> str:
    """What the panel of changes says, also where another panel is seen."""
    from activetui.tui.widgets.imports.sections import Sections

    text = driver.app.screen.query_one("#changes", Sections)
    return "\n".join(
        "".join(part for part, _style in line) for line in text.children[0].lines(200)  # type: ignore[attr-defined]
    )


async def test_another_meaning_of_a_column_gives_another_plan_and_can_be_taken_back(tmp_path: Path) -> None:
    sales = write(tmp_path, "sales.csv", "who,when,amount\nAna,2026-10-01,12.50\nBruno,2026-11-02,7.00\n")
    async with driving(tmp_path / "new.db") as driver:
        await give(driver, sales)
        columns = driver.app.screen.query_one("#columns")
        columns.focus()
        await driver.press("g", "enter")
        assert "What is “" in driver.text()
        await driver.type("company")
        await driver.press("enter")
        assert "you said so" in driver.text()
        await driver.press("u")
        assert "you said so" not in driver.text()


async def test_how_a_file_is_read_can_be_decided_otherwise(tmp_path: Path) -> None:
    sales = write(tmp_path, "sales.csv")
    async with driving(tmp_path / "new.db", size=(160, 50)) as driver:
        await give(driver, sales)
        await at_reading(driver, "currency")
        assert "Which currency" in driver.text()
        await driver.type("brl")
        await driver.press("enter")
        assert "paid R$19.50" in driver.text()


async def test_a_wrong_answer_is_told_and_the_plan_stays(tmp_path: Path) -> None:
    sales = write(tmp_path, "sales.csv")
    async with driving(tmp_path / "new.db", size=(160, 50)) as driver:
        await give(driver, sales)
        await at_reading(driver, "currency")
        await driver.type("gold")
        await driver.press("enter")
        assert "is not a currency" in driver.toasts()[-1]
        assert "paid €19.50" in driver.text()
        await driver.press("y")
        assert "1 import" in driver.text()


async def test_refused_rows_are_shown_whole_and_put_aside(tmp_path: Path) -> None:
    sales = write(tmp_path, "sales.csv", SALES + "Carla;someday;3,00\n")
    async with driving(tmp_path / "new.db") as driver:
        await give(driver, sales)
        assert "1 row refused" in driver.text()
        await driver.press("x", "enter")
        assert "Line 4" in driver.text()
        assert "Carla" in driver.text()
        await driver.press("escape", "y")
        assert "sales.refused.csv" in driver.toasts()[-1]
        assert (tmp_path / "sales.refused.csv").exists()
        assert "Line 4" in driver.text()


async def test_an_import_is_taken_back_without_asking_and_its_rows_are_told(tmp_path: Path) -> None:
    sales = write(tmp_path, "sales.csv")
    async with driving(tmp_path / "new.db") as driver:
        await give(driver, sales)
        await driver.press("y", "x")
        assert "Import 1 is taken back" in driver.text()
        assert "4 rows are as before the import." in driver.text()
        await driver.press("enter")
        assert "1 taken back" in driver.text()
        await driver.press("2")
        assert "No customers yet" in driver.text()
        await driver.press("8", "r", "y", "2")
        assert "2 customers" in driver.text()


async def test_what_was_changed_since_is_kept_and_named(tmp_path: Path) -> None:
    sales = write(tmp_path, "sales.csv")
    async with driving(tmp_path / "new.db") as driver:
        await give(driver, sales)
        await driver.press("y", "2", "g", "enter", "a", "tab", "tab")
        await driver.type("5")
        await driver.press("enter", "8", "x")
        assert "Kept, because of something later" in driver.text()
        assert "Ana" in driver.text()


async def test_several_files_come_one_after_the_other_and_one_can_be_left_out(tmp_path: Path) -> None:
    one = write(tmp_path, "one.csv")
    two = write(tmp_path, "two.csv", "name;date;amount\nCarla;2026-10-05;1,00\n")
    three = write(tmp_path, "three.csv", "name;date;amount\nDora;2026-10-06;1,00\n")
    async with driving(tmp_path / "new.db") as driver:
        await give(driver, f"'{one}' '{two}' '{three}'")
        assert "file 1 of 3" in driver.text()
        await driver.press("y")
        assert "two.csv" in driver.text()
        assert "file 2 of 3" in driver.text()
        await driver.press("n")
        assert "two.csv was not imported." in driver.toasts()
        assert "file 3 of 3" in driver.text()
        await driver.press("y")
        assert "2 imports" in driver.text()
        await driver.press("2")
        assert "3 customers" in driver.text()


async def test_a_file_that_cannot_be_read_is_told_and_the_next_follows(shop: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_bytes(b"%PDF-1.7 no table")
    right = write(tmp_path, "right.csv")
    async with driving(shop) as driver:
        await give(driver, wrong)
        assert driver.toasts()
        assert not isinstance(driver.app.screen, PlanScreen)
        await give(driver, f"'{wrong}' '{right}'")
        assert "right.csv" in driver.text()


async def test_the_plan_waits_while_another_screen_is_looked_at(shop: Path, tmp_path: Path) -> None:
    sales = write(tmp_path, "sales.csv")
    async with driving(shop) as driver:
        await give(driver, sales)
        await driver.press("2", "down", "8")
        assert "2 new events" in driver.text()
        await driver.press("2", "i")
        assert isinstance(driver.app.screen, PlanScreen)
        assert "A file is open here already" in driver.toasts()[-1]
        await driver.press("y")
        assert "1 import" in driver.text()


async def test_a_change_of_the_ledger_meanwhile_is_seen_in_the_plan(shop: Path, tmp_path: Path) -> None:
    sales = write(tmp_path, "sales.csv")
    more = write(tmp_path, "more.csv", "name;date;amount\nAna;2026-10-01;12,50\n")
    async with driving(shop) as driver:
        await give(driver, more)
        await driver.press("y")
        await give(driver, sales)
        assert "1 new event, 1 new customer" in driver.text()
        await driver.press("escape", "x", "escape")
        await give(driver, sales)
        assert "2 new events, 2 new customers" in driver.text()


async def test_paths_are_completed(tmp_path: Path) -> None:
    write(tmp_path, "sales 2026.csv")
    write(tmp_path, "picture.png")
    (tmp_path / "exports").mkdir()
    suggest = PathSuggester(case_sensitive=True).get_suggestion
    assert await suggest(f"{tmp_path}/sa") == f"{tmp_path}/sales 2026.csv"
    assert await suggest(f"{tmp_path}/e") == f"{tmp_path}/exports/"
    assert await suggest(f"{tmp_path}/pi") is None
    assert await suggest(f"{tmp_path}/nowhere/x") is None
    assert await suggest("") is None
