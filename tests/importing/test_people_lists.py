"""Newsletter lists and contact books: who agreed, who left, who is known by which sign, who is missing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from activetui.importing.values.people_words import meaning_of_word
from activetui.ledger.errors import UsageError
from activetui.ledger.kinds import Kind
from tests.importing.files import SAMPLES, Writer, customers, day, events, plan, records, refusals, take

PEOPLE = SAMPLES / "people"
SUBSTACK = "email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at\n"
MAILCHIMP = "Email Address,First Name,MEMBER_RATING,OPTIN_TIME,LEID,EUID\n"


def consents(conn: sqlite3.Connection) -> dict[str, int | None]:
    return dict(conn.execute("SELECT email, consent FROM customer ORDER BY email").fetchall())


def substack(*rows: str) -> str:
    return SUBSTACK + "".join(f"{row}\n" for row in rows)


def free(name: str, since: str = "2026-01-05", disabled: str = "false") -> str:
    return f"{name}@example.com,false,,other,{disabled},{since}T00:00:00.000Z,"


def test_whoever_left_has_an_event_of_that_day_and_no_consent() -> None:
    found = records(PEOPLE / "unsubscribed_members_export_0a1b2c.csv")
    first, second = events(found)
    assert (first.kind, first.action, day(first)) == (Kind.NEWSLETTER, "unsubscribe", "2025-03-01")
    assert first.note == "No longer interested"
    assert [one.customer.consent for one in (first, second) if one.customer] == [False, False]


def test_a_day_of_leaving_that_is_not_known_makes_no_event() -> None:
    found = records(PEOPLE / "activecampaign.csv")
    assert events(found) == []
    assert {one.email: one.consent for one in customers(found)} == {
        "zoe@exemple.fr": False, "max@exemple.fr": True, "uma@exemple.fr": None,
    }


def test_the_name_of_a_file_tells_who_agreed(write: Writer) -> None:
    text = MAILCHIMP + "ana@example.com,Ana,2,,7,e7\n"
    for name, consent in (
        ("subscribed_members_export_1.csv", True), ("unsubscribed_members_export_1.csv", False),
        ("nonsubscribed_members_export_1.csv", None), ("cleaned_members_export_1.csv", False),
        ("audience.csv", None),
    ):
        assert [one.consent for one in customers(records(write(text, name=name)))] == [consent], name


def test_an_opt_in_is_a_yes_where_no_column_says_more(write: Writer) -> None:
    text = MAILCHIMP + "ana@example.com,Ana,2,2024-05-01 10:00:00,7,e7\nbo@example.com,Bo,2,,8,e8\n"
    assert [one.consent for one in customers(records(write(text)))] == [True, None]


def test_an_import_never_subscribes_again_whoever_unsubscribed(
    store: sqlite3.Connection, write: Writer
) -> None:
    take(store, write(MAILCHIMP + "ana@example.com,Ana,2,,7,e7\n", name="unsubscribed_1.csv"))
    take(store, write(MAILCHIMP + "ana@example.com,Ana,2,,7,e7\n", name="subscribed_2.csv"))
    assert consents(store) == {"ana@example.com": 0}


def test_an_address_that_takes_no_mail_is_nobody_who_left() -> None:
    (one,) = customers(records(PEOPLE / "cleaned_members_export_0a1b2c.csv"))
    assert one.consent is False
    assert meaning_of_word("consent", "Bounced") == "unreachable"


@pytest.mark.parametrize(
    "word",
    ["Unsubscribed", "Cancelled", "Complained", "Descadastrado", "Baja", "Disiscritto", "Désinscrit",
     "Отписан"],
)
def test_words_of_six_languages_for_having_left(word: str) -> None:
    assert meaning_of_word("consent", word) == "left"


def test_someone_twice_on_a_list_is_counted_once(store: sqlite3.Connection, write: Writer) -> None:
    row = "a@example.com,A,B,2025-01-01,,Active\n"
    text = f"Email,First Name,Last Name,Date Created,IP,Status\n{row}{row}"
    assert plan(store, write(text))["found"]["contacts"] == 1


def test_a_row_without_anyone_is_refused(write: Writer) -> None:
    text = "Email,First Name,Last Name,Date Created,IP,Status\n,,,2025-01-01,10.0.0.1,Active\n"
    (refusal,) = refusals(records(write(text)))
    assert (refusal.line, refusal.reason) == (2, "nothing in the row tells who the customer is")


def test_a_paid_newsletter_is_a_subscription_with_its_period() -> None:
    paid = events(records(PEOPLE / "email_list.garden.csv"))
    found = {one.customer.email: one for one in paid if one.customer}
    assert set(found) == {"bea@example.com", "dot@example.com"}
    running, over = found["bea@example.com"], found["dot@example.com"]
    assert (running.kind, running.action, day(running)) == (Kind.SUBSCRIPTION, "start", "2026-04-15")
    assert (running.until, running.state, running.product) == (20923, "paid", "yearly")
    assert (day(over), over.until) == ("2025-02-01", 20269)


def test_whoever_is_missing_from_the_next_export_is_asked_about(
    store: sqlite3.Connection, write: Writer
) -> None:
    take(store, write(substack(free("ann"), free("bea"), free("cal"))))
    later = write(substack(free("ann"), free("dot", "2026-05-01")))
    asked = plan(store, later)["questions"]
    assert [(one["about"], one["option"]) for one in asked] == [("missing", "--missing left|keep")]
    assert "bea@example.com, cal@example.com" in asked[0]["why"]
    assert plan(store, later, missing="keep")["questions"] == []


def test_people_who_left_a_list_are_marked_once_and_undo_gives_them_back(
    store: sqlite3.Connection, write: Writer
) -> None:
    from activetui.store.imports import batches
    from tests.importing.files import MADE_AT, TODAY

    take(store, write(substack(free("ann"), free("bea"))))
    later = write(substack(free("ann")))
    batch = take(store, later, missing="left")
    assert consents(store) == {"ann@example.com": 1, "bea@example.com": 0}
    assert store.execute("SELECT count(*) FROM event WHERE kind = 15").fetchone() == (1,)
    assert plan(store, later)["questions"] == []
    assert batch is not None
    batches.undo(store, batch, today=TODAY, made_at=MADE_AT)
    assert consents(store) == {"ann@example.com": 1, "bea@example.com": 1}


def test_people_who_joined_after_an_older_export_are_not_missing_from_it(
    store: sqlite3.Connection, write: Writer
) -> None:
    take(store, write(substack(free("ann"), free("new", "2026-08-01"))))
    assert plan(store, write(substack(free("ann"), free("old", "2026-02-01"))))["questions"] == []


def test_other_programs_leave_nobody_out(store: sqlite3.Connection, write: Writer) -> None:
    take(store, write(MAILCHIMP + "ana@example.com,Ana,2,,7,e7\nbo@example.com,Bo,2,,8,e8\n"))
    assert plan(store, write(MAILCHIMP + "ana@example.com,Ana,2,,7,e7\n"))["questions"] == []


def test_an_answer_about_missing_people_that_says_nothing_is_refused(
    store: sqlite3.Connection, write: Writer
) -> None:
    with pytest.raises(UsageError):
        plan(store, write(substack(free("ann"))), missing="perhaps")


def test_a_further_address_is_a_sign_to_know_someone_by(store: sqlite3.Connection, write: Writer) -> None:
    take(store, PEOPLE / "google_contacts.csv")
    take(store, write("Date,Customer,Email,Total\n2026-05-13,M. Ríos,m2@casa.example,5.00\n"))
    buyers = store.execute("SELECT name FROM event JOIN customer ON customer.id = customer_id").fetchall()
    assert buyers == [("Marta Ríos",)]
    assert store.execute("SELECT count(*) FROM customer").fetchone() == (3,)


def test_the_groups_that_an_address_book_makes_by_itself_are_no_tags() -> None:
    found = {one.name: one.tags for one in customers(records(PEOPLE / "google_contacts.csv"))}
    assert found["Marta Ríos"] == ("Clientes",)
    assert found["Только Фирма 2"] == ()


def test_several_numbers_in_a_cell_are_signs_of_someone_without_an_address() -> None:
    (found,) = [one for one in customers(records(PEOPLE / "google_contacts.csv")) if "Ольга" in one.name]
    assert ("phone", "+74957778877") in found.identities


def test_a_number_of_an_office_is_no_sign_of_someone_with_an_address(write: Writer) -> None:
    text = (
        "First Name,Last Name,E-mail Address,E-mail Display Name,Mobile Phone,Business Phone\n"
        "Ana,A,ana@example.com,Ana,+34600000031,+34910000000\n"
    )
    (one,) = customers(records(write(text)))
    assert ("phone", "+34910000000") not in one.identities
    assert one.phone == "+34600000031"


def test_a_lead_is_someone_who_got_in_touch() -> None:
    first, second = events(records(PEOPLE / "facebook_leads.csv"))
    assert (first.kind, first.action, first.channel) == (Kind.CONTACT, "in", "social")
    assert day(first) == "2026-05-28"
    assert first.customer is not None
    assert first.customer.phone == "+31612345678"
    assert second.key != first.key


def test_an_answered_form_holds_an_opinion_where_it_has_a_rating() -> None:
    found = events(records(PEOPLE / "formulaire_google.csv"))
    assert [(one.kind, one.rating) for one in found] == [
        (Kind.CONTACT, None), (Kind.REVIEW, 4), (Kind.CONTACT, None),
    ]


def test_headings_that_other_tables_have_too_are_not_enough_for_a_program() -> None:
    found = customers(records(PEOPLE / "table_with_the_headings_of_kit.csv"))
    assert [one.consent for one in found] == [None, None]


def test_numbers_with_a_country_code_and_no_plus() -> None:
    clients = customers(records(PEOPLE / "export_customer_list_2026-06-01.csv"))
    assert {one.name: one.phone for one in clients}["Dino Prova"] == "+393330000012"


@pytest.mark.parametrize("path", sorted(PEOPLE.glob("*_members_export_*.csv")), ids=lambda path: path.name)
def test_every_file_of_the_archive_is_known_by_its_name(path: Path, store: sqlite3.Connection) -> None:
    assert plan(store, path)["system"].split()[1] == path.name.partition("_")[0]


@pytest.mark.parametrize(
    ("head", "yes", "no"),
    [
        ("Email,Name,Subscribed", "yes", "no"), ("Email;Nome;Consentimento", "Sim", "Não"),
        ("Correo;Nombre;Suscrito", "Sí", "Baja"), ("Email;Nome;Iscritto", "Sì", "Disiscritto"),
        ("Courriel;Nom;Abonné", "Oui", "Désinscrit"), ("Почта;Имя;Подписан", "Да", "Отписан"),
    ],
)
def test_newsletter_lists_in_six_languages(
    store: sqlite3.Connection, write: Writer, head: str, yes: str, no: str
) -> None:
    sign = ";" if ";" in head else ","
    rows = [("ana@example.com", "Ana", yes), ("bo@example.com", "Bo", no), ("cy@example.com", "Cy", "")]
    path = write("\n".join([head, *(sign.join(row) for row in rows)]) + "\n")
    told = plan(store, path)
    assert told["meaning"] == "newsletter"
    assert (told["found"]["contacts"], told["found"]["unsubscribed"]) == (3, 1)
    assert [one.consent for one in customers(records(path))] == [True, False, None]
