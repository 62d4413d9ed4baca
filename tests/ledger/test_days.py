"""Days as numbers, and the two far ends of time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.ledger.days import FAR_FUTURE, FAR_PAST, from_iso, is_bounded, iso, to_date, to_day


@given(st.dates())
def test_a_date_is_its_number_and_back(when: date) -> None:
    assert to_date(to_day(when)) == when
    assert from_iso(when.isoformat()) == to_day(when)


def test_day_nought_and_neighbours() -> None:
    assert (to_day(date(1970, 1, 1)), from_iso("1969-12-31"), iso(1)) == (0, -1, "1970-01-02")


@pytest.mark.parametrize("edge", [FAR_PAST, FAR_PAST + 1, FAR_FUTURE, FAR_FUTURE + 1])
def test_the_far_ends_are_no_days(edge: int) -> None:
    assert not is_bounded(edge)
    assert iso(edge) is None


def test_every_day_of_our_era_is_one() -> None:
    assert iso(to_day(date.min)) == "0001-01-01"
    assert is_bounded(to_day(date(2999, 12, 31)))


@pytest.mark.parametrize("text", ["", "22.11.2026", "2026-13-01", "2026-02-30", "tomorrow"])
def test_only_iso_dates_are_read(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        from_iso(text)
