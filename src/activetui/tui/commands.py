"""One declaration a command: it feeds the key bindings, the footer, the palette and the help.

A screen or widget lists its commands once in `KEYS` and makes its bindings of them:

    KEYS = (Command("customers.sort", "s", "sort", N_("sort"), N_("Choose the column to sort by"), footer=3),)
    BINDINGS = bindings(KEYS)

The words are English source text, marked with `N_` and translated where they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.keys import format_key

from activetui.locales import _


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a key, the palette or the mouse can do."""

    id: str
    """Unique, such as `customers.sort`: the name by which a keymap changes its keys."""
    keys: str
    """Keys as Textual names them, separated by commas; the first one is shown."""
    action: str
    """Textual action, such as `sort` or `app.undo`."""
    word: str
    """One or two words for the footer, in English."""
    meaning: str
    """What it does, for help and palette, in English."""
    footer: int = 0
    """Place in the footer, 1 first; 0 is not in the footer."""
    palette: bool = True
    """Whether the palette offers it: not for moving a cursor."""
    priority: bool = False
    """Whether it works even where text is typed or a dialog is open."""
    passing: bool = False
    """Whether it works only for moments, and leaves its key to others otherwise."""
    keeps: bool = False
    """Whether its key does nothing where it is not possible, rather than what it does on other screens."""
    changes: bool = False
    """Whether it changes the store, and so does nothing while what was known on another day is looked at."""

    def shown_keys(self) -> str:
        """The keys as people read them, such as "↓ j"; those of the owner's keymap, if it has others."""
        return " ".join(key_name(key) for key in self.keys_now().split(","))

    def keys_now(self) -> str:
        """The keys that the owner's keymap gives it, else those that are declared."""
        return _keymap.get(self.id, self.keys)


_keymap: dict[str, str] = {}
"""The keys that the owner has given commands, by id; of the whole program, like its language."""
_first: dict[str, str] = {}
"""The declared keys of every command whose bindings have been made, by id."""


def use_keymap(keys: Mapping[str, str]) -> None:
    """From now on these commands have these keys, and all others those that are declared."""
    _keymap.clear()
    _keymap.update(keys)


def key_of(command: str) -> str:
    """The first key of a command by its id, as people read it, for a text that names it.

    `KeyError` for one whose screen has not been imported.
    """
    return key_name(press_of(command))


def press_of(command: str) -> str:
    """The first key of a command by its id, as Textual names it."""
    return _keymap.get(command, _first[command]).split(",")[0]


NOTHING = "app.keep_key"
"""The action of a key that is kept from doing something else."""

_KEY_NAMES = {
    "enter": "Enter", "escape": "Esc", "tab": "Tab", "home": "Home", "end": "End",
    "pageup": "PgUp", "pagedown": "PgDn", "up": "↑", "down": "↓", "left": "←", "right": "→",
    "question_mark": "?", "slash": "/", "space": "Space", "backspace": "Backspace",
}


def key_name(key: str) -> str:
    """A key as people read it."""
    *modifiers, plain = key.strip().split("+")
    name = _KEY_NAMES.get(plain) or (plain if len(plain) == 1 else format_key(plain))
    return "+".join([*modifiers, name])


_LETTERS = {"question_mark": "?", "slash": "/", "space": " "}


def letter_of(key: str) -> str | None:
    """What the key writes where text is typed; None for keys that write nothing."""
    return _LETTERS.get(key) or (key if len(key) == 1 else None)


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """The bindings of the commands, each with its id; a key that is kept is bound to nothing besides."""
    commands = tuple(commands)
    _first.update((command.id, command.keys) for command in commands)
    kept = [replace(command, action=NOTHING, footer=0) for command in commands if command.keeps]
    return [
        Binding(
            command.keys,
            command.action,
            command.word,
            show=command.footer > 0,
            tooltip=command.meaning,
            id=command.id,
            priority=command.priority,
        )
        for command in (*commands, *kept)
    ]


def commands_of(node: DOMNode) -> list[Command]:
    """The commands that a screen, widget or app declares, those of its base classes after its own."""
    found: dict[str, Command] = {}
    for part in type(node).__mro__:
        for command in part.__dict__.get("KEYS", ()):
            found.setdefault(command.id, command)
    return list(found.values())


def word_of(command: Command) -> str:
    """The footer's word in the language in use."""
    return _(command.word)


def meaning_of(command: Command) -> str:
    """The command's meaning in the language in use."""
    return _(command.meaning)
