"""Whether the purchases of a time are still what they were, told without reading them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as example_settings

from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from activetui.store import purchases_mark as module
from activetui.store.changes.taking_back import undo_last
from activetui.store.events import delete_event, log_event
from activetui.store.imports import batches
from activetui.store.imports.staging import Staging
from activetui.store.opening.file import open_store
from activetui.store.privacy.forgetting import forget
from activetui.store.purchase_history import purchase_days
from activetui.store.purchases_mark import PurchasesMark, purchases_mark, same_purchases
from activetui.store.same_person.merging import merge_customers
from tests.store.building import MADE_AT
from tests.store.days_of_work import FIRST, Deed, Work, weeks
from tests.store.ledgers import person

UP_TO = 100
TODAY = 130

Purchases = list[tuple[int, Day]]


def purchases_of(shop: Work | Shop, up_to: Day) -> Purchases:
    customer, day = purchase_days(shop.conn, up_to)
    return list(zip(customer.tolist(), day.tolist(), strict=True))


class Watched(Work):
    """A week of work in which every evening is compared with all evenings before it."""

    def __init__(self, week: list[list[Deed]]) -> None:
        self.evenings: list[tuple[PurchasesMark, dict[Day, Purchases]]] = []
        super().__init__(week)

    def _let_the_day_pass(self) -> None:
        super()._let_the_day_pass()
        now = {up_to: purchases_of(self, up_to) for up_to in range(FIRST - 3, FIRST + 4, 3)}
        for mark, then in self.evenings:
            for up_to, purchases in now.items():
                if same_purchases(self.conn, mark, up_to):
                    assert purchases == then[up_to]
        self.evenings.append((purchases_mark(self.conn), now))


@example_settings(max_examples=150, deadline=None)
@given(weeks)
def test_purchases_said_to_be_the_same_are_the_same_whatever_was_done(week: list[list[Deed]]) -> None:
    Watched(week).close()


class Shop:
    """A store with two customers: K1 bought on days 50 and 60 (order 1), K2 on day 70 (order 2)."""

    def __init__(self, path: Path) -> None:
        self.conn = open_store(path, today=TODAY, create=True)
        self.first = self.bring(
            purchase("K1", 50, "0"), purchase("K1", 60, "1"), purchase("K2", 70, "2"),
        )
        self.mark = purchases_mark(self.conn)

    def bring(self, *records: EventRecord) -> int:
        with Staging(self.conn, "till", TODAY) as staging:
            for record in records:
                staging.add(record)
            number = staging.apply(
                file_name="till.csv", file_hash=str(records), system="test", assumptions={}, counts={},
                made_at=MADE_AT,
            )
        assert number is not None
        return number

    def log(self, kind: Kind, day: Day, amount: int | None = None) -> int:
        record = EventRecord(kind, day, "", amount=amount, currency="EUR" if amount else "")
        return log_event(self.conn, self.who("K1"), record, today=TODAY, made_at=MADE_AT)

    def who(self, key: str) -> int:
        return int(self.conn.execute("SELECT id FROM customer WHERE key = ?", (key,)).fetchone()[0])

    def event(self, key: str) -> int:
        return int(self.conn.execute("SELECT id FROM event WHERE key = ?", (key,)).fetchone()[0])

    def same(self) -> bool:
        return same_purchases(self.conn, self.mark, UP_TO)


def purchase(who: str, day: Day, order: str, amount: int = 1000) -> EventRecord:
    return EventRecord(
        Kind.PURCHASE, day, f"purchase:{order}", person(("id", who)), amount=amount, currency="EUR",
        order_ref=order,
    )


def refund(who: str, day: Day, order: str, amount: int) -> EventRecord:
    return EventRecord(
        Kind.REFUND, day, f"refund:{order}:{amount}", person(("id", who)), amount=amount, currency="EUR",
        order_ref=order,
    )


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path / "shop.db")


def test_a_days_work_leaves_earlier_purchases_as_they_are(shop: Shop) -> None:
    assert shop.same()
    shop.log(Kind.CONTACT, 90)
    shop.log(Kind.PURCHASE, UP_TO + 1, 500)
    shop.bring(purchase("K1", UP_TO + 2, "3"), refund("K1", UP_TO + 3, "1", 10), purchase("K3", 120, "4"))
    assert shop.same()
    undo_last(shop.conn, today=TODAY, made_at=MADE_AT)
    assert shop.same()


def test_a_purchase_entered_late_is_noticed_and_so_is_its_going(shop: Shop) -> None:
    shop.log(Kind.PURCHASE, UP_TO, 500)
    assert not shop.same()
    undo_last(shop.conn, today=TODAY, made_at=MADE_AT)
    assert shop.same()
    shop.log(Kind.PURCHASE, UP_TO, 500)
    shop.mark = purchases_mark(shop.conn)
    undo_last(shop.conn, today=TODAY, made_at=MADE_AT)
    assert not shop.same()


def test_a_late_file_is_noticed_and_so_is_its_undoing(shop: Shop) -> None:
    late = shop.bring(purchase("K2", 80, "3"))
    assert not shop.same()
    shop.mark = purchases_mark(shop.conn)
    assert shop.same()
    batches.undo(shop.conn, late, today=TODAY, made_at=MADE_AT)
    assert not shop.same()


def test_a_refund_is_noticed_where_it_takes_a_purchase_away(shop: Shop) -> None:
    shop.bring(refund("K1", 120, "1", 400))
    assert shop.same()
    shop.bring(refund("K1", 121, "1", 600))
    assert purchases_of(shop, UP_TO) == [(shop.who("K1"), 50), (shop.who("K2"), 70)]
    assert not shop.same()


def test_a_refund_that_goes_is_noticed(shop: Shop) -> None:
    shop.bring(refund("K1", 121, "1", 1000))
    shop.mark = purchases_mark(shop.conn)
    delete_event(shop.conn, shop.event("refund:1:1000"), today=TODAY, made_at=MADE_AT)
    assert not shop.same()


def test_a_refunded_purchase_that_moves_to_another_day_is_noticed(shop: Shop) -> None:
    shop.bring(refund("K1", 120, "1", 1000))
    shop.bring(purchase("K1", UP_TO + 1, "1"))
    assert purchases_of(shop, UP_TO) == [(shop.who("K1"), 50), (shop.who("K2"), 70)]
    assert not shop.same()


def test_deleted_merged_and_forgotten_purchases_are_noticed(shop: Shop) -> None:
    delete_event(shop.conn, shop.event("purchase:0"), today=TODAY, made_at=MADE_AT)
    assert not shop.same()
    shop.mark = purchases_mark(shop.conn)
    merge_customers(shop.conn, shop.who("K1"), shop.who("K2"), today=TODAY, made_at=MADE_AT)
    assert not shop.same()
    shop.mark = purchases_mark(shop.conn)
    forget(shop.conn, shop.who("K1"), today=TODAY, made_at=MADE_AT)
    assert not shop.same()


def test_of_very_many_changes_nothing_is_said(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 2)
    shop.bring(purchase("K1", 120, "3"), purchase("K1", 121, "4"))
    assert shop.same()
    shop.bring(purchase("K1", 122, "5"))
    assert not shop.same()
