"""Rows to records: orders of several rows, refunds, walk-ins, keys, the quick way beside the careful one."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.importing.read import Scattered
from activetui.importing.records.marks import Marks
from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import Kind
from tests.importing.files import Writer, customers, day, events, plan, reading, records, refusals, take

HEAD = "Order,Date,Customer,Email,Item,Qty,Unit price,Total\n"


def test_a_total_on_the_first_row_is_counted_once(write: Writer) -> None:
    text = (
        HEAD
        + "A1,2026-01-13,Ana,a@x.com,Soap,2,4.50,29.00\nA1,,,,Cream,1,20.00,\n"
        + "A2,2026-01-14,Bo,b@x.com,Soap,1,4.50,4.50\n"
    )
    found = events(records(write(text)))
    assert [(one.order_ref, one.amount, len(one.lines)) for one in found] == [("A1", 2900, 2), ("A2", 450, 1)]


def test_a_total_repeated_on_every_row_is_counted_once(write: Writer) -> None:
    text = (
        HEAD + "A1,2026-01-13,Ana,a@x.com,Soap,2,4.50,29.00\nA1,2026-01-13,Ana,a@x.com,Cream,1,20.00,29.00\n"
    )
    assert [one.amount for one in events(records(write(text)))] == [2900]


def test_amounts_of_rows_are_added_up(write: Writer) -> None:
    text = (
        HEAD + "A1,2026-01-13,Ana,a@x.com,Soap,2,4.50,9.00\nA1,2026-01-13,Ana,a@x.com,Cream,1,20.00,20.00\n"
    )
    (one,) = events(records(write(text)))
    assert (one.amount, [line.amount for line in one.lines]) == (2900, [900, 2000])


def test_where_equal_amounts_could_be_either_it_is_asked(write: Writer) -> None:
    text = "Order,Date,Customer,Item,Total\nA1,2026-01-13,Ana,Coffee,3.00\nA1,2026-01-13,Ana,Coffee,3.00\n"
    (asked,) = reading(write(text)).understood.questions
    assert asked.about == "totals"
    assert [one.amount for one in events(records(write(text), columns={"Total": "order_total"}))] == [300]
    assert [one.amount for one in events(records(write(text), columns={"Total": "amount"}))] == [600]


def test_rows_of_an_order_that_are_scattered_are_brought_together(
    store: sqlite3.Connection, write: Writer
) -> None:
    text = (
        "Order,Date,Customer,Item,Total\nA1,2026-01-13,Ana,Soap,1.00\nA2,2026-01-13,Bo,Soap,2.00\n"
        "A1,2026-01-13,Ana,Cream,4.00\n"
    )
    path = write(text)
    with pytest.raises(Scattered):
        list(reading(path).records())
    assert {one.order_ref: one.amount for one in events(records(path))} == {"A1": 500, "A2": 200}
    assert plan(store, path)["plan"]["new"] == 2


def test_equal_numbers_of_different_customers_are_different_orders(write: Writer) -> None:
    text = "Order,Date,Customer,Total\n1,2026-01-13,Ana,1.00\n1,2026-02-13,Bo,2.00\n"
    found = events(records(write(text)))
    assert [(one.amount, one.key) for one in found] == [(100, "purchase:1"), (200, "purchase:1:2")]


def test_money_given_back_is_a_refund_of_its_order(write: Writer) -> None:
    text = (
        "Order,Date,Customer,Item,Qty,Total\nA1,2026-01-13,Ana,Soap,1,9.00\nA1,2026-01-13,Ana,Soap,-1,-9.00\n"
        "A2,2026-01-14,Ana,Soap,1,-5.00\n"
    )
    found = events(records(write(text)))
    assert [(one.kind, one.amount, one.order_ref) for one in found] == [
        (Kind.PURCHASE, 900, "A1"), (Kind.REFUND, 900, "A1"), (Kind.REFUND, 500, "A2"),
    ]


def test_a_discount_within_an_order_is_no_refund(write: Writer) -> None:
    text = "Order,Date,Customer,Item,Total\nA1,2026-01-13,Ana,Soap,9.00\nA1,2026-01-13,Ana,Voucher,-2.00\n"
    assert [(one.kind, one.amount) for one in events(records(write(text)))] == [(Kind.PURCHASE, 700)]


@pytest.mark.parametrize(
    ("state", "counted", "refunded"),
    [
        ("Pago", 1, 0),
        ("Por pagar", 0, 0),
        ("Cancelado", 0, 0),
        ("Reembolsado", 1, 550),
        ("", 1, 0),
        ("Estranho", 1, 0),
    ],
)
def test_words_for_states_decide_what_counts(write: Writer, state: str, counted: int, refunded: int) -> None:
    read = reading(write(f"Data;Cliente;Valor;Estado\n13/01/2026;Ana;5,50;{state}\n14/01/2026;Bia;1;Pago\n"))
    found = events(read.records())
    assert (read.found.purchases - 1, found[0].refunded) == (counted, refunded)
    assert read.found.states == ({"Estranho": 1} if state == "Estranho" else {})


_WITH_STATES = "Order,Date,Customer,Email,Item,Status,Total\n"


def _one(write: Writer, *rows: str) -> tuple[int | None, int, str]:
    """Amount, what was given back, and state of the only order of a file."""
    text = _WITH_STATES + "".join(f"A1,2026-01-13,Ana,a@x.com,{row}\n" for row in rows)
    (found,) = events(records(write(text)))
    return found.amount, found.refunded, found.state


def test_a_line_that_was_called_off_is_no_part_of_its_order(write: Writer) -> None:
    assert _one(write, "Soap,paid,10.00", "Rag,cancelled,5.00") == (1000, 0, "paid")


def test_a_line_given_back_is_given_back_of_its_order(write: Writer) -> None:
    assert _one(write, "Soap,paid,10.00", "Rag,refunded,5.00") == (1500, 500, "partially_refunded")


def test_an_order_of_which_every_line_is_called_off_is_called_off(write: Writer) -> None:
    assert _one(write, "Soap,cancelled,10.00", "Rag,pending,5.00") == (1500, 0, "cancelled")


def test_an_order_of_which_every_line_was_given_back_was_given_back(write: Writer) -> None:
    assert _one(write, "Soap,refunded,10.00", "Rag,refunded,5.00") == (1500, 1500, "refunded")


def test_more_than_was_paid_cannot_be_given_back(write: Writer) -> None:
    (found,) = events(records(write(
        "Order,Date,Customer,Email,Item,Total,Refunded Amount\nA1,2026-01-13,Ana,a@x.com,Soap,10.00,25.00\n"
    )))
    assert (found.amount, found.refunded, found.state) == (1000, 1000, "refunded")


def test_lost_order_numbers_do_not_make_one_order_of_many(write: Writer) -> None:
    rows = "5.55E+15,2026-01-13,Ana,a@x.com,Soap,paid,10.00\n5.55E+15,2026-01-13,Bo,b@x.com,Rag,paid,5.00\n"
    found = events(records(write(_WITH_STATES + rows)))
    assert [(one.amount, one.order_ref) for one in found] == [(1000, ""), (500, "")]


def test_what_columns_of_amounts_add_up_to_is_told(write: Writer) -> None:
    read = reading(write(
        "Order,Date,Customer,Item,Status,Fee,Total\nA1,2026-01-13,Ana,Soap,paid,0.30,10.00\n"
        "A2,2026-01-14,Bo,Rag,cancelled,0.20,5.00\n"
    ))
    list(read.records())
    sums = {read.understood.layout.name_of(place): amount for place, amount in read.found.sums.items()}
    assert sums == {"Fee": 50, "Total": 1500}


def test_columns_in_several_currencies_have_no_sum(write: Writer) -> None:
    read = reading(write(
        "Order,Date,Customer,Item,Currency,Total\nA1,2026-01-13,Ana,Soap,EUR,10.00\n"
        "A2,2026-01-14,Bo,Rag,USD,5.00\n"
    ))
    list(read.records())
    assert read.found.sums == {} and read.found.total == {"EUR": 1000, "USD": 500}


@pytest.mark.parametrize(
    "name",
    ["", "--", "Walk-in Customer", "Cliente Balcão", "Consumidor final", "Розничный покупатель", "Passage"],
)
def test_walk_ins_are_nobody(write: Writer, name: str) -> None:
    found = events(records(write(f"Data;Cliente;Valor\n13/01/2026;{name};5,50\n14/01/2026;Bia;1,00\n")))
    assert found[0].customer is None and found[0].amount == 550


@pytest.mark.parametrize("email", ["test@test.com", "no@email.com", "x123@marketplace.amazon.com", "n/a"])
def test_placeholders_are_no_identity(write: Writer, email: str) -> None:
    found = customers(records(write(f"name,email\nAna,{email}\nBo,{email}\n")))
    assert [one.identities for one in found] == [(("name", "ana"),), (("name", "bo"),)]


@pytest.mark.parametrize(
    ("cell", "email"),
    [("Ana <ANA@Example.com>", "ana@example.com"), ("mailto:ana@example.com", "ana@example.com"),
     (" ana@example.com ; b@x.com", "ana@example.com")],
)
def test_addresses_are_found_in_their_cells(write: Writer, cell: str, email: str) -> None:
    assert [one.email for one in customers(records(write(f"name,email\nAna,{cell}\n")))] == [email]


def test_national_numbers_need_a_country(write: Writer) -> None:
    path = write("Nome;Telefone\nAna;(11) 98888-7777\n")
    assert [one.identities for one in customers(records(path))] == [(("phone", "11988887777"),)]
    assert [one.phone for one in customers(records(path, country="BR"))] == ["+5511988887777"]


def test_keys_hold_nothing_that_tells_who_somebody_is(write: Writer) -> None:
    (one,) = events(records(write("Data;Cliente;E-mail;Valor\n13/01/2026;Ana;ana@example.com;5,50\n")))
    assert "ana" not in one.key and one.key.startswith("purchase:")


def test_the_country_of_numbers_does_not_change_a_key(store: sqlite3.Connection, write: Writer) -> None:
    path = write("Data;Cliente;Telefone;Valor\n13/01/2026;Ana;912 345 678;5,50\n")
    take(store, path)
    assert plan(store, path, country="PT")["plan"]["new"] == 0


def test_a_paid_order_updates_the_pending_one(store: sqlite3.Connection, write: Writer) -> None:
    take(store, write("Data;Cliente;Valor;Estado\n13/01/2026;Ana;5,50;Pendente\n14/01/2026;Bia;1;Pago\n"))
    later = write(
        "Data;Cliente;Valor;Estado\n13/01/2026;Ana;5,50;Pago\n14/01/2026;Bia;1;Pago\n", name="later.csv"
    )
    assert plan(store, later)["plan"] | {"customers_new": 0} == {
        "new": 0, "changed": 1, "unchanged": 1, "refused": 0,
        "customers_new": 0, "customers_changed": 0, "customers_unchanged": 2,
    }


def test_next_months_list_has_the_same_source(write: Writer) -> None:
    january = reading(write("Data;Cliente;Valor\n13/01/2026;Ana;5,50\n", name="janeiro.csv"))
    february = reading(
        write("Cliente;Data;Nota interna;Valor\nAna;13/02/2026;x;5,50\n", name="fevereiro.csv")
    )
    assert january.understood.source == february.understood.source
    assert reading(write("Data;Cliente;Valor\n13/01/2026;Ana;1\n"), source="till").understood.source == "till"


def test_visits_and_bookings(write: Writer) -> None:
    text = (
        "Data do agendamento;Cliente;Serviço;Estado\n"
        "13/01/2026;Ana;Corte;Concluído\n24/12/2026;Bia;Cor;Agendado\n"
    )
    found = events(records(write(text)))
    assert [(one.kind, one.state, day(one)) for one in found] == [
        (Kind.VISIT, "paid", "2026-01-13"), (Kind.BOOKING, "", "2026-12-24"),
    ]


def test_a_file_of_which_nearly_nothing_can_be_taken_is_refused_whole(
    store: sqlite3.Connection, write: Writer
) -> None:
    rows = "".join(f"13/01/2026;Ana;{n} apples\n" for n in range(12_000))
    path = write("Data;Cliente;Valor\n" + "13/01/2026;Ana;1,50\n" * 3000 + rows)
    assert plan(store, path)["plan"]["refused"] == 12_000
    path = write("Data;Cliente;Valor\n" + "13/01/2026;Ana;1,50\n" * 300 + rows)
    with pytest.raises(OwnerError, match="Nearly no row"):
        plan(store, path)


@given(st.lists(st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-2, 2), max_size=40), max_size=40))
def test_marks_know_what_they_have_seen(parts: list[list[int]]) -> None:
    marks, seen = Marks(), set[int]()
    for part in parts:
        part = [mark or 1 for mark in part]  # 0 is kept as 1
        new = len({*part} - seen) == len(part)
        assert marks.add_all(part) is new
        if not new:
            return
        seen.update(part)
    assert not any(marks.add(mark) for mark in seen)


def test_refusals_name_line_and_column(write: Writer) -> None:
    found = records(write("Date;Customer;Amount\n2026-01-13;Ana;5.50\n2026-01-14;Bo;many\n;Cy;3.00\n"))
    assert [(one.line, one.reason) for one in refusals(found)] == [
        (3, "Amount: many is not an amount"),
        (4, "the day is missing (if it is that of the row above, write it here as well)"),
    ]
