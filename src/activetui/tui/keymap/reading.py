"""The keymap file: read, checked against every command, and what is wrong said with line and proposal.

    customers.sort = "o"            # one key
    app.day = ["d", "f4"]           # several; the first one is shown

What is wrong is left out and the rest holds: a mistake never makes a command unreachable.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.tui.commands import key_name
from activetui.tui.config import KEYMAP_NAME
from activetui.tui.keymap.names import BadKey, read_key

if TYPE_CHECKING:
    from activetui.tui.keymap.declared import Declared

_LARGEST = 200_000
_TABLE = re.compile(r"\s*\[\s*(?P<name>[^\[\]]+?)\s*\]")
_ENTRY = re.compile(r"\s*(?P<name>(?:\"[^\"]*\"|'[^']*'|[\w.-]|\s*\.\s*)+?)\s*=")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


class Problem(NamedTuple):
    """Something in the file that does not hold."""

    line: int
    """From 1; 0 where it cannot be said."""
    message: str
    """What is wrong, and what may have been meant."""

    def words(self, file: str = KEYMAP_NAME) -> str:
        """With the place before it."""
        return f"{file}:{self.line}: {self.message}" if self.line else f"{file}: {self.message}"


class Keymap(NamedTuple):
    """What the file says."""

    keys: dict[str, str]
    """Keys as Textual names them, separated by commas, by the id of the command."""
    problems: list[Problem]
    refused: bool = False
    """Whether nothing of the file could be read, so that every key is as usual."""


def read_keymap(path: Path, known: Sequence[Declared]) -> Keymap:
    """The keymap of a file; an empty one where there is no file."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except FileNotFoundError:
        return Keymap({}, [])
    except OSError:
        return Keymap({}, [Problem(0, _("it cannot be read"))], refused=True)
    if len(raw) > _LARGEST:
        return Keymap({}, [Problem(0, _("it is too large to be a keymap"))], refused=True)
    return parse_keymap(raw.decode("utf-8", "replace"), known)


def parse_keymap(text: str, known: Sequence[Declared]) -> Keymap:
    """The keymap of a text, checked against the commands that there are."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Keymap({}, [_not_toml(error, text)], refused=True)
    lines = _lines(text)
    commands = {each.command.id: each for each in known}
    keys: dict[str, str] = {}
    problems: list[Problem] = []
    for name, value in _flat(data):
        line = lines.get(name, 0)
        if name not in commands:
            problems.append(Problem(line, _unknown(name, commands)))
            continue
        try:
            keys[name] = ",".join(_keys(value, commands[name]))
        except BadKey as bad:
            problems.append(Problem(line, f"{name}: {one_line(str(bad))}"))
    problems += _take_clashes_out(keys, commands, lines)
    return Keymap(keys, sorted(problems))


def _not_toml(error: tomllib.TOMLDecodeError, text: str) -> Problem:
    found = _AT_LINE.search(str(error))
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    words = _("this is not TOML: write a name, = and a key in quotes, such as customers.sort = \"o\"")
    return Problem(line, words)


def _flat(data: Mapping[str, object], before: str = "") -> Iterable[tuple[str, object]]:
    for name, value in data.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _unknown(name: str, commands: Mapping[str, Declared]) -> str:
    near = get_close_matches(name, commands, n=1, cutoff=0.5)
    told = _("there is no command {name}").format(name=one_line(name)[:80])
    return f"{told}; " + (_("did you mean {name}?").format(name=near[0]) if near else _(
        "activetui bindings lists them"))


def _keys(value: object, declared: Declared) -> list[str]:
    written = value.split(",") if isinstance(value, str) and value.strip() != "," else value
    if not isinstance(written, list) or not all(isinstance(key, str) for key in written):
        if value == ",":
            written = [","]
        else:
            raise BadKey(_("a key is a text in quotes, several are a list of such texts"))
    keys = [read_key(key) for key in written]
    if not keys:
        raise BadKey(_("no key is named"))
    if declared.types_text or declared.command.priority:
        writes = next((key for key in keys if len(key) == 1 or key in ("space", "slash")), "")
        if writes:
            raise BadKey(_("{key} is text where this works; take a key with ctrl, or an F key").format(
                key=key_name(writes)))
    return list(dict.fromkeys(keys))


def _take_clashes_out(
    keys: dict[str, str], commands: Mapping[str, Declared], lines: Mapping[str, int]
) -> list[Problem]:
    """Leave out, one by one, what gives a command a key that another one has; the last in the file first."""
    problems: list[Problem] = []
    while True:
        clash = _clash(keys, commands, lines)
        if clash is None:
            return problems
        name, other, key = clash
        del keys[name]
        problems.append(Problem(lines.get(name, 0), _(
            "{name}: {key} is the key of {other}; give that one another key first"
        ).format(name=name, key=key_name(key), other=other)))


def _clash(
    keys: Mapping[str, str], commands: Mapping[str, Declared], lines: Mapping[str, int]
) -> tuple[str, str, str] | None:
    from activetui.tui.keymap.declared import hidden_nearly_everywhere, hides

    for name in sorted(keys, key=lambda each: -lines.get(each, 0)):
        mine = commands[name]
        for other, theirs in commands.items():
            if other == name:
                continue
            shared = _parts(keys[name]) & _parts(keys.get(other, theirs.command.keys))
            # what shares a key as declared does so on purpose
            shared -= _parts(mine.command.keys) & _parts(theirs.command.keys)
            if shared and (hides(mine, theirs) or hidden_nearly_everywhere(mine, theirs)):
                return name, other, min(shared)
    return None


def _parts(keys: str) -> set[str]:
    return set(keys.split(","))


def _lines(text: str) -> dict[str, int]:
    """On which line each name is given its keys."""
    table = ""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := _TABLE.match(line):
            table = _plain(heading["name"]) + "."
        elif entry := _ENTRY.match(line):
            found.setdefault(table + _plain(entry["name"]), number)
    return found


def _plain(name: str) -> str:
    return re.sub(r"\s*\.\s*", ".", name).replace('"', "").replace("'", "").strip()
