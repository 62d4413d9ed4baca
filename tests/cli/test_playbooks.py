"""`playbooks`: list, show, check, use, edit, switch, forget."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from activetui.ledger.errors import Exit
from activetui.reactivation.playbooks.playbook import builtin_playbooks
from tests.cli.conftest import Run, contents
from tests.cli.desk import Desk
from tests.cli.small_shop import open_shop

OWN = """\
title = "Silent gardeners"
rank = 1
for = "status:inactive"
[[steps]]
after_days = 0
channel = "phone"
title = "Call about the garden"
"""
LISTED = (
    "key", "title", "rank", "origin", "in_use", "serves", "audience", "steps", "fits", "reachable",
    "under_way", "contacted", "won_back", "messages_missing", "problem",
)


@pytest.fixture
def shop(db: Path) -> Path:
    """A small shop: one of its customers has an open complaint, two are inactive."""
    open_shop(db)
    return db


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    file = tmp_path / "Silent gardeners.toml"
    file.write_text(OWN, encoding="utf-8")
    return file


def listed(run: Run) -> dict[str, dict[str, object]]:
    rows = json.loads(run("playbooks", "list", "--format", "json").stdout)
    assert all(tuple(row) == LISTED for row in rows)
    return {row["key"]: row for row in rows}


def test_all_are_listed_by_rank_with_whom_they_fit(shop: Path, run: Run) -> None:
    rows = listed(run)
    assert list(rows) == [plan.key for plan in builtin_playbooks()]
    assert (rows["complaint"]["fits"], rows["complaint"]["reachable"]) == (1, 1)
    assert rows["cancelled"]["fits"] == 0
    table = run("playbooks", "list").stdout
    assert "Nobody fits now: " in table and "Cancelled subscription" in table.splitlines()[-3]


def test_what_came_of_each_so_far_stands_there(demo: Path, run: Run) -> None:
    rows = listed(run)
    assert sum(int(str(row["contacted"])) for row in rows.values()) > 0
    assert all(int(str(row["won_back"])) <= int(str(row["contacted"])) for row in rows.values())


def test_one_is_shown_in_words_and_as_the_text_that_it_is(shop: Path, run: Run) -> None:
    said = run("playbooks", "show", "Complaint: repair first").stdout
    assert "For: customers with an open complaint" in said
    assert "1  on the first day, by phone: Call: listen, say sorry" in said
    assert "It fits 1 customer now; 1 may be contacted." in said
    toml = run("playbooks", "show", "complaint", "--toml").stdout
    assert toml.startswith('title = "Complaint: repair first"\n')
    row = json.loads(run("playbooks", "show", "complaint", "--format", "json").stdout)
    assert (row["toml"], row["serves"], row["success"]) == (toml, True, ["purchase"])
    assert [step["offer"] for step in row["steps"]] == [False, False, False, True]


def test_the_text_that_is_shown_can_be_used_as_it_is(shop: Path, run: Run, tmp_path: Path) -> None:
    for plan in builtin_playbooks():
        file = tmp_path / f"{plan.key}.toml"
        file.write_text(run("playbooks", "show", plan.key, "--toml").stdout, encoding="utf-8")
        checked = run("playbooks", "check", file)
        assert checked.exit_code == 0 and "The file is in order." in checked.stdout


def test_an_unknown_one_is_refused_with_what_was_meant(shop: Path, run: Run) -> None:
    refused = run("playbooks", "show", "regulr")
    assert refused.exit_code == Exit.REFUSED
    assert "did you mean regular?" in refused.stderr


def test_an_own_one_is_used_switched_off_and_on_and_forgotten(shop: Path, run: Run, garden: Path) -> None:
    assert "Playbook added: Silent gardeners (silent_gardeners)" in run("playbooks", "use", garden).stdout
    row = listed(run)["silent_gardeners"]
    assert (row["origin"], row["in_use"], row["fits"]) == ("own", True, 2)
    assert run("playbooks", "off", "silent gardeners").stdout.startswith("Playbook off: Silent gardeners")
    assert listed(run)["silent_gardeners"]["in_use"] is False
    assert run("playbooks", "off", "silent_gardeners").stdout == "It is off already.\n"
    assert "in use: Silent" in run("playbooks", "on", "silent_gardeners").stdout
    assert "Playbook dropped: Silent gardeners" in run("playbooks", "forget", "Silent gardeners").stdout
    assert "silent_gardeners" not in listed(run)


def test_a_change_of_the_program_s_own_is_forgotten_and_undone(shop: Path, run: Run, garden: Path) -> None:
    run("playbooks", "use", garden, "--key", "regular")
    assert listed(run)["regular"]["origin"] == "changed"
    assert "Playbook as it came: Silent gardeners" in run("playbooks", "forget", "regular").stdout
    assert listed(run)["regular"]["origin"] == "program"
    assert "Taken back" in run("undo").stdout
    assert listed(run)["regular"]["title"] == "Silent gardeners"
    run("undo")
    refused = run("playbooks", "forget", "regular")
    assert refused.exit_code == Exit.REFUSED and "playbooks off regular" in refused.stderr


def test_one_that_cannot_be_read_any_more_is_passed_over_until_it_can(
    shop: Path, run: Run, garden: Path
) -> None:
    run("segments", "save", "gardeners", "status:inactive")
    garden.write_text(OWN.replace("status:inactive", "segment:gardeners"), encoding="utf-8")
    assert "It fits 2 customers now" in run("playbooks", "use", garden, "--key", "garden").stdout
    with closing(sqlite3.connect(shop)) as conn, conn:     # the command keeps a segment that is asked for
        conn.execute("DELETE FROM segment")
    row = listed(run)["garden"]
    assert (row["in_use"], row["fits"]) == (True, None)
    assert "There is no segment 'gardeners'" in str(row["problem"])
    table = run("playbooks", "list").stdout
    assert "passed over" in table and "Passed over: garden.toml:3:8: " in table
    assert "cannot be read" in run("playbooks", "show", "garden").stdout
    assert "Playbook off: garden" in run("playbooks", "off", "garden").stdout
    assert "Passed over" not in run("playbooks", "list").stdout
    refused = run("playbooks", "on", "garden")
    assert refused.exit_code == Exit.REFUSED and "garden.toml:3:8: " in refused.stderr
    run("segments", "save", "gardeners", "status:inactive")
    assert "Playbook in use: Silent gardeners" in run("playbooks", "on", "garden").stdout


def test_whoever_is_in_one_that_goes_is_told(shop: Path, run: Run, garden: Path) -> None:
    run("playbooks", "use", garden)
    run("bulk", "enrol", "silent_gardeners", "status:inactive", "--yes")
    assert listed(run)["silent_gardeners"]["under_way"] == 2
    assert "2 customers in it go on to its end." in run("playbooks", "off", "silent_gardeners").stdout
    dropped = run("playbooks", "forget", "silent_gardeners").stdout
    assert "It runs for 2 customers, whose steps are no longer listed" in dropped


def test_a_message_that_is_not_there_or_is_off_is_told(shop: Path, run: Run, garden: Path) -> None:
    garden.write_text(OWN + 'template = "gone"\n', encoding="utf-8")
    said = "Step 1 names the message “gone”, and there is none of that key."
    for command in ("check", "use"):
        assert f"! {said}" in run("playbooks", command, garden).stdout
    assert listed(run)["silent_gardeners"]["messages_missing"] == [said]
    assert f"Silent gardeners: {said}" in run("playbooks", "list").stdout
    assert listed(run)["slipping"]["messages_missing"] == []
    run("messages", "off", "news_of_favourites")
    off = ["Step 2 names the message “news_of_favourites”, which is off."]
    assert listed(run)["slipping"]["messages_missing"] == off
    assert off[0] in run("playbooks", "show", "slipping").stdout


@pytest.mark.parametrize("command", ["check", "use"])
def test_a_file_with_mistakes_is_refused_with_all_of_them(
    shop: Path, run: Run, garden: Path, command: str
) -> None:
    garden.write_text(OWN.replace("status:", "statsu:").replace('"phone"', '"fax"'), encoding="utf-8")
    before = contents(shop)
    refused = run("playbooks", command, garden)
    assert refused.exit_code == Exit.REFUSED
    assert f"{garden}:3:8: There is no field 'statsu'. Did you mean status?" in refused.stderr
    assert f'{garden}:6:1: "fax" is no way to reach a customer' in refused.stderr
    assert contents(shop) == before


def test_a_file_is_checked_without_a_store_too(run: Run, garden: Path, db: Path) -> None:
    checked = run("playbooks", "check", garden)
    assert checked.exit_code == 0 and "For: inactive customers" in checked.stdout
    assert not db.exists()


@pytest.mark.parametrize("what", ["missing.toml", ".", "binary.toml"])
def test_what_is_no_text_file_is_refused(shop: Path, run: Run, tmp_path: Path, what: str) -> None:
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    refused = run("playbooks", "use", tmp_path / what)
    assert refused.exit_code == Exit.REFUSED and refused.stderr


def test_hostile_text_harms_no_terminal(shop: Path, run: Run, garden: Path) -> None:
    evil = 'title = "[red]\\u001b[31mEvil\\u202e"'
    garden.write_text(OWN.replace('title = "Silent gardeners"', evil), encoding="utf-8")
    for words in (("use", garden), ("list",), ("show", "silent_gardeners"), ("off", "silent_gardeners")):
        found = run("playbooks", *words)
        assert found.exit_code == 0 and "Evil" in found.stdout
        assert not {"\x1b", "\u202e"} & set(found.stdout)


def test_a_playbook_is_changed_in_the_own_editor(shop: Path, run: Run, tmp_path: Path) -> None:
    desk = Desk(tmp_path, shop, "playbooks", "edit")
    desk.changes('channel = "phone" => channel = "fax"', 'channel = "fax" => channel = "letter"')
    with desk.editing("regular") as child:
        child.expect(r'regular\.toml:\d+:\d+: "fax" is no way to reach a customer')
        child.expect("Go on editing.*")
        child.sendline("")
        child.expect("on the first day, by letter: Call: ask openly why")
        child.expect("Use it from now on.*")
        child.sendline("")
        child.expect("Playbook changed: Inactive regular")
    assert child.exitstatus == 0 and desk.kept == []
    assert 'channel = "letter"' in run("playbooks", "show", "regular", "--toml").stdout


def test_a_new_playbook_begins_with_an_example_that_can_be_used(
    shop: Path, run: Run, tmp_path: Path
) -> None:
    desk = Desk(tmp_path, shop, "playbooks", "edit")
    desk.changes("My playbook => Gardeners")
    with desk.editing("gardeners", "--new") as child:
        child.expect("Use it from now on.*")
        child.sendline("y")
        child.expect("Playbook added: Gardeners")
    assert listed(run)["gardeners"]["origin"] == "own"
    refused = run("playbooks", "edit", "gardeners", "--new")
    assert refused.exit_code == Exit.REFUSED and "already" in refused.stderr


def test_an_edit_that_is_given_up_is_kept_as_a_file(shop: Path, tmp_path: Path) -> None:
    before = contents(shop)
    desk = Desk(tmp_path, shop, "playbooks", "edit")
    desk.changes("[[steps]] => [[stesp]]")
    with desk.editing("lost") as child:
        child.expect("Go on editing.*")
        child.sendline("n")
        child.expect("Your text is kept in ([^;]*); once it is right: activetui playbooks use")
        kept = child.match[1]
    assert child.exitstatus == 1 and contents(shop) == before
    assert [str(path) for path in desk.kept] == [kept]


def test_without_a_terminal_the_way_by_a_file_is_told(shop: Path, run: Run) -> None:
    refused = run("playbooks", "edit", "regular")
    assert refused.exit_code == Exit.NEEDS_ANSWER
    assert "activetui playbooks show regular --toml" in refused.stderr
