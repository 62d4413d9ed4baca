"""What docs/segments.md and docs/query-grammar.md show can be written, and every field is in them."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.segments.builtin import BUILT_IN
from activetui.segments.errors import QueryError
from activetui.segments.fields import FIELDS
from activetui.segments.grammar import parser
from activetui.segments.nested import MAX_INSIDE, MAX_TOGETHER
from activetui.segments.query import MAX_CONDITIONS, MAX_DEPTH, MAX_LENGTH, MAX_SEARCHES, parse
from activetui.segments.rfm import GROUPS, Group
from activetui.segments.spoken import PHRASES
from activetui.segments.tree import FieldTest
from activetui.segments.words import reading
from tests.segments.sentences import rules_of, sentence

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "segments.md").read_text(encoding="utf-8")
GRAMMAR = (DOCS / "query-grammar.md").read_text(encoding="utf-8")
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
    special = [each.name for each in BUILT_IN if not each.query.startswith(("status:", "type:", "rfm:"))]
    assert not [name for name in special if f"`{name}`" not in PAGE]


def rows_of(heading: str) -> list[list[str]]:
    """The rows of the first table behind a heading of the page, cell by cell."""
    lines = PAGE[PAGE.index(heading) :].splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("|"))
    table = list(itertools.takewhile(lambda line: line.startswith("|"), lines[first:]))
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table[2:]]


def code(cell: str) -> list[str]:
    """What stands as code in a cell."""
    return re.findall(r"`([^`]+)`", cell)


def test_comparisons_in_words_mean_what_the_page_says() -> None:
    for words, signs in rows_of("## Comparisons in words"):
        meant = code(signs) * len(code(words)) if len(code(signs)) == 1 else code(signs)
        for written, sign in zip(code(words), meant, strict=True):
            said, signed = parse(written).root, parse(sign).root
            assert isinstance(said, FieldTest)
            assert isinstance(signed, FieldTest)
            assert (said.field, said.values) == (signed.field, signed.values)


def test_the_groups_of_the_page_are_those_of_the_program() -> None:
    def ends(cell: str) -> tuple[int, int]:
        low, _dash, high = cell.partition("–")
        return int(low), int(high or low)

    rows = rows_of("`rfm:` names a group")
    assert {code(name)[0]: Group(ends(r), ends(fm)) for name, r, fm, _words in rows} == GROUPS


def test_the_built_in_queries_of_the_page_are_those_of_the_program() -> None:
    said = {code(name)[0]: code(query)[0] for name, query, _whom in rows_of("## Built-in segments")}
    special = {
        each.name: each.query for each in BUILT_IN if not each.query.startswith(("status:", "type:", "rfm:"))
    }
    nurture = {"nurture": "status:new purchases:1"}
    assert said == special | nurture


def test_the_phrases_of_the_grammar_page_are_those_of_the_program() -> None:
    rule = re.search(r"^phrase .*?;", GRAMMAR, re.DOTALL | re.MULTILINE)
    assert rule is not None
    assert set(re.findall(r'"([^"]+)"', rule[0])) == set(PHRASES)


RULES = rules_of(GRAMMAR[: GRAMMAR.index("## Values")])
PIECES = {
    "word": ["ana", "olive-club", "Ana;", "é"],
    "quoted": ['"or"', '"say \\"hi\\""', '"("'],
    "bare": ["vip", "a-b", "x;y"],
    "field": ["last"],
    "amount": ["60d", "2026-01-31", "60 days"],
}
"""Examples of what the rules leave to the words beside them."""


@settings(max_examples=150, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_every_sentence_of_the_grammar_page_is_read(random: Random) -> None:
    text = sentence(RULES, "any", PIECES, random)
    parser().parse(text)
    parser().parse(f"-({text})")


def test_the_limits_are_those_of_the_program() -> None:
    limits = f"{MAX_LENGTH:,} letters, {MAX_CONDITIONS} conditions and {MAX_DEPTH} levels"
    page, grammar = " ".join(PAGE.split()), " ".join(GRAMMAR.split())
    assert limits in page
    assert f"{MAX_TOGETHER} conditions together, and segments stand at most {MAX_INSIDE} deep" in page
    assert f"more than {MAX_LENGTH:,} letters, {MAX_CONDITIONS} conditions" in grammar
    assert f"{MAX_DEPTH} levels" in grammar
    assert f"more than {MAX_SEARCHES} words and texts" in grammar
    assert f"at most {MAX_SEARCHES} words and texts" in page
    assert f"{MAX_TOGETHER} conditions, and {MAX_INSIDE} segments inside each other" in grammar
