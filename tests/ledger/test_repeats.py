"""Repeats are noticed, late but surely, in any number of things."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from activetui.ledger.repeats import Repeats


@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-9, 9), max_size=60))
def test_a_repeat_is_seen_in_the_end(marks: list[int]) -> None:
    repeats = Repeats()
    repeats.add_all(marks[: len(marks) // 2])
    for mark in marks[len(marks) // 2 :]:
        repeats.add(mark)
    assert len(repeats) == len(marks)
    assert repeats.seen() is (len(set(marks)) < len(marks))


@given(again=st.integers(0, 59_999) | st.none())
@example(again=0)
@example(again=None)
def test_a_repeat_among_very_many_is_seen(again: int | None) -> None:
    repeats = Repeats()
    repeats.add_all(range(60_000))
    if again is not None:
        repeats.add(again)
    assert repeats.seen() is (again is not None)
    assert repeats.seen_by_now() is (again is not None)
    assert not repeats.seen_by_now()  # until there are twice as many
