"""Subscriptions and memberships: lists as they stand, logs of what happened, and the next month's export."""

from __future__ import annotations

import sqlite3

import pytest

from activetui.ledger.days import Day, from_iso
from activetui.ledger.kinds import Kind
from activetui.ledger.records import EventRecord
from tests.importing.files import SAMPLES, Writer, day, events, plan, reading, records, refusals, take

PEOPLE = SAMPLES / "people"
LIST = "Customer ID,Name,Plan,Start date,Next Charge Date,Cancelled at,Paused at,Status\n"
LOG = "Date,Name,Email,Plan,Action,Valid until\n"


def told(found: list[EventRecord]) -> list[tuple[str, str, str | None, str]]:
    return [(one.action, day(one), _iso(one.until), one.state) for one in found]


def _iso(until: Day | None) -> str | None:
    from activetui.ledger.days import iso

    return None if until is None else iso(until)


def of(name: str, found: list[EventRecord]) -> list[EventRecord]:
    return [one for one in found if one.customer is not None and one.customer.name == name]


def test_a_member_as_they_stand_is_told_as_what_happened() -> None:
    found = events(records(PEOPLE / "Members_000001.csv"))
    assert told(of("Nell Ash", found)) == [
        ("start", "2025-11-03", "2026-12-02", "paid"), ("renewal", "2026-11-03", "2026-12-02", ""),
    ]
    assert {(one.product, one.amount, one.currency, one.nature) for one in of("Nell Ash", found)} == {
        ("Friend", 500, "USD", "service")
    }


def test_someone_who_left_was_a_member_at_least_until_the_last_charge() -> None:
    found = events(records(PEOPLE / "Members_000001.csv"))
    assert told(of("Otto Bay", found)) == [("start", "2026-01-08", "2026-03-08", "")]


def test_a_charge_that_failed_is_kept_and_not_counted() -> None:
    found = events(records(PEOPLE / "Members_000001.csv"))
    assert told(of("Pia Fern", found)) == [("start", "2026-09-08", None, "unpaid")]
    assert of("Quin Hay", found) == []


def test_a_cancellation_ends_a_subscription_on_its_day(write: Writer) -> None:
    text = LIST + "7,Ana,Basic,2026-01-13,,2026-05-20,,Cancelled\n"
    assert told(events(records(write(text)))) == [
        ("start", "2026-01-13", None, ""), ("cancel", "2026-05-20", None, ""),
    ]


def test_a_pause_stops_a_subscription_on_its_day(write: Writer) -> None:
    text = LIST + "7,Ana,Basic,2026-01-13,2026-06-13,,2026-05-20,Paused\n"
    assert told(events(records(write(text)))) == [
        ("start", "2026-01-13", "2026-06-12", ""), ("pause", "2026-05-20", None, ""),
    ]


def test_an_end_that_is_not_known_is_not_made_up(store: sqlite3.Connection, write: Writer) -> None:
    path = write(LIST + "7,Ana,Basic,2026-01-13,,,,Cancelled\n")
    assert told(events(records(path))) == [("start", "2026-01-13", None, "expired")]
    found = plan(store, path)
    assert (found["found"]["subscriptions"], found["found"]["not_counted"]) == (0, 1)
    assert any("no column says since when" in text for text in found["warnings"])


def test_a_trial_that_is_paid_for_later_counts_from_then_on(store: sqlite3.Connection, write: Writer) -> None:
    take(store, write(LIST + "7,Ana,Basic,2026-11-13,,,,Trialing\n"))
    assert store.execute("SELECT state, counts FROM event").fetchall() == [("pending", 0)]
    take(store, write(LIST + "7,Ana,Basic,2026-11-13,2026-12-13,,,Active\n"))
    assert store.execute("SELECT state, counts FROM event").fetchall() == [("paid", 1)]


def test_next_months_export_moves_the_end_and_adds_the_renewal(
    store: sqlite3.Connection, write: Writer
) -> None:
    head = "Name,Email,Patron Status,Tier,Patronage Since Date,Last Charge Date,Next Charge Date,User ID\n"
    take(store, write(head + "A,a@x.com,Active patron,T,2026-09-03,2026-10-03,2026-11-03,1\n"))
    take(store, write(head + "A,a@x.com,Active patron,T,2026-09-03,2026-11-03,2026-12-03,1\n"))
    kept = store.execute("SELECT day, action, until FROM event ORDER BY day").fetchall()
    ends = from_iso("2026-12-02")
    assert kept == [
        (from_iso("2026-09-03"), "start", ends), (from_iso("2026-10-03"), "renewal", from_iso("2026-11-02")),
        (from_iso("2026-11-03"), "renewal", ends),
    ]


def test_a_program_that_renames_a_plan_keeps_the_subscription(
    store: sqlite3.Connection, write: Writer
) -> None:
    head = "email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at\n"
    row = "a@x.com,true,2027-01-01T00:00:00.000Z,{},false,2026-01-01T00:00:00.000Z,2026-02-01T00:00:00.000Z\n"
    take(store, write(head + row.format("monthly")))
    take(store, write(head + row.format("yearly")))
    assert store.execute("SELECT product FROM event").fetchall() == [("yearly",)]


def test_a_start_that_no_column_tells_is_said_to_be_assumed(store: sqlite3.Connection) -> None:
    found = plan(store, PEOPLE / "ghost_members.csv")
    assert found["found"]["subscriptions"] == 1
    assert any("taken to have begun when the customer joined" in text for text in found["warnings"])


def test_a_log_of_what_happened(write: Writer) -> None:
    text = LOG + (
        "2026-01-13,Ana,a@x.com,Basic,Start,2026-02-12\n2026-02-13,Ana,a@x.com,Basic,Renewed,2026-03-12\n"
        "2026-03-01,Ana,a@x.com,Basic,Frozen,\n2026-04-01,Ana,a@x.com,Basic,Cancelled,\n"
    )
    assert told(events(records(write(text)))) == [
        ("start", "2026-01-13", "2026-02-12", ""), ("renewal", "2026-02-13", "2026-03-12", ""),
        ("pause", "2026-03-01", None, ""), ("cancel", "2026-04-01", None, ""),
    ]


def test_a_word_in_a_log_that_nobody_knows_is_refused(write: Writer) -> None:
    (one,) = refusals(records(write(LOG + "2026-01-13,Ana,a@x.com,Basic,Jumped,2026-02-12\n")))
    assert one.reason.startswith("Jumped is nothing that happens to a subscription")


def test_an_end_of_a_term_is_no_cancellation(write: Writer) -> None:
    head = "Nombre;Email;Bono;Fecha de inicio;Fecha de fin;Estado\n"
    text = head + "Ana;a@x.es;Mensual;13/01/2026;12/07/2026;Activo\n"
    assert told(events(records(write(text)))) == [("start", "2026-01-13", "2026-07-12", "paid")]


@pytest.mark.parametrize(
    "head",
    [
        "Name,Email,Plan,Start date,Valid until", "Nome;Email;Plano;Data de início;Validade",
        "Nombre;Email;Bono;Fecha de inicio;Válido hasta", "Nome;Email;Abbonamento;Data inizio;Valido fino al",
        "Nom;Email;Formule;Date de début;Valable jusqu'au", "ФИО;Email;Абонемент;Дата начала;Действует до",
    ],
)
def test_lists_of_subscriptions_in_six_languages(write: Writer, head: str) -> None:
    sign = ";" if ";" in head else ","
    path = write(head + "\n" + sign.join(["Ana", "a@x.com", "Mensal", "2026-01-13", "2026-12-31"]) + "\n")
    assert reading(path).understood.meaning == "subscriptions"
    (one,) = events(records(path))
    assert (one.kind, one.product, day(one), _iso(one.until)) == (
        Kind.SUBSCRIPTION, "Mensal", "2026-01-13", "2026-12-31",
    )
