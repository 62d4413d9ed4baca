"""Choosing the files: a folder, typing, dragging, marking several."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual import events

from activetui.ledger.errors import OwnerError
from activetui.tui.folder import entries_of, first_folder, matching, places_of, remember
from activetui.tui.screens.imports.chooser import FileDialog
from activetui.tui.screens.imports.plan_screen import PlanScreen
from tests.tui.driving import HOSTILE, SIZES, driving

SALES = "name;date;amount\nAna;2026-10-01;12,50\n"


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """A folder with what an owner has in one."""
    folder = tmp_path / "Downloads"
    folder.mkdir()
    for age, name in enumerate(["old.csv", "sales March.CSV", "photo.png", ".hidden.csv", "notes.pdf"]):
        (folder / name).write_text(SALES)
        os.utime(folder / name, (1_700_000_000 + age * 86_400, 1_700_000_000 + age * 86_400))
    (folder / "till").mkdir()
    (folder / "till" / "october.csv").write_text(SALES)
    remember(folder)
    return folder


def test_files_to_import_come_first_the_newest_on_top(exports: Path) -> None:
    found = [(entry.name, entry.sort) for entry in entries_of(exports)]
    assert found == [
        ("..", "above"), ("sales March.CSV", "table"), ("old.csv", "table"), ("till", "folder"),
        ("notes.pdf", "other"), ("photo.png", "other"),
    ]


def test_names_are_found_by_any_part_whatever_case_and_accents(exports: Path) -> None:
    (exports / "Clientes João.csv").write_text(SALES)
    assert [entry.name for entry in matching(entries_of(exports), "JOAO")] == ["Clientes João.csv"]


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(OwnerError, match="cannot be opened"):
        entries_of(tmp_path / "nowhere")


@pytest.mark.parametrize("form", ["{}", "'{}'", '"{}"', "file://{}", " {} "])
def test_a_path_is_understood_as_terminals_drag_it(exports: Path, form: str) -> None:
    assert places_of(form.format(exports / "old.csv"), Path.cwd()) == [exports / "old.csv"]


def test_blanks_may_be_escaped_and_files_counted_from_the_folder_shown(exports: Path) -> None:
    assert places_of(str(exports / "sales March.CSV").replace(" ", "\\ "), Path.cwd()) == [
        exports / "sales March.CSV"
    ]
    assert places_of("till/october.csv", exports) == [exports / "till" / "october.csv"]
    assert places_of("sales March.CSV", exports) == [exports / "sales March.CSV"]


def test_several_dragged_files_patterns_and_folders_are_understood(exports: Path) -> None:
    two = f"'{exports / 'old.csv'}' '{exports / 'till' / 'october.csv'}'"
    assert places_of(two, Path.cwd()) == [exports / "old.csv", exports / "till" / "october.csv"]
    assert [path.name for path in places_of("*.csv", exports)] == ["old.csv", "sales March.CSV"]
    assert places_of("till", exports) == [exports / "till"]


def test_what_is_not_there_is_told(exports: Path) -> None:
    for text in ("nothing.csv", "/nowhere/x.csv", "*.xls", "x" * 5000, "nul\x00"):
        with pytest.raises(OwnerError):
            places_of(text, exports)


def test_the_next_time_begins_in_the_same_folder(exports: Path, tmp_path: Path) -> None:
    assert first_folder() == exports
    remember(tmp_path / "gone")
    assert first_folder().is_dir()


@pytest.mark.parametrize("size", SIZES)
async def test_a_file_is_chosen_from_the_folder(shop: Path, exports: Path, size: tuple[int, int]) -> None:
    async with driving(shop, size=size) as driver:
        await driver.press("i")
        text = driver.text()
        assert "2 files to import" in text
        assert "● sales March.CSV" in text
        assert ".hidden" not in text
        await driver.press("enter")
        assert isinstance(driver.app.screen, PlanScreen)
        assert "sales March.CSV" in driver.text()


async def test_folders_are_entered_and_left_and_the_cursor_returns(shop: Path, exports: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("i", "down", "down", "enter")
        assert "october.csv" in driver.text()
        await driver.press("left")
        assert "till/" in driver.text()
        await driver.press("enter", "enter")
        assert "october.csv" in driver.text()
        assert isinstance(driver.app.screen, PlanScreen)


async def test_part_of_a_name_narrows_the_list(shop: Path, exports: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("i", "slash")
        await driver.type("old")
        assert "sales March" not in driver.text()
        await driver.press("enter")
        assert isinstance(driver.app.screen, PlanScreen)
        assert "old.csv" in driver.text()


async def test_a_file_can_be_dragged_onto_the_list(shop: Path, exports: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("i")
        driver.app.screen.post_message(events.Paste(f"'{exports / 'till' / 'october.csv'}'"))
        await driver.rest()
        assert isinstance(driver.app.screen, PlanScreen)
        assert "october.csv" in driver.text()


async def test_a_whole_path_can_be_typed_though_its_first_letter_opens_the_line(
    shop: Path, exports: Path
) -> None:
    async with driving(shop) as driver:
        await driver.press("i", "slash")
        await driver.type(str(exports / "till" / "october.csv").removeprefix("/"))
        await driver.press("enter")
        assert isinstance(driver.app.screen, PlanScreen)
        assert "october.csv" in driver.text()


async def test_marked_files_are_taken_together(shop: Path, exports: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("i", "space", "space")
        assert "2 files marked" in driver.text()
        await driver.press("enter")
        assert "file 1 of 2" in driver.text()


async def test_what_is_no_file_is_explained_and_the_dialog_stays(shop: Path, exports: Path) -> None:
    async with driving(shop) as driver:
        await driver.press("i", "slash")
        await driver.type("/nowhere/missing.csv")
        await driver.press("enter")
        assert "There is no file" in driver.problem()
        await driver.press("escape")
        assert not isinstance(driver.app.screen, FileDialog)


async def test_an_empty_folder_lets_a_path_be_typed(shop: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    remember(empty)
    async with driving(shop) as driver:
        await driver.press("i")
        assert "the folder above" in driver.text()
        assert "0 files to import" in driver.text()


async def test_hostile_names_of_files_are_text(shop: Path, tmp_path: Path) -> None:
    from tests.tui.test_hostile_text import CONTROLS, written

    folder = tmp_path / "hostile"
    folder.mkdir()
    for text in HOSTILE:
        name = text.replace("/", "_").replace("\x00", "")[:80].encode()[:200].decode(errors="ignore")
        (folder / f"{name}.csv").write_text(SALES)
    remember(folder)
    async with driving(shop, size=(120, 60)) as driver:
        await driver.press("i")
        assert not CONTROLS.search(written(driver))
        total = driver.app.screen.query_one("#files").total  # type: ignore[attr-defined]
        assert total == len(HOSTILE) + 1
        for _file in range(total):
            await driver.press("down")
            assert not CONTROLS.search(written(driver))
        await driver.press("enter")
        assert isinstance(driver.app.screen, PlanScreen)
        assert not CONTROLS.search(written(driver))
