"""Products are found by their names, looked up once and again after every change."""

from __future__ import annotations

import sqlite3

import pytest

from activetui.ledger.kinds import Kind
from activetui.segments.asking import ask
from activetui.store.listing import people, products
from tests.segments.small_store import TODAY, Happening, Someone, store_of


def bought(*names: str) -> Someone:
    """Somebody who bought these, each as one purchase, and lines of the last."""
    return Someone(events=[Happening(Kind.PURCHASE, TODAY, product=name) for name in names])


@pytest.fixture
def conn() -> sqlite3.Connection:
    """Four customers: oil and tea, tea, a line of oil, nothing."""
    lines = Someone(events=[Happening(Kind.PURCHASE, TODAY, lines=("Olive oil", "Salt"))])
    conn = store_of([bought("Olive oil", "Tea"), bought("TEA"), lines, Someone()], facts_day=TODAY)
    conn.commit()
    return conn


def found(conn: sqlite3.Connection, text: str) -> list[int]:
    """The numbers of whom a query finds."""
    return list(people.ids(conn, ask(conn, text, TODAY).clause, "id"))


@pytest.mark.parametrize(("text", "numbers"), [
    ("product:tea", [1, 2]),
    ('product:"olive oil"', [1, 3]),
    ("product:oil,tea", [1, 2, 3]),
    ("product:oil or status:lost or product:tea", [1, 2, 3]),
    ("product:oil product:tea", [1]),
    ("-product:oil -product:tea", [4]),
    ("-product:oil", [2, 4]),
    ("product=oil", []),
    ("product:coffee", []),
    ("-product:coffee", [1, 2, 3, 4]),
    ("none:product", [4]),
])
def test_who_bought_what(conn: sqlite3.Connection, text: str, numbers: list[int]) -> None:
    assert found(conn, text) == numbers


def test_a_new_name_is_known_at_once(conn: sqlite3.Connection) -> None:
    assert found(conn, "product:coffee") == []
    conn.execute("UPDATE event SET product = 'Coffee' WHERE customer_id = 2")
    conn.commit()
    assert found(conn, "product:coffee") == [2]
    assert not conn.in_transaction


def test_where_nothing_can_be_kept_the_purchases_themselves_are_looked_through(
    conn: sqlite3.Connection,
) -> None:
    conn.execute("PRAGMA query_only = ON")
    assert products.names_with(conn, "tea", whole=False) is None
    assert found(conn, "product:tea") == [1, 2]


def test_a_text_that_very_many_names_have_is_found_all_the_same() -> None:
    conn = store_of([bought(*(f"Tea {number}" for number in range(products.MOST + 1))), Someone()])
    assert products.names_with(conn, "tea", whole=False) is None
    assert products.names_with(conn, "tea 7", whole=True) == ("Tea 7",)
    assert found(conn, "product:tea") == [1]
