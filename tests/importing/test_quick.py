"""The quick way through plain rows: whatever a file holds, it gives what the careful way gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from activetui.importing.columns.vocabulary import FIELDS
from activetui.importing.read import Scattered
from activetui.importing.records import purchases, quick
from activetui.importing.tables import chunks
from activetui.ledger.records import PaidPurchases
from tests.importing.files import Writer, reading

DAYS = st.sampled_from(["2026-01-13", "2026-01-14", "2026-12-24"])
ODD_DAYS = st.sampled_from(["2026-02-30", "", "x", "2206-01-01", "2026-01-13 10:15", "1899-01-01"])
AMOUNTS = st.sampled_from(["5.50", "0", "1,234.56", "7"])
ODD_AMOUNTS = st.sampled_from(["", "-3.00", "apples", "(2.00)", "1e3", " 8.00 "])
OTHERS = st.sampled_from(
    ["", "1", "2", "-1", "Ana", "ana@example.pt", "EUR", "usd", "2026-01-13", "yes", "10:15"]
)
ROWS = {
    "Date": DAYS,
    "Customer": st.sampled_from(["Ana", "Bo", "", "Guest", "Ana "]),
    "Amount": AMOUNTS,
    "Status": st.sampled_from(["Paid", "", "paid", "Odd"]),
    "Order": st.sampled_from(["1", "2", "3", "4", "5", "6", "7", "8"]),
    "Item": st.sampled_from(["Soap", "", "Wine, red", "n/a"]),
}
ODD = {
    **ROWS, "Date": DAYS | ODD_DAYS, "Amount": AMOUNTS | ODD_AMOUNTS,
    "Status": st.sampled_from(["Paid", "Pending", "Refunded", "Cancelled", "Odd"]),
    "Order": st.sampled_from(["1", "2", "A-1", "", "é", "2.0E+15"]),
}
FIRST = {
    "Date": "2026-03-13", "Customer": "Zoe", "Amount": "9.99", "Status": "Paid", "Order": "900",
    "Item": "Soap",
}
ANY_ROW = st.fixed_dictionaries(ROWS) | st.fixed_dictionaries(ROWS) | st.fixed_dictionaries(ODD)
MORE = sorted(FIELDS.keys() - {"date", "amount", "order_id", "visit_date", "order_total"})
slow = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True, scope="module")
def short_stretches() -> Iterator[None]:
    usual, few = chunks.LETTERS, quick.FEW
    chunks.LETTERS, quick.FEW = 250, 1
    yield
    chunks.LETTERS, quick.FEW = usual, few


@slow
@given(rows=st.lists(ANY_ROW, max_size=20), left=st.sets(st.sampled_from(["Status", "Order", "Item"])))
def test_rows_of_every_sort_are_told_alike(write: Writer, rows: list[dict[str, str]], left: set[str]) -> None:
    path = write(_table([FIRST, *rows], left))
    assert _told(path, quickly=True) == _told(path, quickly=False)


@slow
@given(
    rows=st.lists(st.tuples(ANY_ROW, OTHERS), min_size=1, max_size=12), field=st.sampled_from(MORE),
    left=st.sets(st.sampled_from(["Status", "Order", "Item", "Customer"])),
)
@example(
    rows=[({**FIRST, "Order": "1"}, "usd"), ({**FIRST, "Order": "2"}, "")], field="currency", left={"Item"}
)
def test_whatever_else_a_file_tells_it_is_told_alike(
    write: Writer, rows: list[tuple[dict[str, str], str]], field: str, left: set[str]
) -> None:
    table = [{**FIRST, "More": ""}, *({**row, "More": more} for row, more in rows)]
    path, answers = write(_table(table, left)), {"columns": {"More": field}}
    assume(not reading(path, **answers).understood.questions)
    assert _told(path, quickly=True, **answers) == _told(path, quickly=False, **answers)


def test_a_plain_file_goes_the_quick_way(write: Writer) -> None:
    rows = [{**FIRST, "Order": str(number), "Customer": f"C{number % 4}"} for number in range(30)]
    parts = list(reading(write(_table(rows, set()))).parts())
    quickly = [part for part in parts if isinstance(part, PaidPurchases)]
    assert len(quickly) == len(parts)
    names = [person.name for part in quickly for person in part.introduced]
    assert names == ["C0", "C1", "C2", "C3"]


def _table(rows: list[dict[str, str]], left: set[str]) -> str:
    names = [name for name in rows[0] if name not in left]
    lines = [names, *([row[name] for name in names] for row in rows)]
    return "".join(";".join(cells) + "\n" for cells in lines)


def _told(path: Path, *, quickly: bool, **answers: object) -> list[object]:
    usual = purchases.quick_reader
    if not quickly:
        purchases.quick_reader = lambda *_all: None
    try:
        read = reading(path, **answers)
        try:
            found = list(read.records())
        except Scattered:
            read = read.again(gather=True)
            found = list(read.records())
    finally:
        purchases.quick_reader = usual
    told: list[object] = [asdict(one) for one in found]
    return [*told, asdict(read.found)]
