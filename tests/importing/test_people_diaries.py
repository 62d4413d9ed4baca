"""Diaries: visits, bookings ahead, no-shows, cancellations, what was paid; the same diary a month later."""

from __future__ import annotations

import sqlite3

import pytest

from activetui.ledger.kinds import Kind
from tests.importing.files import SAMPLES, Writer, day, events, plan, records, refusals, take

PEOPLE = SAMPLES / "people"
FRESHA = "Appointment reference,Client,Scheduled date,Scheduled time,Duration,Services,Status\n"


def told(text: str, write: Writer) -> list[tuple[str, str, str]]:
    return [(Kind(one.kind).word, day(one), one.state) for one in events(records(write(text)))]


def test_an_appointment_ahead_is_a_booking_that_counts(write: Writer) -> None:
    text = FRESHA + "A-1,Ana,2026-12-01,10:00,45min,Cut,Booked\n"
    assert told(text, write) == [("booking", "2026-12-01", "")]


def test_an_appointment_that_was_never_closed_does_not_count_as_a_visit(write: Writer) -> None:
    text = FRESHA + "A-1,Ana,2026-10-01,10:00,45min,Cut,Booked\n"
    assert told(text, write) == [("visit", "2026-10-01", "pending")]


def test_a_booking_becomes_a_visit_when_its_day_has_come(store: sqlite3.Connection, write: Writer) -> None:
    from activetui.importing.asking.answers import Answers
    from activetui.importing.run import setting_of
    from activetui.ledger.days import from_iso
    from tests.importing.files import MADE_AT, plan_import

    take(store, write(FRESHA + "A-1,Ana,2026-12-01,10:00,45min,Cut,Booked\n"))
    later = write(FRESHA + "A-1,Ana,2026-12-01,10:00,45min,Cut,Completed\n")
    with plan_import(store, later, Answers(), setting_of(store, from_iso("2026-12-05"))) as planned:
        assert planned.staged is not None
        assert (planned.staged.new, planned.staged.changed) == (0, 1)
        planned.apply(MADE_AT)
    assert store.execute("SELECT kind, state FROM event").fetchall() == [(int(Kind.VISIT), "paid")]


def test_a_booking_that_is_cancelled_later_is_no_booking_any_more(
    store: sqlite3.Connection, write: Writer
) -> None:
    take(store, write(FRESHA + "A-1,Ana,2026-12-01,10:00,45min,Cut,Booked\n"))
    take(store, write(FRESHA + "A-1,Ana,2026-12-01,10:00,45min,Cut,Cancelled\n"))
    assert store.execute("SELECT state, counts FROM event").fetchall() == [("cancelled", 0)]


def test_what_was_paid_for_a_visit_is_a_purchase() -> None:
    found = events(records(PEOPLE / "acuity_appointments.csv"))
    paid = [(one.amount, day(one)) for one in found if one.kind == Kind.PURCHASE]
    assert paid == [(6000, "2025-12-02"), (4500, "2025-12-04")]
    booking = next(one for one in found if one.kind == Kind.BOOKING)
    assert (booking.amount, booking.recorded) == (6000, 20777)


def test_a_price_of_a_list_is_no_purchase() -> None:
    found = events(records(PEOPLE / "calendly.csv"))
    assert [(one.kind, one.amount) for one in found] == [(Kind.VISIT, 6000)] * 3
    assert [one.state for one in found] == ["", "cancelled", "no_show"]


def test_the_visit_is_on_its_own_day_not_on_that_of_booking() -> None:
    first = events(records(PEOPLE / "calendly.csv"))[0]
    assert (day(first), first.time, first.order_ref) == ("2026-03-03", "11:00", "i1")


def test_two_invitees_of_one_event_are_two_visits(write: Writer) -> None:
    text = (
        "Invitee Name,Invitee Email,Event Type Name,Start Date & Time,Canceled,Event UUID\n"
        "Ana,ana@example.com,Class,2026-03-03 11:00 am,false,e1\n"
        "Bo,bo@example.com,Class,2026-03-03 11:00 am,false,e1\n"
    )
    assert len({one.key for one in events(records(write(text)))}) == 2


def test_a_guest_who_did_not_check_in_is_only_someone_known() -> None:
    came = events(records(PEOPLE / "luma_guests.csv"))
    assert [(day(one), one.customer.name) for one in came if one.customer] == [("2026-04-20", "Gil Ode")]


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        ("Appointment Date,Client,Service,Status", "2026-10-01,Ana,Cut,No-show", "no_show"),
        ("Data do agendamento;Cliente;Serviço;Estado", "13/10/2026;Ana;Corte;Faltou", "no_show"),
        ("Fecha de la cita;Cliente;Servicio;Estado", "13/10/2026;Ana;Corte;No asistió", "no_show"),
        ("Data appuntamento;Cliente;Servizio;Stato", "13/10/2026;Ana;Taglio;Annullato", "cancelled"),
        ("Date du rendez-vous;Client;Prestation;Statut", "13/10/2026;Ana;Coupe;Annulé", "cancelled"),
        ("Дата визита;Клиент;Услуга;Статус", "13.10.2026;Анна;Стрижка;неявка", "no_show"),
    ],
)
def test_diaries_of_six_languages(write: Writer, head: str, row: str, expected: str) -> None:
    assert [one.state for one in events(records(write(f"{head}\n{row}\n")))] == [expected]


def test_a_visit_that_is_not_paid_took_place(write: Writer) -> None:
    text = "Data do agendamento;Cliente;Serviço;Estado\n13/10/2026;Ana;Corte;Não pago\n"
    assert [one.state for one in events(records(write(text)))] == [""]


def test_a_visit_without_a_day_tells_only_who_somebody_is(write: Writer) -> None:
    found = records(write(FRESHA + "A-1,Ana,,10:00,45min,Cut,Completed\nA-2,,,,,,Completed\n"))
    assert events(found) == []
    assert [one.reason for one in refusals(found)] == ["the day is missing"]


def test_a_day_that_cannot_be_is_refused_with_its_column(write: Writer) -> None:
    (one,) = refusals(records(write(FRESHA + "A-1,Ana,2026-02-30,10:00,45min,Cut,Completed\n")))
    assert one.reason.startswith("Scheduled date: 2026-02-30")


def test_a_diary_counts_what_did_not_take_place(store: sqlite3.Connection) -> None:
    found = plan(store, PEOPLE / "agenda_salao.csv")["found"]
    assert (found["visits"], found["not_counted"], found["no_show"], found["cancelled"]) == (2, 2, 1, 1)
