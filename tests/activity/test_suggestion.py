"""A window from the shop's own past: what it is, and when there is none."""

from __future__ import annotations

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.activity.block import BlockEvent, block_of
from activetui.activity.evaluate import evaluate, statuses_on
from activetui.activity.past.purchase_history import PurchaseHistory, history_of
from activetui.activity.past.suggestion import Shortage, Suggestion, share_for, suggest
from activetui.activity.past.suggestion_words import proposals, sentences, why_not
from activetui.activity.reading.parsing import parse
from activetui.activity.status import Status
from activetui.ledger.kinds import Kind
from tests.activity.shops import random_shop, shop


def toml_of(found: Suggestion) -> str:
    """The suggestion as a definition."""
    return f"""
name = "Suggested"
[active]
any = [{{ event = "purchase", within_days = {found.window_days} }}]
[at_risk]
any = [{{ window_used = {found.window_used} }}]
[lost]
days = {found.lost_days}
"""


def test_customers_who_come_every_month_get_a_window_of_about_a_month() -> None:
    found = suggest(shop(60, 30, spread=4, leaves=0.05))
    assert found.window_days is not None
    assert 30 <= found.window_days <= 34
    assert found.at_risk_days is not None
    assert found.at_risk_days < found.window_days <= (found.lost_silence or 0)


def test_by_chance_alone_four_in_five_returns_take_as_long_as_the_formula_says() -> None:
    found = suggest(random_shop(400, 30))
    assert found.window_days is not None
    assert abs(found.window_days - 48.3) < 3            # ln 5 times the mean gap
    share = found.share_within(found.window_days)
    assert share is not None
    assert abs(share - 0.8) < 0.02
    assert found.between is not None
    low, high = found.between
    assert low <= found.window_days <= high


def test_customers_who_left_for_good_do_not_lengthen_the_window() -> None:
    staying, leaving = suggest(shop(100, 30, spread=4)), suggest(shop(100, 30, spread=4, leaves=0.3))
    assert staying.window_days is not None
    assert leaving.window_days is not None
    assert abs(staying.window_days - leaving.window_days) <= 2


def test_closed_gaps_alone_would_run_short() -> None:
    history = random_shop(200, 60, length=200)
    found = suggest(history)
    p80 = found.percentiles[80]
    come = found.curve.days_until(0.8, found.horizon)
    assert p80 is not None
    assert come is not None
    assert p80 < come


@pytest.mark.parametrize(
    ("history", "why"),
    [
        (history_of([]), Shortage.NO_PURCHASES),
        (shop(29, 30, spread=3), Shortage.CUSTOMERS),
        (shop(40, 30, leaves=1), Shortage.GAPS),
        (shop(40, 30, length=35), Shortage.GAPS),
        (random_shop(60, 60, length=100), Shortage.TIME),
    ],
)
def test_too_few_data_are_refused_with_the_reason(history: PurchaseHistory, why: Shortage) -> None:
    found = suggest(history)
    assert found.shortage is why
    assert not found.enough
    assert (found.window_days, found.at_risk_days, found.lost_days, found.window_used) == (None,) * 4
    assert proposals(found) == []
    assert list(sentences(found)) == [why_not(found)]
    assert why_not(found)


def test_only_what_was_known_on_the_day_counts() -> None:
    history = shop(60, 30, spread=4)
    assert suggest(history, 400).window_days == suggest(history.up_to(400)).window_days
    early = suggest(history, 400)
    assert (early.end or 0) <= 400
    assert early.purchase_days < suggest(history).purchase_days


@given(st.integers(1, 500), st.data())
def test_the_share_of_the_window_begins_on_the_day_it_stands_for(window: int, data: st.DataObject) -> None:
    day = data.draw(st.integers(1, window))
    share = share_for(day, window)
    assert 0 < share < 1
    assert ceil(share * window) == day


@pytest.mark.parametrize("history", [shop(60, 30, spread=4, leaves=0.1), random_shop(200, 25)])
def test_a_definition_with_the_suggestion_turns_on_the_days_it_names(history: PurchaseHistory) -> None:
    found = suggest(history)
    assert found.at_risk_days
    assert found.window_days
    assert found.lost_days
    spans = evaluate(parse(toml_of(found)), block_of([1], [BlockEvent(1, 0, Kind.PURCHASE)]), 0)

    def on(day: int) -> Status:
        return statuses_on(spans, day)[0]

    assert on(found.at_risk_days - 1) is Status.ACTIVE
    assert on(found.at_risk_days) is on(found.window_days) is Status.AT_RISK
    assert on(found.window_days + 1) is Status.INACTIVE
    assert on(found.window_days + found.lost_days) is Status.INACTIVE
    assert on(found.window_days + found.lost_days + 1) is Status.LOST


def test_the_same_ledger_gives_the_same_answer() -> None:
    history = random_shop(100, 30)
    assert suggest(history).between == suggest(history).between


def test_the_sentences_carry_their_numbers() -> None:
    found = suggest(random_shop(400, 30))
    first, second, third = sentences(found)
    assert f"within {found.window_days} days" in first
    assert f"{found.purchase_days:,} purchase days of 400 customers" in first
    assert f"{found.closed:,} returns" in second
    assert f"between {found.between[0]} and {found.between[1]} days" in third  # type: ignore[index]
