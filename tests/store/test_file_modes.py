"""File modes bind those who are no administrators: what may not be read or written is said, and left."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from activetui.store.opening.file import open_store
from activetui.store.opening.guard import DataFileError
from tests.store.building import TODAY
from tests.store.places import a_store, as_someone_else, files_in, open_to_all

OTHER = 65534 if os.geteuid() == 0 else os.getuid()


def said_on_opening(path: Path, **how: bool) -> Callable[[], str]:
    def question() -> str:
        try:
            with closing(open_store(path, today=TODAY, **how)) as conn:
                return str(conn.execute("SELECT name FROM customer").fetchall())
        except DataFileError as error:
            return error.message.replace(str(path), "IT")

    return question


def given_away(folder: Path, file_mode: int, folder_mode: int) -> Path:
    """A store of another account, with these modes."""
    path = a_store(folder / "shop.db")
    said_on_opening(path)()
    said_on_opening(path, read_only=True)()
    os.chown(path, OTHER, -1)
    os.chown(folder, OTHER, -1)
    path.chmod(file_mode)
    folder.chmod(folder_mode)
    return path


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "read_only", "said"),
    [
        (0o600, 0o700, False, "[('Ana',)]"),
        (0o600, 0o700, True, "[('Ana',)]"),
        (0o400, 0o700, False, "IT cannot be written; nothing was changed."),
        (0o400, 0o700, True, "[('Ana',)]"),
        (0o600, 0o500, False, "IT cannot be written; nothing was changed."),
        (0o600, 0o500, True, "[('Ana',)]"),
        (0o000, 0o700, True, "IT cannot be read."),
        (0o000, 0o700, False, "IT cannot be read."),
        (0o600, 0o000, True, "IT cannot be read."),
    ],
)
def test_modes_decide_what_can_be_done(file_mode: int, folder_mode: int, read_only: bool, said: str) -> None:
    with open_to_all() as folder:
        path = given_away(folder, file_mode, folder_mode)
        try:
            assert as_someone_else(said_on_opening(path, read_only=read_only)) == said
        finally:
            folder.chmod(0o700)
            path.chmod(0o600)
        assert [file.name for file in folder.iterdir() if file.suffix == ".db"] == ["shop.db"]


def test_a_new_file_needs_a_folder_that_can_be_written() -> None:
    with open_to_all() as folder:
        a_store(folder / "first.db")
        folder.chmod(0o555)
        for name in ("shop.db", "data/shop.db"):
            said = as_someone_else(said_on_opening(folder / name, create=True))
            assert said == "IT cannot be written; nothing was changed."
        assert list(files_in(folder)) == ["first.db"]
        folder.chmod(0o700)
