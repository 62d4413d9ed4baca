"""Files to import: the samples, and ones that a test writes itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from activetui.importing.asking.answers import Answers, Setting
from activetui.importing.files.part import plain_part
from activetui.importing.read import FileReading, Record, Scattered, read_part
from activetui.importing.run import ImportPlan, plan_reading, setting_of
from activetui.importing.telling.plan_json import plan_as_json
from activetui.ledger.days import Day, from_iso, to_date
from activetui.ledger.records import CustomerRecord, EventRecord, Refusal

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "csv"
CDNOW = Path(__file__).resolve().parents[1] / "data" / "cdnow" / "CDNOW_sample.txt.gz"
TODAY: Day = from_iso("2026-11-22")
MADE_AT = "2026-11-22T09:00:00Z"

Writer = Callable[..., Path]


def read_file(path: Path, answers: Answers, setting: Setting) -> FileReading:
    """A plain file looked into."""
    return read_part(plain_part(path), answers, setting)


def plan_import(conn: sqlite3.Connection, path: Path, answers: Answers, setting: Setting) -> ImportPlan:
    """A plain file compared with the ledger."""
    return plan_reading(conn, read_file(path, answers, setting))


def reading(path: Path, **answers: Any) -> FileReading:
    """A file looked into, without a store."""
    return read_file(path, Answers(**answers), Setting(TODAY))


def records(path: Path, **answers: Any) -> list[Record]:
    """All records of a file that needs no answer."""
    read = reading(path, **answers)
    assert read.understood.questions == ()
    try:
        return list(read.records())
    except Scattered:
        return list(read.again(gather=True).records())


def events(found: Iterable[Record]) -> list[EventRecord]:
    """The events among records."""
    return [one for one in found if isinstance(one, EventRecord)]


def customers(found: Iterable[Record]) -> list[CustomerRecord]:
    """The customers among records, alone or with an event."""
    alone = [one for one in found if isinstance(one, CustomerRecord)]
    return alone + [one.customer for one in events(found) if one.customer is not None]


def refusals(found: Iterable[Record]) -> list[Refusal]:
    """The refused rows among records."""
    return [one for one in found if isinstance(one, Refusal)]


def plan(conn: sqlite3.Connection, path: Path, **answers: Any) -> dict[str, Any]:
    """What importing a file would change, as the JSON contract has it."""
    with plan_import(conn, path, Answers(**answers), setting_of(conn, TODAY)) as planned:
        return plan_as_json(planned)


def take(conn: sqlite3.Connection, path: Path, **answers: Any) -> int | None:
    """Import a file; the number of the batch."""
    with plan_import(conn, path, Answers(**answers), setting_of(conn, TODAY)) as planned:
        return planned.apply(MADE_AT)


def day(one: EventRecord) -> str:
    """The day of an event in ISO."""
    return to_date(one.day).isoformat()


def net(figures: dict[str, Any]) -> Decimal:
    """What remains of a file's purchases."""
    return Decimal(figures["total"]) - Decimal(figures["refunded"])
