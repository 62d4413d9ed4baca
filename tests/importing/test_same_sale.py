"""The same sale from two programs is found, asked about, and counted as the owner says."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from activetui.importing.asking.answers import Answers
from activetui.importing.read import read_files
from activetui.importing.run import plan_reading, setting_of
from activetui.importing.telling.plan_json import plan_as_json
from activetui.ledger.errors import UsageError
from activetui.store.changes.taking_back import undo_last
from activetui.store.events import delete_event
from activetui.store.imports import batches
from activetui.store.imports.same_sales import normal
from tests.importing.files import MADE_AT, TODAY, Writer, plan, plan_import, take

SHOP = "Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name," \
    "Lineitem price,Payment Reference\n"
PAYPAL = "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,To Email Address," \
    "Transaction ID,Reference Txn ID,Invoice Number\n"
STRIPE = "id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,PaymentIntent ID," \
    "Invoice ID,Status,Customer ID,Customer Email\n"
ANA = "ana@example.com"


def order(number: str, amount: str, payment: str = "", email: str = ANA, day: str = "20") -> str:
    """An order of a shop."""
    return f"{number},{email},paid,EUR,{amount},2026-03-{day} 10:00:00 +0100,1,Bowl,{amount},{payment}\n"


def charge(number: str, amount: str, invoice: str = "", email: str = ANA, day: str = "20") -> str:
    """A payment through PayPal."""
    return f"{day}/03/2026,10:01:00,CET,Ana,Website Payment,Completed,EUR,{amount},0.00,{amount}," \
        f"{email},shop@example.org,{number},,{invoice}\n"


def returned(number: str, amount: str, of: str, invoice: str = "", day: str = "25") -> str:
    """A refund through PayPal."""
    return f"{day}/03/2026,10:01:00,CET,Ana,Payment Refund,Completed,EUR,-{amount},0.00,-{amount}," \
        f"shop@example.org,ana@example.com,{number},{of},{invoice}\n"


@pytest.fixture
def shop(store: sqlite3.Connection, write: Writer) -> sqlite3.Connection:
    """A store that knows four orders of a shop."""
    take(store, write(
        SHOP + order("#1001", "30.00", "7PAY00000000001") + order("#1002", "45.00")
        + order("#1003", "12.00", email="") + order("#1004", "60.00", "ch_3Shop0001"), "shop.csv",
    ))
    return store


def spent(store: sqlite3.Connection) -> int:
    """What customers have spent by the ledger, in cents."""
    return int(store.execute("SELECT coalesce(sum(net), 0) FROM event").fetchone()[0])


def options(figures: dict[str, Any]) -> list[str]:
    """What the plan asks for."""
    return [one["option"] for one in figures["questions"]]


def test_a_payment_that_an_order_names_is_asked_about(shop: sqlite3.Connection, write: Writer) -> None:
    file = write(PAYPAL + charge("7PAY00000000001", "30.00"))
    figures = plan(shop, file)
    assert options(figures) == ["--same-sale skip|both"]
    why = figures["questions"][0]["why"]
    assert "line 2" in why and "#1001" in why and "30.00" in why
    with plan_import(shop, file, Answers(), setting_of(shop, TODAY)) as planned:
        with pytest.raises(AssertionError):
            planned.apply(MADE_AT)
        (question,) = plan_as_json(planned)["questions"]
    assert question["about"] == "same_sale"


def test_left_out_it_is_counted_once_and_its_refund_with_it(shop: sqlite3.Connection, write: Writer) -> None:
    before = list(shop.iterdump())
    file = write(
        PAYPAL + returned("8REF", "5.00", "7PAY00000000001") + charge("7PAY00000000001", "30.00")
    )
    figures = plan(shop, file, same_sale="skip")
    assert figures["questions"] == [] and figures["classes"] == {"same_sale": 2}
    assert (figures["found"]["purchases"], figures["total"], figures["refunded"]) == (0, "0.00", "0.00")
    assert take(shop, file, same_sale="skip") is None
    assert list(shop.iterdump()) == before


def test_with_both_it_is_counted_twice_because_the_owner_says_so(
    shop: sqlite3.Connection, write: Writer
) -> None:
    before = spent(shop)
    file = write(PAYPAL + charge("7PAY00000000001", "30.00"))
    take(shop, file, same_sale="both")
    assert spent(shop) == before + 3000
    assert plan(shop, file)["questions"] == []
    assert take(shop, file) is None


def test_what_is_counted_twice_is_said_each_time(shop: sqlite3.Connection, write: Writer) -> None:
    file = write(PAYPAL + charge("7PAY00000000001", "30.00"))
    assert any("both are counted" in one for one in plan(shop, file, same_sale="both")["warnings"])
    take(shop, file, same_sale="both")
    more = write(PAYPAL + charge("7PAY00000000066", "30.00", invoice="7PAY00000000001"))
    assert options(plan(shop, more)) == ["--same-sale skip|both"]


def test_that_they_are_left_out_holds_for_the_next_file(
    shop: sqlite3.Connection, tmp_path: Path, write: Writer
) -> None:
    new = charge("7PAY00000000099", "8.00", email="bo@b.eu")
    take(shop, write(PAYPAL + charge("7PAY00000000001", "30.00") + new), same_sale="skip")
    later = write(PAYPAL + charge("7PAY00000000055", "60.00", invoice="ch_3Shop0001"))
    (reading,) = read_files(later, Answers(), setting_of(shop, TODAY), tmp_path)
    with plan_reading(shop, reading) as planned:
        figures = plan_as_json(planned)
    assert figures["questions"] == [] and figures["classes"] == {"same_sale": 1}
    assert any("--same-sale skip" in one["value"] for one in figures["assumptions"])


def test_other_sales_of_the_file_are_taken(shop: sqlite3.Connection, write: Writer) -> None:
    before = spent(shop)
    other = charge("7PAY00000000099", "8.00", email="bo@b.eu")
    file = write(PAYPAL + charge("7PAY00000000001", "30.00") + other)
    take(shop, file, same_sale="skip")
    assert spent(shop) == before + 800


def test_a_refund_in_a_later_file_of_a_sale_that_was_left_out_is_left_out_too(
    shop: sqlite3.Connection, write: Writer
) -> None:
    figures = plan(shop, write(PAYPAL + returned("8REF", "5.00", "7PAY00000000001")), same_sale="skip")
    assert figures["classes"] == {"same_sale": 1} and figures["plan"]["new"] == 0


@pytest.mark.parametrize(("number", "amount", "day", "asked"), [
    ("1002", "45.00", "20", True),
    ("#1002", "45.00", "22", True),
    ("1002", "44.00", "20", False),
    ("1002", "45.00", "28", False),
    ("1009", "45.00", "20", False),
])
def test_a_short_number_of_an_order_needs_the_amount_and_the_day(
    shop: sqlite3.Connection, write: Writer, number: str, amount: str, day: str, asked: bool
) -> None:
    file = write(PAYPAL + charge("7PAY00000000050", amount, invoice=number, email="x@example.org", day=day))
    assert bool(options(plan(shop, file, date_order="dmy"))) is asked


def test_the_shop_after_the_payments_is_asked_about_as_well(store: sqlite3.Connection, write: Writer) -> None:
    take(store, write(PAYPAL + charge("7PAY00000000001", "30.00"), "paypal.csv"))
    file = write(SHOP + order("#1001", "30.00", "7PAY00000000001") + order("#1002", "45.00", email="bo@b.eu"))
    assert options(plan(store, file)) == ["--same-sale skip|both"]
    take(store, file, same_sale="skip")
    assert spent(store) == 7500


def test_two_exports_of_one_program_may_tell_of_one_sale(store: sqlite3.Connection, write: Writer) -> None:
    invoices = "id,Amount Due,Customer,Date (UTC),Number,Total,Amount Paid,Currency,Status\n" \
        "in_0001a,60.00,cus_a,2026-03-19 10:00,AA-1,60.00,60.00,eur,paid\n"
    take(store, write(invoices, "invoices.csv"))
    paid = "ch_{0},2026-03-20 10:00:00,60.00,0.00,eur,true,,pi_{0},in_{0}a,Paid,cus_a,a@b.eu\n"
    assert options(plan(store, write(STRIPE + paid.format("0001")))) == ["--same-sale skip|both"]
    assert options(plan(store, write(STRIPE + paid.format("0002")))) == []


def test_two_payments_with_one_invoice_number_are_two_sales(store: sqlite3.Connection, write: Writer) -> None:
    take(store, write(PAYPAL + charge("7PAY00000000001", "30.00", invoice="INV-2026-77"), "first.csv"))
    file = write(PAYPAL + charge("7PAY00000000002", "30.00", invoice="INV-2026-77", day="27"))
    assert options(plan(store, file)) == []


def test_a_sale_that_is_only_alike_is_pointed_out_and_taken(shop: sqlite3.Connection, write: Writer) -> None:
    before = spent(shop)
    file = write(PAYPAL + charge("7PAY00000000077", "45.00", day="21"))
    figures = plan(shop, file, date_order="dmy")
    assert figures["questions"] == []
    assert any("the same customer and amount" in one and "#1002" in one for one in figures["warnings"])
    take(shop, file, date_order="dmy")
    assert spent(shop) == before + 4500


@pytest.mark.parametrize(("amount", "email", "day"), [
    ("45.01", "ana@example.com", "21"), ("45.00", "bo@example.com", "21"), ("45.00", "ana@example.com", "22"),
])
def test_another_amount_customer_or_day_is_another_sale(
    shop: sqlite3.Connection, write: Writer, amount: str, email: str, day: str
) -> None:
    file = write(PAYPAL + charge("7PAY00000000077", amount, email=email, day=day))
    assert not any("the same customer" in one for one in plan(shop, file)["warnings"])


def test_undoing_forgets_the_numbers_of_the_payments(store: sqlite3.Connection, write: Writer) -> None:
    batch = take(store, write(SHOP + order("#1001", "30.00", "7PAY00000000001"), "shop.csv"))
    assert batch is not None
    assert store.execute("SELECT value FROM payment_ref").fetchall() == [("7pay00000000001",)]
    batches.undo(store, batch, today=TODAY, made_at=MADE_AT)
    assert store.execute("SELECT count(*) FROM payment_ref").fetchone() == (0,)
    assert options(plan(store, write(PAYPAL + charge("7PAY00000000001", "30.00")))) == []


def test_an_order_that_comes_back_is_known_by_its_payment_again(
    shop: sqlite3.Connection, write: Writer
) -> None:
    file = write(PAYPAL + charge("7PAY00000000001", "30.00", email="pay@example.org"))
    (number,) = shop.execute("SELECT id FROM event WHERE order_ref = '#1001'").fetchone()
    delete_event(shop, number, today=TODAY, made_at=MADE_AT)
    assert options(plan(shop, file, date_order="dmy")) == []
    undo_last(shop, today=TODAY, made_at=MADE_AT)
    assert options(plan(shop, file, date_order="dmy")) == ["--same-sale skip|both"]


def test_another_answer_is_refused(store: sqlite3.Connection, write: Writer) -> None:
    with pytest.raises(UsageError, match="perhaps"):
        plan(store, write(PAYPAL + charge("7PAY00000000001", "30.00")), same_sale="perhaps")


def test_the_first_file_of_a_store_asks_nothing(store: sqlite3.Connection, write: Writer) -> None:
    payment = "7PAY00000000001"
    file = write(SHOP + order("#1001", "30.00", payment) + order("#1002", "30.00", payment))
    figures = plan(store, file)
    assert figures["questions"] == [] and figures["found"]["purchases"] == 2


def test_numbers_are_compared_without_their_sign_and_case() -> None:
    assert normal(" #1001 ") == normal("1001") and normal("CH_1aB") == normal("ch_1Ab")
