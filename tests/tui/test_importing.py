"""Importing a file from within the app."""

from __future__ import annotations

from pathlib import Path

from activetui.importing.answers import Answers
from activetui.importing.questions import Question
from activetui.tui.flows.import_answers import answered, choices_of
from activetui.tui.flows.import_file import PathSuggester
from tests.tui.driving import Driver, driving

SALES = "name;date;amount\nAna;2026-10-01;12,50\nBruno;2026-11-02;7,00\n"


async def give(driver: Driver, path: Path) -> None:
    """Open the dialog and hand it a path."""
    from textual.widgets import Input

    await driver.press("i")
    driver.app.screen.query_one(Input).value = str(path)
    await driver.press("enter")


async def test_a_file_is_planned_confirmed_and_imported(tmp_path: Path) -> None:
    sales = tmp_path / "sales.csv"
    sales.write_text(SALES)
    async with driving(tmp_path / "new.db") as driver:
        assert "No customers yet" in driver.text()
        await give(driver, sales)
        text = driver.text()
        assert "Import sales.csv?" in text
        assert "Customers: 2 new, 0 changed" in text
        assert "Paid: €19.50" in text
        await driver.press("y")
        assert "2 customers" in driver.text()
        assert "Ana" in driver.text()
        assert any("Imported as number 1" in toast for toast in driver.toasts())
        await give(driver, sales)
        assert driver.toasts()[-1] == "Everything in the file is there already; nothing was changed."


async def test_a_plan_that_is_not_accepted_leaves_everything_as_it_is(shop: Path, tmp_path: Path) -> None:
    sales = tmp_path / "sales.csv"
    sales.write_text(SALES)
    async with driving(shop) as driver:
        await give(driver, sales)
        await driver.press("n")
        assert driver.toasts()[-1] == "Nothing was imported."
        assert "4 customers" in driver.text()


async def test_what_only_the_owner_knows_is_asked(tmp_path: Path) -> None:
    sales = tmp_path / "sales.csv"
    sales.write_text("name,date,amount\nAna,03/04/2026,5.50\nBruno,05/06/2026,7.25\n")
    async with driving(tmp_path / "new.db") as driver:
        await give(driver, sales)
        assert "day, month, year" in driver.text()
        await driver.press("j", "enter")
        assert "From 4 Mar 2026 to 6 May 2026." in driver.text()
        await driver.press("y")
        assert "2 customers" in driver.text()


async def test_what_is_no_file_is_explained_in_the_dialog(shop: Path, tmp_path: Path) -> None:
    async with driving(shop) as driver:
        await give(driver, tmp_path / "missing.csv")
        assert "There is no file" in driver.problem()
        await driver.press("escape")
        await give(driver, tmp_path)
        assert "is a folder, not a file" in driver.problem()


async def test_a_file_that_is_no_table_is_explained(shop: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_bytes(b"PK\x03\x04 a spreadsheet")
    async with driving(shop) as driver:
        await give(driver, wrong)
        assert driver.toasts()
        assert "4 customers" in driver.text()


async def test_paths_are_completed(tmp_path: Path) -> None:
    (tmp_path / "sales 2026.csv").write_text("")
    (tmp_path / "picture.png").write_text("")
    (tmp_path / "exports").mkdir()
    suggest = PathSuggester(case_sensitive=True).get_suggestion
    assert await suggest(f"{tmp_path}/sa") == f"{tmp_path}/sales 2026.csv"
    assert await suggest(f"{tmp_path}/e") == f"{tmp_path}/exports/"
    assert await suggest(f"{tmp_path}/pi") is None
    assert await suggest(f"{tmp_path}/nowhere/x") is None
    assert await suggest("") is None


def test_questions_become_choices_and_choices_answers() -> None:
    order = choices_of(Question("date_order", "why", "--date-order dmy|mdy"), [])
    assert [choice.title for choice in order] == ["day, month, year", "month, day, year"]
    assert answered(Answers(), order[1].value).date_order == "mdy"

    mark = choices_of(Question("decimal_mark", "why", '--decimal ",|."'), [])
    assert answered(Answers(), mark[0].value).decimal == ","

    which = choices_of(Question("customer", "why", "--map COLUMN=name | --map COLUMN=email"), ["Who [/]", ""])
    assert [choice.title for choice in which] == [
        "Who [/] is name", "2 is name", "Who [/] is email", "2 is email"
    ]
    assert answered(Answers(date_order="dmy"), which[0].value).columns == {"Who [/]": "name"}

    guess = choices_of(Question("header", "why", "--map 1=date --map 2=amount"), ["", ""])
    assert [choice.title for choice in guess] == ["1 is date, 2 is amount"]
    assert answered(Answers(), guess[0].value).columns == {"1": "date", "2": "amount"}
