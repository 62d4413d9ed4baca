"""A diary that someone keeps in a spreadsheet, under headings that a list of sales could have as well."""

from __future__ import annotations

import sqlite3

import pytest

from activetui.ledger.kinds import Kind
from tests.importing.files import Writer, events, plan, records, take

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


@pytest.mark.parametrize(("heading", "yes", "no"), [
    ("Attended", "Y", "N"), ("Compareceu", "Sim", "Não"), ("Asistió", "Sí", "No"), ("Presente", "Sì", "No"),
    ("Présent", "oui", "non"), ("Присутствовал", "да", "нет"), ("Anwesend", "ja", "nein"),
])
def test_who_did_not_attend_did_not_come(write: Writer, heading: str, yes: str, no: str) -> None:
    text = f"Class;Date;Name;{heading}\nYoga;13/10/2026;Ann;{yes}\nYoga;13/10/2026;Cy;{no}\n"
    assert [(one.kind, one.state) for one in events(records(write(text)))] == [
        (Kind.VISIT, ""), (Kind.VISIT, "no_show")
    ]


def test_german_words_for_what_became_of_an_appointment(write: Writer) -> None:
    rows = "13.10.2026;09:00;Eva;erschienen\n14.10.2026;10:00;Uwe;nicht erschienen\n" \
        "15.10.2026;11:00;Eva;abgesagt\n"
    text = f"Datum;Uhrzeit;Kunde;Status\n{rows}"
    assert [one.state for one in events(records(write(text)))] == ["paid", "no_show", "cancelled"]


@pytest.mark.parametrize("day", ["Date", "Visit date"])
def test_a_time_at_which_nobody_came_is_no_event(
    store: sqlite3.Connection, write: Writer, day: str
) -> None:
    rows = "13/10/2026,09:00,Ann,Haircut,35.00\n13/10/2026,09:30,,,\n14/10/2026,10:00,,Cut,12.00\n"
    path = write(f"{day},Time,Client,Service,Price\n{rows}")
    assert plan(store, path)["classes"] == {"nobody": 1}
    assert {one.time for one in events(records(path))} == {"09:00", "10:00"}
