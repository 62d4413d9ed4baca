"""Lists as owners have them: what is said of what is not taken, and what words among words mean."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from activetui.importing.asking.answers import Setting
from activetui.importing.columns.synonyms import meanings
from activetui.importing.deciding.currency import code_of
from activetui.importing.values.words import usual_state
from tests.importing.files import TODAY, events, plan, records, take


def written(folder: Path, text: str) -> Path:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("cell", "state"), [
    ("canceled by guest", "cancelled"), ("cancelled_by_guest", "cancelled"), ("late cancel", "cancelled"),
    ("отменена клиентом", "cancelled"), ("annule par le patient", "cancelled"),
    ("клиент не пришел", "no_show"),
    ("absent non excuse", "no_show"), ("no show fee", "no_show"), ("сделка успешна", "paid"),
    ("wc-refunded", "refunded"), ("wc-cancelled", "cancelled"),
    ("non honore", "no_show"), ("nao realizado", "no_show"), ("not shipped", ""),
    ("not completed", "pending"), ("a vencer", "pending"), ("nicht erschienen", "no_show"),
    ("en retard", "unpaid"),
    ("echouees", "failed"), ("en attente de paiement", "pending"),
    ("en attente d'expedition", ""),
    ("not cancelled", ""), ("non annullato", ""), ("to be called", ""), ("cancelledish", ""),
])
def test_a_state_is_told_by_a_word_among_others(cell: str, state: str) -> None:
    assert usual_state(cell) == state


@pytest.mark.parametrize(("heading", "field"), [
    ("Date début", "subscription_start"), ("Date du RDV", "visit_date"),
    ("Fecha inicio", "subscription_start"),
    ("Data consulta", "visit_date"), ("Контакт: Телефон", "phone"), ("Customer: E-mail", "email"),
])
def test_small_words_and_the_word_for_a_person_make_no_other_heading(heading: str, field: str) -> None:
    assert field in {meaning.field for meaning in meanings(heading)}


def test_behind_a_word_for_a_person_only_what_a_person_has_is_meant() -> None:
    assert not meanings("Customer: Total")
    assert not meanings("Total: Phone")


def test_months_in_columns_are_named_as_not_read(store: sqlite3.Connection, tmp_path: Path) -> None:
    path = written(tmp_path, "Cliente;Enero;Febrero;Marzo;Total\nBar Paco;10,00;;5,00;15,00\n")
    told = [one for one in plan(store, path)["warnings"] if "Enero, Febrero, Marzo" in one]
    assert len(told) == 1


@pytest.mark.parametrize("codes", [("EUR", "GBP", "USD"), ("USD", "EUR", "GBP"), ("GBP", "USD", "EUR")])
def test_of_as_many_sales_in_each_currency_the_first_one_is_at_home(
    store: sqlite3.Connection, tmp_path: Path, codes: tuple[str, ...]
) -> None:
    rows = [f"2026-10-0{place},Ann,{code} {place}0.00" for place, code in enumerate(codes, start=1)]
    found = plan(store, written(tmp_path, "\n".join(["Date,Customer,Amount", *rows, ""])))
    assert found["currency"] == codes[0]
    assert any(one.endswith(f"not added to {codes[0]}.") for one in found["warnings"])


def test_a_visit_that_is_not_paid_is_a_visit_and_no_purchase(tmp_path: Path) -> None:
    rows = "13/10/2026;Rita;Limpeza;45,00;Sim\n14/10/2026;Rui;Extração;80,00;Não\n"
    made = events(records(written(tmp_path, f"Data da consulta;Nome;Tratamento;Valor;Pago\n{rows}")))
    assert [(one.kind, one.amount) for one in made] == [(3, 4500), (1, 4500), (3, 8000)]


def test_who_gives_no_tax_number_is_nobody(store: sqlite3.Connection, tmp_path: Path) -> None:
    rows = "FS 1;01-10-2026;Consumidor Final;999999990;10,00\nFS 2;02-10-2026;Sá;501234567;20,00\n"
    take(store, written(tmp_path, f"Nº documento;Data;Cliente;NIF;Total\n{rows}"), date_order="dmy")
    assert [name for (name,) in store.execute("SELECT name FROM customer")] == ["Sá"]


def test_who_unsubscribed_by_a_state_is_not_subscribed_by_an_older_list(
    store: sqlite3.Connection, tmp_path: Path
) -> None:
    take(store, written(tmp_path, "Email,Name,Status\nann@b.example,Ann,Unsubscribed\n"))
    found = plan(store, written(tmp_path, "Email,Name,Status\nann@b.example,Ann,Subscribed\n"))
    assert found["plan"]["customers_changed"] == 0
    assert store.execute("SELECT consent FROM customer").fetchone() == (0,)


def test_marks_under_a_question_are_no_money(store: sqlite3.Connection, tmp_path: Path) -> None:
    path = written(tmp_path, "Date,Email,Age\n2026-10-13,ann@b.example,41\n2026-10-14,cy@d.example,38\n")
    found = plan(store, path)
    assert [one["about"] for one in found["questions"]] == ["meaning"]


def test_what_a_company_of_hotels_calls_start_is_a_stay_and_with_a_plan_it_is_none(tmp_path: Path) -> None:
    stay = "Guest name,Start date,End date,Nights\nAnn,2026-06-14,2026-06-17,3\n"
    (visit,) = events(records(written(tmp_path, stay)))
    term = "Member,Plan,Start date,End date\nAnn,Gold,2026-06-14,2027-06-13\n"
    (start,) = events(records(written(tmp_path, term)))
    assert (visit.kind, start.action) == (3, "start")


@pytest.mark.parametrize(("headings", "amounts", "asks"), [
    ("order_number,user_email,created_at,total", ("2900", "4999"), True),
    ("order_number,user_email,created_at,total", ("2900", "49.99"), False),
    ("order_number,user_email,created_at,total", ("12", "4999"), False),
    ("order_number,user_email,created_at,total", ("2900", "5000"), False),
    ("Order,Email,Date,Total", ("2900", "4999"), False),
])
def test_whole_amounts_under_a_programs_names_may_be_cents(
    store: sqlite3.Connection, tmp_path: Path, headings: str, amounts: tuple[str, str], asks: bool
) -> None:
    first, second = amounts
    rows = f"1,ann@b.example,2026-10-01,{first}\n2,cy@d.example,2026-10-02,{second}\n"
    path = written(tmp_path, f"{headings}\n{rows}")
    found = plan(store, path, currency="USD")
    assert [one["about"] for one in found["questions"]] == ["cents"] * asks
    if asks:
        assert plan(store, path, currency="USD", cents="yes")["total"] == "78.99"


@pytest.mark.parametrize(("word", "code"), [
    ("руб", "RUB"), ("руб.", "RUB"), ("рубли", "RUB"),
    ("€", "EUR"), ("euro", "EUR"), ("eur", "EUR"), ("R$", "BRL"),
    ("£", "GBP"), ("карта", ""), ("", ""), ("cash", ""),
])
def test_a_currency_is_told_by_code_sign_or_word(word: str, code: str) -> None:
    assert code_of(word, Setting(TODAY)) == code


def test_a_number_of_the_row_beside_that_of_the_order_is_no_customers(tmp_path: Path) -> None:
    rows = "7,1,ann@b.example,2026-10-01,5.00\n8,2,cy@d.example,2026-10-02,6.50\n"
    rows += "9,3,ann@b.example,2026-10-03,7.00\n"
    made = events(records(written(tmp_path, f"id,Order number,Email,Date,Total\n{rows}")))
    assert [one.customer.key for one in made if one.customer] == ["", "", ""]


def test_which_of_several_unknown_columns_was_paid_is_asked(
    store: sqlite3.Connection, tmp_path: Path
) -> None:
    text = "Data;Cliente;Débito;Crédito\n13/10/2026;Ana;120,00;0,00\n14/10/2026;Rui;80,00;5,50\n"
    path = written(tmp_path, text)
    (asked,) = plan(store, path)["questions"]
    assert (asked["about"], "Débito, Crédito" in asked["why"]) == ("amount", True)
    assert plan(store, path, columns={"Crédito": "amount"})["questions"] == []
    assert plan(store, path, columns={"Crédito": "amount"})["total"] == "5.50"


def test_amounts_beside_a_day_of_delivery_are_no_list_of_customers(
    store: sqlite3.Connection, tmp_path: Path
) -> None:
    text = "Cliente;Fecha de entrega;Importe\nAna;13/10/2026;12,00\nAna;20/10/2026;12,00\n"
    path = written(tmp_path, text)
    assert [one["option"] for one in plan(store, path)["questions"]] == ["--map 'Fecha de entrega=date'"]
    assert plan(store, path, columns={"Fecha de entrega": "date"})["found"]["purchases"] == 2


def test_whole_numbers_under_an_unknown_heading_are_asked_about(
    store: sqlite3.Connection, tmp_path: Path
) -> None:
    path = written(tmp_path, "Date,Locker,Name\n2026-10-13,1001,Ann\n2026-10-14,1002,Cy\n")
    (asked,) = plan(store, path)["questions"]
    assert (asked["about"], asked["option"]) == ("amount", "--map Locker=amount | --map Locker=ignore")
    other = plan(store, path, columns={"Locker": "ignore"})
    assert [one["about"] for one in other["questions"]] == ["meaning"]


@pytest.mark.parametrize(("text", "total"), [
    ("Client;Date commande;Total;Acompte;Reste à payer\nRoy;13/10/2026;200,00;50,00;150,00\n", "50.00"),
    ("Client;Date commande;Total;Acompte\nRoy;13/10/2026;200,00;50,00\n", "200.00"),
    ("Client,Event date,Total,Deposit,Balance\nRoy,13/10/2026,200.00,50.00,150.00\n", "200.00"),
])
def test_a_deposit_is_all_that_is_paid_where_the_rest_is_told(
    store: sqlite3.Connection, tmp_path: Path, text: str, total: str
) -> None:
    assert plan(store, written(tmp_path, text))["total"] == total


@pytest.mark.parametrize(("headings", "meaning"), [
    ("Date,Time,Name", "visits"), ("Date,Time,Name,Party", "visits"),
])
def test_a_person_at_a_time_is_a_visit(
    store: sqlite3.Connection, tmp_path: Path, headings: str, meaning: str
) -> None:
    row = "2026-10-13,18:05,Ann" + (",4" if headings.endswith("Party") else "")
    assert plan(store, written(tmp_path, f"{headings}\n{row}\n"))["meaning"] == meaning


def test_a_form_filled_in_at_a_time_is_asked_about(store: sqlite3.Connection, tmp_path: Path) -> None:
    text = "Date,Time,Name,Email\n2026-10-13,18:05,Ann,ann@b.example\n"
    assert [one["about"] for one in plan(store, written(tmp_path, text))["questions"]] == ["meaning"]
