"""TOML files are taken apart once, and again when one of them changes."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

import pytest

from activetui.importing import toml_files
from activetui.importing.toml_files import read_folder, said_in

AT, LATER = 1_790_000_000, 1_790_000_002


def say(folder: Path, name: str, text: str, when: int) -> None:
    file = folder / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    os.utime(file, (when, when))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    say(tmp_path, "b", "word = 'two'", AT)
    say(tmp_path, "a", "word = 'ünö'\n[more]\nnumbers = [1, 2.5, true]", AT)
    assert list(read_folder(tmp_path)) == ["a", "b"]
    return tmp_path


@pytest.mark.parametrize("name", ["synonyms", "systems", "values"])
def test_what_is_kept_is_what_the_files_say(name: str) -> None:
    files = sorted((Path(toml_files.__file__).parent / name).glob("*.toml"))
    assert said_in(name) == {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


def test_files_are_taken_apart_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tomllib, "loads", None)
    said = read_folder(folder)
    assert said == {"a": {"word": "ünö", "more": {"numbers": [1, 2.5, True]}}, "b": {"word": "two"}}


def test_a_changed_file_is_read_again(folder: Path) -> None:
    say(folder, "b", "word = 'six'", LATER)
    assert read_folder(folder)["b"] == {"word": "six"}


def test_another_file_is_read_and_one_that_is_gone_forgotten(folder: Path) -> None:
    say(folder, "c", "word = 'three'", AT)
    assert list(read_folder(folder)) == ["a", "b", "c"]
    (folder / "a.toml").unlink()
    assert list(read_folder(folder)) == ["b", "c"]


def test_where_nothing_can_be_kept_the_files_are_read_each_time(folder: Path) -> None:
    kept = folder / "__pycache__"
    for file in kept.iterdir():
        file.unlink()
    kept.rmdir()
    kept.write_text("no folder", encoding="utf-8")
    assert read_folder(folder)["b"] == {"word": "two"}
    say(folder, "b", "word = 'six'", LATER)
    assert read_folder(folder)["b"] == {"word": "six"}
