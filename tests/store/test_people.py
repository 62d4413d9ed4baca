"""Lists of customers: order, pages, counts, and the machine row."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.activity.status import Status
from activetui.activity.types import TYPES
from activetui.ledger.days import FAR_FUTURE, FAR_PAST
from activetui.ledger.errors import UsageError
from activetui.store.listing import people
from activetui.store.listing.people import MACHINE_FIELDS, SORTS, Clause, Person
from tests.segments.random_queries import someones
from tests.segments.small_store import TODAY, Someone, store_of

RICH = Clause("fact.spend >= ?", (50_000,))


def test_a_person_has_the_stored_figures() -> None:
    conn = store_of([Someone(
        id=7, name="Inês", key="K1", email="i@x.pt", phone="+351912", company="Lua", country="PT",
        status=Status.AT_RISK, since=TODAY - 9, until=TODAY + 4, next_status=Status.INACTIVE,
        first_purchase=100, last_purchase=TODAY - 26, purchases=38, spend=248_000, year_spend=90_000,
        rhythm=14.0, next_expected=TODAY - 12, types=0b10000010, tags=("vip", "olive club"),
    )])
    assert people.by_ids(conn, [7]) == [Person(
        7, "K1", "Inês", "i@x.pt", "+351912", "Lua", "PT", Status.AT_RISK, TODAY - 9, TODAY + 4, True,
        100, TODAY - 26, 38, 248_000, "EUR", (TYPES[1], TYPES[7]), ("olive club", "vip"), 14.0, TODAY - 12,
        90_000, Status.INACTIVE,
    )]


def test_what_never_began_or_never_ends_has_no_day() -> None:
    (person,) = people.page(store_of([Someone(since=FAR_PAST, until=FAR_FUTURE)]))
    assert person.status_since is None
    assert person.status_until is None


@pytest.mark.parametrize("status", list(Status))
def test_active_says_whether_the_status_is_of_the_active_base(status: Status) -> None:
    (person,) = people.page(store_of([Someone(status=status)]))
    assert person.active == (status.word in ("new", "active", "reactivated", "at_risk"))


def test_the_machine_row_is_the_contract() -> None:
    (person,) = people.page(store_of([Someone(id=3, status=Status.NEW, since=0, spend=-1_250)]))
    assert people.machine_row(person) == {
        "id": 3, "key": None, "name": None, "email": None, "phone": None, "company": None, "country": None,
        "status": "new", "status_since": "1970-01-01", "status_until": None, "active": True,
        "first_purchase": None, "last_purchase": None, "purchases": 0, "spend": "-12.50", "currency": "EUR",
        "types": [], "tags": [],
    }
    assert tuple(people.machine_row(person)) == MACHINE_FIELDS


def test_names_sort_without_case_and_accents() -> None:
    conn = store_of([Someone(name=name) for name in ("Zoé", "élodie", "Ana", "Émile", "ana")])
    assert [person.name for person in people.page(conn)] == ["Ana", "ana", "élodie", "Émile", "Zoé"]


def _without_case(text: str) -> str:
    """The text as SQLite's NOCASE compares it."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def _figure(person: Person, sort: str) -> object:
    value = getattr(person, sort)
    return (value or None) if isinstance(value, str | tuple) else value


@settings(max_examples=60, deadline=None)
@given(
    everyone=st.lists(someones, min_size=2, max_size=8),
    sort=st.sampled_from([sort for sort in SORTS if sort not in ("types", "tags", "name")]),
    descending=st.booleans(),
)
def test_every_list_is_in_order(everyone: list[Someone], sort: str, descending: bool) -> None:
    for someone in everyone:
        someone.id = 0
    listed = people.page(store_of(everyone), sort=sort, descending=descending)
    figures = [_figure(person, sort) for person in listed]
    known = [figure for figure in figures if figure is not None]
    assert figures == known + [None] * (len(figures) - len(known)), "what is not known stands last"
    keys = [_without_case(figure) if isinstance(figure, str) else figure for figure in known]
    assert keys == sorted(keys, reverse=descending)  # type: ignore[type-var]
    rising = descending == SORTS[sort].descending_first or (sort == "id" and not descending)
    for before, after in pairwise(listed):
        if _figure(before, sort) == _figure(after, sort):
            assert (before.id < after.id) == rising


@settings(max_examples=30, deadline=None)
@given(
    everyone=st.lists(someones, max_size=9), sort=st.sampled_from(list(SORTS)), descending=st.booleans(),
    size=st.integers(1, 4),
)
def test_pages_make_up_the_whole_list(
    everyone: list[Someone], sort: str, descending: bool, size: int
) -> None:
    for someone in everyone:
        someone.id = 0
    conn = store_of(everyone)
    whole = list(people.ids(conn, RICH, sort, descending))
    pages = [
        person.id
        for offset in range(0, len(everyone), size)
        for person in people.page(conn, RICH, sort, descending, limit=size, offset=offset)
    ]
    assert pages == whole
    assert [person.id for person in people.by_ids(conn, whole)] == whole
    assert people.count(conn, RICH) == len(whole) == sum(someone.spend >= 50_000 for someone in everyone)


def test_by_ids_keeps_the_order_and_leaves_out_who_does_not_exist() -> None:
    conn = store_of([Someone(id=number) for number in range(1, 1_302)])
    wanted = [1_301, 5, 99_999, 700]
    assert [person.id for person in people.by_ids(conn, wanted)] == [1_301, 5, 700]
    assert len(people.by_ids(conn, people.ids(conn))) == 1_301


def test_counts_by_status_name_every_status() -> None:
    conn = store_of([
        Someone(status=Status.LOST, spend=60_000), Someone(status=Status.LOST), Someone(status=Status.NEW),
    ])
    every = people.status_counts(conn)
    assert list(every) == list(Status)
    assert (every[Status.LOST], every[Status.NEW], sum(every.values())) == (2, 1, 3)
    assert people.status_counts(conn, RICH)[Status.LOST] == 1
    assert people.status_counts(conn, Clause("customer.name = ?", ("",)))[Status.LOST] == 2


def test_totals_of_many_clauses_are_those_of_each() -> None:
    conn = store_of([Someone(spend=number * 100, year_spend=number) for number in range(70)])
    clauses = [Clause("fact.spend >= ?", (number * 100,)) for number in range(120)]
    totals = people.totals(conn, clauses)
    assert totals[0] == (70, sum(range(70)) * 100, sum(range(70)))
    assert totals[60] == (10, sum(range(60, 70)) * 100, sum(range(60, 70)))
    assert totals[119] == (0, 0, 0)
    assert people.counts(conn, clauses) == [people.count(conn, clause) for clause in clauses]
    assert people.totals(conn, []) == []


def test_a_condition_that_is_not_known_to_hold_counts_nobody() -> None:
    conn = store_of([Someone(rhythm=None, spend=5)])
    assert people.totals(conn, [Clause("fact.rhythm > ?", (1,))]) == [(0, 0, 0)]


def test_totals_of_an_empty_store_are_nothing() -> None:
    assert people.totals(store_of([]), [people.EVERYONE]) == [(0, 0, 0)]


def test_an_unknown_sort_is_refused_with_the_possible_ones() -> None:
    with pytest.raises(UsageError) as refused:
        people.page(store_of([]), sort="name; DROP TABLE customer")
    assert "last_purchase" in refused.value.hint


def test_facts_of_another_day_hide_the_stored_ones() -> None:
    conn = store_of([Someone(status=Status.ACTIVE, spend=5)])
    conn.execute("CREATE TEMP TABLE fact AS SELECT * FROM main.fact")
    conn.execute("UPDATE temp.fact SET status = ?", (int(Status.LOST),))
    assert people.page(conn)[0].status is Status.LOST
    assert people.status_counts(conn)[Status.LOST] == 1
    assert people.count(conn, Clause("fact.status = ?", (int(Status.LOST),))) == 1
