"""Text is measured in cells and never split inside a character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from activetui.ledger.text import one_line
from activetui.tui.cells import fit, shorten, wrap
from tests.tui.driving import HOSTILE

TEXTS = st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE)).map(one_line)


@given(TEXTS, st.integers(1, 50), st.booleans())
def test_a_fitted_text_fills_its_column_exactly(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(text, width, right=right)) == width


@given(TEXTS, st.integers(1, 50))
def test_a_shortened_text_is_the_text_or_ends_in_an_ellipsis(text: str, width: int) -> None:
    shown = shorten(text, width)
    assert cell_len(shown) <= width
    assert shown == text or shown.endswith("…")


@given(TEXTS, st.integers(2, 50))
def test_wrapping_loses_no_letter_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [("abc", 5, "abc  "), ("abcdef", 4, "abc…"), ("漢字かな", 5, "漢字…"), ("漢字かな", 6, "漢字… "),
     ("👩‍👩‍👧x", 4, "👩‍👩‍👧x "), ("ab", 0, "")],
)
def test_wide_letters_are_cut_whole(text: str, width: int, shown: str) -> None:
    assert fit(text, width) == shown


def test_numbers_stand_on_the_right() -> None:
    assert fit("12", 5, right=True) == "   12"
