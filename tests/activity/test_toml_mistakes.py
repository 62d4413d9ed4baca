"""A text that is not even TOML: where it stops being it, and what was meant."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.activity.mistakes import DefinitionError
from activetui.activity.presets import PRESETS, preset_text
from activetui.activity.reading.parsing import parse

MISTAKES = [
    ("a = purchase", 1, 5, 'texts stand in quotes; did you mean "purchase"?'),
    ("a = €5", 1, 5, 'texts stand in quotes; did you mean "€5"?'),
    ("a = “purchase”", 1, 5, 'texts stand in straight quotes; did you mean "purchase"?'),
    ("a = yes # x", 1, 5, "did you mean true?"),
    ("a = False", 1, 5, "did you mean false?"),
    ("a = .8", 1, 5, "did you mean 0.8?"),
    ("a = 0,8", 1, 5, "numbers have a point, and no other sign between the digits"),
    ("a = 1.250,00", 1, 5, "numbers have a point, and no other sign between the digits"),
    ("a = 030", 1, 5, "a number does not begin with 0"),
    ("a = 30 days", 1, 8, "days is too much here"),
    ("a = 1 b = 2", 1, 7, "b is too much here; each entry has a line of its own"),
    ("a == 1", 1, 4, "one equals sign is enough"),
    ("a =\n\n[b]", 1, 4, "a value is missing"),
    ("a: 1", 1, 2, "did you mean = instead of :?"),
    ("a 1", 1, 3, "an equals sign is missing behind the key"),
    ("// note", 1, 1, "a comment begins with #"),
    ("= 1", 1, 1, "a line begins with a key, a [section] or #"),
    ('a = "b', 1, 7, "the closing quote is missing"),
    ('a = "b\nc = 3', 1, 7, "the closing quote is missing"),
    ("a = 'b\"", 1, 8, "the closing quote is missing"),
    ('a = "C:\\x"', 1, 10, "write two backslashes for one"),
    ("[a\nb = 1", 1, 3, "the closing ] of the section is missing"),
    ("b = 1\n[a]\n[a]\n", 3, 1, "this stands here for the second time"),
    ("b = 1\n  b = 2\n", 2, 3, "this stands here for the second time"),
    ("a = { b = 1, b = 2 }", 1, 1, "this stands here for the second time"),
    ("a = [ { b = 1 } { c = 2 } ]", 1, 17, "a comma or a closing ] is missing here"),
    ("a = { b = 1 c = 2 }", 1, 13, "a comma or a closing } is missing here"),
    ("a = { b = 1, }", 1, 14, "there is a comma too many before }"),
    ("a = {\n  b = 1 }", 1, 6, "what stands in braces must stand on one line"),
    ('x = "["\na = [ # [\n  1,\n', 2, 5, "this bracket is not closed; a ] is missing"),
    ("x = 1\na = { b = [1] ", 2, 5, "this bracket is not closed; a } is missing"),
    ("a = [\n  { b = 1 },\n\n[new] # first days\ndays = 3", 1, 5,
     "this bracket is not closed; a ] is missing"),
    ("b = 3\na = " + "9" * 5000, 2, 5, "this number is too long"),
    ("a = 1\n\x00", 2, 1, "this is not valid TOML"),
]


@pytest.mark.parametrize(("text", "line", "column", "message"), MISTAKES)
def test_where_it_stops_being_toml_and_what_was_meant(
    text: str, line: int, column: int, message: str
) -> None:
    with pytest.raises(DefinitionError) as refused:
        parse(text.replace("\n", "\r\n"), where="shop.toml")
    [problem] = refused.value.problems
    assert (problem.line, problem.column) == (line, column)
    assert message in problem.message
    assert f"shop.toml:{line}:{column}: " in refused.value.message


TYPED = ("", "x", "[", "]", "{", "}", '"', "'", ",", "=", "\n", "#", "-", "9", "\\")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_broken_text_is_refused_with_a_place_in_it_or_means_something(data: st.DataObject) -> None:
    text = preset_text(data.draw(st.sampled_from([preset.key for preset in PRESETS])))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 4))
        text = text[:at] + data.draw(st.sampled_from(TYPED)) + text[at + gone :]
    try:
        assert parse(text).name is not None
    except DefinitionError as refused:
        lines = text.split("\n")
        for problem in refused.problems:
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
            assert problem.message
