"""A definition's text, and changes of it that leave everything else as the owner wrote it.

A change puts letters in, or takes some out, at a place that `Positions` knows: nothing else is written anew,
so comments, order and layout cannot be lost on the way.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeAlias

from activetui.activity.reading.condition_parsing import GROUPS
from activetui.activity.reading.positions import Path, Positions
from activetui.ledger.errors import OwnerError
from activetui.locales import _

Value: TypeAlias = str | int | bool | Decimal | tuple[str, ...]
"""What a key of a condition can have for a value."""

_LAST_KEY = re.compile(r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*$""")
_REST_OF_LINE = re.compile(r"[ \t]*,?[ \t]*(?:#[^\n]*)?\n")
_COMMENT = re.compile(r"[ \t]*(#[^\n]*)")


@dataclass(frozen=True)
class TomlText:
    """A TOML text without mistakes of syntax; every change gives another one."""

    text: str

    @classmethod
    def read(cls, text: str) -> TomlText:
        """The text with plain line ends; `OwnerError` where it is not TOML."""
        made = cls(text.removeprefix("\ufeff").replace("\r\n", "\n"))
        try:
            made.data  # noqa: B018 - reads it
        except (tomllib.TOMLDecodeError, RecursionError):
            raise OwnerError(
                _("The text of the definition has a mistake."), _("Mend it in the text first.")
            ) from None
        return made

    def like(self, original: str) -> str:
        """The text with the line ends, and the mark at its beginning, that another one has."""
        mark = "\ufeff" if original.startswith("\ufeff") else ""
        return mark + (self.text.replace("\n", "\r\n") if "\r\n" in original else self.text)

    # -- what stands where --------------------------------------------------------------------------------

    @cached_property
    def data(self) -> dict[str, Any]:
        """The values."""
        return tomllib.loads(self.text, parse_float=Decimal)

    @cached_property
    def _positions(self) -> Positions:
        return Positions(self.text)

    @cached_property
    def spans(self) -> dict[Path, tuple[int, int]]:
        """Where each value stands, but tables and lists made of headers or dotted keys."""
        return self._positions.spans()

    @cached_property
    def keys(self) -> dict[Path, int]:
        """Where each key, or the header of each table, begins."""
        return self._positions.keys()

    def __contains__(self, path: Path) -> bool:
        return self._find(path) is not None

    def at(self, path: Path) -> Any:
        """The value at a path; `KeyError` where there is none."""
        found = self._find(path)
        if found is None:
            raise KeyError(path)
        return found

    def _find(self, path: Path) -> Any:
        value: Any = self.data
        for step in path:
            if isinstance(value, list):
                value = dict(enumerate(value))
            if not isinstance(value, dict) or step not in value:
                return None
            value = value[step]
        return value

    def raw(self, path: Path) -> str:
        """A value as TOML on one line, or over several as the owner wrote it."""
        if path in self.spans:
            return self.text[slice(*self.spans[path])]
        value = self.at(path)
        if isinstance(value, list):
            return "[" + ", ".join(self.raw((*path, number)) for number in range(len(value))) + "]"
        return braces((key, self.raw((*path, key))) for key in value)

    def is_inline(self, path: Path) -> bool:
        """Whether a table stands there in braces."""
        return path in self.spans and self.text[self.spans[path][0]] == "{"

    # -- values -------------------------------------------------------------------------------------------

    def replaced(self, path: Path, raw: str) -> TomlText:
        """With another value in a place that has one."""
        begin, end = self.spans[path]
        return self._spliced(begin, end, raw)

    def put(self, path: Path, key: str, value: Value) -> TomlText:
        """With a key of a table set, behind the table's other keys if it is new there."""
        inside = (*path, key)
        if inside in self.spans:
            return self if self.at(inside) == plain(value) else self.replaced(inside, literal(value))
        pairs = self._pairs(path)
        if self.is_inline(path):
            begin, end = self.spans[path]
            if not pairs:
                return self._spliced(begin, end, braces([(key, literal(value))]))
            return self._spliced(pairs[-1][1], pairs[-1][1], f", {key} = {literal(value)}")
        if not pairs:
            at = self._line_end(self.keys[path]) if path else 0
            line = f"{key} = {literal(value)}"
            return self._spliced(at, at, f"\n{line}" if path else f"{line}\n")
        begin, end = pairs[-1]
        before = self._key_before(begin, end)
        at = self._line_end(end)
        return self._spliced(at, at, f"\n{self._indent(begin)}{before}{key} = {literal(value)}")

    def dropped(self, path: Path, key: str) -> TomlText:
        """Without a key of a table, and without the comment beside it."""
        inside = (*path, key)
        begin, end = self.keys[inside], self.spans[inside][1]
        if not self.is_inline(path):
            return self._without([(begin, end)])
        pairs = self._pairs(path)
        number = pairs.index((begin, end))
        if len(pairs) == 1:
            return self.replaced(path, "{}")
        if number == 0:
            return self._spliced(begin, pairs[1][0], "")
        return self._spliced(pairs[number - 1][1], end, "")

    def renamed(self, path: Path, key: str) -> TomlText:
        """With another key for the value at a path."""
        begin, value = self.keys[path], self.spans[path][0]
        equals = self.text.rindex("=", begin, value)
        written = self.text[begin:equals]
        found = _LAST_KEY.search(written)
        start = begin + (found.start() if found else 0)
        blanks = written[len(written.rstrip()) :]
        return self._spliced(start, equals, key + blanks)

    # -- lists --------------------------------------------------------------------------------------------

    def added(self, path: Path, raw: str) -> TomlText:
        """With one more value at the end of a list that is not empty, laid out as the others are."""
        close = self.spans[path][1] - 1
        begin, end = self._values(path)[-1]
        comma = self._comma(end, close)
        toml = self if comma is not None else self._spliced(end, end, ",")
        close += comma is None
        at = len(toml.text[:close].rstrip(" \t"))
        if toml.text[at - 1] != "\n":
            return toml._spliced(at, at, f" {raw}")
        indent = self._indent(begin) or toml.text[at:close] + "  "
        return toml._spliced(at, at, f"{indent}{raw}{',' if comma is not None else ''}\n")

    def removed(self, path: Path) -> TomlText:
        """Without one value of a list, and without the comment beside it where it has its own line."""
        values = self._values(path[:-1])
        number = int(path[-1])
        begin, end = values[number]
        last = number + 1 == len(values)
        after = self.spans[path[:-1]][1] - 1 if last else values[number + 1][0]
        comma = self._comma(end, after)
        if self._indent(begin) or self.text[begin - 1] == "\n":
            rest = _REST_OF_LINE.match(self.text, end)
            if rest:
                toml = self
                if comma is not None and comma >= rest.end():      # it stands before the next value
                    toml = self._spliced(comma, comma + 1, "")
                return toml._spliced(self._line_begin(begin), rest.end(), "")
        if not last:
            gap = self.text[end:after]
            kept = gap.replace(",", "", 1) if comma is not None and "#" in gap else ""
            return self._spliced(begin, after, kept.lstrip(" \t") if kept else "")
        before = values[number - 1][1] if number else begin
        gap = self.text[before:begin]
        return self._spliced(begin if "#" in gap or "\n" in gap else before, end, "")

    def _values(self, path: Path) -> list[tuple[int, int]]:
        return [self.spans[(*path, number)] for number in range(len(self.at(path)))]

    def _comma(self, begin: int, end: int) -> int | None:
        """The place of the comma between two values, which may stand behind comments."""
        for found in re.finditer(r"#[^\n]*|,", self.text[begin:end]):
            if found.group() == ",":
                return begin + found.start()
        return None

    # -- tables -------------------------------------------------------------------------------------------

    def without_table(self, path: Path) -> TomlText:
        """Without a table and everything in it; comments on lines of their own stay."""
        return self._without(self._pieces(path))

    def rewritten(self, path: Path, lists: dict[str, list[str]]) -> TomlText:
        """With a table made of headers and lines that holds nothing but lists in square brackets.

        The comments beside what stood there go into the first list; those on lines of their own stay.
        """
        pieces = sorted(self._pieces(path))
        begin, end = pieces[0]
        comments = [found[1] for piece in pieces if (found := _COMMENT.match(self.text, piece[1]))]
        head, before = "", ""
        if self.text[begin] == "[":
            beside = _COMMENT.match(self.text, end)
            head = f"[{'.'.join(map(str, path))}]{beside.group() if beside else ''}\n"
            comments = comments[1:] if beside else comments
        else:
            dotted = self._key_before(begin, end).split(".")
            before = ".".join(dotted[: dotted.index(str(path[-1])) + 1]) + "."
        body = ""
        for group, items in lists.items():
            body += f"{before}{group} = [\n" + "\n".join(_list_lines(comments, items)) + "\n]\n"
            comments = []
        at = self._line_begin(begin)
        return self._without(pieces, tidy=False)._spliced(at, at, head + body)

    def contents(self, path: Path) -> str:
        """What stands between the square brackets of a list, ready to stand in the list around it.

        Comments come before the value that they stand beside.
        """
        begin, end = self.spans[path]
        values = [self.spans[(*path, number)] for number in range(len(self.at(path)))]
        line = self.text[self._line_begin(begin) : begin]
        indent = line[: len(line) - len(line.lstrip())]
        lines: list[str] = []
        at = begin + 1
        for value_begin, value_end in values:
            lines += re.findall(r"#[^\n]*", self.text[at:value_begin])
            lines.append(self.text[value_begin:value_end] + ",")
            at = value_end
        lines = re.findall(r"#[^\n]*", self.text[at:end]) + lines
        return f"\n{indent}".join(lines).removesuffix(",")

    def with_table(self, name: str, line: str, before: tuple[str, ...]) -> TomlText:
        """With a new table of one line, before the first of the tables named that has a header, or last."""
        for follower in before:
            begin = self.keys.get((follower,))
            if begin is not None and self.text[begin] == "[":
                at = self._above(begin)
                return self._spliced(at, at, f"[{name}]\n{line}\n\n")
        text = self.text.rstrip("\n")
        return TomlText(f"{text}\n\n[{name}]\n{line}\n")

    # -- letters ------------------------------------------------------------------------------------------

    def _spliced(self, begin: int, end: int, letters: str) -> TomlText:
        return TomlText(self.text[:begin] + letters + self.text[end:])

    def _pairs(self, path: Path) -> list[tuple[int, int]]:
        """From key to end of value, for the keys that stand directly in a table."""
        own = [inside for inside in self.spans if inside[:-1] == path and len(inside) == len(path) + 1]
        return sorted((self.keys[inside], self.spans[inside][1]) for inside in own)

    def _pieces(self, path: Path) -> list[tuple[int, int]]:
        """The headers of a table and its lines, each from its first letter to its last."""
        inside = [other for other in self.keys if other[: len(path)] == path]
        headers = [self.keys[other] for other in inside if self.text[self.keys[other]] == "["]
        found = [(begin, self.text.index("]", begin)) for begin in set(headers)]
        found = [(begin, end + 1 + (self.text[end : end + 2] == "]]")) for begin, end in found]
        for other, (_begin, end) in self.spans.items():
            outermost = all(other[:length] not in self.spans for length in range(len(other)))
            if other[: len(path)] == path and outermost:
                found.append((self.keys[other], end))
        return found

    def _without(self, pieces: list[tuple[int, int]], *, tidy: bool = True) -> TomlText:
        text = self.text
        for begin, end in sorted(pieces, reverse=True):
            start = text.rfind("\n", 0, begin) + 1
            stop = self._line_end(end) + 1
            text = text[:start] + text[stop:]
            if tidy and (start == 0 or text[start - 2 : start] == "\n\n"):
                blanks = len(text[start:]) - len(text[start:].lstrip("\n"))
                text = text[:start] + text[start + blanks :]
        return TomlText(text.rstrip("\n") + "\n" if tidy else text)

    def _line_end(self, at: int) -> int:
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found

    def _line_begin(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _indent(self, at: int) -> str:
        line = self.text[self.text.rfind("\n", 0, at) + 1 : at]
        return line if not line.strip() else ""

    def _key_before(self, begin: int, end: int) -> str:
        """What a dotted key says before its last dot, the dot included; empty for a plain key."""
        written = self.text[begin:end].split("=", 1)[0]
        found = _LAST_KEY.search(written)
        return written[: found.start()] if found else ""

    def _above(self, begin: int) -> int:
        """Where the comments begin that stand directly above a header."""
        at = begin
        while at and self.text[self.text.rfind("\n", 0, at - 1) + 1] == "#":
            at = self.text.rfind("\n", 0, at - 1) + 1
        return at


def _list_lines(comments: list[str], items: list[str]) -> list[str]:
    if len(comments) == 1 and len(items) == 1 and "\n" not in items[0]:
        return [f"  {items[0]},  {comments[0]}"]
    return [f"  {comment}" for comment in comments] + [f"  {item}," for item in items]


def groups_in(table: dict[str, Any]) -> list[str]:
    """The groups of a table, `any`, `all`, `none`, in the order in which they are read."""
    return [key for key in GROUPS if key in table]


def braces(pairs: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> str:
    """A table in braces."""
    return "{ " + ", ".join(f"{key} = {raw}" for key, raw in pairs) + " }"


def plain(value: Value) -> object:
    """A value as it is when it has been read back."""
    if isinstance(value, tuple):
        return value[0] if len(value) == 1 else list(value)
    return value


def literal(value: Value) -> str:
    """A value as TOML: one text stands without brackets."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        texts = [literal(text) for text in value]
        return texts[0] if len(texts) == 1 else "[" + ", ".join(texts) + "]"
    if isinstance(value, str):
        # The escapes of JSON are all known to TOML, which wants one more.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)
