"""Results in words: nothing is claimed that the figures do not hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.ledger.days import from_iso
from activetui.reactivation.results.beside_nature import Beside
from activetui.reactivation.results.result_words import (
    beside_words,
    difference_words,
    points,
    share_words,
    verdict_words,
)
from activetui.reactivation.results.round_results import FEWEST, Arm, Verdict, compared, verdict_of
from activetui.reactivation.results.shares import Compared, Difference, more_needed, newcombe, share

ENDS = from_iso("2027-02-20")


def arm(drawn: int, over: int, back: int) -> Arm:
    return Arm(drawn, back, over, share(back, over), 0, 0)


def said(to_contact: Arm, held_out: Arm) -> str:
    pair = compared(to_contact, held_out)
    difference = newcombe(*pair) if pair else None
    verdict = verdict_of(difference, [(to_contact, held_out)])
    return verdict_words(verdict, difference, more_needed(pair) if pair else None, ENDS)


def test_the_figures_of_the_book() -> None:
    assert said(arm(60, 60, 12), arm(30, 30, 3)) == (
        "not proven yet: +10 points, −8 to +23; about 374 more customers needed"
    )
    assert share_words(share(12, 60)) == "12 of 60: 20%, 12 to 32"
    assert share_words(None) == ""


@pytest.mark.parametrize(("sides", "words"), [
    ((arm(60, 60, 12), arm(0, 0, 0)), "nobody left in peace to compare with"),
    ((arm(60, 0, 0), arm(30, 0, 0)), "too early to say: the window runs until 20 Feb 2027"),
    ((arm(60, 0, 0), arm(30, 30, 3)), "too early to say: the window runs until 20 Feb 2027"),
    ((arm(9, 9, 9), arm(30, 30, 0)), "too few to say: fewer than 10 on a side"),
    ((arm(60, 60, 40), arm(30, 30, 3)), "more came back: +57 points, +37 to +69"),
    ((arm(60, 60, 3), arm(30, 30, 20)), "fewer came back: −62 points, −76 to −42"),
    ((arm(20, 20, 4), arm(20, 20, 4)),
     "not proven yet: 0 points, −25 to +25; no number of customers would prove a difference as small"),
])
def test_what_may_be_said_of_a_round(sides: tuple[Arm, Arm], words: str) -> None:
    assert said(*sides) == words


@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_a_difference_is_claimed_only_where_the_interval_leaves_out_zero(
    n: int, other_n: int, data: st.DataObject
) -> None:
    back, other = data.draw(st.integers(0, n)), data.draw(st.integers(0, other_n))
    words, found = said(arm(n, n, back), arm(other_n, other_n, other)), newcombe(back, n, other, other_n)
    assert found is not None
    claims = words.startswith(("more came back", "fewer came back"))
    assert claims == (min(n, other_n) >= FEWEST and not found.low <= 0 <= found.high)
    assert words.startswith("more") <= (found.value > 0)


@pytest.mark.parametrize(("share", "words"), [
    (0.1, "+10"), (-0.0763, "−8"), (0.0, "0"), (0.004, "+0.4"), (-0.0062, "−0.6"), (0.0004, "0"),
    (1.0, "+100"),
])
def test_points_keep_their_sign_and_never_round_a_difference_away(share: float, words: str) -> None:
    assert points(share) == words


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(-1, 1))
def test_an_interval_that_leaves_out_zero_does_not_read_as_if_it_held_it(
    low: float, value: float, high: float
) -> None:
    low, value, high = sorted((low, value, high))
    found = Difference(value, low, high)
    if low > 0.0005:
        assert "−" not in difference_words(found) and " 0 " not in difference_words(found)


@pytest.mark.parametrize(("difference", "words"), [
    (Difference(0.08, -0.02, 0.2), "That may be chance."),
    (Difference(0.2, 0.1, 0.3), "You chose whom to contact, so only a round"),
    (Difference(-0.2, -0.3, -0.1), "That is fewer than by themselves."),
])
def test_beside_nature_nothing_is_called_a_proof(difference: Difference, words: str) -> None:
    told = beside_words(Beside(60, 14, 9.2, 40, 0, difference))
    assert told.startswith(
        "Of 60 customers tried, 14 came back; going by those silent as long (40 cases or more),"
        " about 9.2 would by themselves: "
    )
    assert words in told
    assert beside_words(Beside(60, 14, 9.2, 40, 3, difference)).endswith(
        "Of 3 more customers too little is known for that."
    )
    assert beside_words(None) == ""


@pytest.mark.parametrize("difference", [Difference(-0.8, -0.83, -0.01), Difference(0.6, 0.1, 0.7)])
def test_beside_nature_nothing_is_said_of_a_few(difference: Difference) -> None:
    assert beside_words(Beside(FEWEST - 1, 0, 0.8, 586, 0, difference)).endswith(
        "They are too few to say anything of it."
    )


def test_verdicts_of_several_rounds_wait_for_one_that_is_over() -> None:
    running, over = (arm(60, 0, 5), arm(30, 0, 1)), (arm(60, 60, 12), arm(30, 30, 3))
    assert verdict_of(None, [running, running]) is Verdict.TOO_EARLY
    assert verdict_of(newcombe(12, 60, 3, 30), [running, over]) is Verdict.NOT_PROVEN
    assert more_needed(Compared(12, 60, 3, 30)) == 374
