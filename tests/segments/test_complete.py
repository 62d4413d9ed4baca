"""Completion while typing."""

from __future__ import annotations

import sqlite3

import pytest

from activetui.segments.complete import complete, completed
from activetui.segments.errors import QueryError
from activetui.segments.fields import FIELDS
from activetui.segments.query import parse
from tests.segments.small_store import Happening, Someone, store_of


@pytest.fixture
def conn() -> sqlite3.Connection:
    """A store with some tags, places and products."""
    return store_of([
        Someone(
            tags=("vip", "olive club"), country="PT", city="Lisboa", language="pt", company="Café Lua",
            events=[
                Happening(1, 1, product="Olive oil 1 l"), Happening(1, 2, lines=('5" nails', "Óleo")),
            ],
        ),
        Someone(tags=("vip",), country="PT"),
        Someone(country="ES", city="Madrid"),
    ])


@pytest.mark.parametrize(("typed", "offered"), [
    ("sta", ["status:"]),
    ("sp", ["spend>"]),
    ("Lis", ["city:Lisboa"]),
    ("spend>5 -madr", ["-city:Madrid"]),
    ("clu", ['tag:"olive club"']),
    ("li", []),
    ("-ki", ["-kind:"]),
    ("spend>500 coun", ["country:"]),
    ("(coun", ["country:"]),
    ("inac", ["status:inactive"]),
    ("status:in", ["status:inactive"]),
    ("status:at-", ["status:at_risk"]),
    ("status:inactive,lo", ["status:inactive,lost"]),
    ("-kind:complaint", ["-kind:complaint_resolved"]),
    ("kind:win", ['kind:"wine tasting"']),
    ("tag:", ["tag:vip", 'tag:"olive club"']),
    ("tag:ol", ['tag:"olive club"']),
    ("tag:club", ['tag:"olive club"']),
    ("country:", ["country:PT", "country:ES"]),
    ("country:Espa", ["country:ES"]),
    ("country:portug", ["country:PT"]),
    ("city:l", ["city:Lisboa"]),
    ("product:oleo", ["product:Óleo"]),
    ('product:"olive o', ['product:"Olive oil 1 l"']),
    ("product:5", ['product:"5\\" nails"']),
    ("company:lua", ['company:"Café Lua"']),
    ("until:7", ["until:<7d", "until:>7d"]),
    ("year_", ["year>"]),
    ("last>6", ["last>60d", "last>6m"]),
    ("until:<7", ["until:<7d"]),
    ("has:ema", ["has:email"]),
    ("dnc:", ["dnc:yes", "dnc:no"]),
    ("nothing:x", []),
    ("spend>5", []),
    ('"sta', []),
])
def test_what_is_offered(conn: sqlite3.Connection, typed: str, offered: list[str]) -> None:
    assert complete(typed, len(typed), conn) == offered


def test_an_empty_line_offers_every_field_until_there_are_too_many(conn: sqlite3.Connection) -> None:
    assert complete("", 0, conn)[:3] == ["status:", "turns:", "was:"]
    assert len(complete("", 0, conn)) == 20


def test_the_word_at_the_cursor_is_completed_not_the_last_one(conn: sqlite3.Connection) -> None:
    text = "sta spend>500"
    assert complete(text, 3, conn) == ["status:"]
    assert completed(text, 3, "status:inactive") == ("status:inactive spend>500", 15)


def test_a_finished_condition_is_followed_by_a_blank(conn: sqlite3.Connection) -> None:
    assert completed("a -ki", 5, "-kind:") == ("a -kind:", 8)
    assert completed("a -kind:com", 11, "-kind:complaint") == ("a -kind:complaint ", 18)
    assert completed("(in)", 3, "status:inactive") == ("(status:inactive)", 16)


@pytest.mark.parametrize("name", list(FIELDS))
def test_every_offered_condition_can_be_read(conn: sqlite3.Connection, name: str) -> None:
    for offered in complete(f"{name}:", len(name) + 1, conn):
        try:
            parse(offered, ["wine tasting"])
        except QueryError as error:
            raise AssertionError(f"{offered}: {error.message}") from error
