"""The last line: at most eight keys that do something here."""

from __future__ import annotations

from typing import NamedTuple, Protocol, runtime_checkable

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.binding import ActiveBinding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from activetui.tui.commands import NOTHING, Command, commands_of, key_name, letter_of, word_of

MOST_KEYS = 8
_ALWAYS = 90
"""Places from here on belong to the keys of the app, such as help: they keep their room."""


@runtime_checkable
class PlacesKeys(Protocol):
    """What can say that other keys matter more just now."""

    def place_in_footer(self, command: Command) -> int:
        """The place of a command of its own, 1 first; 0 is not in the line."""


class ShownKey(NamedTuple):
    """One key of the line."""

    key: str
    word: str
    press: str
    """The key as the app takes it, for the mouse."""
    place: int


class KeysLine(Widget):
    """The keys of the focused widget, the screen and the app, in the order that they declare."""

    DEFAULT_CSS = """
    KeysLine { height: 1; dock: bottom; background: $panel; color: $foreground; }
    """

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def shown(self, width: int) -> list[ShownKey]:
        """The keys that have room in `width` cells; the first of the screen and of the app stay longest.

        Room that a long one leaves is taken by the next that fits.
        """
        keys = sorted(self._active(), key=lambda key: key.place)
        gone: list[ShownKey] = []
        while len(keys) > MOST_KEYS or (keys and _width(keys) > width):
            ours = [key for key in keys if key.place < _ALWAYS]
            gone.insert(0, ours[-1] if ours else keys[0])
            keys.remove(gone[0])
        for key in gone:
            if len(keys) < MOST_KEYS and _width([*keys, key]) <= width:
                keys = sorted([*keys, key], key=lambda each: each.place)
        return keys

    def _active(self) -> list[ShownKey]:
        """The first key of each command that works now: where text is typed, letters are text."""
        typing = self.screen.focused
        found: dict[str, tuple[int, ShownKey]] = {}
        for active in self.screen.active_bindings.values():
            command = _declared(active)
            if command is None or not active.enabled:
                continue
            node = active.node
            footer = node.place_in_footer(command) if isinstance(node, PlacesKeys) else command.footer
            if not footer:
                continue
            press = active.binding.key
            if typing is not None and typing.check_consume_key(press, letter_of(press)):
                continue
            place = _place_of(press, command)
            if command.id not in found or place < found[command.id][0]:
                shown = ShownKey(key_name(press), word_of(command), press, footer)
                found[command.id] = (place, shown)
        return [shown for _place, shown in found.values()]

    def render(self) -> RenderResult:
        """The line."""
        parts: list[tuple[str, str]] = []
        for key in self.shown(self.size.width):
            parts += [(f" {key.key}", "bold $accent"), (f" {key.word} ", "$foreground")]
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Do what the key that was clicked does."""
        end = 0
        for key in self.shown(self.size.width):
            end += _width([key])
            if event.x < end:
                self.app.simulate_key(key.press)
                return


def _declared(active: ActiveBinding) -> Command | None:
    if active.binding.action == NOTHING:
        return None
    for command in commands_of(active.node):
        if command.id == active.binding.id:
            return command
    return None


def _place_of(press: str, command: Command) -> int:
    keys = command.keys_now().split(",")
    return keys.index(press) if press in keys else len(keys)


def _width(keys: list[ShownKey]) -> int:
    return sum(cell_len(key.key) + cell_len(key.word) + 3 for key in keys)
