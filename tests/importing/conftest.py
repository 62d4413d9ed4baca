"""An empty store, and files written for one test."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.importing.files import TODAY, Writer
from tests.store.made import open_new


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A new store."""
    with closing(open_new(tmp_path / "store.db", TODAY)) as conn:
        yield conn


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """Write a file; `encoding` is that of the text."""

    def written(text: str | bytes, name: str = "file.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return written
