"""Text as it is matched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.ledger.text import fold


@pytest.mark.parametrize(
    ("text", "matched"),
    [("Éva", "eva"), ("ЁЛКА", "елка"), ("Straße", "strasse"), ("𝔍ose", "jose"), ("AB", "ab")],
)
def test_case_and_accents_do_not_matter(text: str, matched: str) -> None:
    assert fold(text) == matched


@given(st.text(max_size=20))
def test_what_is_folded_stays_so(text: str) -> None:
    assert fold(fold(text)) == fold(text)
