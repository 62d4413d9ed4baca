"""A diary that someone keeps in a spreadsheet, under headings that a list of sales could have as well."""

from __future__ import annotations

import sqlite3

import pytest

from tests.importing.files import Writer, plan, take

DIARIES = {
    "pt": (
        "Data;Hora;Cliente;Serviço;Profissional;Estado;Preço\n"
        "02/10/2026;10h30;Marta;Corte;Paula;Realizado;25,00\n"
        "13/10/2026;11h30;Inês;Cor;Paula;Não compareceu;\n"
        "28/11/2026;10h00;Marta;Corte;Paula;Marcado;25,00\n"
    ),
    "it": (
        "Data;Ora;Paziente;Prestazione;Operatore;Stato;Importo\n"
        "03/11/2026;09:30;Bianchi Laura;Igiene;Dr. Verdi;Eseguito;25,00\n"
        "17/11/2026;10:30;Neri Ugo;Visita;Dr. Verdi;Non presentato;\n"
        "30/11/2026;11:00;Bianchi Laura;Controllo;Dr. Verdi;Prenotato;25,00\n"
    ),
    "ru": (
        "Дата;Время;Клиент;Услуга;Сотрудник;Статус;Сумма\n"
        "02.10.2026;10:30;Анна;Стрижка;Ольга;Выполнен;25,00\n"
        "13.10.2026;11:30;Иван;Стрижка;Ольга;Неявка;\n"
        "28.11.2026;10:00;Анна;Стрижка;Ольга;Записан;25,00\n"
    ),
}


@pytest.mark.parametrize("language", DIARIES)
def test_a_diary_with_prices_tells_of_visits_and_of_what_was_paid(
    store: sqlite3.Connection, write: Writer, language: str
) -> None:
    path = write(DIARIES[language])
    found = plan(store, path, currency="EUR")
    assert found["meaning"] == "visits"
    assert (found["found"]["visits"], found["found"]["no_show"]) == (2, 1)
    assert (found["found"]["purchases"], found["total"]) == (1, "25.00")
    take(store, path, currency="EUR")
    kinds = store.execute(
        "SELECT kind.name, counts FROM event JOIN kind ON kind.id = event.kind ORDER BY day, kind.name"
    ).fetchall()
    assert kinds == [("purchase", 1), ("visit", 1), ("visit", 0), ("booking", 1)]


def test_orders_that_are_pending_or_confirmed_are_no_diary(store: sqlite3.Connection, write: Writer) -> None:
    text = "Date,Customer,Product,Employee,Status,Amount\n2026-10-02,Ann,Tea,Joe,Confirmed,5.00\n"
    assert plan(store, write(text), currency="EUR")["meaning"] == "purchases"
