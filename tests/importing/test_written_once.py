"""A day, an order or a customer that a list writes once for several rows, and lists that only have gaps."""

from __future__ import annotations

import sqlite3

import pytest

from activetui.importing.asking.answers import Answers
from activetui.ledger.errors import UsageError
from activetui.store.imports import batches
from activetui.store.privacy.forgetting import forget
from tests.importing.files import MADE_AT, TODAY, Writer, customers, day, events, plan, reading, records, take

BY_DAY = "Data;Cliente;Serviço;Valor\n13/11/2026;Rita;Corte;15,00\n;Ana;Cor;40,00\n;Zé;Barba;8,00\n"
ORDERS = "Pedido;Data;Cliente;Produto;Valor\n7;13/11/2026;Rita;Chá;5,00\n;;;Bolo;12,00\n" \
    "8;14/11/2026;Ana;Chá;5,00\n"
BY_CUSTOMER = "Client;Date;Prestation;Montant\nMme Roy;13/10/2026;Coupe;30,00\n;20/10/2026;Couleur;60,00\n" \
    "M. Petit;02/10/2026;Barbe;15,00\n;25/10/2026;Coupe;25,00\n"
TILL = "Client;Date;Prestation;Montant\nMme Roy;13/10/2026;Coupe;30,00\n;20/10/2026;Couleur;60,00\n" \
    "M. Petit;21/10/2026;Barbe;15,00\n;25/10/2026;Coupe;25,00\n"
HEADINGS = "Cliente;Fecha;Importe\nAna Gil;;{ana}\nFactura 1;13/10/2026;20,00\nFactura 2;14/10/2026;10,00\n" \
    "Luis Rey;;{luis}\nFactura 3;02/10/2026;5,00\n"


def carried(found: dict[str, object]) -> list[str]:
    """What the plan says was carried down."""
    return [one["value"] for one in found["assumptions"] if one["about"] == "carry_down"]  # type: ignore


def test_a_day_written_once_holds_for_the_rows_below(store: sqlite3.Connection, write: Writer) -> None:
    path = write(BY_DAY)
    assert carried(plan(store, path)) == ["Data"]
    made = events(records(path))
    assert [(day(one), one.amount) for one in made] == [
        ("2026-11-13", 1500), ("2026-11-13", 4000), ("2026-11-13", 800)
    ]


def test_the_owner_can_refuse_it_and_is_not_asked_again(store: sqlite3.Connection, write: Writer) -> None:
    found = plan(store, write(BY_DAY), carry_down="no")
    assert (carried(found), found["plan"]["refused"]) == ([], 2)


def test_an_order_written_once_has_the_lines_below(store: sqlite3.Connection, write: Writer) -> None:
    path = write(ORDERS)
    assert carried(plan(store, path)) == ["Pedido, Data, Cliente"]
    first, second = events(records(path))
    assert [line.product for line in first.lines] == ["Chá", "Bolo"]
    assert (first.order_ref, first.amount) == ("7", 1700)
    assert (second.order_ref, second.amount) == ("8", 500)


def test_a_customer_written_once_is_carried_down_where_the_days_begin_anew(
    store: sqlite3.Connection, write: Writer
) -> None:
    path = write(BY_CUSTOMER)
    assert carried(plan(store, path)) == ["Client"]
    who = [one.customer.name for one in events(records(path)) if one.customer]
    assert who == ["Mme Roy", "Mme Roy", "M. Petit", "M. Petit"]


@pytest.mark.parametrize(("said", "walk_ins"), [("yes", 0), ("no", 2)])
def test_rows_that_may_name_nobody_are_asked_about_once(
    store: sqlite3.Connection, write: Writer, said: str, walk_ins: int
) -> None:
    path = write(TILL)
    assert [one["option"] for one in plan(store, path)["questions"]] == ["--carry-down yes|no"]
    take(store, path, carry_down=said)
    assert store.execute("SELECT count(*) FROM event WHERE customer_id IS NULL").fetchone() == (walk_ins,)
    assert plan(store, write(TILL.replace("Coupe", "Brushing"), "next.csv"))["questions"] == []


@pytest.mark.parametrize("text", [
    BY_DAY + "14/11/2026;Rui;Corte;15,00\n14/11/2026;Ana;Corte;15,00\n",
    BY_DAY.replace(";Zé", "14/11/2026;Zé"),
    "Data;Cliente;Valor\n" + "".join(f"{n}/10/2026;Ana;{n},00\n" for n in range(13, 28)) + ";Rita;4,00\n",
    "Data;Cliente;Serviço;Valor\n13/11/2026;Rita;Corte;15,00\n;;;40,00\n14/11/2026;Zé;Barba;8,00\n",
    "Client;Date;Montant\nMme Roy;13/10/2026;30,00\n;20/10/2026;60,00\nMme Roy;21/10/2026;15,00\n",
    "Client;Date;Montant\n;13/10/2026;30,00\nMme Roy;20/10/2026;60,00\n;21/10/2026;15,00\n",
], ids=["a day repeated", "one row", "one gap", "only a number", "a customer again", "nobody first"])
def test_mere_gaps_are_neither_filled_nor_asked_about(
    store: sqlite3.Connection, write: Writer, text: str
) -> None:
    found = plan(store, write(text))
    assert (carried(found), found["questions"]) == ([], [])


def test_the_sum_of_a_day_on_its_own_row_is_no_sale(store: sqlite3.Connection, write: Writer) -> None:
    text = "Data;Cliente;Serviço;Valor\n13/11/2026;;;55,00\n;Rita;Corte;15,00\n;Ana;Cor;40,00\n" \
        "14/11/2026;;;8,00\n;Zé;Barba;8,00\n"
    found = plan(store, write(text))
    assert (carried(found), found["found"]["purchases"], found["total"]) == (["Data"], 3, "63.00")
    other = plan(store, write(text.replace("55,00", "54,00")))
    assert carried(other) == []


@pytest.mark.parametrize(("ana", "luis"), [("", ""), ("30,00", "5,00")])
def test_customers_above_their_rows_are_those_of_the_rows(
    store: sqlite3.Connection, write: Writer, ana: str, luis: str
) -> None:
    path = write(HEADINGS.format(ana=ana, luis=luis))
    assert carried(plan(store, path)) == ["the headings between the rows"]
    found = records(path)
    assert [one.amount for one in events(found)] == [2000, 1000, 500]
    assert [one.name for one in customers(found)] == ["Ana Gil", "Ana Gil", "Luis Rey"]


def test_a_customer_left_empty_below_a_day_stays_nobody_and_the_plan_says_so(
    store: sqlite3.Connection, write: Writer
) -> None:
    path = write(BY_DAY.replace(";Ana;", ";;"))
    assert [one.customer and one.customer.name for one in events(records(path))] == ["Rita", None, "Zé"]
    (told,) = plan(store, path)["warnings"]
    assert told.startswith("1 event names no customer (a walk-in): only Data is carried down")


def test_an_order_to_nobody_takes_no_customer_from_the_one_above(
    store: sqlite3.Connection, write: Writer
) -> None:
    path = write(ORDERS + "9;15/11/2026;;Chá;5,00\n;;;Bolo;6,00\n")
    last = events(records(path))[-1]
    assert (last.customer, last.amount, plan(store, path)["warnings"]) == (
        None, 1100, ["1 event names no customer (a walk-in)."]
    )


def test_headings_of_what_is_not_said_are_asked_about(store: sqlite3.Connection, write: Writer) -> None:
    text = HEADINGS.format(ana="30,00", luis="5,00").replace("Cliente", "Documento")
    found = plan(store, write(text))
    assert [one["about"] for one in found["questions"]] == ["carry_down"]
    assert plan(store, write(text), carry_down="yes")["found"]["customers"] == 2
    assert plan(store, write(text), carry_down="no")["plan"]["refused"] == 2


def test_amounts_of_headings_that_are_no_sums_are_rows(store: sqlite3.Connection, write: Writer) -> None:
    assert carried(plan(store, write(HEADINGS.format(ana="31,00", luis="5,00")))) == []


def test_whoever_is_forgotten_leaves_no_rows_to_the_one_above(
    store: sqlite3.Connection, write: Writer
) -> None:
    take(store, write(BY_CUSTOMER))
    ((number,),) = store.execute("SELECT id FROM customer WHERE name = 'M. Petit'").fetchall()
    forget(store, number, today=TODAY, made_at=MADE_AT)
    assert store.execute("SELECT count(*) FROM batch_file").fetchone() == (0,)
    assert batches.show(store, 1).undone_at is None


def test_another_word_is_no_answer(write: Writer) -> None:
    with pytest.raises(UsageError):
        reading(write(BY_DAY), carry_down="perhaps")
    assert Answers().carry_down == ""
