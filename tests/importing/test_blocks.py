"""Rows many at a time: whatever stands in a file, they are the rows that come one by one."""

from __future__ import annotations

from io import StringIO
from itertools import islice

from hypothesis import example, given
from hypothesis import strategies as st

from activetui.importing.files.lines import Lines
from activetui.importing.tables import chunks
from activetui.importing.tables.blocks import Block, as_block, column
from activetui.importing.tables.chunks import Shape, read_chunks
from activetui.importing.tables.dialect import Dialect
from activetui.importing.tables.rows import Row, read_rows
from activetui.ledger.records import Refusal

LINE = st.text(alphabet='ab;"\r\'  \\=', max_size=12)
NEAT = st.lists(st.text(alphabet="ab ", max_size=3), min_size=3, max_size=3).map(";".join)
Read = tuple[list[Row], list[Refusal]]
ENDS = st.sampled_from(("\n", "\r\n", "\r"))


def _dialect(skip: int) -> Dialect:
    return Dialect(";", quoted=True, skip=skip, wrapped=False, why="")


def _in_chunks(text: str, *, kept: int = 3, first: int = 0, skip: int = 0) -> Read:
    unread: list[Refusal] = []
    shape = Shape(_dialect(skip), quotes='"' in text, first=first, width=3, kept=kept)
    read = list(read_chunks(Lines(StringIO(text, newline="")), shape, unread))
    return _without_empty_ends([row for rows in read for row in rows], kept), unread


def _one_by_one(text: str, *, kept: int = 3, first: int = 0, skip: int = 0) -> Read:
    unread: list[Refusal] = []
    lines = iter(text.splitlines(keepends=True))
    rows = read_rows(lines, _dialect(skip), quotes='"' in text, unread=unread, width=3)
    for _row in islice(rows, first):
        pass
    unread.clear()
    return _without_empty_ends(list(rows), kept), unread


def _without_empty_ends(rows: list[Row], kept: int) -> list[Row]:
    return [(line, row[:kept] if not "".join(row[kept:]).strip() else list(row)) for line, row in rows]


@given(lines=st.lists(LINE | NEAT, max_size=12), end=ENDS, closed=st.booleans(), at_once=st.integers(1, 30))
@example(lines=["a;b;c", '"', "a;b;c", "a;b;c"], end="\n", closed=True, at_once=2)
@example(lines=["a;b;c", 'a;b;"c', 'd"', "a;b;c"], end="\n", closed=True, at_once=2)
@example(lines=['a;"b;c', "a;b;c"], end="\r\n", closed=False, at_once=1)
@example(lines=["", "", ""], end="\n", closed=False, at_once=1)
@example(lines=["a;b", "", "a;b;c"], end="\n", closed=False, at_once=3)
def test_rows_in_chunks_are_the_rows_one_by_one(
    lines: list[str], end: str, closed: bool, at_once: int
) -> None:
    text = end.join(lines) + (end if closed else "")
    usual = chunks.LETTERS
    chunks.LETTERS = at_once
    try:
        for ways in ({}, {"kept": 2}, {"first": 1, "skip": 1}):
            assert _in_chunks(text, **ways) == _one_by_one(text, **ways)
    finally:
        chunks.LETTERS = usual


def test_neat_lines_come_as_columns() -> None:
    shape = Shape(_dialect(0), quotes=True, first=0, width=2, kept=2)
    (block,) = read_chunks(Lines(StringIO('a;"x;y"\nb;z\n', newline="")), shape, [])
    assert isinstance(block, Block)
    assert (list(block.lines), list(block.columns[1])) == ([1, 2], ["x;y", "z"])


def test_a_block_is_its_rows() -> None:
    rows: list[Row] = [(2, ["a", "1"]), (3, ["b", "2"]), (5, ["c", "3"])]
    block = as_block(rows)
    assert list(block) == rows
    assert [block[place] for place in range(3)] == rows
    assert list(block[1:]) == rows[1:]
    assert list(column(block, 1)) == list(column(rows, 1)) == ["1", "2", "3"]
    assert as_block(block) is block
    assert block.is_filled(0, "Name")
    assert not block.is_filled(0, "b")
