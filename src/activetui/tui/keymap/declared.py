"""Every command of the app with what declares it, and which of them can be meant by the same key."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import cache
from typing import NamedTuple

from textual.app import App
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, TextArea

import activetui.tui
from activetui.tui.commands import Command

_ROOT = "activetui.tui."


class Declared(NamedTuple):
    """One command, and the class that declares it."""

    node: type[DOMNode]
    command: Command

    @property
    def name(self) -> str:
        """The class by its place in `activetui.tui`, such as `widgets.door.Door`."""
        return f"{self.node.__module__.removeprefix(_ROOT)}.{self.node.__name__}"

    @property
    def types_text(self) -> bool:
        """Whether letters are text where it works."""
        return issubclass(self.node, (Input, TextArea))


@cache
def all_commands() -> tuple[Declared, ...]:
    """Every command, in the order of modules; imports all screens."""
    found: list[Declared] = []
    for module in pkgutil.walk_packages(activetui.tui.__path__, _ROOT):
        for _name, node in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(node, DOMNode) and node.__module__ == module.name:
                found += [Declared(node, command) for command in vars(node).get("KEYS", ())]
    return tuple({each.command.id: each for each in found}.values())


def hides(one: Declared, other: Declared) -> bool:
    """Whether the first command, with a key of the second, would keep that one from being reached at all.

    Of two that a key can reach, the one nearer to where the keys go is meant. A dialog keeps the keys of the
    app and of the screens away; a widget in the folder of one screen is on no other.
    """
    if _meet(one.node, other.node):
        return True
    if other.command.passing or one.command.passing:
        return False
    if issubclass(one.node, App) and one.command.priority:
        return True
    if _rank(one.node) <= _rank(other.node):
        return False
    if issubclass(other.node, App):
        return not _in_dialog(one)
    if issubclass(other.node, ModalScreen):
        return _in_dialog(one) if not _home(one) else _home(one) == _home(other)
    return not _in_dialog(one) and _home(one) in ("", _home(other))


def hidden_nearly_everywhere(one: Declared, other: Declared) -> bool:
    """Whether the first command, with a key of the second, could itself hardly ever be reached.

    One of the app that a single screen hides works on all others.
    """
    return hides(other, one) and not (issubclass(one.node, App) and bool(_home(other)))


def _meet(one: type[DOMNode], other: type[DOMNode]) -> bool:
    """Whether something is both: a screen declares its commands in several classes that it is made of."""
    return issubclass(one, other) or any(_meet(each, other) for each in one.__subclasses__())


def _rank(node: type[DOMNode]) -> int:
    return 0 if issubclass(node, App) else 1 if issubclass(node, Screen) else 2


def _in_dialog(declared: Declared) -> bool:
    return issubclass(declared.node, ModalScreen) or declared.name.startswith("dialogs.")


def _home(declared: Declared) -> str:
    """The screen in whose folder or module it is declared; empty for one that may be anywhere."""
    parts = declared.name.split(".")
    if parts[0] == "screens" or (parts[0] == "widgets" and len(parts) > 3):
        return parts[1]
    return ""
