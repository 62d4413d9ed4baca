"""Real files whose customers were forgotten: read again, each gives the same sums, and nobody's name."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from activetui.importing.asking.answers import Answers
from activetui.importing.read import read_files
from activetui.importing.rereading import read_kept
from activetui.importing.run import ImportPlan, plan_reading, setting_of
from activetui.importing.telling.plan_json import plan_as_json
from activetui.store.imports import kept_files
from activetui.store.privacy import forgetting, traces
from tests.importing.files import MADE_AT, SAMPLES, TODAY
from tests.store.made import open_new

_FOLDERS = ("hand", "money", "shops")


def _samples() -> list[Any]:
    return [
        pytest.param(
            SAMPLES / folder / entry["file"], entry.get("answers", {}), id=f"{folder}/{entry['file']}"
        )
        for folder in _FOLDERS
        for entry in json.loads((SAMPLES / folder / "MANIFEST.json").read_text(encoding="utf-8"))
    ]


def _sums(plan: ImportPlan) -> dict[str, Any]:
    told = plan_as_json(plan)
    found = {name: told["found"][name] for name in ("orders", "purchases", "refunds")}
    return {**found, "total": told["total"], "refunded": told["refunded"]}


@pytest.mark.parametrize(("path", "answers"), _samples())
def test_a_file_read_again_gives_the_same_sums(path: Path, answers: dict[str, Any], tmp_path: Path) -> None:
    with closing(open_new(tmp_path / "shop.db", TODAY)) as conn:
        readings = read_files(path, Answers(**answers), setting_of(conn, TODAY), tmp_path / "room")
        with closing(plan_reading(conn, readings[0])) as plan:
            if plan.questions or plan.apply(MADE_AT) is None:
                return
            before = _sums(plan)
        people = [number for (number,) in conn.execute("SELECT id FROM customer ORDER BY id").fetchall()]
        emails = {email for number in people for email in traces.of_customer(conn, number).values("email")}
        for number in people:
            forgetting.forget(conn, number, today=TODAY, made_at=MADE_AT)
        if not people or not before["orders"] or not kept_files.is_kept(conn, 1):
            return
        copy = tmp_path / "kept.csv"
        kept_files.write_to(conn, 1, copy)
        assert [email for email in emails if email.encode() in copy.read_bytes().lower()] == []
        with closing(open_new(tmp_path / "new.db", TODAY)) as other:
            reading = read_kept(
                conn, 1, Answers(**answers), before=other, room=tmp_path / "again", today=TODAY,
                usual_currency="EUR",
            )
            with closing(plan_reading(other, reading)) as again:
                assert _sums(again) == before
