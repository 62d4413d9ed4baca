"""What is at stake with customers, and who is dearest."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.activity.past.natural_return import Silences
from activetui.activity.status import Status
from activetui.reactivation.ranking import stakes as ranking
from activetui.reactivation.ranking.natural import Chances
from activetui.reactivation.ranking.stakes import (
    at_stake,
    dearest,
    likely_to_return,
    machine_fields,
    stake,
    usual_year,
    value_at_risk,
)
from activetui.store.listing import list_indexes, people, stakes
from activetui.store.listing.people import EVERYONE, Clause, Person
from tests.segments.small_store import TODAY, Someone, store_of

NOTHING_KNOWN = Chances(90, None, ())
HALF = Chances(90, TODAY, ((Silences((40,) * 200, (20,) * 200)),) * 4)
"""Of all silences, half ended with a purchase."""


def a_person(**columns: object) -> Person:
    [person] = people.page(store_of([Someone(**columns)]))  # type: ignore[arg-type]
    return person


@pytest.mark.parametrize(("spend", "days", "wanted"), [
    (73_000, 730, 36_500),
    (73_001, 730, 36_501),                  # a half goes up
    (73_000, 365, 73_000),
    (73_000, 30, 73_000),                   # less than a year counts as one
    (0, 700, 0),
    (-500, 700, 0),
])
def test_the_usual_year_is_the_spend_over_the_years_of_buying(spend: int, days: int, wanted: int) -> None:
    assert usual_year(spend, 1000, 1000 + days) == wanted


def test_who_never_bought_has_no_usual_year() -> None:
    assert usual_year(500, None, None) == 0


def test_the_stake_is_the_usual_year_by_the_chance_of_losing_it() -> None:
    person = a_person(first_purchase=TODAY - 760, last_purchase=TODAY - 30, purchases=5, spend=20_001)
    found = stake(person, HALF, TODAY)
    assert (found.usual_year, found.chance.share_lost, found.at_stake) == (10_001, 0.5, 5_001)
    assert stake(person, NOTHING_KNOWN, TODAY).at_stake == 10_001


def test_the_parts_are_said() -> None:
    person = a_person(first_purchase=TODAY - 760, last_purchase=TODAY - 30, purchases=5, spend=20_000)
    found = stake(person, HALF, TODAY)
    assert found.formula == "€100.00 × 50% = €50.00"
    assert found.sentence == (
        "Usually spends €100.00 a year. After 4 to 9 purchases and 30 days of silence, 20 of 40 did not buy "
        "within the next 90 days: €50.00 a year at stake."
    )


def test_what_is_not_known_is_said() -> None:
    person = a_person(first_purchase=TODAY - 350, last_purchase=TODAY - 250, purchases=5, spend=10_000)
    assert stake(person, HALF, TODAY).sentence.endswith(
        "199 days of silence, 80 of 160 did not buy within the next 90 days: €50.00 a year at stake. "
        "Longer silences are too few to count."
    )
    unknown = stake(person, NOTHING_KNOWN, TODAY)
    assert unknown.formula == "€100.00"
    assert unknown.sentence == (
        "Usually spends €100.00 a year. "
        "How many come back after such a silence is not known, so all of it is at stake."
    )


@pytest.mark.parametrize(("returned", "likely"), [(20, True), (19, False)])
def test_likely_to_return_is_who_comes_back_as_often_as_not(returned: int, likely: bool) -> None:
    person = a_person(first_purchase=TODAY - 90, last_purchase=TODAY - 3, purchases=1)
    chances = replace(HALF, silences=(Silences((40,) * 9, (returned,) * 9),) * 4)
    assert likely_to_return(person, chances, TODAY) == likely
    assert not likely_to_return(person, NOTHING_KNOWN, TODAY)


counts = st.lists(st.integers(0, 60), min_size=1, max_size=30).map(lambda many: sorted(many, reverse=True))
groups = st.tuples(counts, st.integers(0, 60)).map(
    lambda found: Silences((*found[0], *[0] * (30 - len(found[0]))),
                           tuple(min(each, found[1]) for each in (*found[0], *[0] * (30 - len(found[0])))))
)
some_chances = st.builds(Chances, st.just(90), st.just(TODAY), st.just(()) | st.tuples(*[groups] * 4))


@st.composite
def buyers(draw: st.DrawFn) -> Someone:
    """Somebody who has bought, or not."""
    purchases = draw(st.integers(0, 14))
    if not purchases:
        return Someone(status=Status.PROSPECT, spend=draw(st.sampled_from([0, -700])))
    last = TODAY - draw(st.integers(0, 70))
    return Someone(
        status=draw(st.sampled_from(list(Status))), purchases=purchases, last_purchase=last,
        first_purchase=last - draw(st.sampled_from([0, 100, 365, 366, 500, 1000])),
        spend=draw(st.sampled_from([-300, 0, 1, 999, 1_000, 1_001, 50_000]) | st.integers(0, 10_000)),
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(buyers(), max_size=14), some_chances, st.integers(1, 5), st.integers(0, 12))
def test_the_dearest_of_many_are_those_whose_stakes_are_largest_one_by_one(
    everyone: list[Someone], chances: Chances, most: int, first: int
) -> None:
    conn = store_of(everyone)
    list_indexes.make(conn, list_indexes.NAMES["spend"])    # as a store with many customers has it
    with looking_first_at(first):
        _are_the_dearest(conn, chances, most)


@contextmanager
def looking_first_at(number: int) -> Iterator[None]:
    """Only so many of those who have spent most are looked at first, whoever is wanted."""
    before = ranking._MORE, ranking._LEAST, ranking._FURTHER
    ranking._MORE, ranking._LEAST, ranking._FURTHER = 0, number, 2
    try:
        yield
    finally:
        ranking._MORE, ranking._LEAST, ranking._FURTHER = before


def _are_the_dearest(conn: sqlite3.Connection, chances: Chances, most: int) -> None:
    for clause in (EVERYONE, Clause("fact.status IN (?, ?)", (int(Status.LOST), int(Status.INACTIVE)))):
        alone = [(person, stake(person, chances, TODAY)) for person in people.page(conn, clause, limit=-1)]
        alone.sort(key=lambda each: (-each[1].at_stake, each[0].id))
        assert dearest(conn, clause, TODAY, most, chances) == alone[:most]
        total = at_stake(conn, clause, TODAY, chances)
        assert total.customers == len(alone)
        assert total.usual_year == sum(each.usual_year for _person, each in alone)
        assert total.at_stake == sum(each.at_stake for _person, each in alone)


def test_the_dearest_are_found_far_down_the_list_of_those_who_have_spent_most() -> None:
    """Large spenders of long ago and of many years come first there, and are none of the dearest."""
    old = [
        Someone(id=number, purchases=9, spend=90_000, first_purchase=TODAY - 7300, last_purchase=TODAY - 1)
        for number in range(1, 60)
    ]
    dear = Someone(id=60, purchases=9, spend=9_000, first_purchase=TODAY - 60, last_purchase=TODAY - 1)
    conn = store_of([*old, dear])
    list_indexes.make(conn, list_indexes.NAMES["spend"])
    with looking_first_at(10):
        [(person, found)] = dearest(conn, EVERYONE, TODAY, 1, HALF)
    assert (person.id, found.at_stake) == (60, 4_500)


def test_who_is_known_by_number_is_not_looked_for_among_those_who_have_spent_most() -> None:
    conn = store_of([Someone(id=number) for number in range(1, 9)])
    named = Clause("customer.id IN (SELECT value FROM json_each(?))", ("[3, 4]",))
    assert stakes.are_named(conn, named)
    assert not stakes.are_named(conn, Clause("fact.spend > 5"))


def test_without_its_index_the_list_by_spend_is_not_asked() -> None:
    conn = store_of([Someone(spend=spend) for spend in (5, 9, 7)])
    assert stakes.spend_at(conn, 1) == 0
    list_indexes.make(conn, list_indexes.NAMES["spend"])
    assert [stakes.spend_at(conn, place) for place in range(4)] == [9, 7, 5, 0]


def test_the_value_at_risk_is_the_stake_of_those_at_risk() -> None:
    figures = {"purchases": 1, "spend": 1_000, "first_purchase": TODAY - 9, "last_purchase": TODAY - 9}
    conn = store_of([
        Someone(status=status, **figures)                                              # type: ignore[arg-type]
        for status in (Status.AT_RISK, Status.AT_RISK, Status.ACTIVE, Status.INACTIVE)
    ])
    assert value_at_risk(conn, TODAY, HALF) == (2, 2_000, 1_000, 0)


def test_a_stake_for_machines() -> None:
    person = a_person(first_purchase=TODAY - 760, last_purchase=TODAY - 30, purchases=5, spend=20_000)
    assert machine_fields(stake(person, HALF, TODAY)) == {
        "usual_year": "100.00", "by_subscription": "0.00", "chance_of_losing": 0.5, "silences": 40,
        "silences_ended": 20, "at_stake": "50.00",
    }
    unknown = machine_fields(stake(person, NOTHING_KNOWN, TODAY))
    assert (unknown["chance_of_losing"], unknown["silences"], unknown["at_stake"]) == (None, 0, "100.00")


def test_nobody_is_dearest_of_none() -> None:
    conn = store_of([Someone(purchases=1, spend=5, first_purchase=TODAY, last_purchase=TODAY)])
    assert dearest(conn, EVERYONE, TODAY, 0, HALF) == []
    assert dearest(conn, Clause("FALSE"), TODAY, 5, HALF) == []
    assert at_stake(conn, Clause("FALSE"), TODAY, HALF) == (0, 0, 0, 0)
