"""Stores for the app's tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from tests.tui.driving import hostile_shop, little_shop

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session", autouse=True)
def styles_are_read_once() -> Iterator[None]:
    """What one app has read of its styles is there for the next one that has the same colours."""
    read: dict[frozenset[tuple[str, str]], dict[tuple[object, ...], list[RuleSet]]] = {}
    read_rules = Stylesheet._parse_rules

    def rules(sheet: Stylesheet, *what: Any, **more: Any) -> list[RuleSet]:
        known = read.setdefault(frozenset(sheet._variables.items()), {})
        key = (*what, *sorted(more.items()))
        if key not in known:
            known[key] = read_rules(sheet, *what, **more)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", rules)
        yield


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Four customers."""
    return little_shop(tmp_path / "shop.db")


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A copy of the demo."""
    return Path(shutil.copy(ROOT / "demo.db", tmp_path / "demo.db"))


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A store whose every text is out to break the screen."""
    return hostile_shop(tmp_path / "hostile.db")
