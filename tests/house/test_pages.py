"""The pages on commands and keys say what the program says of itself."""

from __future__ import annotations

import re
from collections import Counter

from tests.house import pages

RENEW = "renew it: python -m tests.house.pages"


def test_every_command_has_its_place_on_the_page() -> None:
    page = pages.COMMANDS.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ `(activetui[^`]*)`$", page, re.MULTILINE)
    assert headings == [" ".join(("activetui", *words)) for words in pages.commands()]


def test_the_help_on_the_page_is_what_the_program_prints() -> None:
    page = pages.COMMANDS.read_text(encoding="utf-8")
    assert pages.with_help(page) == page, RENEW


def test_every_command_says_what_it_and_its_options_do() -> None:
    for words in pages.commands():
        lines = pages.help_of(words).splitlines()
        assert len(lines) > 2 and lines[2].strip(), words
        silent = [line for line in lines if re.fullmatch(r"  --?[a-z][\w-]*(?: [A-Z]+)?", line)]
        followed = [line for line in silent if lines[lines.index(line) + 1].startswith("     ")]
        assert silent == followed, words


def test_every_place_with_keys_is_on_the_page_and_the_keys_are_those_of_the_app() -> None:
    page = pages.KEYS.read_text(encoding="utf-8")
    assert set(re.findall(r"^<!-- keys: ([\w.]+) -->$", page, re.MULTILINE)) == set(pages.nodes())
    assert pages.with_keys(page) == page, RENEW


def test_the_name_of_a_key_is_its_own() -> None:
    counts = Counter(key.id for keys in pages.nodes().values() for key in keys)
    assert not [name for name, count in counts.items() if count > 1]


def test_a_key_does_one_thing_in_one_place() -> None:
    for node, commands in pages.nodes().items():
        keys = [each for command in commands for each in command.keys.split(",")]
        assert len(keys) == len(set(keys)), node
        for command in commands:
            assert command.word and command.meaning, command.id
            assert re.fullmatch(r"[a-z]+\.[a-z-]+", command.id), command.id
