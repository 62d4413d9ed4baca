"""Cells that a spreadsheet would run, made harmless and brought back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.ledger.spreadsheet import guard, unguard

NASTY = st.text(st.sampled_from("'=+-@\t\r\n\uff1d 1a(),.%"), max_size=12)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+SUM(A1)", "-cmd|' /C calc'!A0", "@x", "\t=1", "\uff1d1", "'=1", "-1+1"]
)
def test_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert guard(cell) == "'" + cell


@pytest.mark.parametrize(
    "cell", ["-12.50", "+3", "-1 240,50", "+351 912 345 678", "+1 (555) 010-9999", "Ana", "", "'90s"]
)
def test_numbers_phones_and_words_stay_as_they_are(cell: str) -> None:
    assert guard(cell) == cell
    assert unguard(cell) == cell


@given(st.one_of(st.text(max_size=20), NASTY))
def test_every_text_comes_back(text: str) -> None:
    assert unguard(guard(text)) == text


@given(NASTY)
def test_no_guarded_cell_begins_like_a_formula_unless_it_is_a_number_or_a_phone(text: str) -> None:
    cell = guard(text)
    if cell[:1] in ("=", "@", "\t", "\r", "\n", "\uff1d"):
        raise AssertionError(cell)
    if cell[:1] in ("+", "-"):
        assert not set(cell[1:]) - set("0123456789 .,%()-/'")
