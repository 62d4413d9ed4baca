"""`bindings`: every key of the app, the owner's own, and what is wrong with them."""

from __future__ import annotations

import json
import tomllib

from activetui.tui.config import keymap_file
from activetui.tui.keymap.declared import all_commands
from activetui.tui.keymap.reading import parse_keymap
from tests.cli.conftest import Run


def own(text: str) -> None:
    keymap_file().parent.mkdir(parents=True, exist_ok=True)
    keymap_file().write_text(text, encoding="utf-8")


def test_every_command_is_listed_with_its_name_and_its_keys(run: Run) -> None:
    rows = json.loads(run("bindings", "--format", "json").stdout)
    assert {row["id"] for row in rows} == {each.command.id for each in all_commands()}
    day = next(row for row in rows if row["id"] == "app.day")
    assert (day["keys"], day["usual_keys"], day["changed"]) == (["d"], ["d"], False)
    assert "--example" in run("bindings").stdout


def test_the_owners_keys_are_listed_in_place_of_the_usual_ones(run: Run) -> None:
    own('app.day = ["f4", "d"]\n')
    rows = {row["id"]: row for row in json.loads(run("bindings", "--format", "json").stdout)}
    assert (rows["app.day"]["keys"], rows["app.day"]["changed"]) == (["f4", "d"], True)
    assert not rows["app.undo"]["changed"]
    assert "1 command keys of your own" in run("bindings", "--check").stdout


def test_a_check_says_each_mistake_with_its_line(run: Run) -> None:
    own('app.day = "f4"\napp.dya = "x"\n')
    found = run("bindings", "--check")
    assert (found.exit_code, found.stdout) == (1, "")
    assert "keys.toml:2: there is no command app.dya; did you mean app.day?" in found.stderr
    assert "1 line does not hold" in run("bindings").stdout


def test_the_example_holds_when_it_is_taken_into_use(run: Run) -> None:
    text = run("bindings", "--example").stdout
    assert not tomllib.loads(text), "as it is printed it changes nothing"
    lines = [line[2:] for line in text.splitlines() if " = " in line]
    keymap = parse_keymap("\n".join(lines), all_commands())
    assert not keymap.problems
    assert keymap.keys == {each.command.id: each.command.keys for each in all_commands()}


def test_one_of_both_is_asked_for(run: Run) -> None:
    assert run("bindings", "--check", "--example").exit_code == 2


def test_a_file_that_cannot_be_read_at_all_leaves_every_key_as_usual(run: Run) -> None:
    own('app.day = "f4"\napp.undo = "U\n')
    found = run("bindings", "--check")
    assert "keys.toml:2: this is not TOML" in found.stderr
    assert "every key is as usual" in found.stderr
    assert "The rest of the file holds" not in found.stderr
