"""Kinds of event of the owner's own, and what the store keeps about itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from activetui.ledger.errors import OwnerError
from activetui.ledger.kinds import FIRST_OWN_KIND, KIND_OF_WORD
from activetui.store import kinds, settings
from tests.store.building import Building


def test_own_kinds_are_numbered_apart_and_known_again(tmp_path: Path) -> None:
    conn = Building(tmp_path / "shop.db").ready()
    assert kinds.own_kinds(conn) == {}
    assert kinds.add_kind(conn, "wine_tasting") == FIRST_OWN_KIND
    assert kinds.add_kind(conn, "дегустация") == FIRST_OWN_KIND + 1
    assert kinds.add_kind(conn, "Wine_Tasting") == FIRST_OWN_KIND
    assert kinds.add_kind(conn, "purchase") == KIND_OF_WORD["purchase"]
    assert kinds.kind_codes(conn) == KIND_OF_WORD | kinds.own_kinds(conn)
    conn.close()


@pytest.mark.parametrize("word", ["", " ", "wine tasting", "1st", "a-b", "x" * 41, "a\n", "'; DROP TABLE x"])
def test_what_is_no_word_is_no_kind(tmp_path: Path, word: str) -> None:
    conn = Building(tmp_path / "shop.db").ready()
    with pytest.raises(OwnerError):
        kinds.add_kind(conn, word)
    assert kinds.own_kinds(conn) == {}
    conn.close()


def test_settings_are_kept_and_replaced(tmp_path: Path) -> None:
    conn = Building(tmp_path / "shop.db").ready()
    assert settings.get(conn, "country") == ""
    assert settings.get(conn, "country", "PT") == "PT"
    settings.put(conn, "country", "ES")
    settings.put(conn, "country", "IT")
    assert settings.get(conn, "country", "PT") == "IT"
    conn.close()


def test_the_currency_is_the_chosen_one_else_that_of_the_ledger(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    assert settings.currency(shop.conn) == "EUR"
    assert settings.currency(shop.conn, "") == ""
    shop.event(None, "visit")
    shop.event(None, amount=100, currency="BRL")
    shop.event(None, amount=100, currency="USD")
    assert settings.currency(shop.conn) == "BRL"
    settings.put(shop.conn, "currency", "USD")
    assert settings.currency(shop.conn) == "USD"
    shop.close()
