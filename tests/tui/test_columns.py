"""Columns share the width that there is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from activetui.store.listing.people import SORTS
from activetui.tui.people import people_columns
from activetui.tui.widgets.columns import GAP, Cell, Column, fit_columns


def column(name: str, least: int, most: int, rank: int = 0) -> Column[str]:
    return Column(name, name, lambda row: Cell(row), least, most, rank=rank)


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30), st.integers(0, 9)), min_size=1, max_size=8),
       st.integers(1, 200))
def test_columns_never_take_more_than_there_is(sizes: list[tuple[int, int, int]], width: int) -> None:
    columns = [column(str(i), least, least + more, rank) for i, (least, more, rank) in enumerate(sizes)]
    fitted = fit_columns(columns, width)
    assert sum(each for _column, each in fitted) + GAP * (len(fitted) - 1) <= width
    assert all(each <= shown.most for shown, each in fitted)
    assert len(fitted) == 1 or all(each >= shown.least for shown, each in fitted)


def test_the_least_important_column_goes_first_and_the_order_stays() -> None:
    columns = [column("a", 10, 10, 0), column("b", 10, 10, 5), column("c", 10, 10, 1)]
    assert [shown.id for shown, _width in fit_columns(columns, 25)] == ["a", "c"]


def test_left_over_cells_go_to_columns_that_can_grow() -> None:
    fitted = fit_columns([column("a", 5, 20), column("b", 5, 6)], 30)
    assert [(shown.id, width) for shown, width in fitted] == [("a", 20), ("b", 6)]


def test_name_and_status_are_always_there_at_eighty_cells() -> None:
    shown = [each.id for each, _width in fit_columns(people_columns(0), 77)]
    assert shown[:2] == ["name", "status"]
    assert "spend" in shown


def test_every_column_of_the_list_can_be_sorted() -> None:
    assert all(each.sort in SORTS for each in people_columns(0))
