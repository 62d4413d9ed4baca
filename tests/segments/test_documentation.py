"""What docs/segments.md shows can be written, and every field is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from activetui.segments.builtin import BUILT_IN
from activetui.segments.errors import QueryError
from activetui.segments.fields import FIELDS
from activetui.segments.query import MAX_CONDITIONS, MAX_DEPTH, MAX_LENGTH, parse
from activetui.segments.words import reading

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "segments.md").read_text(encoding="utf-8")
REFUSED = {"last:60d", "spend>1,250"}


def examples() -> list[str]:
    """Every query of the page: lines of the blocks marked `query`, and code with a sign in the tables."""
    blocks = re.findall(r"```query\n(.*?)```", PAGE, re.DOTALL)
    rows = [line for line in PAGE.splitlines() if line.startswith("|")]
    code = [written for line in rows for written in re.findall(r"`([^`]+)`", line)]
    lines = [line for block in blocks for line in block.splitlines()]
    return lines + [written for written in code if re.search(r"\w[:<>=]\S", written)]


def test_there_are_examples() -> None:
    assert len(examples()) > 40


@pytest.mark.parametrize("text", examples())
def test_every_example_can_be_read(text: str) -> None:
    parse(text)


@pytest.mark.parametrize("text", sorted(REFUSED))
def test_what_the_page_says_is_refused_is_refused(text: str) -> None:
    assert f"`{text}`" in PAGE
    with pytest.raises(QueryError):
        parse(text)


def test_the_first_reading_is_the_programs() -> None:
    said = re.search(r"reads: \*(.*?)\*", PAGE, re.DOTALL)
    assert said is not None
    first = examples()[0]
    assert reading(parse(first), "EUR") == " ".join(said[1].split())


def test_every_field_and_built_in_segment_is_on_the_page() -> None:
    table = PAGE[PAGE.index("## Fields") : PAGE.index("## What is refused")]
    assert not [name for name in FIELDS if f"`{name}`" not in table]
    special = [each.name for each in BUILT_IN if not each.query.startswith(("status:", "type:"))]
    assert not [name for name in special if f"`{name}`" not in PAGE]


def test_the_limits_are_those_of_the_program() -> None:
    limits = f"{MAX_LENGTH:,} letters, {MAX_CONDITIONS} conditions and {MAX_DEPTH} levels"
    assert limits in " ".join(PAGE.split())
