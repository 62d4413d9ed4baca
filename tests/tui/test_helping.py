"""The help's words are about things that there are."""

from __future__ import annotations

from activetui.tui import helping
from activetui.tui.commands import Command
from activetui.tui.helping import Section, once_each
from tests.tui.test_commands import classes

TEXTUALS = {"Input", "TextArea", "Select"}


def test_every_thing_with_words_is_one_that_can_have_the_focus() -> None:
    ours = {found.__name__ for found in classes() if getattr(found, "can_focus", False)}
    assert set(helping._ABOUT) - TEXTUALS <= ours


def test_a_command_is_said_once_where_it_comes_first() -> None:
    down, up = (Command(f"list.{word}", word, word, word, word) for word in ("down", "up"))
    found = once_each([Section("a", [down]), Section("b", [down, up]), Section("c", [up])])
    assert [(section.title, list(section.commands)) for section in found] == [("a", [down]), ("b", [up])]
