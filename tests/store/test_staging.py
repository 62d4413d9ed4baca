"""Importing records: what is new, what changed, what stays; all or nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.ledger.kinds import Kind
from activetui.ledger.records import CustomerRecord, EventRecord, LineRecord, PaidPurchases, Refusal
from activetui.store.imports.plans import StagedPlan
from activetui.store.imports.staging import Staging
from activetui.store.opening.file import connect_again
from tests.store.ledgers import (
    NOW,
    TODAY,
    bring,
    dump,
    meaning,
    new_store,
    person,
    plan_of,
    purchase,
    refund,
    rows,
)

ANA = person(("id", "1"), ("email", "ana@example.pt"), name="Ana Sousa")
BEN = person(("id", "2"), ("email", "ben@example.pt"), name="Ben")


def test_a_file_brings_customers_events_and_lines(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    lines = [LineRecord("Soap", 2.0, 300, 600, "S1", "Bath"), LineRecord("Tea", 0.1, 4000, 400)]
    batch = bring(conn, [purchase(1, ANA, lines=lines), purchase(2, BEN, amount=500), purchase(3)])
    assert batch == 1
    assert rows(conn, "SELECT name, key, email FROM customer ORDER BY id") == [
        ("Ana Sousa", "1", "ana@example.pt"),
        ("Ben", "2", "ben@example.pt"),
    ]
    assert rows(conn, "SELECT customer_id, amount, net, counts, batch_id FROM event ORDER BY id") == [
        (1, 1000, 1000, 1, 1),
        (2, 500, 500, 1, 1),
        (None, 1000, 1000, 1, 1),
    ]
    assert rows(conn, "SELECT * FROM line") == [
        (1, 1, "Soap", "S1", "Bath", 2.0, 300, 600),
        (1, 2, "Tea", "", "", 0.1, 4000, 400),
    ]
    assert rows(conn, "SELECT customer_id, purchases, spend FROM fact ORDER BY 1") == [
        (1, 1, 1000),
        (2, 1, 500),
    ]


def test_many_purchases_at_once_are_those_purchases(tmp_path: Path) -> None:
    many = PaidPurchases(
        currency="EUR", day=[TODAY - 9, TODAY + 3, TODAY - 9, TODAY], time=["10:15", "", "", ""],
        key=["purchase:1", "purchase:2", "purchase:3", "purchase:2"], customer=[2, 1, 0, 2],
        introduced=[BEN, ANA], first=1,
        amount=[1000, 0, 250, 700], state=["paid", "", "paid", ""], product=["Soap", "", "Tea", ""],
        quantity=[None, 2.0, 0.5, None], order_ref=["1", "", "3", "2"], line=[2, 3, 4, 5],
    )
    stores: list[tuple[StagedPlan, object]] = []
    for name in ("one by one", "at once"):
        (tmp_path / name).mkdir()
        conn = new_store(tmp_path / name)
        with Staging(conn, "shopify", TODAY) as staging:
            staging.add(purchase(9, BEN))
            if name == "at once":
                staging.add_purchases(many)
            else:
                for record in many.records([BEN, ANA]):
                    staging.add(record)
            told = staging.plan()
            staging.apply(
                file_name="a.csv", file_hash="1", system="", assumptions={}, counts={}, made_at=NOW
            )
        stores.append((told, dump(conn, leave_out=("_sqlite_migrations",))))
    assert stores[0] == stores[1]
    assert stores[0][0].repeated == 1 and stores[0][0].walk_ins == 1


def test_customers_of_purchases_that_are_left_out_come_with_what_they_buy_later(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    first = PaidPurchases(
        currency="EUR", day=[TODAY, TODAY], time=(), key=(), customer=[1, 2], introduced=[ANA, BEN], first=1,
        amount=[100, 200], state=(), product=(), quantity=(), order_ref=["1", "2"], line=[2, 3],
    )
    second = PaidPurchases(
        currency="EUR", day=[TODAY], time=(), key=(), customer=[2], introduced=[], first=3, amount=[300],
        state=(), product=(), quantity=(), order_ref=["3"], line=[4],
    )
    with Staging(conn, "shopify", TODAY) as staging:
        staging.add_purchases(first.only([False, False]))
        staging.add_purchases(second)
        assert staging.plan().customers_new == 1
        staging.apply(file_name="a.csv", file_hash="1", system="", assumptions={}, counts={}, made_at=NOW)
    assert rows(conn, "SELECT amount, net, currency, key FROM event") == [(300, 300, "EUR", "purchase:3")]
    assert rows(conn, "SELECT name FROM customer") == [("Ben",)]


def test_the_plan_counts_before_anything_is_written(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    before = dump(conn, leave_out=())
    with Staging(conn, "shopify", TODAY) as staging:
        for record in (purchase(1, ANA), purchase(2, ANA, ago=3), purchase(3)):
            staging.add(record)
        staging.refuse(Refusal(7, "no date", ("x", "y")))
        plan = staging.plan()
    assert (plan.new, plan.changed, plan.unchanged, plan.refused) == (3, 0, 0, 1)
    assert (plan.customers_new, plan.walk_ins, plan.nothing_to_do) == (1, 1, False)
    assert (plan.first_day, plan.last_day) == (TODAY - 10, TODAY - 3)
    assert dump(conn, leave_out=()) == before


def test_planning_locks_nobody_out(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    with Staging(conn, "shopify", TODAY) as staging:
        for number in range(6000):
            staging.add(purchase(number, ANA))
        staging.plan()
        other = connect_again(conn)
        other.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
        other.close()


def test_the_same_file_again_changes_not_a_byte(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    records = [purchase(1, ANA, lines=[LineRecord("Soap", 0.1)]), purchase(2, BEN), purchase(3), BEN]
    assert bring(conn, records) == 1
    before = dump(conn, leave_out=())
    plan = plan_of(conn, records)
    assert (plan.new, plan.changed, plan.unchanged, plan.nothing_to_do) == (0, 0, 3, True)
    assert bring(conn, records) is None
    assert dump(conn, leave_out=()) == before


def test_an_overlapping_file_adds_only_what_is_new(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA), purchase(2, BEN)])
    plan = plan_of(conn, [purchase(2, BEN), purchase(3, BEN)])
    assert (plan.new, plan.unchanged) == (1, 1)
    bring(conn, [purchase(2, BEN), purchase(3, BEN)])
    assert rows(conn, "SELECT count(*), count(DISTINCT key) FROM event") == [(3, 3)]


def test_what_a_later_file_leaves_out_stays(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA), purchase(2, BEN)])
    bring(conn, [purchase(2, BEN, state="refunded")])
    assert rows(conn, "SELECT key, counts FROM event ORDER BY key") == [("purchase:1", 1), ("purchase:2", 0)]


def test_paid_becomes_refunded(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA, recorded=TODAY - 9), purchase(2, ANA)])
    plan = plan_of(conn, [purchase(1, ANA, state="refunded", refunded=1000)])
    assert (plan.changed, plan.state_changes) == (1, {("paid", "refunded"): 1})
    assert ("state", "paid", "refunded") in [(said.field, said.before, said.after) for said in plan.samples]
    bring(conn, [purchase(1, ANA, state="refunded", refunded=1000)])
    assert rows(conn, "SELECT state, net, counts, recorded FROM event WHERE id = 1") == [
        ("refunded", 0, 0, TODAY - 9)
    ]
    assert rows(conn, "SELECT purchases, spend FROM fact") == [(1, 1000)]


def test_what_a_shorter_export_leaves_empty_stays(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA, note="leave at the door", product="Soap", quantity=2.0, state="pending")])
    assert bring(conn, [purchase(1, ANA, state="")]) is None
    plan = plan_of(conn, [purchase(1, ANA, amount=1200, state="")])
    assert [(said.field, said.before, said.after) for said in plan.samples] == [("amount", 1000, 1200)]
    bring(conn, [purchase(1, ANA, amount=1200, state="")])
    assert rows(conn, "SELECT amount, note, product, quantity, state, counts FROM event") == [
        (1200, "leave at the door", "Soap", 2.0, "pending", 0)
    ]


def test_a_walk_in_that_a_later_file_names_becomes_that_customers(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1)])
    bring(conn, [purchase(1, ANA)])
    assert rows(conn, "SELECT customer_id FROM event") == [(1,)]
    assert bring(conn, [purchase(1)]) is None
    assert rows(conn, "SELECT customer_id FROM event") == [(1,)]


def test_what_a_file_says_of_how_far_back_it_knows_a_customer_is_heeded_at_once(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    others = [person(("id", str(n))) for n in range(5)]
    bring(conn, [purchase(1, ANA, ago=300), purchase(2, BEN, ago=100), *others])
    before = rows(conn, "SELECT status FROM fact WHERE customer_id = 2")
    bring(conn, [person(("id", "2"), history_from=TODAY - 10)])
    assert before != rows(conn, "SELECT status FROM fact WHERE customer_id = 2")


def test_walk_ins_are_revenue_without_a_person(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1), purchase(2, CustomerRecord(name="Cliente Balcão"))])
    assert rows(conn, "SELECT count(*) FROM customer") == [(0,)]
    assert rows(conn, "SELECT customer_id, net FROM event") == [(None, 1000), (None, 1000)]


def test_lines_are_replaced_as_a_set(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA, lines=[LineRecord("Soap"), LineRecord("Tea"), LineRecord("Salt")])])
    plan = plan_of(conn, [purchase(1, ANA, lines=[LineRecord("Soap"), LineRecord("Salt")])])
    assert plan.changed == 1
    bring(conn, [purchase(1, ANA, lines=[LineRecord("Soap"), LineRecord("Salt")])])
    assert rows(conn, "SELECT position, product FROM line") == [(1, "Soap"), (2, "Salt")]
    assert bring(conn, [purchase(1, ANA)]) is None, "a file without lines says nothing about lines"


def test_a_key_twice_in_one_file_is_one_event_and_the_last_row_holds(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    records = [
        purchase(1, ANA, state="pending", lines=[LineRecord("Soap")]),
        purchase(2, ANA),
        purchase(1, ANA),
    ]
    assert plan_of(conn, records).repeated == 1
    bring(conn, records)
    assert rows(conn, "SELECT key, state FROM event ORDER BY key") == [
        ("purchase:1", "paid"),
        ("purchase:2", "paid"),
    ]
    assert rows(conn, "SELECT count(*) FROM line") == [(0,)]
    assert bring(conn, records) is None


def test_the_same_key_in_two_sources_is_two_events(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA)], "shopify")
    bring(conn, [purchase(1, ANA), purchase(2, ANA, source="etsy")], "stripe")
    assert rows(
        conn, "SELECT source.name, key FROM event JOIN source ON source.id = source_id ORDER BY 1, 2"
    ) == [("etsy", "purchase:2"), ("shopify", "purchase:1"), ("stripe", "purchase:1")]


def test_an_old_file_imported_again_does_not_put_back_what_a_later_one_changed(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    first = [purchase(1, person(("id", "1"), city="Porto")), purchase(2, BEN, ago=8)]
    second = [purchase(1, person(("id", "1"), city="Braga"), state="refunded"), purchase(3, BEN, ago=2)]
    bring(conn, first, file_hash="a")
    bring(conn, second, file_hash="b")
    before = dump(conn, leave_out=())
    for records, known_hash in ((first, "a"), (second, "b"), (first, ""), (first[:1], "cut")):
        assert bring(conn, records, file_hash=known_hash) is None
    assert dump(conn, leave_out=()) == before


def test_a_newer_file_may_return_to_an_earlier_state(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA)], file_hash="a")
    bring(conn, [purchase(1, ANA, state="refunded")], file_hash="b")
    bring(conn, [purchase(1, ANA), purchase(2, ANA, ago=1)], file_hash="c")
    assert rows(conn, "SELECT state, counts FROM event WHERE id = 1") == [("paid", 1)]


def test_a_refund_of_its_own_lowers_its_purchase_whichever_comes_first(tmp_path: Path) -> None:
    for order in ([0, 1], [1, 0]):
        conn = new_store(tmp_path, f"{order[0]}.db")
        files = [[purchase(1, ANA)], [refund(9, 1, -300, customer=ANA)]]
        for number in order:
            bring(conn, files[number])
        assert rows(conn, "SELECT kind, amount, net, counts FROM event ORDER BY kind") == [
            (Kind.PURCHASE, 1000, 700, 1),
            (Kind.REFUND, -300, 0, 0),
        ]
        assert rows(conn, "SELECT spend FROM fact") == [(700,)]


def test_a_refund_reported_twice_is_taken_off_once(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA, refunded=300), refund(9, 1, 300, customer=ANA)])
    assert rows(conn, "SELECT net FROM event ORDER BY id") == [(700,), (0,)]


def test_a_refund_of_everything_makes_a_purchase_no_activity(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [purchase(1, ANA), refund(8, 1, 400), refund(9, 1, 600)])
    assert rows(conn, "SELECT net, counts FROM event WHERE kind = 1") == [(0, 0)]


def test_a_refund_without_a_purchase_is_negative(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    bring(conn, [refund(9, 77, 600, customer=ANA)])
    assert rows(conn, "SELECT net, counts FROM event") == [(-600, 0)]


def test_money_in_another_currency_is_never_added(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    records = [purchase(1, ANA), purchase(2, ANA), purchase(3, ANA, currency="USD", amount=9999)]
    assert "USD" in plan_of(conn, records).warnings[0]
    bring(conn, records)
    assert rows(conn, "SELECT currency, net, counts FROM event WHERE id = 3") == [("USD", 0, 1)]
    assert rows(conn, "SELECT purchases, spend FROM fact") == [(3, 2000)]
    assert bring(conn, records) is None


def test_refusals_are_kept_with_the_batch(tmp_path: Path) -> None:
    conn = new_store(tmp_path)
    with Staging(conn, "shopify", TODAY) as staging:
        staging.add(purchase(1, ANA))
        staging.refuse(Refusal(12, "no date", ("1;2", "é")))
        staging.apply(file_name="f", file_hash="h", system="s", assumptions={}, counts={}, made_at=NOW)
    assert rows(conn, "SELECT batch_id, line, reason, cells FROM refusal") == [
        (1, 12, "no date", '["1;2", "é"]')
    ]


@pytest.mark.parametrize("many", [1, 50_000])
def test_events_of_a_kind_that_is_not_there_are_not_written(tmp_path: Path, many: int) -> None:
    conn = new_store(tmp_path)
    before = dump(conn, leave_out=())
    with pytest.raises(sqlite3.IntegrityError):
        bring(conn, [EventRecord(4321, TODAY, f"x:{number}") for number in range(many)])
    assert dump(conn, leave_out=()) == before
    assert rows(conn, "PRAGMA foreign_keys") == [(1,)]


_PEOPLE = st.builds(
    lambda signs, **fields: person(*signs, **fields),
    st.lists(
        st.sampled_from(
            [
                *(("id", str(n)) for n in range(3)),
                *(("email", f"{n}@example.pt") for n in range(3)),
                *(("phone", f"+35191200000{n}") for n in range(2)),
                ("name", "Ana Sousa"),
            ]
        ),
        min_size=1,
        max_size=3,
        unique_by=lambda sign: sign[0],
    ),
    city=st.sampled_from(["", "Porto", "Braga"]),
    consent=st.sampled_from([None, True, False]),
    tags=st.sampled_from([(), ("vip",), ("a", "b")]),
)
_LINES = st.lists(
    st.builds(LineRecord, st.sampled_from(["Soap", "Tea"]), st.sampled_from([None, 0.3])), max_size=2
)
_EVENTS = st.builds(
    purchase,
    st.integers(0, 11),
    st.one_of(_PEOPLE, st.none()),
    amount=st.integers(0, 3000),
    ago=st.integers(-3, 800),
    state=st.sampled_from(["paid", "refunded", "pending", ""]),
    refunded=st.sampled_from([0, 0, 500]),
    currency=st.sampled_from(["EUR", "EUR", "USD"]),
    lines=_LINES,
)
_REFUNDS = st.builds(
    refund, st.integers(0, 5), st.integers(0, 11), st.integers(1, 2000), ago=st.integers(0, 300)
)
RECORDS = st.lists(st.one_of(_EVENTS, _EVENTS, _REFUNDS, _PEOPLE), max_size=12)
_KNOWN = [
    person(("id", str(n)), ("email", f"{n}@example.pt"), name=f"Name {n}", city="Porto" if n % 2 else "")
    for n in range(4)
]
_SIMPLE = st.lists(
    st.one_of(
        st.builds(
            purchase,
            st.integers(0, 11),
            st.sampled_from([*_KNOWN, None]),
            amount=st.integers(0, 3000),
            ago=st.integers(0, 800),
            state=st.sampled_from(["paid", "refunded", "pending"]),
        ),
        _REFUNDS,
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(records=RECORDS)
def test_any_file_twice_is_the_file_once(
    tmp_path_factory: pytest.TempPathFactory, records: list[EventRecord]
) -> None:
    conn = new_store(tmp_path_factory.mktemp("twice"))
    bring(conn, records)
    before = dump(conn, leave_out=())
    assert bring(conn, records) is None
    assert dump(conn, leave_out=()) == before
    conn.close()


@settings(max_examples=30, deadline=None)
@given(records=_SIMPLE)
def test_files_that_share_no_event_may_come_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, records: list[EventRecord]
) -> None:
    keys: dict[str, int] = {}
    files: tuple[list[EventRecord], list[EventRecord]] = ([], [])
    for record in records:
        if isinstance(record, EventRecord):
            files[keys.setdefault(record.key, len(keys) % 2)].append(record)
    folder = tmp_path_factory.mktemp("order")
    found = []
    for name, order in (("ab", files), ("ba", files[::-1])):
        conn: sqlite3.Connection = new_store(folder, f"{name}.db")
        for part in order:
            bring(conn, part)
        found.append(meaning(conn))
        conn.close()
    assert found[0] == found[1]
