"""The compiled SQL finds whom a plain reading of the query finds; values stay values."""

from __future__ import annotations

import string
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.ledger.kinds import Kind
from activetui.segments.asking import ask
from activetui.segments.compile import compile_query
from activetui.segments.errors import QueryError
from activetui.segments.query import parse
from activetui.store.listing import list_indexes, lists, people
from activetui.store.listing.sorts import SORTS
from tests.segments.plain_reading import World, holds
from tests.segments.random_queries import CONDITIONS, SEGMENTS, queries, quoted, someones, values_of
from tests.segments.small_store import OWN_KIND, TODAY, Happening, Someone, store_of


def found(text: str, everyone: list[Someone]) -> set[int]:
    """The numbers of whom the SQL finds."""
    conn = store_of([replace(someone, id=0) for someone in everyone], facts_day=TODAY)
    conn.executemany(
        "INSERT INTO segment (name, query, made_at) VALUES (?, ?, '')", list(SEGMENTS.items())
    )
    return set(people.ids(conn, ask(conn, text, TODAY).clause))


def read_plainly(text: str, everyone: list[Someone]) -> set[int]:
    """The numbers of whom a plain reading finds."""
    for number, someone in enumerate(everyone, start=1):
        someone.id = number
    query, world = parse(text, [OWN_KIND[0]]), World(TODAY, everyone, SEGMENTS)
    return {someone.id for someone in everyone if holds(query, someone, world)}


@settings(max_examples=300, deadline=None)
@given(text=queries, everyone=st.lists(someones, min_size=1, max_size=4))
def test_sql_finds_whom_a_plain_reading_finds(text: str, everyone: list[Someone]) -> None:
    assert found(text, everyone) == read_plainly(text, everyone)


@pytest.mark.parametrize("name", CONDITIONS)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_every_field_means_what_it_says(name: str, data: st.DataObject) -> None:
    text = name + data.draw(values_of(name))
    everyone = data.draw(st.lists(someones, min_size=3, max_size=8))
    assert found(text, everyone) == read_plainly(text, everyone)


@settings(max_examples=200, deadline=None)
@given(
    text=queries, everyone=st.lists(someones, min_size=1, max_size=8), sort=st.sampled_from(list(SORTS)),
    descending=st.booleans(), size=st.integers(1, 4),
)
def test_a_list_begins_with_the_first_of_those_whom_it_finds(
    text: str, everyone: list[Someone], sort: str, descending: bool, size: int
) -> None:
    conn = store_of([replace(someone, id=0) for someone in everyone], facts_day=TODAY)
    for name in list_indexes.made_names():
        list_indexes.make(conn, name)
    conn.executemany(
        "INSERT INTO segment (name, query, made_at) VALUES (?, ?, '')", list(SEGMENTS.items())
    )
    clause = ask(conn, text, TODAY).clause
    whole = list(people.ids(conn, clause, sort, descending))
    assert lists.numbers(conn, clause, sort, descending, size) == whole[:size]
    assert people.count(conn, clause) == len(whole)


def test_a_country_is_found_by_its_name_too() -> None:
    everyone = [Someone(country="PT"), Someone(country="ES"), Someone(country="Portugal"), Someone()]
    assert found("country:Portugal", everyone) == {1, 3}
    assert found("country:espanha", everyone) == {2}
    assert found("country:PT", everyone) == {1}


INJECTIONS = [
    "'; DROP TABLE customer; --", "' OR 1=1 --", "x') OR TRUE --", "%", "_", "*", "\\", '"', "?", ":a",
    "NULL", "1 UNION SELECT * FROM customer", "ana\x00", "{0}", "%s",
]


@pytest.mark.parametrize("value", INJECTIONS)
@pytest.mark.parametrize("field", ["name", "email", "city", "tag", "country", "product", "key", ""])
def test_a_value_never_becomes_part_of_the_statement(field: str, value: str) -> None:
    conn = store_of([Someone(name="Ana"), Someone(name="Bea", tags=("vip",))])
    text = f"{field}:{quoted(value)}" if field else quoted(value)
    clause = compile_query(parse(text), day=TODAY, currency="EUR")
    plain = compile_query(parse(text.replace(quoted(value), "harmless")), day=TODAY, currency="EUR")
    assert clause.sql == plain.sql
    assert clause.sql.count("?") == len(clause.params)
    assert people.count(conn, clause) == 0
    assert people.count(conn) == 2


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet=string.printable + "é“”\x00\u202e", max_size=60))
def test_any_text_is_answered_or_refused(text: str) -> None:
    conn = store_of([Someone(name="Ana")])
    try:
        clause = ask(conn, text, TODAY).clause
    except QueryError as error:
        assert 0 <= error.start <= error.end <= len(text)
        assert error.message
    else:
        people.page(conn, clause)
        people.count(conn, clause)


@pytest.mark.parametrize("text", [
    "(" * 5_000 + "a" + ")" * 5_000, "-" * 10_000 + "a", "a " * 5_000, "a or " * 2_500 + "a",
    "status:" + "active," * 1_400 + "new", '"' * 10_001, "(" * 10_000, "not " * 2_500 + "a", "x" * 10_240,
])
def test_a_query_of_ten_kilobytes_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        parse(text)


@pytest.mark.parametrize("text", [
    "ana " * 30, "-(" * 9 + "a" + ")" * 9, "id:" + ",".join(map(str, range(100))), "x" * 4_000,
    " or ".join(['product:"olive oil"'] * 10), "product:" + ",".join(["oil"] * 100), "kind:visit " * 100,
    " or ".join(f"renewal<{days}d" for days in range(100)), "complaint:open or r:5 " * 49 + "m:1",
])
def test_the_largest_queries_that_are_read_are_answered(text: str) -> None:
    conn = store_of([Someone(name="Ana", id=5)])
    people.page(conn, compile_query(parse(text), day=TODAY, currency="EUR"))


def test_a_figure_of_later_events_does_not_count_on_an_earlier_day() -> None:
    someone = Someone(events=[Happening(Kind.COMPLAINT, TODAY)])
    conn = store_of([someone])
    query = parse("kind:complaint")
    assert people.count(conn, compile_query(query, day=TODAY, currency="EUR")) == 1
    assert people.count(conn, compile_query(query, day=TODAY - 1, currency="EUR")) == 0


@pytest.mark.parametrize(("written", "currency", "holds_for"), [
    ("spend>500", "EUR", [50_001]),
    ("spend>500", "JPY", [50_000, 50_001]),
    ("spend>=€500", "EUR", [50_000, 50_001]),
    ("spend>500eur", "EUR", [50_001]),
    ("spend:500..500.01", "EUR", [50_000, 50_001]),
    ("spend=$500", "USD", [50_000]),
])
def test_amounts_are_in_the_currency_of_the_store(written: str, currency: str, holds_for: list[int]) -> None:
    conn = store_of([Someone(spend=spend) for spend in (499, 50_000, 50_001)], currency)
    clause = compile_query(parse(written), day=TODAY, currency=currency)
    assert sorted(person.spend for person in people.page(conn, clause)) == holds_for


def test_an_amount_in_another_currency_is_refused_with_its_place() -> None:
    with pytest.raises(QueryError) as refused:
        compile_query(parse("ana spend>5usd"), day=TODAY, currency="EUR")
    assert (refused.value.start, refused.value.end) == (4, 14)
