"""Rows many at a time: whatever stands in a file, they are the rows that come one by one."""

from __future__ import annotations

from activetui.importing.tables.blocks import as_block, column
from activetui.importing.tables.rows import Row


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
