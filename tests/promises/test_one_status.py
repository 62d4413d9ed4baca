"""Promise: the same status stands everywhere, for every customer of the demo, on any day."""

from __future__ import annotations

import csv
import io
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from activetui.activity.status import Status
from activetui.demo_shop.people import OPENED
from activetui.ledger.days import Day, iso
from activetui.reactivation.checklist.checklist import items
from activetui.segments.asking import ask
from activetui.store.facts import spans
from activetui.store.listing import people
from activetui.store.opening.file import open_store
from activetui.store.other_days.as_of import look_from
from activetui.store.other_days.known_then import NothingKnownError
from activetui.store.receipts import receipt_of
from tests.promises.days import RANDOM_DAYS
from tests.store.building import TODAY

EVERYONE = "ACTIVITY_EXAMPLES" in os.environ
"""Whether every customer's receipt is read on every day; without, each customer's on every third of them."""


@pytest.fixture(scope="module")
def demo(demo_file: Path) -> Iterator[sqlite3.Connection]:
    """The demo, only to be read."""
    conn = open_store(demo_file, today=TODAY, read_only=True)
    yield conn
    conn.close()


@pytest.fixture(params=RANDOM_DAYS, ids=[iso(day) for day in RANDOM_DAYS])
def day(request: pytest.FixtureRequest) -> Day:
    """One of twenty days, most of them past, some to come."""
    return int(request.param)


@pytest.mark.parametrize("known_then", [False, True], ids=["now", "then"])
def test_list_timeline_segment_checklist_and_csv_agree(
    demo: sqlite3.Connection, day: Day, known_then: bool
) -> None:
    try:
        look_from(demo, day, known_then=known_then)
    except NothingKnownError:
        assert day < OPENED
        return
    expected = {
        number: spans.status_on(demo, number, day) for (number,) in demo.execute("SELECT id FROM customer")
    }
    assert expected if known_then else len(expected) > 390
    assert {person.id: person.status for person in people.page(demo, limit=-1)} == expected
    by_segment = {
        number: status
        for status in Status
        for number in people.ids(demo, ask(demo, f"status:{status.word}", day).clause)
    }
    assert by_segment == expected
    for number, status in expected.items():
        if EVERYONE or (number + day) % 3 == 0:
            assert receipt_of(demo, number, day).status == status
    for item in items(demo, day):
        assert item.person.status == expected[item.person.id]
    counts = spans.counts_on(demo, day)
    assert all(counts[status] == list(expected.values()).count(status) for status in Status)


def test_the_csv_of_the_command_agrees(demo: sqlite3.Connection, demo_file: Path, day: Day) -> None:
    look_from(demo, day)
    from activetui.cli.program import app

    printed = CliRunner().invoke(
        app, ["customers", "--db", str(demo_file), "--as-of", str(iso(day)), "--format", "csv"]
    )
    assert printed.exit_code == 0, printed.output
    rows = list(csv.DictReader(io.StringIO(printed.stdout)))
    assert len(rows) > 390
    for row in rows:
        assert row["status"] == spans.status_on(demo, int(row["id"]), day).word
