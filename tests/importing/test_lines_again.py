"""Orders exported again with more lines, fewer, one, or without any: which lines the ledger has then."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.store.imports import batches
from tests.importing.files import MADE_AT, TODAY, Writer, take
from tests.store.made import open_new

HEAD = "Order number,Customer,Date,Product,Amount\n"
Bought = Sequence[tuple[str, int]]
"""Products with what was paid for each."""
TWO = "7,Ann Bee,2026-10-05,Coffee,5.00\n7,Ann Bee,2026-10-05,Cake,12.00\n"
OTHER = "8,Cy Dee,2026-10-06,Tea,3.00\n"


def rows_of(number: int, bought: Bought) -> str:
    """The rows of an order, one for each line."""
    return "".join(f"{number},Ann Bee,2026-10-05,{what},{paid}.00\n" for what, paid in bought)


def ledger(conn: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Every order with its lines."""
    return conn.execute(
        "SELECT order_ref, event.amount, event.product, position, line.product, line.amount FROM event"
        " LEFT JOIN line ON line.event_id = event.id ORDER BY order_ref, position"
    ).fetchall()


def lines(conn: sqlite3.Connection) -> list[tuple[object, ...]]:
    """The lines of all orders."""
    return conn.execute("SELECT product, amount FROM line ORDER BY event_id, position").fetchall()


ORDER = st.lists(
    st.tuples(st.sampled_from(("Coffee", "Cake", "Tea")), st.integers(1, 9)), min_size=1, max_size=3,
    unique_by=lambda one: one[1],  # a sum that every row says may be that of the order
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(ORDER, ORDER), min_size=1, max_size=4))
def test_after_a_later_export_the_ledger_has_the_lines_of_that_one(
    orders: list[tuple[Bought, Bought]],
) -> None:
    always: Bought = (("Coffee", 1), ("Cake", 2))
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = []
        for place in (0, 1):
            files.append(folder / f"{place}.csv")
            rows = "".join(rows_of(number, order[place]) for number, order in enumerate(orders, start=1))
            files[-1].write_text(HEAD + (rows_of(99, always) if place == 0 else "") + rows)
        only = folder / "only.csv"
        only.write_text(files[1].read_text() + rows_of(99, always))
        with (
            closing(open_new(folder / "a.db", TODAY)) as conn,
            closing(open_new(folder / "b.db", TODAY)) as fresh,
        ):
            take(conn, files[0])
            before = ledger(conn)
            batch = take(conn, files[1])
            take(fresh, only)
            assert ledger(conn) == ledger(fresh)
            if batch is not None:
                batches.undo(conn, batch, today=TODAY, made_at=MADE_AT)
            assert ledger(conn) == before


@pytest.mark.parametrize("later", [
    HEAD + "7,Ann Bee,2026-10-05,Coffee,6.00\n",
    HEAD + "7,Ann Bee,2026-10-05,Coffee,6.00\n" + OTHER,
    HEAD + "7,Ann Bee,2026-10-05,Coffee,6.00\n" + TWO.replace("7,", "9,"),
])
def test_an_order_that_has_shrunk_to_one_line_loses_the_others(
    store: sqlite3.Connection, write: Writer, later: str
) -> None:
    take(store, write(HEAD + TWO, "one.csv"))
    assert lines(store) == [("Coffee", 500), ("Cake", 1200)]
    batch = take(store, write(later, "two.csv"))
    assert ledger(store)[0][:4] == ("7", 600, "Coffee", None)
    assert batch is not None
    batches.undo(store, batch, today=TODAY, made_at=MADE_AT)
    assert lines(store) == [("Coffee", 500), ("Cake", 1200)]


@pytest.mark.parametrize("later", [
    "Order number,Customer,Date,Amount\n7,Ann Bee,2026-10-05,17.00\n",
    "Order number,Customer,Date,Amount,Status\n7,Ann Bee,2026-10-05,20.00,paid\n",
    "Order number,Customer,Date,Products,Total\n7,Ann Bee,2026-10-05,Coffee and more,17.00\n",
    "Order number,Customer,Date,Product,Total\n7,Ann Bee,2026-10-05,2 items,17.00\n",
])
def test_an_export_of_orders_takes_no_lines_away(
    store: sqlite3.Connection, write: Writer, later: str
) -> None:
    take(store, write(HEAD + TWO, "one.csv"), source="shop")
    take(store, write(later, "two.csv"), source="shop")
    assert store.execute("SELECT count(*) FROM event").fetchone() == (1,)
    assert lines(store) == [("Coffee", 500), ("Cake", 1200)]


def test_lines_with_numbers_of_goods_stay_where_one_row_says_the_same(
    store: sqlite3.Connection, write: Writer
) -> None:
    goods = "Order number,Customer,Date,Product,SKU,Amount\n8,Cy Dee,2026-10-06,Tea,T1,3.00\n"
    take(store, write(goods, "one.csv"), source="shop")
    take(store, write(HEAD + TWO + OTHER, "two.csv"), source="shop")
    assert store.execute("SELECT sku FROM line WHERE product = 'Tea'").fetchall() == [("T1",)]
