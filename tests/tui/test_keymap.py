"""The owner's own keys: what holds, what is refused and with which words, and that the app follows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from activetui.tui.config import keymap_file
from activetui.tui.keymap.declared import all_commands
from activetui.tui.keymap.names import BadKey, read_key
from activetui.tui.keymap.reading import Keymap, parse_keymap, read_keymap
from tests.tui.driving import driving


def parsed(text: str) -> Keymap:
    return parse_keymap(text, all_commands())


@pytest.mark.parametrize(
    ("written", "key"),
    [("/", "slash"), ("?", "question_mark"), ("G", "G"), ("Esc", "escape"), ("PgDn", "pagedown"),
     ("F5", "f5"), ("ctrl+N", "ctrl+n"), ("shift+ctrl+up", "ctrl+shift+up"), ("+", "plus"),
     ("ctrl++", "ctrl+plus"), (" space ", "space"), ("é", "é"),
     ("question_mark", "question_mark"), ("<", "less_than_sign")],
)
def test_keys_are_read_as_people_write_them(written: str, key: str) -> None:
    assert read_key(written) == key


@pytest.mark.parametrize(
    ("written", "words"),
    [("", "no key is named"), ("escpae", "did you mean escape?"), ("shift+p", "is written P"),
     ("ctrl+i", "cannot tell ctrl+i from tab"), ("ctrl+c", "belongs to the terminal"),
     ("hyper+x", "none of ctrl, shift and alt"), ("nonsense key", "there is no key"), ("\t\n", "no key")],
)
def test_what_is_no_key_is_refused_with_what_was_meant(written: str, words: str) -> None:
    with pytest.raises(BadKey, match=re.escape(words)):
        read_key(written)


def test_one_key_or_several_hold_in_every_way_that_toml_has() -> None:
    found = parsed('customers.sort = "f6"\n"app.day" = ["d", "F4"]\n[list]\ndown = "down, f7"\n')
    assert not found.problems
    assert found.keys == {"customers.sort": "f6", "app.day": "d,f4", "list.down": "down,f7"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('\ncustomer.sort = "f6"', 2, "there is no command customer.sort; did you mean customers.sort?"),
        ('app.undo = "unknwon"', 1, "app.undo: there is no key “unknwon”"),
        ('# mine\n[app]\nhelp = ""', 3, "app.help: no key is named"),
        ("app.help = []", 1, "app.help: no key is named"),
        ("app.help = 7", 1, "a key is a text in quotes"),
        ('app.day = "o"\napp.copy = "d"\napp.undo = "o"', 3, "app.undo: o is the key of app.day"),
        ('list.down = "d"', 1, "list.down: d is the key of app.day"),
        ('timeline.edit = "a"', 1, "timeline.edit: a is the key of timeline.add"),
        ('filter.list = "x"', 1, "x is text where this works"),
        ('app.quit = "q"', 1, "q is text where this works"),
        ('app.day = "d"\nnonsense', 2, "this is not TOML"),
        ('zebra = "x"', 1, "activetui bindings lists them"),
    ],
)
def test_a_mistake_is_said_with_its_line_and_a_proposal(text: str, line: int, words: str) -> None:
    problems = parsed(text).problems
    assert [problem.line for problem in problems] == [line], problems
    assert words in problems[0].message


def test_a_mistake_leaves_the_rest_in_force() -> None:
    found = parsed('customers.sort = "f6"\ncustomers.sotr = "p"\n')
    assert found.keys == {"customers.sort": "f6"}


def test_two_commands_can_change_places() -> None:
    found = parsed('app.day = "u"\napp.undo = "d"\n')
    assert found == Keymap({"app.day": "u", "app.undo": "d"}, [])


def test_a_key_may_be_taken_again_where_both_can_never_be_meant() -> None:
    found = parsed('confirm.yes = "f9"\ntimeline.add = "f9"\ncustomers.sort = "f9"\n')
    assert not found.problems
    assert len(found.keys) == 3


def test_a_key_of_the_app_may_be_one_that_a_single_screen_uses() -> None:
    assert not parsed('app.day = "v"\n').problems, "Definition alone has v"
    assert parsed('app.day = "j"\n').problems, "every list has j"
    assert parsed('customers.sort = "d"\n').problems, "it would hide the day on Customers"


def test_what_is_declared_clashes_with_nothing() -> None:
    text = "".join(
        f"{each.command.id} = {each.command.keys.split(',')!r}\n" for each in all_commands()
    )
    assert not parsed(text).problems


def test_a_file_that_is_no_file_or_no_text_is_said(tmp_path: Path) -> None:
    assert read_keymap(tmp_path / "none.toml", all_commands()) == Keymap({}, [])
    assert read_keymap(tmp_path, all_commands()).problems[0].message == "it cannot be read"
    (tmp_path / "large").write_bytes(b"#" * 300_000)
    assert "too large" in read_keymap(tmp_path / "large", all_commands()).problems[0].message
    (tmp_path / "odd").write_bytes(b"\xff\xfe\x00")
    assert read_keymap(tmp_path / "odd", all_commands()).problems


async def test_the_app_goes_by_the_owners_keys_in_footer_help_and_banner(shop: Path) -> None:
    keymap_file().parent.mkdir(parents=True, exist_ok=True)
    keymap_file().write_text('app.day = "f4"\ncustomers.sort = "f6"\nno.such = "x"\n')
    async with driving(shop, size=(120, 90)) as driver:
        assert any("keys.toml:3: there is no command no.such" in toast for toast in driver.toasts())
        assert " f4 as-of day" in driver.line(-1)
        await driver.press("d")
        assert not driver.app.screen.is_modal, "the declared key does nothing any more"
        await driver.press("f4")
        await driver.type("-60d")
        await driver.press("enter")
        assert "f4 another day" in driver.line(1)
        await driver.press("f6")
        assert "Sort by" in driver.text()
        await driver.press("escape", "f1")
        assert any(line.split()[1:2] == ["f4"] for line in driver.text().split("\n") if "another day" in line)
