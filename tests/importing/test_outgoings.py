"""Amounts below zero that no customer got back: fees, payouts, and what is spent from an account."""

from __future__ import annotations

import sqlite3

import pytest

from activetui.importing.values.words import sort_of_outgoing
from tests.importing.files import Writer, plan

BANK = "Data;Descrição;Valor;Saldo\n13/10/2026;TRF de Rita;45,00;545,00\n14/10/2026;Renda;-400,00;145,00\n" \
    "15/10/2026;TRF de Ana;30,00;175,00\n16/10/2026;Devolução a Rita;-45,00;130,00\n"


@pytest.mark.parametrize(("cell", "sort"), [
    ("Processing fee", "fee"), ("Stripe fees", "fee"), ("Commission", "fee"),
    ("Comissão de manutenção", "fee"),
    ("Tarifa TPV", "fee"), ("Comisión bancaria", "fee"), ("Commissioni bancarie", "fee"),
    ("Frais bancaires", "fee"), ("Комиссия банка", "fee"), ("Gebühr", "fee"), ("Transaktionsgebühr", "fee"),
    ("Payout to bank", "payout"), ("Auszahlung", "payout"), ("Выплата на счёт", "payout"),
    ("Refund of the fee", "refund"), ("Reembolso de comissão", "refund"), ("Rimborso", "refund"),
    ("Haircut", ""), ("Coffee", ""), ("Feed", ""),
])
def test_words_tell_why_money_went_out(cell: str, sort: str) -> None:
    assert sort_of_outgoing(cell) == sort


@pytest.mark.parametrize("text", [
    "Date,Customer,Description,Amount\n2026-10-13,Ann,Class,15.00\n2026-10-13,Ann,Processing fee,-0.45\n",
    "Datum;Kunde;Verwendungszweck;Betrag\n13.10.2026;Eva;Kurs;15,00\n13.10.2026;Eva;Gebühr;-0,45\n",
    "Дата;Плательщик;Назначение;Сумма\n13.10.2026;Мария;Занятие;15,00\n13.10.2026;Мария;Комиссия;-0,45\n",
])
def test_a_fee_is_no_refund_of_a_customer(store: sqlite3.Connection, write: Writer, text: str) -> None:
    found = plan(store, write(text))
    assert (found["found"]["purchases"], found["found"]["refunds"]) == (1, 0)
    assert (found["classes"], found["total"], found["refunded"]) == ({"fee": 1}, "15.00", "0.00")


def test_a_fee_that_customers_pay_is_a_sale(store: sqlite3.Connection, write: Writer) -> None:
    text = "Date,Customer,Description,Amount\n2026-10-13,Ann,Late fee,15.00\n2026-10-14,Cy,Entry fee,5.00\n"
    found = plan(store, write(text))
    assert (found["found"]["purchases"], found["classes"]) == (2, {})


def test_what_goes_from_an_account_is_no_refund_unless_it_says_so(
    store: sqlite3.Connection, write: Writer
) -> None:
    found = plan(store, write(BANK))
    assert (found["total"], found["refunded"], found["classes"]) == ("75.00", "45.00", {"expense": 1})
    assert [one["value"] for one in found["assumptions"] if one["about"] == "account"] == ["Saldo"]
    latest_first = "\n".join([BANK.splitlines()[0], *reversed(BANK.splitlines()[1:])]) + "\n"
    assert plan(store, write(latest_first, "other.csv"))["classes"] == {"expense": 1}


def test_the_owner_can_say_that_it_is_no_account(store: sqlite3.Connection, write: Writer) -> None:
    found = plan(store, write(BANK), columns={"Saldo": "ignore"})
    assert (found["classes"], found["found"]["refunds"]) == ({}, 2)


def test_what_customers_still_owe_is_no_balance(store: sqlite3.Connection, write: Writer) -> None:
    text = "Date,Customer,Amount,Balance\n2026-10-13,Ann,40.00,10.00\n2026-10-14,Cy,30.00,0.00\n" \
        "2026-10-15,Ed,-5.00,0.00\n"
    found = plan(store, write(text))
    assert (found["classes"], found["found"]["refunds"]) == ({}, 1)
    assert {one["name"]: one["field"] for one in found["columns"]}["Balance"] == "outstanding"


def test_a_total_below_the_list_is_that_of_all_rows(store: sqlite3.Connection, write: Writer) -> None:
    text = "Date,Customer,Description,Amount\n2026-10-13,Ann,Class,15.00\n2026-10-13,Ann,Fee,-0.45\n" \
        "Total,,,14.55\n"
    assert plan(store, write(text))["warnings"] == ["1 row that adds up others is left out."]
