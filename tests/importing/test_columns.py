"""Columns: by heading in six languages, by contents, by neighbours, by the owner's word."""

from __future__ import annotations

import pytest

from activetui.importing.columns.headings import bare, currency_in, normal
from activetui.importing.columns.synonyms import language_of, meanings, synonyms
from activetui.importing.columns.systems import recognise, systems
from activetui.importing.columns.vocabulary import FIELDS
from activetui.ledger.errors import UsageError
from tests.importing.files import Writer, customers, events, reading, records


def meaning(write: Writer, text: str, **answers: object) -> dict[str, str | None]:
    """Heading → field of a file's columns."""
    return {column.name: column.field for column in reading(write(text), **answers).understood.columns}


TABLES = {
    "en": "Order #,Date,Customer,Email,Item,Qty,Amount,Status\n"
          "1,2026-01-13,Ana,a@x.com,Soap,1,5.50,Paid\n",
    "pt": "Nº pedido;Data;Cliente;E-mail;Produto;Quantidade;Valor;Situação\n"
          "1;13/01/2026;Ana;a@x.pt;Sabão;1;5,50;Pago\n",
    "es": "Número de pedido;Fecha;Cliente;Correo;Artículo;Cantidad;Importe;Estado\n"
          "1;13/01/2026;Ana;a@x.es;Jabón;1;5,50;Pagado\n",
    "it": "N. ordine;Data;Cliente;Mail;Prodotto;Quantità;Importo;Stato\n"
          "1;13/01/2026;Ana;a@x.it;Sapone;1;5,50;Pagato\n",
    "fr": "N° commande;Date;Client;Courriel;Prestation;Qté;Montant TTC;État\n"
          "1;13/01/2026;Ana;a@x.fr;Savon;1;5,50;Payé\n",
    "ru": "№ заказа;Дата;Клиент;Почта;Товар;Кол-во;Сумма, руб.;Статус\n"
          "1;13.01.2026;Анна;a@x.ru;Мыло;1;5,50;Оплачен\n",
}


@pytest.mark.parametrize("language", TABLES)
def test_the_same_table_is_understood_in_six_languages(write: Writer, language: str) -> None:
    read = reading(write(TABLES[language]))
    fields = [column.field for column in read.understood.columns]
    assert fields == ["order_id", "date", "name", "email", "product", "quantity", "amount", "state"]
    assert read.understood.language == language
    (event,) = events(read.records())
    assert (event.amount, event.state, event.order_ref, event.quantity) == (550, "paid", "1", 1.0)
    assert event.currency == ("RUB" if language == "ru" else "EUR")


@pytest.mark.parametrize(
    ("heading", "same_as"),
    [
        ("*InvoiceNumber", "invoice number"),
        ("EmailAddress", "email address"),
        ("Date  created:", "date created"),
        ("N.º de venda", "nº de venda"),
        ("NÚMERO DO PEDIDO", "numero do pedido"),
        ("De l’adresse email", "De l'adresse email"),
        ("order_id", "Order ID"),
        ("Ф.И.О.", "ф и о"),
    ],
)
def test_headings_are_compared_without_what_nobody_means(heading: str, same_as: str) -> None:
    assert normal(heading) == normal(same_as)


def test_a_heading_can_name_a_currency_and_be_known_without_it() -> None:
    assert currency_in("Total (BRL)") == "BRL" and bare("Total (BRL)") == "total"
    assert currency_in("Сумма, ₽") == "RUB" and bare("Сумма, руб.") == normal("Сумма")


def test_the_synonym_files_only_name_fields_that_exist() -> None:
    assert {meaning.field for found in synonyms().values() for meaning in found} <= set(FIELDS)
    assert len(synonyms()) > 1000
    assert [one.field for one in meanings("Курлык")] == []


def test_short_words_are_matched_whole(write: Writer) -> None:
    assert meaning(write, "memberIdent,email\n17,a@x.com\n")["memberIdent"] is None


def test_nome_is_the_first_name_beside_a_family_name(write: Writer) -> None:
    assert meaning(write, "Nome;Cognome;Email\nAnna;Verdi;a@x.it\n")["Nome"] == "first_name"
    assert meaning(write, "Nome;Email\nAnna Verdi;a@x.it\n")["Nome"] == "name"


def test_nom_is_the_family_name_beside_a_first_name(write: Writer) -> None:
    found = customers(records(write("Nom;Prénom;Email\nDupont;Marie;m@x.fr\n")))
    assert [(one.name, one.first_name) for one in found] == [("Marie Dupont", "Marie")]


def test_a_russian_name_keeps_its_order(write: Writer) -> None:
    found = customers(records(write("Фамилия;Имя;Отчество;Телефон\nИванов;Иван;Ильич;+79160000001\n")))
    assert [one.name for one in found] == ["Иванов Иван Ильич"]


def test_a_number_that_counts_rows_is_no_order(write: Writer) -> None:
    text = "№;Дата;Клиент;Сумма\n1;13.01.2026;Анна;5\n2;14.01.2026;Иван;6\n"
    assert meaning(write, text)["№"] == "row_number"
    assert meaning(write, text.replace("\n2;", "\n17;"))["№"] == "order_id"


def test_a_price_beside_a_quantity_is_that_of_one_piece(write: Writer) -> None:
    text = "Дата;Клиент;Товар;Цена;Количество\n13.01.2026;Анна;Мыло;5,50;3\n"
    assert meaning(write, text)["Цена"] == "unit_price"
    assert [one.amount for one in events(records(write(text)))] == [1650]
    assert meaning(write, "Дата;Клиент;Товар;Цена\n13.01.2026;Анна;Мыло;5,50\n")["Цена"] == "amount"


def test_estado_is_a_state_or_a_place_by_its_values(write: Writer) -> None:
    head = "Data;Cliente;Valor;Estado\n13/01/2026;Ana;5,50;"
    assert meaning(write, head + "Pago\n")["Estado"] == "state"
    assert meaning(write, head + "SP\n")["Estado"] == "region"


def test_values_that_do_not_fit_a_heading_are_not_forced(write: Writer) -> None:
    found = meaning(write, "Email,Phone,Date,Name\nnone here,abc,soon,Ana\nnot this,def,later,Bo\n")
    assert found == {"Email": None, "Phone": None, "Date": None, "Name": "name"}


def test_unknown_headings_are_known_by_their_cells(write: Writer) -> None:
    text = "Zorg;Blip;Frob\n13/01/2026;ana@x.com;5,50\n14/01/2026;bo@x.com;6,50\n"
    read = reading(write(text))
    assert [column.field for column in read.understood.columns] == ["date", "email", "amount"]
    assert all(column.confidence < 0.9 and column.why for column in read.understood.columns)


def test_the_owner_says_what_a_column_means(write: Writer) -> None:
    text = "Fecha alta;Nombre;Importe\n13/01/2026;Ana;5,50\n"
    assert events(records(write(text))) == []
    found = events(records(write(text), columns={"Fecha alta": "date"}))
    assert [one.amount for one in found] == [550]
    assert meaning(write, text, columns={"3": "ignore"})["Importe"] is None


def test_a_wrong_column_or_field_gets_a_proposal(write: Writer) -> None:
    path = write("Date,Customer,Amount\n2026-01-13,Ana,5.50\n")
    with pytest.raises(UsageError) as wrong:
        reading(path, columns={"Amont": "amount"})
    assert "Amount" in wrong.value.hint
    with pytest.raises(UsageError) as wrong:
        reading(path, columns={"Amount": "amonut"})
    assert "amount" in wrong.value.hint


def test_purchases_without_a_day_are_asked_about(write: Writer) -> None:
    asked = reading(write("Producto;Cliente;Importe\nJabón;Ana;5,50\n")).understood.questions
    assert [one.about for one in asked] == ["date"]
    assert "--map" in asked[0].option


def test_a_day_and_a_customer_alone_are_asked_about(write: Writer) -> None:
    text = "Data;Cliente\n13/01/2026;Ana\n"
    (asked,) = reading(write(text)).understood.questions
    assert asked.about == "meaning" and "Data=visit_date" in asked.option
    (visit,) = events(records(write(text), columns={"Data": "visit_date"}))
    assert visit.key.startswith("visit:")


def test_a_table_that_tells_nobody_is_asked_about(write: Writer) -> None:
    asked = reading(write("Foo;Bar\nx;y\nz;w\n")).understood.questions
    assert [one.about for one in asked] in (["customer"], ["header"])


def test_every_system_is_described_in_words_that_exist() -> None:
    assert {"Shopify orders", "Shopify customers", "ActiveTUI"} <= {system.name for system in systems()}
    for system in systems():
        assert system.recognise and system.source


def test_a_system_is_recognised_whatever_the_order_of_its_columns() -> None:
    found = recognise(["Lineitem name", "Total", "Email", "Name"])
    assert found is not None and found.name == "Shopify orders"
    assert recognise(["Name", "Email"]) is None


def test_abandoned_carts_are_people_and_no_purchases(write: Writer) -> None:
    text = (
        "ID do carrinho;Data de criação;Tipo de abandono;Total do carrinho;Nome;E-mail;Telefone;Produto\n"
        "555;29/08/2026 12:32:26;Tentou pagar;R$1.093,18;Rafael;rafael@example.com;;Kit\n"
    )
    found = records(write(text))
    assert events(found) == [] and [one.email for one in customers(found)] == ["rafael@example.com"]


def test_the_language_of_headings() -> None:
    assert language_of(["ФИО", "Телефон", "Email"]) == "ru"
    assert language_of(["Email", "E-mail"]) == ""


@pytest.mark.parametrize(("heading", "cells", "meant"), [
    ("Оплата", ["карта", "наличные"], "payment_method"), ("Оплата", ["оплачен", "не оплачен"], "state"),
    ("Pagamento", ["MB Way", "Dinheiro"], "payment_method"), ("Pagamento", ["Pago", "Pendente"], "state"),
    ("Paiement", ["CB", "Espèces"], "payment_method"), ("Paiement", ["Payé", "En attente"], "state"),
])
def test_a_heading_for_payment_means_how_or_whether_as_its_cells_say(
    write: Writer, heading: str, cells: list[str], meant: str
) -> None:
    rows = "".join(f"2026-10-0{n};Ana;5,00;{cell}\n" for n, cell in enumerate(cells, start=1))
    understood = reading(write(f"Data;Cliente;Valor;{heading}\n{rows}")).understood
    assert understood.columns[3].field == meant
