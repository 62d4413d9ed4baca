"""The lines of a file as rows, some thousands at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from activetui.importing.files.lines import Lines, lines_of
from activetui.importing.tables.blocks import Block
from activetui.importing.tables.dialect import FIELD_LIMIT, Dialect
from activetui.importing.tables.rows import Feed, Row, quoted_rows, read_rows
from activetui.ledger.records import Refusal

LETTERS = 1 << 16
"""Letters that are cut at once, about: so many cells fit into the processor's own cache, which a quarter of
the time of all that follows depends on."""
ROWS = 1_000
"""Rows that come at once where each has to be read by itself."""


class Shape(NamedTuple):
    """What has to be known of a file to cut its lines into cells."""

    dialect: Dialect
    quotes: bool
    """Whether there is a quotation mark anywhere."""
    first: int
    """Records before the first row, apart from the lines that the dialect skips."""
    width: int
    """How many columns there are."""
    kept: int
    """How many of them have a heading; those after them are empty in every usual row."""


def read_chunks(lines: Lines, shape: Shape, unread: list[Refusal]) -> Iterator[Sequence[Row]]:
    """The rows of a file, some thousands at a time, blank lines as empty lists.

    They are what `read_rows` gives from its record `first` on. Lines that hold one row each, all of the
    usual width, come as a block; others as `read_rows` reads them.
    """
    dialect, before = shape.dialect, len(unread)
    if dialect.wrapped or dialect.escaped:
        rows = read_rows(lines, dialect, quotes=shape.quotes, unread=unread, width=shape.width)
        _skip(rows, shape.first)
        del unread[before:]  # what stands above the table is not its own
        while some := list(islice(rows, ROWS)):
            yield some
        return
    csv.field_size_limit(FIELD_LIMIT)
    quoted = shape.quotes and dialect.quoted
    feed = Feed(lines, dialect.delimiter)
    for _line in islice(feed, dialect.skip):
        feed.record.clear()
    careful = _plain_rows(feed, dialect.delimiter)
    if quoted:
        careful = quoted_rows(feed, dialect.delimiter, unread, shape.width)
    _skip(careful, shape.first)
    del unread[before:]
    cut = _cut_quoted if quoted else _cut
    piece = ""
    while feed.waiting or (piece := lines.some(LETTERS)):
        if not feed.waiting:
            block = cut(piece, feed.at + 1, shape)
            if block is not None:
                feed.at += len(block)
                yield block
                continue
            feed.give_back(lines_of(piece))
        some = []
        for row in careful:
            some.append(row)
            if not feed.waiting:
                break
        yield some


def _skip(rows: Iterator[Row], past: int) -> None:
    for _row in islice(rows, past):
        pass


def _plain_rows(feed: Feed, delimiter: str) -> Iterator[Row]:
    for row in csv.reader(feed, delimiter=delimiter, quoting=csv.QUOTE_NONE):
        feed.record.clear()
        yield feed.at, row


def _cut(text: str, first: int, shape: Shape) -> Block | None:
    """Lines without quotation marks, of which the first has the number `first`."""
    delimiter, width = shape.dialect.delimiter, shape.width
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            return None
    if not text.endswith("\n"):
        text += "\n"
    # every line end becomes a cell of its own: it stands in its place only if all lines are equally wide
    cells = text.replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
    cells.pop()
    number, step = text.count("\n"), width + 1
    if len(cells) != number * step or cells[width::step].count("\n") != number:
        return None
    return _kept(first, [cells[place::step] for place in range(width)], shape)


def _cut_quoted(text: str, first: int, shape: Shape) -> Block | None:
    """Lines of which each is one record, all quotation marks closed where it ends."""
    if '"' not in text:
        return _cut(text, first, shape)
    lines = lines_of(text)
    try:
        rows = list(csv.reader(chain(lines, ("\n",)), delimiter=shape.dialect.delimiter))
    except csv.Error:
        return None
    # the blank line at the end is a record only if the one before it was closed
    if rows.pop() or len(rows) != len(lines) or set(map(len, rows)) != {shape.width}:
        return None
    return _kept(first, list(zip(*rows, strict=True)), shape)


def _kept(first: int, columns: Sequence[Sequence[str]], shape: Shape) -> Block | None:
    if any("".join(column).strip() for column in columns[shape.kept:]):
        return None
    return Block(range(first, first + len(columns[0])), columns[: shape.kept])
