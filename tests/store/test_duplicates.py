"""Who may be one customer: proposed with the reason, never by the name alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from activetui.store.changes.taking_back import undo_last
from activetui.store.same_person.duplicates import propose
from activetui.store.same_person.merging import merge_customers, not_the_same, unmerge
from tests.store.building import Building
from tests.store.ledgers import NOW, TODAY, bring, new_store, person, purchase

ANA = {"name": "Ana Maria Sousa", "city": "Porto"}


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    return Building(tmp_path / "shop.db")


def proposed(shop: Building) -> list[tuple[tuple[int, int], str]]:
    return [(one.ids, one.reason) for one in propose(shop.ready())]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"phone": "+351912000001"}, {"phone": "912 000 001"}, "the same telephone number"),
        ({"tax_id": "PT 501 442 600"}, {"tax_id": "pt501442600"}, "the same tax number"),
        ({"name": "Ana Sousa", "birthday": 9000}, {"name": "SOUSA, Ana", "birthday": 9000},
         "the same name and birthday"),
        ({"name": "Жёлтая Анна", "postcode": "101000"}, {"name": "Анна Желтая", "postcode": "101 000"},
         "the same name and postcode"),
        ({"name": "Ana Sousa", "company": "Casa, Lda."}, {"name": "ana sousa", "company": "CASA LDA"},
         "the same name and company"),
        ({"name": "Ana Sousa", "city": "São João"}, {"name": "Ana  Sousa", "city": "Sao Joao"},
         "the same name and town"),
        ({"name": "Ana", "email": "ana.sousa@a.pt"}, {"name": "Ana", "email": "ana.sousa@b.pt"},
         "the same name and the same beginning of the e-mail"),
    ],
)
def test_what_two_customers_share_is_the_reason(
    shop: Building, one: dict[str, Any], other: dict[str, Any], reason: str
) -> None:
    first, second = shop.customer(**one), shop.customer(**other)
    shop.customer("Somebody else", city="Faro", phone="+351912999999")
    assert proposed(shop) == [((first, second), reason)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Ana Sousa"}, {"name": "Ana Sousa"}),
        ({"name": "Ana", "city": "Porto"}, {"name": "Ana", "city": "Porto"}),
        ({"name": "Ana Sousa", "email": "info@a.pt"}, {"name": "Ana Sousa", "email": "info@b.pt"}),
        ({**ANA, "birthday": 9000}, {**ANA, "birthday": 9001}),
        ({**ANA, "tax_id": "501442600"}, {**ANA, "tax_id": "501442601"}),
        ({"phone": "0000 0000"}, {"phone": "00000000"}),
        ({"email": "n/a@a.pt"}, {"email": "n/a@a.pt"}),
    ],
)
def test_what_anybody_may_share_is_none(shop: Building, one: dict[str, Any], other: dict[str, Any]) -> None:
    shop.customer(**one)
    shop.customer(**other)
    assert proposed(shop) == []


def test_what_many_share_says_nothing(shop: Building) -> None:
    for _number in range(6):
        shop.customer("Cliente Balcão", city="Porto")
    assert proposed(shop) == []


def test_several_reasons_are_surer_than_one_and_come_first(shop: Building) -> None:
    a, b = shop.customer("Eva Reis", city="Faro"), shop.customer("Eva Reis", city="Faro")
    shop.event(d := shop.customer(phone="912000001", **ANA), on=TODAY - 3, amount=100)
    c = shop.customer(phone="+351912000001", **ANA)
    found = propose(shop.ready())
    assert [one.ids for one in found] == [(d, c), (a, b)]
    assert found[0].reason == "the same telephone number, the same name and town"
    assert 1 > found[0].strength > found[1].strength > 0
    assert propose(shop.conn, limit=1) == found[:1]


def test_who_bought_more_is_the_one_to_keep(shop: Building) -> None:
    first, second = shop.customer(**ANA), shop.customer(**ANA)
    shop.event(second, on=TODAY - 3, amount=100)
    assert [ids for ids, _reason in proposed(shop)] == [(second, first)]


def test_an_address_that_is_the_sign_of_another_is_a_reason(tmp_path: Path) -> None:
    conn: sqlite3.Connection = new_store(tmp_path)
    bring(conn, [purchase(1, person(("id", "1"), ("email", "a@b.pt"))), purchase(2, person(("id", "2")))])
    bring(conn, [purchase(2, person(("id", "2"), email="A@b.pt"))])
    assert [(one.ids, one.reason) for one in propose(conn)] == [((1, 2), "the same e-mail address")]


def test_who_was_called_different_or_merged_is_not_proposed_again(shop: Building) -> None:
    a, b, c = (shop.customer(**ANA) for _n in range(3))
    conn = shop.ready()
    assert [one.ids for one in propose(conn)] == [(a, b), (a, c), (b, c)]
    not_the_same(conn, b, a, today=TODAY, made_at=NOW)
    assert [one.ids for one in propose(conn)] == [(a, c), (b, c)]
    merge_customers(conn, a, c, today=TODAY, made_at=NOW)
    assert propose(conn) == []
    unmerge(conn, c, today=TODAY, made_at=NOW)
    undo_last(conn, today=TODAY, made_at=NOW)
    assert len(propose(conn)) == 3
