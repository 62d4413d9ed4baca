"""Files on their way in: archives and workbooks part by part, stopping, reading an import again."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from activetui.importing.asking.answers import Answers
from activetui.ledger.days import Day
from activetui.store.opening.file import open_store
from activetui.tui.flows.long_work import Stopped
from activetui.tui.screens.imports.job import FileJob, KeptJob, Room
from activetui.tui.session import Session
from tests.store.building import MADE_AT, TODAY
from tests.tui.driving import HOSTILE, SIZES, Driver, driving
from tests.tui.test_hostile_text import CONTROLS, written
from tests.tui.test_imports import SALES, give, write

COUNTED = ("event", "customer", "batch", "operation", "batch_file", "remembered_answer")


def counts(path: Path, today: Day = TODAY) -> dict[str, int]:
    """How many rows the tables of a store have."""
    conn = open_store(path, today=today, create=True)
    try:
        return {table: conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}
    finally:
        conn.close()


def session_on(path: Path) -> Session:
    return Session(path, TODAY, TODAY, lambda: MADE_AT)


def quiet(_done: int, _everything: int) -> None:
    """Progress that nobody looks at."""


def stop(_done: int, _everything: int) -> None:
    """Somebody has pressed Esc."""
    raise Stopped("stopped")


def long_file(folder: Path) -> Path:
    rows = "".join(f"Name {n};2026-0{n % 9 + 1}-1{n % 10};{n},50\n" for n in range(12_000))
    return write(folder, "long.csv", f"name;date;amount\n{rows}")


def test_a_reading_that_is_stopped_changes_nothing_and_keeps_what_was_read(tmp_path: Path) -> None:
    store = tmp_path / "shop.db"
    before = counts(store)
    job = FileJob(session_on(store), Room(store), long_file(tmp_path))
    with pytest.raises(Stopped):
        job.read(Answers(), stop)
    assert job.looked is None
    looked = job.read(Answers(), quiet)
    with pytest.raises(Stopped):
        job.read(Answers(currency="BRL"), stop)
    assert job.looked is looked
    assert looked.plan.reading.understood.currency.code == "EUR"
    job.close()
    assert counts(store) == before


def test_an_import_that_is_stopped_changes_nothing_and_can_be_done_after_all(tmp_path: Path) -> None:
    store = tmp_path / "shop.db"
    before = counts(store)
    job = FileJob(session_on(store), Room(store), long_file(tmp_path))
    job.read(Answers(), quiet)
    with pytest.raises(Stopped):
        job.write(stop)
    assert counts(store) == before
    job.read(Answers(), quiet)
    assert job.write(quiet).batch == 1
    assert counts(store)["event"] == 12_000


def test_nothing_of_what_was_unpacked_or_staged_stays_beside_the_store(tmp_path: Path) -> None:
    store = tmp_path / "data" / "shop.db"
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("one.csv", SALES)
    room = Room(store)
    job = FileJob(session_on(store), room, archive)
    job.read(Answers(), quiet)
    job.close()
    room.close()
    left = {path.name for path in store.parent.iterdir()}
    assert left <= {"shop.db", "shop.db-wal", "shop.db-shm"}


def test_a_file_is_read_again_in_place_of_its_first_import(tmp_path: Path) -> None:
    store = tmp_path / "shop.db"
    session, room = session_on(store), Room(store)
    sales = write(tmp_path, "sales.csv", "name,date,amount\nAna,2026-10-01,12.50\nBruno,2026-11-02,7.00\n")
    first = FileJob(session, room, sales)
    first.read(Answers(), quiet)
    assert first.write(quiet).batch == 1
    again = KeptJob(session, room, 1, "sales.csv")
    looked = again.read(Answers(columns={"name": "company"}), quiet)
    assert looked.again == 1
    assert looked.plan.staged is not None
    assert looked.plan.staged.new == 2
    assert counts(store)["event"] == 2
    assert again.write(quiet).batch == 2
    assert counts(store)["event"] == 2
    conn = open_store(store, today=TODAY)
    companies = [company for (company,) in conn.execute("SELECT company FROM customer ORDER BY company")]
    conn.close()
    assert companies == ["Ana", "Bruno"]


async def test_every_table_of_an_archive_has_a_plan_of_its_own(tmp_path: Path) -> None:
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("2026/one.csv", SALES)
        packed.writestr("2026/two.csv", "name;date;amount\nCarla;2026-10-05;1,00\n")
        packed.writestr("readme.md", "nothing to import")
    async with driving(tmp_path / "new.db") as driver:
        await give(driver, archive)
        text = driver.text()
        assert "one.csv" in text
        assert "file 1 of 2" in text
        assert "Not read: readme.md" in text
        await driver.press("y")
        assert "two.csv" in driver.text()
        await driver.press("y")
        assert "2 imports" in driver.text()
        await driver.press("2")
        assert "3 customers" in driver.text()


async def test_an_import_is_read_again_on_the_screen(tmp_path: Path) -> None:
    sales = write(tmp_path, "sales.csv")
    async with driving(tmp_path / "new.db", size=(160, 50)) as driver:
        await give(driver, sales)
        await driver.press("y")
        sales.unlink()
        await driver.press("r")
        assert "read again, in place of import 1" in driver.text()
        await driver.press("y")
        text = driver.text()
        assert "2 imports" in text
        assert "1 taken back" in text
        await driver.press("2")
        assert "2 customers" in driver.text()


async def test_a_deleted_event_stays_away_and_may_return(tmp_path: Path) -> None:
    sales = write(tmp_path, "sales.csv")
    async with driving(tmp_path / "new.db", size=(160, 50)) as driver:
        await give(driver, sales)
        await driver.press("y", "2", "g", "enter", "x", "8")
        assert "1 event deleted by you stays away" in driver.text()
        await give(driver, sales)
        assert "stay away" in driver.text()
        await driver.press("escape", "e")
        assert "Which may return?" in driver.text()
        await driver.press("space", "enter")
        assert "stays away" not in driver.text()
        await give(driver, sales)
        assert "1 new event" in driver.text()


async def test_an_older_file_is_shown_with_what_stays(tmp_path: Path) -> None:
    newer = "order id,email,date,amount,status\n1,ana@example.org,2026-10-01,12.50,refunded\n" \
            "2,bruno@example.org,2026-11-02,7.00,paid\n"
    older = "order id,email,date,amount,status\n1,ana@example.org,2026-10-01,12.50,paid\n"
    async with driving(tmp_path / "new.db", size=(160, 50)) as driver:
        await give(driver, write(tmp_path, "newer.csv", newer))
        await driver.press("y")
        await give(driver, write(tmp_path, "older.csv", older))
        assert "Stays, although this file says otherwise" in driver.text()


@pytest.mark.parametrize("size", [*SIZES, (160, 50), (40, 12)])
async def test_hostile_cells_are_text_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["name", "date", "amount", HOSTILE[0], HOSTILE[6], HOSTILE[9], "note"])
    for text in HOSTILE:
        writer.writerow([text, "2026-10-01", "12.50", text, text, text, text])
        writer.writerow([text, text, "12.50", text, text, text, text])
    path = tmp_path / "hostile.csv"
    path.write_text(out.getvalue(), encoding="utf-8", errors="replace", newline="")
    async with driving(tmp_path / "new.db", size=size) as driver:
        await give(driver, path)
        await _settle(driver)
        plan = "c down enter escape f enter escape r right enter escape x down enter escape w z z y"
        for key in (*plan.split(), "down", "enter", "z", "z", "escape", "question_mark"):
            await driver.press(key)
            assert not CONTROLS.search(written(driver)), key
        assert driver.app.is_running


async def _settle(driver: Driver) -> None:
    """Answer whatever is asked."""
    for _question in range(4):
        if "question" in driver.text().lower():
            await driver.press("enter")


async def test_the_cells_behind_an_event_stand_below_it_on_the_timeline(tmp_path: Path) -> None:
    rows = "name;date;amount;remark [/]\nAna;2026-10-01;12,50;by \x1b[2Jphone\n"
    sales = write(tmp_path, "sales.csv", rows)
    async with driving(tmp_path / "new.db") as driver:
        await give(driver, sales)
        await driver.press("y", "2", "enter", "enter")
        text = driver.text()
        assert "as it stood on line 2" in text
        assert "remark [/]" in text
        assert "by phone" in text
        assert not CONTROLS.search(written(driver))
