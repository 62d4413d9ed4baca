"""Several tables in one file: blocks parted by blank lines, titles, or headings that change on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from activetui.importing.columns.headings import normal
from activetui.importing.tables.grouped import day_alone
from activetui.importing.tables.header import (
    SEARCHED,
    filled,
    find_header,
    first_row,
    has_values,
    is_heading_again,
    is_repeated,
)
from activetui.importing.tables.known import LONGEST, is_of_a_system, known

_MARKER = re.compile(r"(?:#{2,}|={2,}|\*{2,}|-{3,}|_{3,}).*\w|\W{2,}\s*\w.*\W{2,}")


@dataclass(frozen=True, slots=True)
class Block:
    """One table within a file; places are numbers of records, from 0."""

    header: int | None
    """Where its headings stand; None: it has none, and its rows are not read unless it is the only one."""
    headings: tuple[str, ...]
    first: int
    """Its first row."""
    end: int | None
    """The first record that is no longer its own; None: it goes on to the end of the file."""
    title: str = ""


def is_marker(text: str) -> bool:
    """Whether a line is the title of a part: `### Sales ###`, `=== Totals`."""
    return len(text) <= LONGEST and bool(_MARKER.fullmatch(text.strip()))


def first_block(rows: Sequence[Sequence[str]]) -> Block:
    """The table that begins at the top of a file, as if it were the only one."""
    header = find_header(rows)
    if header is None:
        return Block(None, (), 0, None)
    header = _one_above(rows, header)
    return Block(header, tuple(rows[header]), first_row(rows, header), None)


def blocks(rows: Iterable[Sequence[str]], top: Block) -> Iterator[Block]:
    """Every table of a file, the one at the top first. `rows` are all its records."""
    current, gap, title = top, top.first, ""
    quiet, dated = True, False
    """Whether only blank lines and titles have come since the last row, from the record `gap` on; and whether
    one of them was a day: it belongs to the rows below, with the headings written anew."""
    numbered = enumerate(rows)
    for place, row in islice(numbered, top.first, None):
        words = filled(row)
        if len(words) <= 1:
            if not quiet:
                quiet, gap, title, dated = True, place, "", False
            if words and is_marker(words[0]):
                title = words[0].strip()
            dated = dated or bool(day_alone(row))
            continue
        if place == current.first and is_heading_again(row, current.headings):
            current = Block(current.header, current.headings, place + 1, None, current.title)
            continue
        after_gap = quiet and place > current.first and not (dated and is_repeated(row, current.headings))
        if _begins(row, current, after_gap=after_gap, marked=bool(title)):
            yield _closed(current, gap if quiet else place)
            current = Block(place, tuple(row), place + 1, None, title)
        elif title and quiet and current.header is not None and place > current.first:
            yield _closed(current, gap)  # a part with a title of its own and no headings that are known
            current = Block(None, (), place, None, title)
        quiet, title = False, ""
    yield current


def _closed(block: Block, end: int) -> Block:
    return Block(block.header, block.headings, block.first, max(end, block.first), block.title)


def _begins(row: Sequence[str], current: Block, *, after_gap: bool, marked: bool) -> bool:
    """Whether a row is the headings of another table, and not a row of this one that reads like headings."""
    first = next((cell for cell in row if cell.strip()), "")
    if first.strip()[:1].isdigit() or has_values(row):
        return False
    words, number = filled(row), known(row)
    if is_repeated(row, current.headings):
        return after_gap
    if number >= 2 and is_of_a_system(row):
        return True
    if after_gap or marked or current.header is None:
        return number >= 2 and number * 2 >= len(words)
    return number >= 3 and number * 4 >= len(words) * 3 and _shared(row, current.headings) >= 2


def _one_above(rows: Sequence[Sequence[str]], header: int) -> int:
    """The headings of a table that stands above the one with the most known headings."""
    for place, row in enumerate(rows[:min(header, SEARCHED)]):
        words, number = filled(row), known(row)
        if number < 2 or number * 2 < len(words) or has_values(row):
            continue
        between = rows[place + 1 : header]
        told = [one for one in between if len(filled(one)) * 2 >= len(words) and len(filled(one)) > 1]
        gap = any(len(filled(one)) <= 1 for one in between)
        if any(map(has_values, told)) and (gap or _shared(row, rows[header]) >= 2):
            return place
    return header


def _shared(row: Sequence[str], headings: Sequence[str]) -> int:
    short = [{normal(cell) for cell in filled(one) if len(cell) <= LONGEST} for one in (row, headings)]
    return len(short[0] & short[1])
