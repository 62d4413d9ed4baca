"""A terminal with a real editor in it: a program that changes the file it is given."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pexpect

from tests.cli.conftest import TODAY

PATIENCE = 60
EDITOR = """
import pathlib, sys
path = pathlib.Path(sys.argv[-1])
text = path.read_text(encoding="utf-8")
changes = pathlib.Path({changes!r})
now, *later = changes.read_text(encoding="utf-8").splitlines()
changes.write_text(chr(10).join(later), encoding="utf-8")
old, new = now.split(" => ")
path.write_text(text.replace(old, new), encoding="utf-8")
"""
"""Replaces one text by another each time it is called: the next line of a file of changes."""


class Desk:
    """A terminal at which a command is given that opens the editor."""

    def __init__(self, folder: Path, db: Path, *command: str) -> None:
        self.folder, self.db, self.command = folder, db, command
        self._changes, self._editor = folder / "changes", folder / "editor.py"
        self._editor.write_text(EDITOR.format(changes=str(self._changes)))
        (folder / "drafts").mkdir()

    def changes(self, *changes: str) -> None:
        """What the editor replaces, one at each time that it is opened."""
        self._changes.write_text("\n".join(changes), encoding="utf-8")

    @contextmanager
    def editing(self, *words: str, **environment: str) -> Iterator[Any]:
        """The command while it runs; at the end it has ended."""
        surroundings = {
            **os.environ, "ACTIVETUI_DB": str(self.db), "ACTIVETUI_TODAY": TODAY, "ACTIVETUI_LANG": "en",
            "TERM": "xterm", "TMPDIR": str(self.folder / "drafts"), "VISUAL": "",
            "EDITOR": f'"{sys.executable}" "{self._editor}"', **environment,
        }
        child = pexpect.spawn(
            sys.executable, ["-m", "activetui", *self.command, *words], env=surroundings,
            encoding="utf-8", dimensions=(50, 200), timeout=PATIENCE,
        )
        try:
            yield child
            child.expect(pexpect.EOF)
        finally:
            child.close(force=True)

    @property
    def kept(self) -> list[Path]:
        """Texts that were left for the owner to go on with."""
        return list((self.folder / "drafts").glob("*/*.toml"))
