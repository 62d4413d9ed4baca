"""Plain queries are read without the grammar, and as the grammar reads them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.segments.errors import QueryError
from activetui.segments.plain import plain_conditions
from activetui.segments.query import parse
from activetui.segments.tree import All, FieldTest, Node, Not, Words
from tests.segments.random_queries import tests

SIGNS = "ab5,.-:<>=\"()“« \t\x1fé/\\İ"
"""Letters of which every second query is a wrong one."""
pieces = st.sampled_from([
    "ana", "ordem", "Or", "NOT", "and", "-", "-ana", "spend", ">500", "500", "spend>", "spend>=", "a<=b",
    "a<==b", "a:<b", "or:x", "not>5", "status:active", "status:", ":active", "status:aktive", "Silva,",
    ",", "last>60d", "until:<7d", "was:inactive,lost", "tag:a,,b", "tag:,", "tag:a-b", "sta-tus:new",
    "-kind:visit", "--a", "-or", "-spend>5", "-or:x", "-:", "name=Ana", "id:1..5", "spend>1<2", "a:b:c",
])
texts = (
    st.lists(pieces | tests, min_size=1, max_size=4).map(" ".join)
    | st.text(alphabet=SIGNS, max_size=12)
    | st.lists(pieces, min_size=1, max_size=3).map("\u2003".join)
)


def moved(node: Node | None, by: int) -> Node | None:
    """The tree of the same query, written further to the right."""
    match node:
        case All(parts):
            return All(tuple(part for part in (moved(part, by) for part in parts) if part is not None))
        case Not(part):
            inside = moved(part, by)
            return None if inside is None else Not(inside)
        case Words() | FieldTest():
            return replace(node, start=node.start + by, end=node.end + by)
    return node


def read(text: str, by: int = 0) -> object:
    """The tree, or what is said of the mistake and where."""
    try:
        return moved(parse(text).root, by)
    except QueryError as error:
        return error.message, error.hint, error.start + by, error.end + by


@settings(max_examples=600, deadline=None)
@given(text=texts)
def test_the_grammar_reads_a_plain_query_alike(text: str) -> None:
    if plain_conditions(text) is not None and not set("“«") & set(text):
        in_parentheses = f"({text})"
        assert plain_conditions(in_parentheses) is None, "these are for the grammar"
        assert read(text) == read(in_parentheses, -1)


@pytest.mark.parametrize("text", [
    "", " ", "a or b", "not a", "--a", "-", "-or", '"a"', "“a”", "(a)", "spend > 5", "spend> 5", "spend >5",
    "a>=", "a:",
])
def test_whatever_is_not_plain_is_left_to_the_grammar(text: str) -> None:
    assert plain_conditions(text.replace("“", '"').replace("”", '"')) is None


def test_plain_queries_do_not_load_the_grammar() -> None:
    code = (
        "import sys; from activetui.segments.query import parse\n"
        "parse('ana status:inactive,lost spend>=500 until:<7d -kind:visit')\n"
        "loaded = 'lark' in sys.modules; parse('ana or bea')\n"
        "sys.exit(loaded or 'lark' not in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
