"""Segments within queries: sets of customers put together, in no circle and without running away."""

from __future__ import annotations

import sqlite3

import pytest

from activetui.ledger.errors import OwnerError
from activetui.segments import library
from activetui.segments.asking import ask
from activetui.segments.count import PartCount, per_clause
from activetui.segments.errors import QueryError
from activetui.segments.nested import MAX_INSIDE
from activetui.segments.words import reading
from activetui.store import saved_segments
from activetui.store.changes import taking_back
from activetui.store.listing import people
from tests.segments.small_store import TODAY, Someone, Status, store_of

WHEN = "2026-11-22T10:00:00Z"


@pytest.fixture
def conn() -> sqlite3.Connection:
    """Four customers: rich, lost, both, neither; and the segments `Rich` and `Gone for long`."""
    conn = store_of([
        Someone(id=1, spend=60_000),
        Someone(id=2, status=Status.LOST),
        Someone(id=3, spend=60_000, status=Status.LOST),
        Someone(id=4),
    ], facts_day=TODAY)
    library.save(conn, "Rich", "spend>500", made_at=WHEN)
    library.save(conn, "Gone for long", "segment:lost", made_at=WHEN)
    return conn


def found(conn: sqlite3.Connection, text: str) -> list[int]:
    """The numbers of whom a query finds."""
    return list(people.ids(conn, ask(conn, text, TODAY).clause, "id"))


@pytest.mark.parametrize(("text", "numbers"), [
    ("segment:rich", [1, 3]),
    ('in:"gone for long"', [2, 3]),
    ("segment:gone_for_long", [2, 3]),
    ('segment:rich segment:"gone for long"', [3]),
    ('segment:rich or segment:"gone for long"', [1, 2, 3]),
    ('segment:rich,"gone for long"', [1, 2, 3]),
    ('segment:rich -segment:"gone for long"', [1]),
    ('-(segment:rich or segment:"Gone for long")', [4]),
])
def test_union_intersection_and_difference(conn: sqlite3.Connection, text: str, numbers: list[int]) -> None:
    assert found(conn, text) == numbers


def test_it_is_read_out_and_counted_by_name(conn: sqlite3.Connection) -> None:
    asked = ask(conn, 'segment:rich -in:"gone for long"', TODAY)
    assert reading(asked.query, "EUR") == (
        "customers in the segment 'rich', not in the segment 'gone for long'"
    )
    assert per_clause(conn, asked.query, TODAY) == [
        PartCount("'rich'", 2), PartCount("not 'gone for long'", 2)
    ]


def test_a_name_that_is_not_there_is_refused_at_its_place(conn: sqlite3.Connection) -> None:
    with pytest.raises(QueryError) as refused:
        ask(conn, "ana segment:rihc", TODAY)
    error = refused.value
    assert (error.start, error.end, error.proposal) == (4, 16, "segment:Rich")
    with pytest.raises(QueryError, match="no segment 'zzz'"):
        ask(conn, "segment:rich,zzz", TODAY)


def test_segments_in_a_circle_are_refused(conn: sqlite3.Connection) -> None:
    library.save(conn, "A", "segment:rich", made_at=WHEN)
    library.save(conn, "B", "segment:a or ana", made_at=WHEN)
    for name, text in (("A", "segment:b"), ("A", "segment:a"), ("Mine", "segment:mine")):
        with pytest.raises(QueryError, match="asks for itself"):
            library.save(conn, name, text, made_at=WHEN)
    saved_segments.save(conn, "A", "tag:x segment:B", made_at=WHEN)       # as an older program might have
    with pytest.raises(QueryError, match="'A' asks for itself: A → B → A"):
        ask(conn, "segment:a", TODAY)


def test_segments_cannot_make_a_query_run_away(conn: sqlite3.Connection) -> None:
    saved_segments.save(conn, "s0", "kind:visit " * 90, made_at=WHEN)
    for number in range(1, MAX_INSIDE + 2):
        saved_segments.save(conn, f"s{number}", f"segment:s{number - 1} or tag:b", made_at=WHEN)
    assert found(conn, f"segment:s{MAX_INSIDE - 1}") == []
    with pytest.raises(QueryError, match="inside each other"):
        ask(conn, f"segment:s{MAX_INSIDE}", TODAY)
    with pytest.raises(QueryError, match="more than 300 conditions"):
        ask(conn, "segment:s0 or segment:s1 or segment:s2 or segment:s3", TODAY)
    for number in range(1, MAX_INSIDE):
        twice = f"segment:d{number - 1} segment:d{number - 1}"
        saved_segments.save(conn, f"d{number}", twice if number > 1 else "tag:ana tag:bea", made_at=WHEN)
    saved_segments.save(conn, "words", "ana bea " * 10, made_at=WHEN)
    with pytest.raises(QueryError, match="30 words and texts") as refused:
        ask(conn, "segment:words -segment:words", TODAY)
    assert (refused.value.start, refused.value.end) == (15, 28)
    with pytest.raises(QueryError, match="more than 300 conditions"):
        ask(conn, f"segment:d{MAX_INSIDE - 1} segment:d{MAX_INSIDE - 1} segment:d{MAX_INSIDE - 1}", TODAY)


def test_the_largest_query_with_segments_is_answered(conn: sqlite3.Connection) -> None:
    inner = "-(" * 9 + " or ".join(["renewal<30d complaint:open"] * 45) + ")" * 9
    saved_segments.save(conn, "deep", inner, made_at=WHEN)
    outer = "-(" * 9 + "segment:deep or segment:deep or segment:deep" + ")" * 9
    assert found(conn, outer) == []


def test_what_cannot_be_read_inside_is_told_at_the_name(conn: sqlite3.Connection) -> None:
    saved_segments.save(conn, "Old", "ana kind:vanished", made_at=WHEN)
    saved_segments.save(conn, "Dollars", "spend>5usd", made_at=WHEN)
    for name in ("Old", "Dollars"):
        with pytest.raises(QueryError, match=f"'{name}' cannot be read") as refused:
            ask(conn, f"-segment:{name} ana", TODAY)
        assert refused.value.start == 1
        assert refused.value.end == 9 + len(name)


def test_renaming_is_followed_by_the_queries_that_ask_for_it_and_can_be_taken_back(
    conn: sqlite3.Connection,
) -> None:
    library.save(conn, "Both", 'ana or segment:rich,"Gone for long" -in:"RICH"', made_at=WHEN)
    before = saved_segments.list_segments(conn)
    assert library.rename(conn, "rich", 'Well "to do"', made_at=WHEN) == 'Well "to do"'
    changed = saved_segments.get(conn, "Both")
    assert changed is not None
    assert changed.query == (
        'ana or segment:"Well \\"to do\\"","Gone for long" -segment:"Well \\"to do\\""'
    )
    assert found(conn, 'segment:"well \\"to do\\""') == [1, 3]
    taking_back.undo_last(conn, today=TODAY, made_at=WHEN)
    assert saved_segments.list_segments(conn) == before


@pytest.mark.parametrize(("old", "new", "says"), [
    ("rich", "Gone for long", "already"), ("rich", "gone_FOR_long", "already"), ("rich", "lost", "built in"),
    ("lost", "Away", "built in"), ("nobody", "Away", "no segment"), ("rich", " ", "cannot be the name"),
])
def test_a_name_that_cannot_be_given_is_refused(
    conn: sqlite3.Connection, old: str, new: str, says: str
) -> None:
    with pytest.raises(OwnerError, match=says):
        library.rename(conn, old, new, made_at=WHEN)


def test_a_name_may_change_its_case(conn: sqlite3.Connection) -> None:
    assert library.rename(conn, "Rich", "RICH", made_at=WHEN) == "RICH"
    assert saved_segments.get(conn, "RICH") is not None


def test_what_others_ask_for_is_not_deleted(conn: sqlite3.Connection) -> None:
    library.save(conn, "Best", "segment:rich", made_at=WHEN)
    with pytest.raises(OwnerError, match="part of others: Best"):
        library.delete(conn, "Rich", made_at=WHEN)
    library.delete(conn, "Best", made_at=WHEN)
    library.delete(conn, "Rich", made_at=WHEN)
