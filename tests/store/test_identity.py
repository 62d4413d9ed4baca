"""Who is who: signs within a file, signs known already, and what an import may change of a customer."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from activetui.ledger.records import CustomerRecord
from activetui.store import customers, identity
from activetui.store.identity import Sign
from tests.store.ledgers import NOW, TODAY, bring, new_store, person, plan_of, purchase, rows


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    return new_store(tmp_path)


def people(conn: sqlite3.Connection) -> int:
    return int(rows(conn, "SELECT count(*) FROM customer")[0][0])


def owner(conn: sqlite3.Connection, number: int | str) -> int | None:
    return rows(conn, "SELECT customer_id FROM event WHERE key = ?", f"purchase:{number}")[0][0]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("email", " Ana@Example.PT ", "ana@example.pt"),
        ("phone", "+351 912 000-001", "+351912000001"),
        ("phone", "(11) 98888-7777", "11988887777"),
        ("phone", "n/a", ""),
        ("tax", "pt 123.456.789", "PT123456789"),
        ("name", "  José   ÁLVARES ", "jose alvares"),
        ("id", " 0012 ", "0012"),
    ],
)
def test_values_are_compared_in_a_normal_form(kind: str, written: str, kept: str) -> None:
    assert identity.normal(kind, written) == kept


def test_a_name_is_a_sign_only_where_there_is_no_other() -> None:
    assert identity.signs((("name", "Ana"), ("email", "a@b.pt")), "shop") == [Sign("email", "", "a@b.pt")]
    assert identity.signs((("name", "Ana"),), "shop") == [Sign("name", "shop", "ana")]


def test_a_kind_can_name_the_source_in_which_it_holds() -> None:
    assert identity.signs((("id@etsy", "7"),), "shop") == [Sign("id", "etsy", "7")]


def test_an_e_mail_with_other_case_and_blanks_is_the_same_customer(conn: sqlite3.Connection) -> None:
    bring(
        conn,
        [
            purchase(1, person(("email", "ana@example.pt"))),
            purchase(2, person(("email", " Ana@Example.pt "))),
        ],
    )
    assert people(conn) == 1


def test_two_rows_with_one_phone_are_one_customer(conn: sqlite3.Connection) -> None:
    bring(
        conn,
        [
            purchase(1, person(("email", "a@example.pt"), ("phone", "+351912000001"))),
            purchase(2, person(("email", "b@example.pt"), ("phone", "+351 912 000 001"))),
        ],
    )
    assert people(conn) == 1
    assert rows(conn, "SELECT kind, value FROM identity ORDER BY 1, 2") == [
        ("email", "a@example.pt"),
        ("email", "b@example.pt"),
        ("phone", "+351912000001"),
    ]


def test_rows_are_joined_through_others_whatever_their_order(conn: sqlite3.Connection) -> None:
    bring(
        conn,
        [
            purchase(1, person(("email", "a@example.pt"))),
            purchase(2, person(("phone", "+351912000001"))),
            purchase(3, person(("email", "a@example.pt"), ("phone", "+351912000001"))),
        ],
    )
    assert people(conn) == 1


def test_several_ids_with_one_e_mail_are_one_customer(conn: sqlite3.Connection) -> None:
    bring(conn, [person(("id", "cus_1"), ("email", "a@b.pt")), person(("id", "cus_2"), ("email", "a@b.pt"))])
    assert people(conn) == 1
    bring(conn, [purchase(1, person(("id", "cus_2")))])
    assert owner(conn, 1) == 1


def test_an_id_holds_within_its_source_only(conn: sqlite3.Connection) -> None:
    bring(conn, [purchase(1, person(("id", "7")))], "shopify")
    bring(conn, [purchase(2, person(("id", "7")))], "stripe")
    assert people(conn) == 2


def test_an_e_mail_joins_sources_and_brings_its_id_along(conn: sqlite3.Connection) -> None:
    bring(conn, [purchase(1, person(("id", "7"), ("email", "a@b.pt")))], "shopify")
    bring(conn, [purchase(2, person(("id", "x9"), ("email", "a@b.pt")))], "stripe")
    bring(conn, [purchase(3, person(("id", "x9")))], "stripe")
    assert people(conn) == 1
    assert owner(conn, 3) == 1


def test_an_id_in_one_file_an_e_mail_in_another_a_phone_in_a_third(conn: sqlite3.Connection) -> None:
    bring(conn, [purchase(1, person(("id", "7"), ("email", "a@b.pt")))], "shopify")
    bring(conn, [purchase(2, person(("email", "a@b.pt"), ("phone", "+351912000001")))], "bookings")
    bring(conn, [purchase(3, person(("phone", "+351912000001")))], "till")
    assert people(conn) == 1


def test_a_name_alone_never_joins_somebody_with_another_sign(conn: sqlite3.Connection) -> None:
    bring(
        conn,
        [purchase(1, person(("id", "7"), ("name", "Ana Sousa"))), purchase(2, person(("name", "Ana Sousa")))],
    )
    assert people(conn) == 2
    bring(conn, [purchase(3, person(("name", "ana  SOUSA")))])
    assert people(conn) == 2
    assert owner(conn, 3) == owner(conn, 2)


def test_a_name_holds_within_its_source_only(conn: sqlite3.Connection) -> None:
    bring(conn, [purchase(1, person(("name", "Ana Sousa")))], "till")
    bring(conn, [purchase(1, person(("name", "Ana Sousa")))], "market")
    assert people(conn) == 2


def test_a_row_that_names_two_customers_goes_to_the_strongest_and_says_so(conn: sqlite3.Connection) -> None:
    bring(
        conn,
        [purchase(1, person(("id", "1"), ("email", "a@b.pt"))), purchase(2, person(("email", "c@d.pt")))],
    )
    both = person(("id", "1"), ("email", "c@d.pt"), ("phone", "+351912000009"))
    plan = plan_of(conn, [purchase(3, both), purchase(4, person(("phone", "+351912000009")))])
    assert "1/2" in plan.warnings[0]
    bring(conn, [purchase(3, both), purchase(4, person(("phone", "+351912000009")))])
    assert (people(conn), owner(conn, 3), owner(conn, 4)) == (2, 1, 1)
    assert rows(conn, "SELECT customer_id FROM identity WHERE value = 'c@d.pt'") == [(2,)]


def test_an_e_mail_that_stands_for_everybody_is_nobodys(conn: sqlite3.Connection) -> None:
    crowd = [person(("id", str(n)), ("email", "no@email.com")) for n in range(7)]
    guest = person(("email", "no@email.com"))
    records = [*(purchase(n, who) for n, who in enumerate(crowd)), purchase(99, guest)]
    assert "no@email.com" in plan_of(conn, records).warnings[0]
    bring(conn, records)
    assert people(conn) == 7
    assert owner(conn, 99) is None
    assert bring(conn, records) is None


def test_a_guest_who_gets_a_new_id_at_every_purchase_is_one_customer(conn: sqlite3.Connection) -> None:
    names = ("Ana Sousa", "ANA SOUSA", "Ana M. Sousa")
    guest = [person(("id", f"cus_{n}"), ("email", "ana@b.pt"), name=names[n % 3]) for n in range(9)]
    bring(conn, [purchase(n, who) for n, who in enumerate(guest)])
    assert people(conn) == 1


def test_a_guest_without_a_name_is_one_customer_among_many(conn: sqlite3.Connection) -> None:
    guest = [person(("id", f"cus_{n}"), ("email", "ana@b.pt")) for n in range(7)]
    others = [person(("id", f"x{n}"), ("email", f"{n}@b.pt")) for n in range(70)]
    bring(conn, [purchase(n, who) for n, who in enumerate(guest + others)])
    assert people(conn) == 71


def test_an_e_mail_beside_many_names_is_nobodys_however_few_they_are(conn: sqlite3.Connection) -> None:
    crowd = [person(("id", f"c{n}"), ("email", "till@b.pt"), name=f"Name {n}") for n in range(6)]
    others = [person(("id", f"x{n}"), ("email", f"{n}@b.pt")) for n in range(80)]
    bring(conn, [purchase(n, who) for n, who in enumerate(crowd + others)])
    assert people(conn) == 86


def test_a_family_e_mail_is_one_customer(conn: sqlite3.Connection) -> None:
    bring(
        conn,
        [
            purchase(n, person(("email", "family@b.pt"), name=name))
            for n, name in enumerate(("Rui", "Eva", "Ivo"))
        ],
    )
    assert people(conn) == 1


def test_names_differing_in_case_and_blanks_change_nothing(conn: sqlite3.Connection) -> None:
    bring(conn, [purchase(1, person(("id", "1"), name="Ana Sousa", city="São Paulo"))])
    assert bring(conn, [purchase(1, person(("id", "1"), name="ANA  SOUSA", city="SAO PAULO"))]) is None


def test_the_first_name_stays_and_empty_fields_are_filled(conn: sqlite3.Connection) -> None:
    bring(conn, [purchase(1, person(("id", "1"), name="Ana"))])
    plan = plan_of(conn, [purchase(1, person(("id", "1"), name="Ana Maria Sousa", city="Porto"))])
    assert (plan.customers_changed, [said.field for said in plan.samples]) == (1, ["city"])
    bring(conn, [purchase(1, person(("id", "1"), name="Ana Maria Sousa", city="Porto"))])
    assert rows(conn, "SELECT name, city, search FROM customer") == [("Ana", "Porto", "ana 1")]


def test_a_later_file_of_the_same_source_changes_and_of_another_only_fills(conn: sqlite3.Connection) -> None:
    bring(conn, [person(("email", "a@b.pt"), city="Porto")], "shopify")
    bring(conn, [person(("email", "a@b.pt"), city="Lisboa", country="PT")], "stripe")
    assert rows(conn, "SELECT city, country FROM customer") == [("Porto", "PT")]
    bring(conn, [person(("email", "a@b.pt"), city="Braga")], "shopify")
    assert rows(conn, "SELECT city FROM customer") == [("Braga",)]


def test_the_most_recent_row_of_a_file_decides(conn: sqlite3.Connection) -> None:
    bring(
        conn,
        [
            purchase(1, person(("id", "1"), city="Braga"), ago=3),
            purchase(2, person(("id", "1"), city="Porto"), ago=90),
        ],
    )
    assert rows(conn, "SELECT city FROM customer") == [("Braga",)]


def test_what_a_hand_has_corrected_an_import_leaves_alone(conn: sqlite3.Connection) -> None:
    said = person(("id", "1"), city="Proto", company="Casa")
    bring(conn, [said])
    customers.edit(conn, 1, {"city": "Porto"}, made_at=NOW, today=TODAY)
    assert bring(conn, [said]) is None
    bring(conn, [person(("id", "1"), city="Proto", company="Casa Verde")])
    assert rows(conn, "SELECT city, company FROM customer") == [("Porto", "Casa Verde")]


def test_an_import_never_subscribes_again_or_takes_back_do_not_contact(conn: sqlite3.Connection) -> None:
    bring(conn, [person(("id", "1"), consent=True)])
    bring(conn, [person(("id", "1"), consent=False, do_not_contact=True)])
    assert rows(conn, "SELECT consent, do_not_contact FROM customer") == [(0, 1)]
    assert bring(conn, [person(("id", "1"), consent=True, do_not_contact=False)]) is None
    assert rows(conn, "SELECT consent, do_not_contact FROM customer") == [(0, 1)]


def test_one_refusal_in_a_file_is_a_refusal(conn: sqlite3.Connection) -> None:
    bring(conn, [person(("id", "1"), consent=False, city="A"), person(("id", "1"), consent=True, city="B")])
    assert rows(conn, "SELECT consent FROM customer") == [(0,)]


def test_unknown_consent_stays_unknown(conn: sqlite3.Connection) -> None:
    bring(conn, [person(("id", "1"))])
    assert rows(conn, "SELECT consent, do_not_contact FROM customer") == [(None, 0)]


def test_tags_are_added_in_small_letters_and_never_removed(conn: sqlite3.Connection) -> None:
    bring(conn, [person(("id", "1"), tags=("VIP", " Wholesale "))])
    assert plan_of(conn, [person(("id", "1"), tags=("vip", "garden"))]).customers_changed == 1
    bring(conn, [person(("id", "1"), tags=("vip", "garden"))])
    assert rows(conn, "SELECT name FROM tag ORDER BY 1") == [("garden",), ("vip",), ("wholesale",)]
    assert bring(conn, [person(("id", "1"))]) is None


def test_other_columns_are_kept_and_filled(conn: sqlite3.Connection) -> None:
    bring(conn, [CustomerRecord(key="1", identities=(("id", "1"),), extra={"b": "2", "a": "1"})])
    assert bring(conn, [CustomerRecord(key="1", identities=(("id", "1"),), extra={"a": "1"})]) is None
    bring(conn, [CustomerRecord(key="1", identities=(("id", "1"),), extra={"c": "3"})])
    assert rows(conn, "SELECT extra FROM customer") == [('{"a": "1", "b": "2", "c": "3"}',)]
