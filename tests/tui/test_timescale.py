"""Years cut into cells, and charts of plain cells."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from activetui.activity.status import Status
from activetui.ledger.days import FAR_FUTURE, FAR_PAST, from_iso, to_date
from activetui.tui.widgets.charts import columns_of, spark
from activetui.tui.widgets.timescale import Slice, amounts_by_slice, cells_of, main_status, timescale
from activetui.tui.widgets.trend_chart import TrendChart

DAY = from_iso("2026-11-22")
DAYS = st.integers(from_iso("1995-01-01"), DAY)


@given(DAYS, st.integers(0, 4000), st.integers(40, 220))
def test_the_scale_is_gapless_up_to_the_last_day_and_fits(first: int, length: int, width: int) -> None:
    last = min(first + length, DAY)
    years = timescale(first, last, width)
    pieces = [piece for year in years for piece in year.slices]
    assert all(before.end == after.start for before, after in pairwise(pieces))
    assert pieces[-1].start <= last < pieces[-1].end
    assert to_date(pieces[0].start).day == 1
    assert cells_of(years) <= width


@given(DAYS, st.integers(40, 220), st.data())
def test_a_year_that_is_asked_for_is_shown_even_where_not_all_have_room(
    first: int, width: int, data: st.DataObject
) -> None:
    wanted = data.draw(st.integers(to_date(first).year, to_date(DAY).year))
    years = timescale(first, DAY, width, with_year=wanted)
    assert wanted in [year.year for year in years]
    assert cells_of(years) <= width


@given(st.lists(st.tuples(DAYS, st.integers(1, 10_000)), max_size=30), st.integers(60, 220))
def test_no_amount_of_the_years_shown_is_lost(dated: list[tuple[int, int]], width: int) -> None:
    years = timescale(from_iso("2020-01-01"), DAY, width)
    first = years[0].slices[0].start
    sums = amounts_by_slice(years, dated)
    assert sum(map(sum, sums)) == sum(amount for day, amount in dated if day >= first)


def test_a_life_that_begins_in_autumn_is_drawn_from_autumn_on() -> None:
    years = timescale(from_iso("2025-10-20"), DAY, 60)
    assert to_date(years[0].slices[0].start).isoformat() == "2025-10-01"


def test_few_years_are_drawn_finer_than_many() -> None:
    one, many = timescale(DAY, DAY, 120), timescale(from_iso("2016-01-01"), DAY, 120)
    assert len(one[0].slices) == 6, "eighths of November, up to the one of the 22nd"
    assert len(timescale(DAY - 300, DAY, 120)[0].slices) > 50
    assert len(many[0].slices) == 4, "quarters"
    assert [year.year for year in many][-1] == 2026


def test_the_status_that_fills_most_of_a_slice_is_its_status() -> None:
    spans = [(Status.PROSPECT, FAR_PAST, 100), (Status.NEW, 100, 104), (Status.ACTIVE, 104, FAR_FUTURE)]
    assert main_status(spans, Slice(90, 100)) is Status.PROSPECT
    assert main_status(spans, Slice(98, 105)) is Status.NEW
    assert main_status(spans, Slice(100, 110)) is Status.ACTIVE
    assert main_status([], Slice(0, 10)) is None


def test_bars_reach_the_top_at_the_largest_value_and_show_small_ones() -> None:
    top, bottom = columns_of([0, 1, 500, 1000], 2)
    assert (top, bottom) == ("   █", " ▁██")
    assert columns_of([0, 0], 2) == ["  ", "  "]
    assert columns_of([], 2) == ["", ""]


def test_a_spark_line_has_one_cell_a_value() -> None:
    assert spark([1, 2, 4]) == "▁▃█"
    assert spark([]) == ""
    assert spark([5, 5]) == "██"
    assert spark([100, 104]) == "▇█"


def test_a_zero_looks_like_nothing_and_a_single_value_like_one_point() -> None:
    assert spark([0, 1, 2, 4]) == "_▂▄█"
    assert spark([0, 0]) == "__"
    assert spark([None, None, 0]) == "··_"
    assert spark([None, None, 7]) == "··•"
    assert spark([None, 3, 3]) == "·██"
    assert spark([None, None]) == "··"


def test_what_cannot_be_told_is_no_zero_in_the_bars_of_the_active_base() -> None:
    chart = TrendChart()
    chart.show_trend([(0, None), (31, 0), (59, 4), (90, 2)])
    *_title, bottom, _months = str(chart.render()).splitlines()
    assert bottom == "  0 · ██"
