"""Who comes each year at the same time is not taken for gone; who comes all the time gains nothing by it."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.activity.block import BlockEvent, block_of
from activetui.activity.conditions import SeasonalCondition
from activetui.activity.evaluate import evaluate
from activetui.activity.holding import Holding
from activetui.activity.reading.parsing import parse
from activetui.activity.seasons import anniversary
from activetui.ledger.days import from_iso, iso, to_date, to_day
from activetui.ledger.kinds import Kind
from tests.activity.ledgers import status_on
from tests.activity.oracle import anniversary as slow_anniversary

SHOP = parse("""
    name = "Toys and trees"
    [active]
    any = [
      { event = "purchase", within_days = 90 },
      { seasonal = 3, around_days = 30 },
    ]
    [new]
    days = 30
    [reactivated]
    days = 20
    [at_risk]
    window_used = 0.9
    [lost]
    days = 60
""")
DECEMBERS = ("2021-12-20", "2022-12-11", "2023-12-22")


def bought(*days: str) -> list[BlockEvent]:
    return [BlockEvent(1, from_iso(day), Kind.PURCHASE) for day in days]


def held(*days: str, years: int = 3, around: int = 30) -> list[tuple[str | None, str | None]]:
    """First and last day of the spans in which a season speaks for a customer who bought on those days."""
    condition = SeasonalCondition(years, around, (Kind.PURCHASE,), ("purchase",))
    found = Holding(block_of([1], bought(*days))).days(condition)
    starts, ends = (np.asarray(side) & ((1 << 21) - 1) for side in (found.start, found.end - 1))
    return [
        (iso(start - (1 << 20)), iso(end - (1 << 20)))
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]


def test_each_december_for_three_years_is_not_lost_in_june() -> None:
    spans = evaluate(SHOP, block_of([1], bought(*DECEMBERS)), from_iso("2010-01-01"))
    words = {
        day: status_on(spans, from_iso(day)).word
        for day in ("2022-06-01", "2023-06-01", "2024-06-01", "2024-12-01", "2025-01-21", "2025-01-22",
                    "2025-03-22", "2025-03-23")
    }
    assert words == {
        "2022-06-01": "lost", "2023-06-01": "lost", "2024-06-01": "active", "2024-12-01": "active",
        "2025-01-21": "at_risk", "2025-01-22": "inactive", "2025-03-22": "inactive", "2025-03-23": "lost",
    }


def test_a_season_lasts_to_the_same_date_of_next_year_and_the_days_around_it() -> None:
    assert held(*DECEMBERS) == [("2023-12-22", "2025-01-21")]
    assert held(*DECEMBERS, around=11) == [("2023-12-22", "2025-01-02")]
    assert held(*DECEMBERS, around=10) == [], "11 December is not within 10 days of the 22nd"
    assert held(*DECEMBERS, years=4) == []


def test_a_year_left_out_ends_the_season() -> None:
    assert held("2019-12-20", "2020-12-20", "2022-12-20", "2023-12-20") == []
    assert held("2019-12-20", "2020-12-20", "2022-12-20", "2023-12-20", years=2) == [
        ("2020-12-20", "2022-01-19"), ("2023-12-20", "2025-01-19")
    ]


def test_it_is_told_on_the_very_day_not_before() -> None:
    """On 11 December 2023 the third year has begun, within 30 days of 20 December 2021."""
    assert held("2021-12-20", "2022-12-11", "2023-12-11", "2023-12-22")[0][0] == "2023-12-11"


def test_what_comes_in_between_may_be_as_much_as_the_season_not_more() -> None:
    summers = ("2022-06-01", "2022-07-01", "2023-06-01")
    assert held(*DECEMBERS, *summers) == [("2023-12-22", "2025-01-21")]
    assert held(*DECEMBERS, *summers, "2023-07-01") == []
    assert held(*DECEMBERS, *summers, "2021-07-01") != [], "before the first season nothing counts"
    assert held(*DECEMBERS, *summers, "2024-07-01") != [], "afterwards nothing counts that came later"
    assert held(*DECEMBERS, *summers, "2023-06-01") != [], "several on one day are one"


def test_a_day_more_of_the_season_counts_from_that_day_on() -> None:
    """Four days of summer outweigh three of winter on 22 December, and no longer on the 23rd."""
    summers = ("2022-06-01", "2022-07-01", "2023-06-01", "2023-07-01")
    assert held(*DECEMBERS, *summers, "2023-12-23") == [("2023-12-23", "2025-01-22")]


def test_the_29th_of_february_is_the_28th_in_other_years() -> None:
    assert held("2023-02-28", "2024-02-29", years=2, around=0) == [("2024-02-29", "2025-02-28")]
    assert held("2024-02-28", "2024-02-29", "2025-02-28", years=2, around=0) == [("2025-02-28", "2026-02-28")]


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [("2024-02-29", 1, "2025-02-28"), ("2024-02-29", 4, "2028-02-29"), ("2024-02-29", -1, "2023-02-28"),
     ("2023-02-28", 1, "2024-02-28"), ("2023-12-31", -3, "2020-12-31"), ("1969-03-01", 3, "1972-03-01")],
)
def test_anniversaries(day: str, years: int, expected: str) -> None:
    assert iso(int(anniversary(np.array([from_iso(day)], dtype=np.int32), years)[0])) == expected


@given(st.dates(date(1800, 1, 1), date(2300, 1, 1)), st.integers(-20, 20))
def test_anniversaries_are_those_of_the_calendar(when: date, years: int) -> None:
    found = int(anniversary(np.array([to_day(when)], dtype=np.int32), years)[0])
    assert found == slow_anniversary(to_day(when), years)
    assert to_date(found).year == when.year + years


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 28), st.integers(0, 400), st.integers(2, 5), st.integers(0, 45))
def test_who_comes_all_the_time_gains_nothing(every: int, first: int, years: int, around: int) -> None:
    """A weekly buyer who stops is gone as soon as the window says, not a year later."""
    start = date(2015, 1, 1) + timedelta(days=first)
    days = [(start + timedelta(days=day)).isoformat() for day in range(0, 365 * (years + 2), every)]
    assert held(*days, years=years, around=around) == []


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(2, 6), st.integers(1, 60))
def test_who_comes_each_year_is_kept_from_season_to_season(
    data: st.DataObject, years: int, around: int
) -> None:
    """Once or twice a year, near enough to one date that every year is within reach of the others."""
    near = around // 4
    when = data.draw(st.dates(date(2000, 1, 1), date(2004, 12, 31)))
    seasons = []
    for year in range(years + 2):
        middle = date(when.year + year, when.month, min(when.day, 28))
        offsets = data.draw(st.lists(st.integers(-near, near), min_size=1, max_size=2, unique=True))
        seasons.append(sorted(middle + timedelta(days=offset) for offset in offsets))
    days = [day.isoformat() for season in seasons for day in season]
    [(since, until)] = held(*days, years=years, around=around)
    assert since == seasons[years - 1][0].isoformat()
    last = seasons[-1][-1]
    assert until == iso(slow_anniversary(to_day(last), 1) + around)


def test_a_share_of_the_season_is_a_share_of_its_days() -> None:
    """395 days from 22 December 2023 to 21 January 2025 and a leap day: nine tenths are 356.4 days."""
    spans = evaluate(SHOP, block_of([1], bought(*DECEMBERS)), from_iso("2010-01-01"))
    length = from_iso("2025-01-21") - from_iso("2023-12-22")
    assert length == 396
    last_safe = from_iso("2023-12-22") + 356
    assert [status_on(spans, last_safe + n).word for n in (0, 1)] == ["active", "at_risk"]


def test_other_kinds_and_several_of_them() -> None:
    condition = SeasonalCondition(2, 5, (Kind.VISIT, Kind.CONTACT), ("visit", "contact"))
    events = [
        BlockEvent(1, from_iso("2022-05-01"), Kind.VISIT),
        BlockEvent(1, from_iso("2023-05-03"), Kind.CONTACT),
        BlockEvent(1, from_iso("2023-05-04"), Kind.VISIT, counts=False),
        *(BlockEvent(1, from_iso("2022-09-01") + n, Kind.PURCHASE) for n in range(9)),
        BlockEvent(2, from_iso("2022-05-01"), Kind.VISIT),
    ]
    found = Holding(block_of([1, 2], events)).windows(condition)
    assert len(found.event) == 1
    assert int(found.event[0]) == 10, "the contact behind nine purchases and a visit"
