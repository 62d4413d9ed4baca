"""Every test runs alone: own home, own settings, English, UTC, no animation, no settings of the machine."""

from __future__ import annotations

import gc
import os
import shutil
import time
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from activetui.locales import use_language

_ANIMATIONS = "TEXTUAL_ANIMATIONS"
os.environ[_ANIMATIONS] = "none"            # Textual reads it when it is imported

_FOREIGN = ("ACTIVETUI_", "LC_", "XDG_", "TEXTUAL")
_OF_THE_TESTS = "TEXTUAL_SNAPSHOT"         # where the comparison of pictures keeps its own files
_ALSO = ("LANG", "LANGUAGE", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "COLUMNS", "LINES", "PAGER", "EDITOR")
_FAILED = pytest.StashKey[bool]()

# how long an example takes says nothing on a machine that does other work as well
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """What stays until the end is not looked through for garbage, and what a test leaves not every moment."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 25)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep in mind whether a part of the test failed."""
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def _folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """New folders. Each is the only one beside its like: to name one, pytest reads the names of all."""
    ground = tmp_path_factory.mktemp("tests")
    return (ground / str(number) for number in count())


@pytest.fixture
def tmp_path(_folders: Iterator[Path], request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder of the test's own; it stays after a failure only."""
    folder = next(_folders)
    folder.mkdir(mode=0o700)
    yield folder
    if not request.node.stash.get(_FAILED, True):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def demo_stays_as_it_is() -> Iterator[None]:
    """No test may write into the packaged demo: copy it first."""
    packaged = Path(__file__).resolve().parent.parent / "demo.db"
    before = packaged.read_bytes()
    yield
    assert packaged.read_bytes() == before, "a test has changed demo.db"


@pytest.fixture(autouse=True)
def alone(_folders: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home folder of the test's own, and none of the settings of whoever runs the tests."""
    for name in list(os.environ):
        if (name.startswith(_FOREIGN) and not name.startswith(_OF_THE_TESTS)) or name in _ALSO:
            monkeypatch.delenv(name)
    home = next(_folders)
    home.mkdir(mode=0o700)
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
    shutil.rmtree(home, ignore_errors=True)
