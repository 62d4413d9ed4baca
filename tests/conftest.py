"""Every test runs alone: own home, own settings, English, UTC, no animation, no settings of the machine."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from activetui.locales import use_language

_ANIMATIONS = "TEXTUAL_ANIMATIONS"
os.environ[_ANIMATIONS] = "none"            # Textual reads it when it is imported

_FOREIGN = ("ACTIVETUI_", "LC_", "XDG_", "TEXTUAL")
_OF_THE_TESTS = "TEXTUAL_SNAPSHOT"         # where the comparison of pictures keeps its own files
_ALSO = ("LANG", "LANGUAGE", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "COLUMNS", "LINES", "PAGER", "EDITOR")


@pytest.fixture(scope="session", autouse=True)
def demo_stays_as_it_is() -> Iterator[None]:
    """No test may write into the packaged demo: copy it first."""
    packaged = Path(__file__).resolve().parent.parent / "demo.db"
    before = packaged.read_bytes()
    yield
    assert packaged.read_bytes() == before, "a test has changed demo.db"


@pytest.fixture(autouse=True)
def alone(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home folder of the test's own, and none of the settings of whoever runs the tests."""
    for name in list(os.environ):
        if (name.startswith(_FOREIGN) and not name.startswith(_OF_THE_TESTS)) or name in _ALSO:
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name, folder in (("DATA", "data"), ("CONFIG", "config"), ("CACHE", "cache"), ("STATE", "state")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))
    monkeypatch.setenv(_ANIMATIONS, "none")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    use_language("en")
    yield home
    use_language("en")
