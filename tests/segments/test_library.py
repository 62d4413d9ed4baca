"""Saved segments and the values that occur in a store."""

from __future__ import annotations

import pytest

from activetui.ledger.errors import OwnerError
from activetui.segments import library
from activetui.segments.builtin import BUILT_IN
from activetui.segments.errors import QueryError
from activetui.store import saved_segments
from activetui.store.changes import taking_back
from activetui.store.listing import facets
from tests.segments.small_store import TODAY, Happening, Someone, Status, store_of

WHEN = "2026-11-22T10:00:00Z"


def test_saving_twice_replaces_and_undo_brings_the_first_back() -> None:
    conn = store_of([])
    assert not library.save(conn, "Gone", "status:lost", made_at=WHEN)
    assert library.save(conn, "gone", "status:inactive", note="mine", made_at=WHEN)
    assert [segment.query for segment in saved_segments.list_segments(conn)] == ["status:inactive"]
    assert taking_back.undo_last(conn, today=TODAY, made_at=WHEN) is not None
    assert [segment.query for segment in saved_segments.list_segments(conn)] == ["status:lost"]
    taking_back.undo_last(conn, today=TODAY, made_at=WHEN)
    assert saved_segments.list_segments(conn) == []


def test_deleting_can_be_taken_back() -> None:
    conn = store_of([])
    library.save(conn, "Gone", "status:lost", note="whom we miss", made_at=WHEN)
    before = saved_segments.get(conn, "Gone")
    assert library.delete(conn, "GONE", made_at=WHEN) == "Gone"
    assert saved_segments.get(conn, "Gone") is None
    taking_back.undo_last(conn, today=TODAY, made_at=WHEN)
    assert saved_segments.get(conn, "Gone") == before


@pytest.mark.parametrize("name", ["lost", "LOST", "at risk", "at-risk", "can't say yet", "won back"])
def test_built_in_segments_stay_as_they_are(name: str) -> None:
    conn = store_of([])
    with pytest.raises(OwnerError, match="built in"):
        library.save(conn, name, "spend>1", made_at=WHEN)
    with pytest.raises(OwnerError, match="built in"):
        library.delete(conn, name, made_at=WHEN)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_has_letters_but_not_too_many(name: str) -> None:
    with pytest.raises(OwnerError):
        library.save(store_of([]), name, "spend>1", made_at=WHEN)


def test_a_query_that_cannot_be_read_is_not_saved() -> None:
    conn = store_of([])
    with pytest.raises(QueryError):
        library.save(conn, "Bad", "spnd>1", made_at=WHEN)
    assert saved_segments.list_segments(conn) == []


def test_a_name_that_is_not_there_gets_a_proposal() -> None:
    with pytest.raises(OwnerError) as refused:
        library.find(store_of([]), "prospekt")
    assert "prospect" in refused.value.hint


def test_names_cannot_act_on_the_terminal() -> None:
    conn = store_of([])
    library.save(conn, "\x1b[31mRed\nline", "spend>1", made_at=WHEN)
    assert saved_segments.list_segments(conn)[0].name == "Red line"


def test_every_segment_is_worth_what_its_members_spent() -> None:
    conn = store_of([
        Someone(status=Status.LOST, spend=60_000, year_spend=0, purchases=1),
        Someone(status=Status.LOST, spend=100, year_spend=100, purchases=2),
    ])
    library.save(conn, "Rich", "spend>500", made_at=WHEN)
    worth = {each.segment.name: each.total for each in library.worth(conn, TODAY)}
    assert worth["lost"] == (2, 60_100, 100)
    assert worth["Rich"] == (1, 60_000, 0)
    assert worth["one_time"] == (1, 60_000, 0)
    assert worth["new"] == (0, 0, 0)
    assert len(worth) == len(BUILT_IN) + 1


def test_a_saved_query_that_cannot_be_read_any_more_stops_nothing() -> None:
    conn = store_of([Someone()])
    conn.execute("INSERT INTO segment (name, query, made_at) VALUES ('Old', 'kind:vanished', '')")
    old = library.worth(conn, TODAY)[-1]
    assert old.segment.name == "Old"
    assert old.total is None
    assert "vanished" in old.problem


@pytest.mark.parametrize("segment", BUILT_IN, ids=lambda segment: segment.name)
def test_built_in_segments_say_whom_they_find_and_why(segment: library.Segment) -> None:
    assert segment.title
    assert segment.meaning.endswith(".")
    assert segment.why.endswith(".")


def test_built_in_segments_find_whom_they_mean() -> None:
    soon = Happening(6, TODAY - 300, product="Box", action="start", until=TODAY + 30)
    renewed = Happening(6, TODAY - 1, product="box", action="renewal", until=TODAY + 365)
    conn = store_of([
        Someone(id=1, status=Status.ACTIVE, events=[Happening(9, TODAY - 3)]),
        Someone(id=2, status=Status.ACTIVE, events=[Happening(9, TODAY - 3), Happening(10, TODAY - 1)]),
        Someone(id=3, status=Status.LOST, events=[Happening(9, TODAY - 3)]),
        Someone(id=4, status=Status.ACTIVE, spans=((Status.LOST, TODAY - 90), (Status.ACTIVE, TODAY - 9))),
        Someone(id=5, status=Status.INACTIVE, spans=((Status.INACTIVE, TODAY - 90),), do_not_contact=True),
        Someone(id=6, status=Status.PROSPECT, events=[soon]),
        Someone(id=7, status=Status.PROSPECT, events=[soon, renewed]),
        Someone(id=8, status=Status.UNKNOWN),
        Someone(id=9, status=Status.NEW, purchases=1),
        Someone(id=10, status=Status.INACTIVE, purchases=1),
    ])
    found = {
        segment.name: list(people_of(conn, segment.query)) for segment in BUILT_IN
    }
    assert found["complained_while_active"] == [1]
    assert found["won_back"] == [4]
    assert found["renewal_due"] == [6]
    assert found["do_not_contact"] == [5]
    assert found["cant_say_yet"] == [8]
    assert found["nurture"] == [9]
    assert found["one_time"] == [9, 10]


def people_of(conn, text):  # type: ignore[no-untyped-def]
    """The numbers of whom a query finds."""
    from activetui.segments.asking import ask
    from activetui.store.listing import people

    return people.ids(conn, ask(conn, text, TODAY).clause, "id")


def test_values_that_occur_come_with_the_most_frequent_first() -> None:
    conn = store_of([
        Someone(country="ES", tags=("b", "a")), Someone(country="PT"), Someone(country="PT", tags=("b",)),
    ])
    assert facets.values(conn, "country") == ["PT", "ES"]
    assert facets.values(conn, "tag") == ["b", "a"]
    assert facets.values(conn, "country", "e") == ["ES"]
    assert facets.values(conn, "country", limit=1) == ["PT"]
    assert facets.values(conn, "spend") == []


@pytest.mark.parametrize("field", ["tag", "country", "language", "city", "company", "playbook", "product"])
def test_a_field_without_values_offers_none(field: str) -> None:
    assert facets.values(store_of([Someone()]), field, "%' OR 1=1") == []
