"""Where each key of a TOML text stands, so that a mistake can be pointed at.

The standard parser tells values, not places. This scanner only runs over text that it has accepted, and
so need not check anything again.
"""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys of tables and, counted from 0, places in lists."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}' r"|'''.*?'{3,5}" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'", re.DOTALL
)
_LETTER = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\.|[^\\]", re.DOTALL)
"""One letter of a text in double quotes, as it is written."""
_PLAIN = re.compile(r"[^,\]}\r\n#]*")


class Place(NamedTuple):
    """A place in a text; both count from 1."""

    line: int
    column: int


class Positions:
    """The places of the keys and values of a valid TOML text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._keys: dict[Path, int] = {}
        self._values: dict[Path, int] = {}
        self._ends: dict[Path, int] = {}
        self._lists: dict[Path, int] = {}
        self._scan()

    def key(self, path: Path) -> Place:
        """Where the key stands; of a value in a list, where it begins; else the nearest thing around it."""
        return self._nearest(path, self._keys)

    def value(self, path: Path) -> Place:
        """Where the value begins; else the nearest thing around it."""
        return self._nearest(path, self._values)

    def within(self, path: Path, offset: int) -> Place:
        """Where a letter (from 0) of a text stands; of what is no text, where it begins."""
        begin, end = self._values.get(path, -1), self._ends.get(path, -1)
        written = self._text[max(begin, 0) : end]
        if begin < 0 or written[:1] not in ("\"", "'"):
            return self.value(path)
        start = 3 if written.startswith(('"""', "'''")) else 1
        start += start > 1 and written[start : start + 1] == "\n"       # it is no part of the text
        letters = list(_LETTER.finditer(written, start)) if written[0] == '"' else []
        at = letters[min(offset, len(letters) - 1)].start() if letters else offset + start
        return place_of(self._text, begin + min(at, len(written) - 1))

    def spans(self) -> dict[Path, tuple[int, int]]:
        """Where the text of each value begins and ends, as offsets; in the order of the text."""
        return {path: (begin, self._ends[path]) for path, begin in self._values.items()}

    def keys(self) -> dict[Path, int]:
        """Where each key begins, as an offset; that of a table by its first header or dotted key."""
        return dict(self._keys)

    def _nearest(self, path: Path, offsets: dict[Path, int]) -> Place:
        while path:
            for known in (offsets, self._keys, self._values):
                if path in known:
                    return place_of(self._text, known[path])
            path = path[:-1]
        return Place(1, 1)

    def _scan(self) -> None:
        base: Path = ()
        at = self._skip(0)
        while at < len(self._text):
            if self._text[at] == "[":
                base, at = self._header(at)
            else:
                at = self._pair(base, at)
            at = self._skip(at)

    def _skip(self, at: int) -> int:
        found = _BLANK.match(self._text, at)
        return found.end() if found else at

    def _header(self, at: int) -> tuple[Path, int]:
        begin = at
        double = self._text.startswith("[[", at)
        names, at = self._dotted(self._skip(at + 1 + double))
        path: Path = ()
        for number, name in enumerate(names, start=1):
            path = (*path, name)
            self._keys.setdefault(path, begin)
            if path in self._lists and not (double and number == len(names)):
                path = (*path, self._lists[path])
        if double:
            number = self._lists.get(path, -1) + 1
            self._lists[path] = number
            path = (*path, number)
            self._keys[path] = begin
        return path, self._skip(at) + 1 + double

    def _dotted(self, at: int) -> tuple[list[str], int]:
        names: list[str] = []
        while True:
            found = _KEY.match(self._text, at)
            if not found:
                return names, at
            word = found.group()
            names.append(tomllib.loads(f"k = {word}")["k"] if word[0] in "\"'" else word)
            at = found.end()
            dot = _DOT.match(self._text, at)
            if not dot:
                return names, at
            at = dot.end()

    def _pair(self, base: Path, at: int) -> int:
        begin = at
        names, at = self._dotted(at)
        path = base
        for name in names:
            path = (*path, name)
            self._keys.setdefault(path, begin)
        equals = _EQUALS.match(self._text, at)
        return self._value_at(path, equals.end() if equals else at + 1)

    def _value_at(self, path: Path, at: int) -> int:
        self._values[path] = at
        end = self._after_value(path, at)
        self._ends[path] = at + len(self._text[at:end].rstrip())
        return end

    def _after_value(self, path: Path, at: int) -> int:
        if self._text[at : at + 1] == "[":
            return self._items(path, at + 1)
        if self._text[at : at + 1] == "{":
            return self._pairs(path, at + 1)
        found = _STRING.match(self._text, at) or _PLAIN.match(self._text, at)
        return max(found.end() if found else at, at + 1)

    def _items(self, path: Path, at: int) -> int:
        number = 0
        at = self._skip(at)
        while at < len(self._text) and self._text[at] != "]":
            at = self._skip(self._value_at((*path, number), at))
            number += 1
            if self._text[at : at + 1] == ",":
                at = self._skip(at + 1)
        return at + 1

    def _pairs(self, path: Path, at: int) -> int:
        at = self._skip(at)
        while at < len(self._text) and self._text[at] != "}":
            at = self._skip(self._pair(path, at))
            if self._text[at : at + 1] == ",":
                at = self._skip(at + 1)
        return at + 1


def place_of(text: str, offset: int) -> Place:
    """The line and column of an offset."""
    return Place(text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1)
