"""Movements cut into files at random: in whatever order these come, the ledger is the same."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importing.files import TODAY, plan, take
from tests.store.made import open_new

HEAD = "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,To Email Address," \
    "Transaction ID,Reference Txn ID\n"
SHOP = "shop@example.org"
Sale = tuple[int, int, int, int, str]
"""Amount in units, customer, two refunds in units, and how it went on."""


def rows_of(number: int, sale: Sale) -> list[str]:
    """The movements of one sale, as PayPal writes them."""
    amount, who, first, second, ending = sale
    day, mail = f"{13 + number % 15:02}/03/2026", f"c{who}@example.com"

    def row(sort: str, money: int, name: str, of: str = "") -> str:
        sender, receiver = (mail, SHOP) if money >= 0 else (SHOP, mail)
        return f"{day},10:00:{number:02},CET,C{who},{sort},Completed,EUR,{money}.00,0.00,{money}.00," \
            f"{sender},{receiver},{name},{of}\n"

    rows = [row("Website Payment", amount, f"S{number:06}")]
    for place, back in enumerate((first, second)):
        if back and first + second <= amount:
            rows.append(row("Payment Refund", -back, f"R{number:06}{place}", f"S{number:06}"))
    if ending != "kept":
        rows.append(row("Chargeback", -amount, f"C{number:06}", f"S{number:06}"))
    if ending == "won":
        rows.append(row("Cancelled Chargeback", amount, f"D{number:06}", f"S{number:06}"))
    return rows


SALES = st.lists(
    st.tuples(
        st.integers(1, 90), st.integers(0, 3), st.integers(0, 30), st.integers(0, 30),
        st.sampled_from(("kept", "kept", "lost", "won")),
    ),
    min_size=1, max_size=6,
)


def ledger(files: list[Path]) -> list[tuple[object, ...]]:
    """What a new store holds after these files: every event with who it is of and what remains of it."""
    with TemporaryDirectory() as folder, closing(
        open_new(Path(folder) / "store.db", TODAY)
    ) as conn:
        for file in files:
            take(conn, file, date_order="dmy")
        return worth(conn)


def worth(conn: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Every event without its number."""
    return conn.execute(
        "SELECT event.key, kind, amount, counts, net, state, email FROM event"
        " LEFT JOIN customer ON customer.id = customer_id ORDER BY 1"
    ).fetchall()


@settings(max_examples=12, deadline=None)
@given(SALES, st.data())
def test_the_order_of_files_and_repeating_them_changes_nothing(
    sales: list[Sale], data: st.DataObject
) -> None:
    rows = [row for number, sale in enumerate(sales) for row in rows_of(number, sale)]
    # a chargeback and what became of it are told together or in that order: later files know more
    apart = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    first = [row for row, here in zip(rows, apart, strict=True) if here and "hargeback" not in row]
    second = [row for row in rows if row not in first]
    with TemporaryDirectory() as folder:
        files = []
        for name, some in (("a.csv", first), ("b.csv", second), ("all.csv", rows)):
            if some:
                files.append(Path(folder) / name)
                files[-1].write_text(HEAD + "".join(some), encoding="utf-8")
        together = ledger(files[-1:])
        parts = files[:-1]
        assert ledger(parts) == ledger(parts[::-1]) == ledger([*parts, *parts]) == together


@settings(max_examples=12, deadline=None)
@given(SALES)
def test_what_a_plan_says_of_a_file_is_what_the_ledger_has_of_it(sales: list[Sale]) -> None:
    with TemporaryDirectory() as folder, closing(
        open_new(Path(folder) / "store.db", TODAY)
    ) as conn:
        file = Path(folder) / "paypal.csv"
        text = "".join(row for number, sale in enumerate(sales) for row in rows_of(number, sale))
        file.write_text(HEAD + text, encoding="utf-8")
        figures = plan(conn, file, date_order="dmy")
        take(conn, file, date_order="dmy")
        paid, back = conn.execute(
            "SELECT coalesce(sum(amount) FILTER (WHERE kind = 1), 0),"
            " coalesce(sum(amount) FILTER (WHERE kind = 2 AND state <> 'cancelled'), 0) FROM event"
        ).fetchone()
        assert (figures["total"], figures["refunded"]) == (f"{paid / 100:.2f}", f"{back / 100:.2f}")
        assert figures["found"]["purchases"] == len(sales)
