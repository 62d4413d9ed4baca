"""A day as a person types it."""

from __future__ import annotations

import pytest

from activetui.ledger.days import from_iso
from activetui.ledger.errors import UsageError
from activetui.tui.day_words import read_day

TODAY = from_iso("2026-11-22")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-06-01", "2026-06-01"), ("today", "2026-11-22"), (" Today ", "2026-11-22"),
        ("yesterday", "2026-11-21"), ("-30d", "2026-10-23"), ("- 30", "2026-10-23"), ("+7d", "2026-11-29"),
        ("-2w", "2026-11-08"), ("-3m", "2026-08-22"), ("-9m", "2026-02-22"), ("+3m", "2027-02-22"),
        ("-1y", "2025-11-22"),
    ],
)
def test_dates_words_and_steps_are_read(typed: str, day: str) -> None:
    assert read_day(typed, TODAY) == from_iso(day)


def test_a_month_ends_on_its_last_day() -> None:
    assert read_day("-1m", from_iso("2026-03-31")) == from_iso("2026-02-28")


@pytest.mark.parametrize("typed", ["", "22/11/2026", "2026-13-01", "soon", "-99999y", "1500-01-01", "30d"])
def test_what_is_no_day_is_refused_with_what_can_be_typed(typed: str) -> None:
    with pytest.raises(UsageError) as refusal:
        read_day(typed, TODAY)
    assert "-30d" in refusal.value.hint
