"""One customer: reading, finding, changing by hand."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from activetui.ledger.errors import OwnerError
from activetui.ledger.records import CustomerRecord
from activetui.store import customers
from activetui.store.changes.taking_back import undo_last
from tests.store.building import Building
from tests.store.ledgers import NOW, TODAY, bring, new_store, person, purchase, rows


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    conn = new_store(tmp_path)
    bring(
        conn,
        [
            person(("id", "A-1"), ("email", "ana@example.pt"), ("phone", "+351912000001"), name="Ana Sousa"),
            person(("id", "1"), ("email", "ivan@example.ru"), name="Семён Иванов", company="Ромашка"),
            person(("id", "77"), name="José Sousa"),
            person(("id", "A-1b"), name="[/] O'Neil"),
        ],
    )
    return conn


def test_a_customer_is_read_whole(conn: sqlite3.Connection) -> None:
    bring(
        conn,
        [
            CustomerRecord(
                key="z",
                name="Zoe",
                birthday=-1000,
                consent=True,
                do_not_contact=True,
                tags=("b", "a"),
                extra={"size": "M"},
                identities=(("id", "z"),),
                country="PT",
                address="Rua 1",
            )
        ],
    )
    number = customers.find(conn, "zoe")[0]
    found = customers.get(conn, number)
    assert (found.key, found.name, found.birthday, found.consent, found.do_not_contact) == (
        "z",
        "Zoe",
        -1000,
        True,
        True,
    )
    assert (found.tags, found.extra, found.country, found.batch_id) == (("a", "b"), {"size": "M"}, "PT", 2)


def test_nobody_is_an_owners_error(conn: sqlite3.Connection) -> None:
    with pytest.raises(OwnerError, match="no customer 99"):
        customers.get(conn, 99)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1", [1]),
        ("A-1", [1]),
        ("77", [3]),
        (" Ana@Example.PT", [1]),
        ("+351 912 000 001", [1]),
        ("912000001", [1]),
        ("0912000001", [1]),
        ("sousa", [1, 3]),
        ("jose", [3]),
        ("SOUSA ana", [1]),
        ("семен", [2]),
        ("ромашка иванов", [2]),
        ("[/]", [4]),
        ("nobody", []),
        ("  ", []),
        ("99999999999999999999999", []),
    ],
)
def test_customers_are_found_by_what_a_person_types(
    conn: sqlite3.Connection, text: str, found: list[int]
) -> None:
    assert customers.find(conn, text) == found


def test_an_edit_is_found_matched_and_cleaned(conn: sqlite3.Connection) -> None:
    customers.edit(
        conn,
        3,
        {"name": "José\x1b[31m Silva", "email": "Jose@Example.pt", "consent": None},
        made_at=NOW,
        today=TODAY,
    )
    assert rows(conn, "SELECT name, email FROM customer WHERE id = 3") == [("José Silva", "Jose@Example.pt")]
    assert customers.find(conn, "silva") == [3]
    bring(conn, [purchase(5, person(("email", "jose@example.pt")))])
    assert rows(conn, "SELECT customer_id FROM event") == [(3,)]


def test_an_e_mail_of_somebody_else_stays_theirs(conn: sqlite3.Connection) -> None:
    customers.edit(conn, 3, {"email": "ana@example.pt"}, made_at=NOW, today=TODAY)
    bring(conn, [purchase(5, person(("email", "ana@example.pt")))])
    assert rows(conn, "SELECT customer_id FROM event") == [(1,)]


def test_what_is_no_field_cannot_be_edited(conn: sqlite3.Connection) -> None:
    for name in ("id", "batch_id", "search", "nothing"):
        with pytest.raises(KeyError):
            customers.edit(conn, 1, {name: "x"}, made_at=NOW, today=TODAY)


def test_fields_and_tags_are_changed_as_one(conn: sqlite3.Connection) -> None:
    customers.tag(conn, [1], "early", made_at=NOW, today=TODAY)
    customers.edit(conn, 1, {"city": "Porto", "tags": ("Late", "vip")}, made_at=NOW, today=TODAY)
    changed = customers.get(conn, 1)
    assert (changed.city, changed.tags) == ("Porto", ("late", "vip"))
    undo_last(conn, today=TODAY, made_at=NOW)
    before = customers.get(conn, 1)
    assert (before.city, before.tags) == ("", ("early",))


def test_a_country_written_by_hand_is_kept_as_files_keep_it(conn: sqlite3.Connection) -> None:
    for written, kept in (("Portugal", "PT"), ("pt", "PT"), ("Atlantis", "Atlantis"), ("", "")):
        customers.edit(conn, 1, {"country": written}, made_at=NOW, today=TODAY)
        assert customers.get(conn, 1).country == kept


def test_tags_alone_can_be_changed_and_stay_where_they_are_not_spoken_of(conn: sqlite3.Connection) -> None:
    customers.edit(conn, 1, {"tags": ("vip",)}, made_at=NOW, today=TODAY)
    customers.edit(conn, 1, {"city": "Porto"}, made_at=NOW, today=TODAY)
    assert customers.get(conn, 1).tags == ("vip",)
    customers.edit(conn, 1, {"tags": ()}, made_at=NOW, today=TODAY)
    assert customers.get(conn, 1).tags == ()
    with pytest.raises(OwnerError):
        customers.edit(conn, 1, {"tags": (" ",)}, made_at=NOW, today=TODAY)


def test_a_tag_is_given_once_and_taken_once(conn: sqlite3.Connection) -> None:
    assert customers.tag(conn, [1, 2, 2], " VIP ", made_at=NOW, today=TODAY) == 2
    assert customers.tag(conn, [1, 3], "vip", made_at=NOW, today=TODAY) == 1
    assert customers.tags(conn) == {"vip": 3}
    assert customers.untag(conn, [1, 4], "Vip", made_at=NOW, today=TODAY) == 1
    assert customers.get(conn, 1).tags == ()
    with pytest.raises(OwnerError):
        customers.tag(conn, [1], "\x1b[0m ", made_at=NOW, today=TODAY)


def test_a_vip_tag_makes_a_vip_at_once(conn: sqlite3.Connection) -> None:
    before = rows(conn, "SELECT types FROM fact WHERE customer_id = 1")
    customers.tag(conn, [1], "VIP", made_at=NOW, today=TODAY)
    assert rows(conn, "SELECT types FROM fact WHERE customer_id = 1") != before


def test_many_are_read_as_each_is(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    ids = [shop.customer(f"Customer {n}", tags=["vip", "oil"][: n % 3], consent=n % 2) for n in range(7)]
    conn = shop.ready()
    assert customers.many(conn, [*ids, 999]) == {number: customers.get(conn, number) for number in ids}
    assert customers.many(conn, []) == {}
