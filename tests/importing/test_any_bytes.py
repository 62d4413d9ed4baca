"""Whatever the bytes of a file are, it is read or refused in words; nothing crashes, nothing is half done."""

from __future__ import annotations

import sqlite3

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activetui.importing.read import Scattered
from activetui.ledger.errors import OwnerError
from tests.importing.files import SAMPLES, Writer, plan, reading, refusals, take

PIECES = st.sampled_from(
    [
        b"Date",
        b"Customer",
        b"Amount",
        b"email",
        b"kind",
        b"customer_id",
        b"date",
        b"2026-01-13",
        b"31.02.2024",
        b"Ana",
        b"ana@example.com",
        b"1.234,56",
        b"-5",
        b"1,234",
        b'"',
        b'""',
        b";",
        b",",
        b"\t",
        b"|",
        b"\n",
        b"\r\n",
        b"\r",
        b"\x00",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xe9",
        b"\xc3\xa9",
        b"\xcf\xf0",
        b"\x1b[31m",
        b"=cmd",
        b"sep=;",
        b"#TYPE x",
        b"Total",
        b"PK\x03\x04",
        b"{",
        b"<table>",
        "\u2028".encode(),
        "ФИО".encode("cp1251"),
        b"\x1a",
        b"\x81",
    ]
)
FILES = st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=60).map(b"".join))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents=FILES)
def test_any_bytes_are_read_or_refused_in_words(write: Writer, contents: bytes) -> None:
    try:
        read = reading(write(contents))
        for gather in (False, True):
            try:
                found = list(read.again(gather=gather).records())
            except Scattered:
                continue
            break
        assert all(one.reason for one in refusals(found))
    except OwnerError as error:
        assert error.message


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents=FILES)
def test_planning_any_bytes_leaves_the_store_alone(
    store: sqlite3.Connection, write: Writer, contents: bytes
) -> None:
    try:
        found = plan(store, write(contents))
    except OwnerError as error:
        assert error.message
    else:
        assert found["questions"] or found["plan"]["refused"] is not None
    assert store.execute("SELECT count(*) FROM event").fetchone() == (0,)
    assert not store.in_transaction


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.integers(0, 4000), cut=st.integers(0, 40), put=st.binary(max_size=12),
    name=st.sampled_from(["shopify_orders.csv", "hand_fr_cp1252.csv", "hand_ru_cp1251.csv"]),
)
def test_a_damaged_export_is_read_or_refused_and_imports_whole_or_not(
    store: sqlite3.Connection, write: Writer, place: int, cut: int, put: bytes, name: str
) -> None:
    whole = (SAMPLES / name).read_bytes()
    place %= len(whole)
    path = write(whole[:place] + put + whole[place + cut:])
    try:
        found = plan(store, path)
        if not found["questions"]:
            take(store, path)
    except OwnerError as error:
        assert error.message
    assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not store.in_transaction
