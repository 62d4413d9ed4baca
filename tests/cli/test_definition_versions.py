"""Definitions that were saved: looked at, told apart, returned to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from activetui.activity.presets import preset_text
from activetui.store import definitions
from activetui.store.opening.file import open_store
from tests.cli.conftest import Run, contents
from tests.cli.small_shop import TODAY


def history(run: Run) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(run("definition", "history", "--format", "json").stdout)
    return rows


def test_the_history_says_in_words_what_each_version_changed(demo: Path, run: Run) -> None:
    latest, first = history(run)
    assert set(latest) == {"version", "name", "saved_at", "note", "in_force", "changes"}
    assert "active: a purchase within 35 days instead of a purchase within 30 days" in latest["changes"]
    assert first["changes"] == []
    text = run("definition", "history").stdout.splitlines()
    assert text[0].startswith("Version 2 · Casa Verde · ")
    assert "in force" in text[0] and latest["note"] in text[0]
    assert text[1 : 1 + len(latest["changes"])] == ["  " + said for said in latest["changes"]]
    assert text[-1].startswith("Version 1 · Neighbourhood shop")


def test_the_history_stays_readable_where_a_version_is_not(demo: Path, run: Run) -> None:
    conn = open_store(demo, today=TODAY)
    conn.execute("UPDATE definition SET toml = 'not = [a definition' WHERE version = 1")
    conn.commit()
    conn.close()
    assert [row["changes"] for row in history(run)] == [[], []]


def test_an_older_version_comes_back_as_a_new_one(demo: Path, run: Run) -> None:
    for name, version in (("v1", 3), ("2", 4)):
        assert run("definition", "use", name).exit_code == 0
        latest = history(run)[0]
        assert (latest["version"], latest["note"]) == (version, f"as version {version - 2}")
    assert [row["in_force"] for row in history(run)] == [True, False, False, False]
    assert json.loads(run("definition", "show", "--format", "json").stdout)["name"] == "Casa Verde"
    assert history(run)[0]["changes"]
    assert run("doctor").exit_code == 0


def test_a_note_of_ones_own_is_kept_when_returning(demo: Path, run: Run) -> None:
    assert run("definition", "use", "1", "--note", "The counter was wrong").exit_code == 0
    assert history(run)[0]["note"] == "The counter was wrong"


def test_returning_to_what_is_in_force_changes_nothing(demo: Path, run: Run) -> None:
    before = contents(demo)["definition"]
    found = run("definition", "use", "v2")
    assert found.exit_code == 0
    assert "already" in found.stdout
    assert contents(demo)["definition"] == before


def test_a_version_that_does_not_exist_is_refused_and_makes_no_store(demo: Path, run: Run) -> None:
    before = contents(demo)
    for command in ("use", "show", "diff"):
        found = run("definition", command, "v9")
        assert (found.exit_code, found.stdout) == (1, "")
        assert "1 to 2" in found.stderr
    assert contents(demo) == before
    for path in demo.parent.glob("shop.db*"):
        path.unlink()
    for command in ("use", "show", "diff"):
        assert run("definition", command, "1").exit_code == 1
    assert not demo.exists()


def test_any_definition_can_be_shown(demo: Path, run: Run, tmp_path: Path) -> None:
    def shown(*words: object) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(run("definition", "show", *words, "--format", "json").stdout)
        return found

    assert (shown("1")["version"], shown("v1")["toml"]) == (1, preset_text("shop"))
    assert (shown("salon")["version"], shown("salon")["toml"]) == (None, preset_text("salon"))
    path = tmp_path / "mine.toml"
    path.write_text(preset_text("cafe"))
    assert shown(path)["name"] == shown("cafe")["name"]
    assert run("definition", "show", "v1").stdout.startswith("Neighbourhood shop, version 1\n")


def test_a_preset_can_be_shown_before_there_is_a_store(run: Run, db: Path) -> None:
    assert "name = " in run("definition", "show", "gym").stdout
    assert not db.exists()


def test_returning_to_a_preset_says_which_business_was_chosen(demo: Path, run: Run) -> None:
    assert run("definition", "use", "1").exit_code == 0
    rows = dict(contents(demo)["meta"])
    assert rows["business_chosen"] == "shop"


def test_saved_versions_stay_as_they_were_written(demo: Path, run: Run) -> None:
    conn = open_store(demo, today=TODAY)
    before = {saved.version: saved.text for saved in definitions.history(conn)}
    conn.close()
    run("definition", "use", "v1")
    conn = open_store(demo, today=TODAY)
    after = {saved.version: saved.text for saved in definitions.history(conn)}
    conn.close()
    assert after == before | {3: before[1]}
