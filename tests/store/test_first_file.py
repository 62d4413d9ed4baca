"""A first file of plain purchases is brought over as it was staged, as if each had been added."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.ledger.records import EventRecord, PaidPurchases
from activetui.store.facts.refresh import refresh_all
from activetui.store.imports import applying, staged_purchases
from activetui.store.imports.plans import StagedPlan
from activetui.store.imports.staging import Staging
from tests.store.building import derived
from tests.store.ledgers import NOW, TODAY, bring, dump, new_store, person, purchase, refund

PEOPLE = [
    person(("id", "1"), ("email", "ana@example.pt"), name="Ana"),
    person(("id", "2"), name="Ben", company="Ben's"),
    person(("id", "3"), ("email", "ana@example.pt"), name="Anna"),  # the first one, by the address
    person(("email", "cleo@example.pt"), name="Cleo", tags=("vip",)),
    person(),  # nobody
    person(("id", "9"), name="Dora", entered=TODAY - 40),
]

sale = st.tuples(
    st.integers(1, 30), st.integers(0, len(PEOPLE)), st.integers(0, 800), st.integers(0, 9_000),
    st.sampled_from(["", "Soap"]),
)


def many(
    sales: list[tuple[int, int, int, int, str]], ahead: int = 0, keyed: bool = False
) -> PaidPurchases:
    """Purchases by order number, customer (0: nobody), days ago, amount, product."""
    seen = [who for who in dict.fromkeys(one[1] for one in sales) if who]  # numbered as they appear
    number = {0: 0, **{who: place for place, who in enumerate(seen, start=1)}}
    return PaidPurchases(
        currency="EUR", day=[TODAY - one[2] + ahead for one in sales], time=(),
        key=[f"purchase:{one[0]}/{one[3]}" for one in sales] if keyed else (),
        customer=[number[one[1]] for one in sales], introduced=[PEOPLE[who - 1] for who in seen], first=1,
        amount=[one[3] for one in sales],
        state=(), product=[one[4] for one in sales], quantity=(), order_ref=[str(one[0]) for one in sales],
        line=range(2, 2 + len(sales)),
    )


@contextmanager
def large_from_one_row_on() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(applying, "_MANY", 1)
        patch.setattr(staged_purchases, "AT_ONCE", (4, 2, 1))
        yield


def imported(
    conn: sqlite3.Connection, part: PaidPurchases, more: list[EventRecord], *, at_once: bool
) -> StagedPlan:
    with Staging(conn, "shopify", TODAY) as staging:
        if at_once:
            staging.add_purchases(part)
        else:
            for record in part.records(part.introduced):
                staging.add(record)
        for record in more:
            staging.add(record)
        plan = staging.plan()
        staging.apply(file_name="a.csv", file_hash="1", system="", assumptions={}, counts={}, made_at=NOW)
    return plan


@given(
    sales=st.lists(sale, min_size=1, max_size=25),
    ahead=st.sampled_from([0, 0, 3]),
    more=st.sampled_from([[], [], [purchase(3, PEOPLE[1])], [refund("r", 3, 100)]]),
    before=st.booleans(),
    keyed=st.booleans(),
)
@settings(max_examples=20, deadline=None)
def test_all_at_once_is_each_by_itself(
    sales: list[tuple[int, int, int, int, str]], ahead: int, more: list[EventRecord], before: bool,
    keyed: bool,
) -> None:
    part = many(sales, ahead, keyed)
    stores = []
    for at_once in (True, False):
        with TemporaryDirectory() as folder, closing(new_store(Path(folder))) as conn:
            if before:
                bring(conn, [purchase(100, PEOPLE[1]), purchase(3, PEOPLE[3])], "till")
            if at_once:
                with large_from_one_row_on():
                    plan = imported(conn, part, more, at_once=True)
            else:
                plan = imported(conn, part, more, at_once=False)
            stores.append((plan, dump(conn, leave_out=("_sqlite_migrations",))))
            assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]  # every index has every row
            found = derived(conn)
            refresh_all(conn, TODAY)
            assert derived(conn) == found
            assert [row[1] for row in conn.execute("PRAGMA database_list")][:1] == ["main"]
    assert stores[0] == stores[1]


def test_a_first_file_is_brought_over_as_it_lies_and_leaves_no_file_behind(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    statements: list[str] = []
    with large_from_one_row_on():
        conn.set_trace_callback(statements.append)
        imported(conn, many([(n, 1 + n % 2, n, 100, "Soap") for n in range(1, 20)]), [], at_once=True)
        conn.set_trace_callback(None)
    assert "INSERT INTO main.event SELECT * FROM staging.event" in statements
    assert not [one for one in statements if "FROM event NOT INDEXED" in one], "nothing is read back"
    made = [one for one in statements if one.startswith("CREATE INDEX main.") and " ON event(" in one]
    assert [one.split()[2] for one in made] == ["main.event_of_customer"], "the others come with the events"
    assert {name for _n, name, _file in conn.execute("PRAGMA database_list")} <= {"main", "temp"}
    conn.close()
    assert [file.name for file in tmp_path.iterdir()] == ["shop.db"]


def test_another_import_meanwhile_is_seen(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    part = many([(n, 1 + n % 2, n, 100, "Soap") for n in range(1, 20)])
    with large_from_one_row_on(), Staging(conn, "shopify", TODAY) as staging:
        staging.add_purchases(part)
        assert staging.plan().new == 19
        with closing(sqlite3.connect(tmp_path / "shop.db")) as other, other:
            other.execute("INSERT INTO source (name) VALUES ('till')")
            other.execute("INSERT INTO customer (name, search) VALUES ('Someone', 'someone')")
        staging.apply(file_name="a.csv", file_hash="1", system="", assumptions={}, counts={}, made_at=NOW)
    found = conn.execute(
        "SELECT DISTINCT source.name, customer.name FROM event JOIN source ON source.id = source_id"
        " JOIN customer ON customer.id = customer_id ORDER BY 2"
    ).fetchall()
    assert found == [("shopify", "Ana"), ("shopify", "Ben")]
    before = derived(conn)
    refresh_all(conn, TODAY)
    assert derived(conn) == before


def test_what_fails_while_statuses_are_written_aside_leaves_the_store_as_it_was(
    tmp_path: Path,
) -> None:
    conn = new_store(tmp_path)
    before = dump(conn, leave_out=())

    def cancel(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with (
        large_from_one_row_on(), Staging(conn, "shopify", TODAY, cancel) as staging,
        pytest.raises(KeyboardInterrupt),
    ):
        staging.add_purchases(many([(n, 1 + n % 2, n, 100, "") for n in range(1, 20)]))
        staging.apply(file_name="a.csv", file_hash="1", system="", assumptions={}, counts={}, made_at=NOW)
    assert dump(conn, leave_out=()) == before
    imported(conn, many([(1, 1, 1, 100, "")]), [], at_once=True)
    assert conn.execute("SELECT count(*) FROM event").fetchone() == (1,)
