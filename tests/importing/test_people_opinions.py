"""Reviews, feedback, requests, complaints, referrals and loyalty points, in the words of six languages."""

from __future__ import annotations

import sqlite3

import pytest

from activetui.importing.values.ratings import is_rating, read_rating
from activetui.ledger.kinds import Kind
from tests.importing.files import SAMPLES, Writer, customers, day, events, plan, reading, records, refusals

PEOPLE = SAMPLES / "people"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("4", (4.0, 0)), ("4,5", (4.5, 0)), ("4/5", (4.0, 5)), ("9/10", (9.0, 10)),
        ("9 out of 10", (9.0, 10)),
        ("9 de 10", (9.0, 10)), ("4 su 5", (4.0, 5)), ("4 sur 5", (4.0, 5)), ("9 из 10", (9.0, 10)),
        ("★★★★☆", (4.0, 5)), ("⭐⭐⭐", (3.0, 5)), ("5 stars", (5.0, 0)), ("5 estrellas", (5.0, 0)),
        ("5 étoiles", (5.0, 0)), ("5 звёзд", (5.0, 0)), ("5 – excellent", (5.0, 0)), ("good", None),
        ("", None),
    ],
)
def test_ratings_as_people_write_them(cell: str, expected: tuple[float, int] | None) -> None:
    assert read_rating(cell) == expected


def test_a_hundred_is_no_rating() -> None:
    assert not is_rating("87")
    assert is_rating("10")


def test_ratings_up_to_five_are_reviews_and_words_alone_feedback() -> None:
    found = records(PEOPLE / "resenas.csv")
    assert [(one.kind, one.rating, one.note) for one in events(found)] == [
        (Kind.REVIEW, 4, "Muy bien"), (Kind.REVIEW, 5, ""), (Kind.FEEDBACK, None, "Solo palabras"),
    ]
    assert [one.reason for one in refusals(found)] == ["Valoración: 7 is no rating from 1 to 5"]


def test_a_column_that_goes_beyond_five_holds_scores(write: Writer) -> None:
    text = "Date,Customer,Email,Rating\n2026-05-13,Ana,a@x.com,3\n2026-05-14,Bo,b@x.com,9\n"
    assert [(one.kind, one.rating) for one in events(records(write(text)))] == [
        (Kind.FEEDBACK, 3), (Kind.FEEDBACK, 9),
    ]


def test_a_nought_is_an_answer() -> None:
    assert [one.rating for one in events(records(PEOPLE / "nps.csv"))] == [9, 3, 0]


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("Date,Customer,Rating,Review", "4"), ("Data;Cliente;Avaliação;Comentário", "4"),
        ("Fecha;Cliente;Calificación;Opinión", "4"), ("Data;Cliente;Voto;Recensione", "4"),
        ("Date;Client;Note;Avis", "4"), ("Дата;Клиент;Оценка;Отзыв", "4"),
    ],
)
def test_reviews_in_six_languages(write: Writer, head: str, cell: str) -> None:
    sign = ";" if ";" in head else ","
    path = write(f"{head}\n" + sign.join(["2026-05-13", "Ana", cell, "Nice"]) + "\n")
    assert reading(path).understood.meaning == "reviews"
    assert [(one.kind, one.rating, one.note) for one in events(records(path))] == [(Kind.REVIEW, 4, "Nice")]


def test_a_complaint_is_resolved_on_the_day_that_a_column_tells() -> None:
    found = events(records(PEOPLE / "reclami.csv"))
    assert [(Kind(one.kind).word, day(one), one.order_ref) for one in found] == [
        ("complaint", "2026-05-13", "1"), ("complaint_resolved", "2026-05-15", "1"),
        ("support", "2026-05-14", "2"), ("complaint", "2026-05-16", "3"),
    ]
    assert found[0].note == "Pacco in ritardo"


def test_a_complaint_closed_without_a_day_stays_open_and_that_is_said(store: sqlite3.Connection) -> None:
    assert "1 complaint is closed, but no column says since when: it stays open here." in plan(
        store, PEOPLE / "reclami.csv"
    )["warnings"]


def test_an_open_request_counts_and_spam_does_not(write: Writer) -> None:
    text = (
        "ID,Date,Customer,Email,Subject,Status\n1,2026-05-13,Ana,a@x.com,Late parcel,Open\n"
        "2,2026-05-14,Bo,b@x.com,Buy now,Spam\n"
    )
    assert [(one.kind, one.state) for one in events(records(write(text)))] == [
        (Kind.SUPPORT, ""), (Kind.SUPPORT, "voided"),
    ]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Date,Customer,Subject,Ticket type,Status", "Complaint"),
        ("Data;Cliente;Assunto;Tipo de pedido;Estado", "Reclamação"),
        ("Fecha;Cliente;Asunto;Tipo de solicitud;Estado", "Queja por retraso"),
        ("Data;Cliente;Oggetto;Tipo di richiesta;Stato", "Reclamo"),
        ("Date;Client;Objet;Type de demande;Statut", "Réclamation"),
        ("Дата;Клиент;Тема;Тип обращения;Статус", "Жалоба"),
    ],
)
def test_complaints_in_six_languages(write: Writer, head: str, kind: str) -> None:
    sign = ";" if ";" in head else ","
    path = write(f"{head}\n" + sign.join(["2026-05-13", "Ana", "Late", kind, "ok"]) + "\n")
    assert [one.kind for one in events(records(path))] == [Kind.COMPLAINT]


def test_a_help_desk_export_with_its_own_headings(write: Writer) -> None:
    text = (
        "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Created time,Resolved time,Full name,Email\n"
        "7,Late,Closed,Low,Email,Complaint,Jo,2026-05-13 10:00:00,2026-05-14 09:00:00,Ana,ana@example.com\n"
    )
    found = events(records(write(text)))
    assert [(one.kind, one.order_ref, one.time) for one in found] == [
        (Kind.COMPLAINT, "7", "10:00"), (Kind.COMPLAINT_RESOLVED, "7", "09:00"),
    ]


def test_a_referral_belongs_to_whoever_recommended() -> None:
    found = records(PEOPLE / "parrainages.csv")
    first, second = events(found)
    assert first.customer is not None
    assert second.customer is not None
    assert (first.kind, first.customer.email, first.note) == (Kind.REFERRAL, "marc@exemple.fr", "Elsa Bleu")
    assert second.customer.name == "Julie Vert"
    came = {one.email: one.extra.get("referred_by", "") for one in customers(found)}
    assert (came["elsa@exemple.fr"], came["hugo@exemple.fr"]) == ("marc@exemple.fr", "")


def test_someone_recommended_by_a_number_of_the_list(write: Writer) -> None:
    text = "Date,Customer ID,Name,Referred by\n2026-05-13,K-12,Ana,K-07\n2026-05-14,K-13,Bo,+447700900123\n"
    one, other = events(records(write(text)))
    assert one.customer is not None
    assert other.customer is not None
    assert (one.customer.key, other.customer.phone) == ("K-07", "+447700900123")


def test_points_are_earned_and_redeemed() -> None:
    earned, redeemed = events(records(PEOPLE / "bally_ru.csv"))
    assert (earned.kind, earned.action, earned.quantity) == (Kind.LOYALTY, "earn", 120)
    assert (redeemed.action, redeemed.quantity) == ("redeem", 50)


def test_points_without_a_word_follow_their_sign(write: Writer) -> None:
    text = "Date,Customer,Points\n2026-05-13,Ana,30\n2026-05-14,Ana,-20\n2026-05-15,Ana,x\n2026-05-16,Bo,10\n"
    found = records(write(text, name="points.csv"), columns={"Points": "points"})
    assert [(one.action, one.quantity) for one in events(found)] == [
        ("earn", 30), ("redeem", 20), ("earn", 10),
    ]
    assert [one.reason for one in refusals(found)] == ["Points: x is no number of points"]


@pytest.mark.parametrize(
    ("head", "word"),
    [
        ("Date,Customer,Action,Points", "Redeemed"), ("Data;Cliente;Ação;Pontos", "Resgate"),
        ("Fecha;Cliente;Acción;Puntos", "Canje"), ("Data;Cliente;Azione;Punti", "Riscatto"),
        ("Date;Client;Action;Points de fidélité", "Utilisation"), ("Дата;Клиент;Действие;Баллы", "Списание"),
    ],
)
def test_points_in_six_languages(write: Writer, head: str, word: str) -> None:
    sign = ";" if ";" in head else ","
    path = write(f"{head}\n" + sign.join(["2026-05-13", "Ana", word, "15"]) + "\n")
    assert [(one.action, one.quantity) for one in events(records(path))] == [("redeem", 15)]


@pytest.mark.parametrize(
    "head",
    [
        "Date,Name,Email,Referred by", "Data;Nome;Email;Indicado por", "Fecha;Nombre;Email;Recomendado por",
        "Data;Nome;Email;Consigliato da", "Date;Nom;Email;Parrainé par", "Дата;Имя;Email;Рекомендовал",
    ],
)
def test_referrals_in_six_languages(write: Writer, head: str) -> None:
    sign = ";" if ";" in head else ","
    path = write(f"{head}\n" + sign.join(["2026-05-13", "Ana", "ana@example.com", "bo@example.com"]) + "\n")
    assert [one.kind for one in events(records(path))] == [Kind.REFERRAL]


@pytest.mark.parametrize(
    "head", ["Date,Customer,Total,Rating", "Order ID,Date,Customer,Total,Points", "Name,Email,Birthday"]
)
def test_tables_of_sales_and_customers_stay_what_they_are(write: Writer, head: str) -> None:
    cells = {"Total": "5.00", "Order ID": "A1", "Email": "a@x.com", "Rating": "4", "Points": "5"}
    cells |= dict.fromkeys(("Date", "Birthday"), "2026-05-13")
    row = ",".join(cells.get(name, "Ana") for name in head.split(","))
    told = reading(write(f"{head}\n{row}\n")).understood.meaning
    assert told == ("purchases" if "Total" in head else "customers")
