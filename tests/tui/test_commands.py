"""Every command is declared once, with an id of its own, and help knows it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.color import Color
from textual.dom import DOMNode
from textual.theme import Theme

import activetui.tui
from activetui.activity.status import Status
from activetui.tui import themes
from activetui.tui.app import ActiveApp
from activetui.tui.commands import Command, key_name
from activetui.tui.words import SYMBOLS, status_variable
from tests.store.building import MADE_AT, TODAY


def classes() -> Iterator[type[DOMNode]]:
    """Every widget, screen and app of ours."""
    for module in pkgutil.walk_packages(activetui.tui.__path__, "activetui.tui."):
        for _name, found in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(found, DOMNode) and found.__module__ == module.name:
                yield found


def declared() -> Iterator[tuple[type[DOMNode], Command]]:
    for found in classes():
        for command in found.__dict__.get("KEYS", ()):
            yield found, command


def test_ids_are_unique() -> None:
    ids = [command.id for _found, command in declared()]
    assert len(ids) > 30
    assert sorted(ids) == sorted(set(ids))


def test_every_binding_of_ours_comes_from_a_command() -> None:
    loose = [
        f"{found.__name__}: {binding}"
        for found in classes()
        for binding in found.__dict__.get("BINDINGS", ())
        if not isinstance(binding, Binding)
        or binding.id not in {command.id for command in found.__dict__.get("KEYS", ())}
    ]
    assert not loose


def test_no_screen_gives_one_key_two_meanings() -> None:
    for found in classes():
        keys = [key for command in found.__dict__.get("KEYS", ()) for key in command.keys.split(",")]
        assert len(keys) == len(set(keys)), found.__name__


def test_every_action_exists() -> None:
    from activetui.tui.app import ActiveApp

    missing = []
    for found, command in declared():
        name = command.action.partition("(")[0]
        owner, action = (ActiveApp, name[4:]) if name.startswith("app.") else (found, name)
        if not hasattr(owner, f"action_{action}"):
            missing.append(f"{found.__name__}: {command.action}")
    assert not missing


@pytest.mark.parametrize(
    ("key", "shown"), [("enter", "Enter"), ("slash", "/"), ("ctrl+p", "ctrl+p"), ("G", "G"), ("f1", "f1")]
)
def test_keys_are_called_as_people_read_them(key: str, shown: str) -> None:
    assert key_name(key) == shown


def test_every_status_has_a_symbol_one_cell_wide_of_its_own() -> None:
    from rich.cells import cell_len

    assert set(SYMBOLS) == set(Status)
    assert len(set(SYMBOLS.values())) == len(Status)
    assert {cell_len(symbol) for symbol in SYMBOLS.values()} == {1}


@pytest.mark.parametrize("theme", themes.OURS, ids=lambda theme: theme.name)
def test_words_and_statuses_can_be_read_on_every_background(theme: Theme) -> None:
    """Contrast of WCAG 2.2, 1.4.3, for text on what lies under it."""
    under = [theme.background, theme.surface, theme.panel, theme.variables["block-cursor-background"]]
    over = [theme.variables[status_variable(status)] for status in Status]
    over += [theme.foreground or "", theme.accent or "", theme.error or ""]
    for background in under:
        for colour in over:
            ratio = contrast(colour, background or "")
            assert ratio >= 4.5, (theme.name, colour, background, round(ratio, 2))


@pytest.mark.parametrize("name", [name for name in themes.all_names() if not name.startswith("ansi")])
def test_the_row_under_the_cursor_can_be_read_in_any_theme(name: str, tmp_path: Path) -> None:
    app = ActiveApp(tmp_path / "none.db", today=TODAY, as_of=TODAY, made_at=lambda: MADE_AT)
    app.theme = name
    colours = app.get_css_variables()
    cursor = Color.parse(colours["block-cursor-background"]).hex
    for letters in ("foreground", "block-cursor-foreground", *themes.DARK_STATUS):
        ratio = contrast(Color.parse(colours[letters]).hex, cursor)
        assert ratio >= 3, f"{letters}: {ratio:.1f}"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    lights = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: Color) -> float:
    """Relative luminance (WCAG 2.2)."""
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in colour.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
