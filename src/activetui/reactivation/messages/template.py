"""Texts with gaps: `{field}` is filled in, `[[…]]` goes away where one of its fields is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_PIECE = re.compile(r"\[\[|\]\]|\{([^{}\n]*)\}|[{}]")


class Gap(NamedTuple):
    """One field of a text."""

    field: str
    start: int
    """Where it stands, in letters from 0."""
    needed: bool
    """Whether the text makes no sense without it."""


class TemplateMistake(Exception):
    """What is wrong with a text, and where: in letters from 0."""

    def __init__(self, start: int, what: str) -> None:
        super().__init__(what)
        self.start = start
        self.what = what
        """`open`, `close`, `nested` or `brace`."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a text: words, or a field, within an optional stretch or not."""

    text: str
    field: str
    option: int
    """The number of the optional stretch that it stands in; 0 outside of them."""
    start: int


class Filled(NamedTuple):
    """A text with its gaps filled."""

    text: str
    missing: tuple[str, ...]
    """The needed fields that are not known; their gaps stand in the text as `{field}`."""


def gaps(text: str) -> list[Gap]:
    """The fields of a text in their order; `TemplateMistake` where brackets do not fit together."""
    return [Gap(part.field, part.start, part.option == 0) for part in _parts(text) if part.field]


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """The text with the values in its gaps; an empty value is one that is not known."""
    parts = _known_parts(text)
    left_out = {part.option for part in parts if part.field and part.option and not values.get(part.field)}
    missing: dict[str, None] = {}
    out: list[str] = []
    for part in parts:
        if part.option in left_out:
            continue
        if not part.field:
            out.append(part.text)
            continue
        value = values.get(part.field, "")
        if not value:
            missing[part.field] = None
        out.append(value or f"{{{part.field}}}")
    return Filled("".join(out), tuple(missing))


@lru_cache(512)
def _known_parts(text: str) -> tuple[_Part, ...]:
    """The parts of a text that is filled in again and again."""
    return tuple(_parts(text))


def _parts(text: str) -> Iterator[_Part]:
    option, options, at, opened = 0, 0, 0, 0
    for found in _PIECE.finditer(text):
        if found.start() > at:
            yield _Part(text[at : found.start()], "", option, at)
        at = found.end()
        match found[0]:
            case "[[":
                if option:
                    raise TemplateMistake(found.start(), "nested")
                options += 1
                option, opened = options, found.start()
            case "]]":
                if not option:
                    raise TemplateMistake(found.start(), "close")
                option = 0
            case "{" | "}":
                raise TemplateMistake(found.start(), "brace")
            case _:
                yield _Part("", found[1].strip(), option, found.start())
    if option:
        raise TemplateMistake(opened, "open")
    if at < len(text):
        yield _Part(text[at:], "", 0, at)
