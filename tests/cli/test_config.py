"""`config`: what is set, what each setting takes, where it is kept; a currency works everyone out anew."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import platformdirs
import pytest

from activetui.cli.setting_values import SETTINGS
from activetui.reactivation.checklist.checklist import CAPACITY
from activetui.reactivation.playbooks.look import REST_DAYS
from activetui.tui import config
from tests.cli.conftest import Run, contents
from tests.cli.test_undo import ledger


def shown(run: Run, *words: str) -> dict[str, Any]:
    rows = json.loads(run("config", "show", *words, "--format", "json").stdout)
    return {row["name"]: row["value"] for row in rows}


def test_everything_can_be_seen_with_where_it_is_kept(demo: Path, run: Run) -> None:
    found = run("config", "show")
    assert all(setting.name in found.stdout for setting in SETTINGS)
    assert f"store: {demo}" in found.stdout
    assert str(config.config_file()) in found.stdout
    assert shown(run, "currency") == {"currency": "EUR"}


def test_without_a_store_nothing_is_made_by_looking(run: Run, db: Path) -> None:
    assert shown(run)["business"] is None
    assert not db.exists()


@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [("business", " Casa  Azul ", "Casa Azul"), ("country", "br", "BR"), ("calls_a_day", "07", "7"),
     ("Time Zone", "Europe/Lisbon", "Europe/Lisbon"), ("language", "pt-br", "pt_BR"),
     ("theme", "nord", "nord"), ("rest-days", "0", "0")],
)
def test_a_setting_is_kept_as_it_is_meant_and_can_be_unset(
    demo: Path, run: Run, name: str, given: str, kept: str
) -> None:
    assert run("config", "set", name, given).exit_code == 0
    assert list(shown(run, name).values()) == [kept]
    assert "already" in run("config", "set", name, kept).stdout
    assert run("config", "unset", name).exit_code == 0
    assert list(shown(run, name).values()) == [None]
    assert "was not set" in run("config", "unset", name).stdout


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [("currency", "XXZ", "is no currency"), ("country", "PRT", "is no country"), ("calls-a-day", "0", "1 to"),
     ("calls-a-day", "many", "1 to"), ("rest-days", "366", "0 to 365"), ("rest-days", "a week", "0 to 365"),
     ("time-zone", "Nowhere/Here", "is no time zone"),
     ("language", "de", "pt_BR"), ("theme", "nrod", "Did you mean nord?"),
     ("business", "x" * 81, "too long")],
)
def test_what_a_setting_does_not_take_is_refused(
    demo: Path, run: Run, name: str, given: str, words: str
) -> None:
    before = contents(demo)
    found = run("config", "set", name, given)
    assert found.exit_code == 2
    assert words in found.stderr
    assert contents(demo) == before


def test_a_setting_that_there_is_not_gets_a_proposal(run: Run) -> None:
    found = run("config", "set", "busines", "x")
    assert (found.exit_code, found.stdout) == (1, "")
    assert "Did you mean business?" in found.stderr


def test_what_the_business_is_can_be_undone(demo: Path, run: Run) -> None:
    before = ledger(demo)
    assert run("config", "set", "business", "Casa Azul").exit_code == 0
    assert run("config", "set", "calls-a-day", "9").exit_code == 0
    assert "calls-a-day set to 9" in run("undo").stdout
    assert "business set to Casa Azul" in run("undo").stdout
    assert ledger(demo) == before


def test_another_currency_counts_only_its_own_money_until_that_is_undone(demo: Path, run: Run) -> None:
    def money() -> set[str]:
        rows = json.loads(run("customers", "--format", "json").stdout)
        return {row["spend"] for row in rows} | {row["currency"] for row in rows}

    before, stored = money(), ledger(demo)
    asked = run("config", "set", "currency", "USD")
    assert asked.exit_code == 3
    assert "--yes" in asked.stderr
    assert ledger(demo) == stored
    assert run("config", "set", "currency", "USD", "--yes").exit_code == 0
    assert money() == {"0.00", "USD"}
    assert run("undo").exit_code == 0
    assert money() == before
    assert ledger(demo) == stored


def test_the_language_that_was_set_is_spoken_unless_the_variable_says_another(run: Run) -> None:
    assert run("config", "set", "language", "pt").exit_code == 0
    assert shown(run, "language") == {"language": "pt"}
    from activetui.cli.language import chosen_language

    assert chosen_language() == "pt"


def test_the_variable_comes_first(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from activetui.cli.language import chosen_language

    assert run("config", "set", "language", "pt").exit_code == 0
    monkeypatch.setenv("ACTIVETUI_LANG", "fr_CH")
    assert chosen_language() == "fr_CH"


def test_the_usual_number_of_calls_is_said(run: Run) -> None:
    assert re.search(rf"\b{CAPACITY} unless you say", run("config", "show", "calls-a-day").stdout)


def test_the_usual_rest_is_said_and_kept_to(demo: Path, run: Run) -> None:
    assert re.search(rf"\b{REST_DAYS} unless you say", run("config", "show", "rest-days").stdout)
    assert f"contacted within {REST_DAYS} days" in run("playbooks", "show", "regular").stdout
    run("config", "set", "rest-days", "21")
    assert "contacted within 21 days" in run("playbooks", "show", "regular").stdout
    run("config", "set", "rest-days", "0")
    assert "was contacted within" not in run("playbooks", "show", "regular").stdout


def test_a_folder_that_cannot_be_written_is_said(run: Run, monkeypatch: pytest.MonkeyPatch, db: Path) -> None:
    blocked = db.with_name("file")
    blocked.write_text("")
    monkeypatch.setattr(config, "config_folder", lambda: blocked / "activetui")
    found = run("config", "set", "theme", "nord")
    assert found.exit_code == 1
    assert "cannot be written" in found.stderr


def test_the_folder_is_the_one_of_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for value in (str(tmp_path), "", "~/own"):
        monkeypatch.setenv("XDG_CONFIG_HOME", value)
        assert config.config_folder() == platformdirs.user_config_path("activetui", appauthor=False)
