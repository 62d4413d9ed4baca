"""Every sample file gives what its manifest expects, is imported once however often, and can be undone.

`ACTIVETUI_SAMPLES=FOLDER` adds a folder of other files with a MANIFEST.json of the same form.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from activetui.importing.asking.answers import Answers
from activetui.importing.read import FileReading, read_files
from activetui.importing.run import plan_reading, setting_of
from activetui.importing.telling.plan_json import plan_as_json
from activetui.ledger.errors import OwnerError
from activetui.store.imports import batches
from tests.importing.files import MADE_AT, SAMPLES, TODAY

_TOP = frozenset((
    "system", "meaning", "encoding", "delimiter", "header_row", "date_order", "decimal_mark", "currency",
    "total", "refunded", "stated_spend", "first_date", "last_date", "classes",
))
_PLAN = frozenset(("new", "changed", "unchanged", "refused"))


class Sample(NamedTuple):
    """One file and what it holds."""

    path: Path
    answers: dict[str, Any]
    expect: dict[str, Any]


def _samples() -> Iterator[Any]:
    more = os.environ.get("ACTIVETUI_SAMPLES")
    for folder in [*sorted(SAMPLES.iterdir()), *([Path(more)] if more else [])]:
        manifest = folder / "MANIFEST.json"
        if not manifest.is_file():
            continue
        for entry in json.loads(manifest.read_text(encoding="utf-8")):
            sample = Sample(folder / entry["file"], entry.get("answers", {}), entry["expect"])
            yield pytest.param(sample, id=f"{folder.name}/{entry['file']}")


_ALL = list(_samples())


def _readings(conn: sqlite3.Connection, sample: Sample, folder: Path) -> list[FileReading]:
    return read_files(sample.path, Answers(**sample.answers), setting_of(conn, TODAY), folder)


def _told(plan: dict[str, Any], name: str) -> object:
    if name in _TOP:
        return plan[name]
    return (plan["plan"] if name in _PLAN else plan["found"]).get(name)


@pytest.mark.parametrize("sample", _ALL)
def test_a_sample_holds_what_its_manifest_says(
    store: sqlite3.Connection, tmp_path: Path, sample: Sample
) -> None:
    if "refuses" in sample.expect:
        with pytest.raises(OwnerError) as refused:
            _readings(store, sample, tmp_path)
        assert sample.expect["refuses"] in str(refused.value)
        return
    (reading,) = _readings(store, sample, tmp_path)
    with plan_reading(store, reading) as planned:
        plan = plan_as_json(planned)
    asks = sample.expect.get("asks")
    if asks is not None:
        assert [one["option"] for one in plan["questions"]] == asks
        return
    assert plan["questions"] == []
    assert {name: _told(plan, name) for name in sample.expect} == sample.expect


@pytest.mark.parametrize("sample", _ALL)
def test_a_sample_imported_again_adds_nothing_and_leaves_nothing_when_undone(
    store: sqlite3.Connection, tmp_path: Path, sample: Sample
) -> None:
    if "refuses" in sample.expect or "asks" in sample.expect:
        pytest.skip("is not imported as it is")
    before = _contents(store)
    (reading,) = _readings(store, sample, tmp_path)
    with plan_reading(store, reading) as planned:
        batch = planned.apply(MADE_AT)
    (again,) = _readings(store, sample, tmp_path)
    with plan_reading(store, again) as planned:
        assert planned.staged is not None
        assert planned.staged.nothing_to_do
    if batch is not None:
        undone = batches.undo(store, batch, today=TODAY, made_at=MADE_AT)
        assert (undone.kept, undone.failed) == ((), ())
    assert _contents(store) == before


def _contents(conn: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: conn.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        for table in ("customer", "identity", "tag", "event", "line", "life", "fact", "subscription")
    }


def test_every_sample_is_in_a_manifest() -> None:
    for folder in sorted(SAMPLES.iterdir()):
        if (folder / "MANIFEST.json").is_file():
            named = {
                entry["file"] for entry in json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))
            }
            assert named == {path.name for path in folder.iterdir()} - {"MANIFEST.json"}
