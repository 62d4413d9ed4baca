"""A long file is read by another process: the same parts come out, and nothing of it is left running."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from activetui.importing import apart
from activetui.importing.apart import Failed, begin, parts_apart, started_for
from activetui.importing.processes import can_copy
from activetui.importing.read import FileReading, Scattered
from activetui.ledger.records import CustomerRecord, EventRecord, PaidPurchases, Refusal
from tests.importing import files

MIXED = "Order;Customer;Email;Date;Product;Total\n" + "".join(
    f"{number};K{number % 7};k{number % 7}@example.com;{1 + number % 28:02d}.03.2026;"
    f"{'' if number % 5 else 'Olive oil'};{'?' if number == 40 else f'{number},50'}\n"
    for number in range(1, 90)
)
REFUNDED = "Order;Email;Date;Total\n1;a@example.com;01.03.2026;-5,00\n2;b@example.com;02.03.2026;7,00\n"
TWICE = "Order;Email;Date;Product;Total\n" + "".join(
    f"{number};a@example.com;01.03.2026;P{number};3,00\n" for number in (1, 2, 1, 3)
)


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="a process is copied on Linux only")


@pytest.fixture(
    params=[pytest.param(True, id="copied", marks=on_linux), pytest.param(False, id="started")], autouse=True
)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everything holds whether this process is copied or another one started."""
    monkeypatch.setattr(apart, "can_copy", lambda: request.param)
    yield
    assert not apart._waiting and not apart._begun


@pytest.fixture
def long_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is long, and there are processors enough."""
    monkeypatch.setattr(apart, "LONG", 1)
    monkeypatch.setattr(apart, "_is_possible", lambda: True)


def reading_of(folder: Path, text: str) -> FileReading:
    path = folder / "orders.csv"
    path.write_text(text, encoding="utf-8")
    return files.reading(path, currency="EUR")


def plainly(parts: list[EventRecord | CustomerRecord | Refusal | PaidPurchases]) -> list[object]:
    people: list[CustomerRecord] = []
    told: list[object] = []
    for part in parts:
        if isinstance(part, PaidPurchases):
            part.introduce(people)
            told += map(asdict, part.records(people))
        else:
            told.append(asdict(part))
    return told


@pytest.mark.parametrize("text", [MIXED, REFUNDED], ids=["mixed", "refunded"])
def test_another_process_reads_the_same(tmp_path: Path, text: str) -> None:
    here, there = reading_of(tmp_path, text), reading_of(tmp_path, text)
    own = plainly(list(here.parts()))
    with parts_apart(there) as parts:
        assert plainly(list(parts)) == own
    assert asdict(there.found) == asdict(here.found)
    assert asdict(there.left) == asdict(here.left)


@pytest.mark.usefixtures("long_files")
def test_a_process_started_in_advance_reads_the_first_long_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "can_copy", lambda: False)
    reading = reading_of(tmp_path, MIXED)
    own = plainly(list(reading.again().parts()))
    with started_for([reading.understood.table.path]):
        (waiting,) = apart._waiting
        with parts_apart(reading) as parts:
            assert not apart._waiting
            assert plainly(list(parts)) == own
    assert waiting.process.returncode is not None


@pytest.mark.usefixtures("long_files")
def test_a_process_that_nobody_asks_ends_with_the_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "can_copy", lambda: False)
    with started_for([reading_of(tmp_path, MIXED).understood.table.path, tmp_path / "missing.csv"]):
        (waiting,) = apart._waiting
        assert waiting.process.poll() is None
    assert waiting.process.returncode is not None


@pytest.mark.usefixtures("long_files")
def test_a_file_that_was_begun_is_taken_up_and_another_is_not_mixed_with_it(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, MIXED)
    other = reading.again()
    own = plainly(list(reading.again().parts()))
    with started_for([reading.understood.table.path]):
        begin(reading)
        ((begun, process),) = apart._begun
        assert begun is reading
        with parts_apart(other) as parts:
            assert apart._begun and plainly(list(parts)) == own
        with parts_apart(reading) as parts:
            assert not apart._begun and plainly(list(parts)) == own
    assert process.told.closed
    assert asdict(reading.found) == asdict(other.found)


@pytest.mark.usefixtures("long_files")
def test_what_was_begun_and_nobody_takes_ends_with_the_block(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, MIXED)
    with started_for([]):
        begin(reading)
        ((_reading, process),) = apart._begun
    assert process.told.closed


def test_a_short_file_is_not_begun(tmp_path: Path) -> None:
    with started_for([]):
        begin(reading_of(tmp_path, MIXED))
        assert not apart._begun


def test_scattered_orders_are_told_by_the_other_process(tmp_path: Path) -> None:
    with parts_apart(reading_of(tmp_path, TWICE)) as parts, pytest.raises(Scattered):
        list(parts)


def test_what_goes_wrong_there_is_left_to_reading_here(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, MIXED)
    reading.understood.table.path.unlink()
    with parts_apart(reading) as parts, pytest.raises(Failed):
        list(parts)


def test_parts_that_nobody_takes_keep_nobody_waiting(tmp_path: Path) -> None:
    with parts_apart(reading_of(tmp_path, MIXED)) as parts:
        next(parts)


def test_a_process_with_a_second_thread_is_not_copied() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert not can_copy()
    finally:
        done.set()
        other.join()
