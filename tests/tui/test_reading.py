"""Questions to the store: newer ones overtake older ones, slow ones wait, changes are seen."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from activetui.ledger.errors import OwnerError
from activetui.store.listing import people
from activetui.tui.lanes import GaveWay
from activetui.tui.reading import Overtaken, Reader, View
from tests.store.building import TODAY

GROUP = (1, "list")
NOW = View(TODAY)
THEN = View(TODAY - 30)
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


@pytest.fixture
def reader(shop: Path) -> Iterator[Reader]:
    reader = Reader(shop, TODAY)
    yield reader
    reader.end()


class Endless:
    """A question that never ends by itself."""

    def __init__(self) -> None:
        self.started = threading.Event()

    def __call__(self, conn: sqlite3.Connection) -> None:
        self.started.set()
        conn.execute(ENDLESS).fetchone()


def begin(
    reader: Reader, view: View, group: tuple[int, str], *, slow: bool = False
) -> tuple[Future[None], Callable[[], Future[Any]]]:
    """A question that never ends, under way; and how it is asked again."""
    ticket, question = reader.next_ticket(group, slow=slow), Endless()
    asked = reader.submit(view, question, ticket)
    assert question.started.wait(20)
    return asked, lambda: reader.submit(view, people.count, ticket)


def answer(
    reader: Reader, view: View, question: Callable[[sqlite3.Connection], Any] = people.count,
    group: tuple[int, str] = GROUP, *, slow: bool = False,
) -> Any:
    return reader.submit(view, question, reader.next_ticket(group, slow=slow)).result(20)


def test_an_overtaken_question_is_not_even_asked(reader: Reader) -> None:
    old, new = reader.next_ticket(GROUP), reader.next_ticket(GROUP)
    with pytest.raises(Overtaken):
        reader.submit(NOW, people.count, old).result(20)
    assert reader.submit(NOW, people.count, new).result(20) == 4


def test_a_newer_question_stops_the_one_that_runs(reader: Reader) -> None:
    asked, _again = begin(reader, NOW, GROUP)
    assert answer(reader, NOW) == 4
    with pytest.raises(Overtaken):
        asked.result(20)


def test_a_question_that_nobody_waits_for_is_stopped_without_another(reader: Reader) -> None:
    asked, again = begin(reader, NOW, GROUP)
    reader.forget(GROUP)
    for waits in (asked, again()):
        with pytest.raises(Overtaken):
            waits.result(20)
    assert not reader.leave(GROUP[0]), "the asker has nothing to ask again"
    assert answer(reader, NOW) == 4


def test_questions_of_another_group_are_left_alone(reader: Reader) -> None:
    mine, other = (1, "list"), (1, "card")
    ticket = reader.next_ticket(mine)
    reader.next_ticket(other)
    assert reader.submit(NOW, people.count, ticket).result(20) == 4


@pytest.mark.parametrize("view", [NOW, THEN], ids=["today", "another day"])
def test_a_quick_question_never_waits_for_a_slow_one(reader: Reader, view: View) -> None:
    asked, again = begin(reader, view, (1, "trend"), slow=True)
    assert answer(reader, view, group=(1, "page")) == 4
    if view == NOW:
        assert not asked.done(), "it runs on, beside the quick one"
        return
    with pytest.raises(GaveWay):
        asked.result(20)
    assert again().result(20) == 4, "it is answered afterwards"


def test_two_days_are_looked_from_at_once(reader: Reader) -> None:
    def spend(conn: sqlite3.Connection) -> int:
        return people.by_ids(conn, [1])[0].spend

    now, then = answer(reader, NOW, spend), answer(reader, THEN, spend)
    assert (now, then) == (15000, 7500 + 2500)
    assert answer(reader, NOW, spend) == now
    assert reader.is_ready(NOW)
    assert reader.is_ready(THEN)
    assert not reader.is_ready(View(TODAY - 31))


def test_a_view_that_is_given_up_is_not_made_and_its_questions_go(shop: Path) -> None:
    reader = Reader(shop, TODAY)
    view = View(TODAY - 1, known_then=True)
    begun, given_up = threading.Event(), threading.Event()

    def hear(_view: View, _share: float | None) -> None:
        begun.set()
        given_up.wait(20)

    reader.told = hear
    ticket = reader.next_ticket(GROUP)
    waits = reader.submit(view, people.count, ticket)
    assert begun.wait(20)
    reader.give_up(view)
    given_up.set()
    with pytest.raises(Overtaken):
        waits.result(20)
    assert not reader.is_ready(view)
    assert reader.submit(NOW, people.count, ticket).result(20) == 4
    reader.end()


def test_a_change_is_seen_by_the_next_question_on_any_day(reader: Reader) -> None:
    def spend(conn: sqlite3.Connection) -> int:
        return people.by_ids(conn, [1])[0].spend

    def buy(conn: sqlite3.Connection) -> int:
        from activetui.ledger.kinds import Kind
        from activetui.ledger.records import EventRecord
        from activetui.store.events import log_event

        record = EventRecord(kind=Kind.PURCHASE, day=TODAY - 40, key="", amount=111, currency="EUR")
        return log_event(conn, 1, record, today=TODAY, made_at="2026-11-22T10:00:00Z")

    views = [(NOW, False), (NOW, True), (THEN, False)]
    before = [answer(reader, view, spend, slow=slow) for view, slow in views]
    reader.write(buy)
    after = [answer(reader, view, spend, slow=slow) for view, slow in views]
    assert after == [known + 111 for known in before]


def test_a_change_that_fails_leaves_nothing_behind(reader: Reader) -> None:
    def half(conn: sqlite3.Connection) -> None:
        conn.execute("UPDATE customer SET name = 'half'")
        raise OwnerError("no")

    with pytest.raises(OwnerError):
        reader.write(half)
    assert "half" not in answer(reader, NOW, lambda conn: {person.name for person in people.page(conn)})


def test_a_file_that_cannot_be_opened_is_an_owner_error(tmp_path: Path) -> None:
    reader = Reader(tmp_path, TODAY)
    with pytest.raises(OwnerError):
        answer(reader, NOW)
    reader.end()


def test_nobody_waits_for_the_questions_of_a_screen_that_was_left(reader: Reader) -> None:
    asked, _again = begin(reader, NOW, (1, "list"))
    theirs = reader.next_ticket((2, "list"))
    assert reader.leave(1)
    with pytest.raises(Overtaken):
        asked.result(20)
    assert reader.submit(NOW, people.count, theirs).result(20) == 4
    assert reader.answered(theirs)
    assert not reader.leave(2)          # everything that it asked has been answered


def test_after_the_end_nothing_is_answered_any_more(reader: Reader) -> None:
    asked, _again = begin(reader, NOW, GROUP)
    reader.end()
    with pytest.raises(Overtaken):
        asked.result(20)
    with pytest.raises(Overtaken):
        answer(reader, NOW)
