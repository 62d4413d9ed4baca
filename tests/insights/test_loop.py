"""The loop by stage: every figure counted by hand, and opened."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from activetui.activity.status import Status
from activetui.insights.loop import FIGURES, Figure, LoopRow, Stage, loop
from activetui.insights.loop_words import column_words, event_words, stage_words
from activetui.reactivation.alerts.inbox import MOST_NAMED, inbox, mark
from activetui.reactivation.alerts.known import State
from activetui.segments.asking import ask
from activetui.store.facts import spans
from activetui.store.listing import people
from activetui.store.opening.file import open_store
from tests.reactivation.calling import CALLS, DEFINITION, done, on, opened, regular
from tests.store.building import MADE_AT, TODAY, Building

DEMO = Path(__file__).parents[2] / "demo.db"


def rows_of(conn: sqlite3.Connection, day: int = TODAY) -> dict[Stage, LoopRow]:
    """The loop by stage."""
    return {row.stage: row for row in loop(on(conn, day), day)}


def numbers(row: LoopRow) -> list[int]:
    """The figures of a row, in the order of the loop."""
    return [getattr(row, name).number for name in FIGURES]


def opens(conn: sqlite3.Connection, figure: Figure) -> set[int]:
    """The customers whom a figure opens."""
    return set(people.ids(conn, ask(conn, figure.query, TODAY).clause)) if figure.query else set()


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    """A store of everyone who was active within thirty days."""
    definition = f"{DEFINITION}[new]\ndays = 30\n[reactivated]\ndays = 30\n"
    return Building(tmp_path / "shop.db", definition=definition)


def test_each_stage_has_its_customers_and_its_key_event(shop: Building) -> None:
    asked = shop.customer("Asked")
    shop.event(asked, "contact", "2026-11-20", action="in", channel="phone")
    shop.customer("Never seen")
    fresh = shop.customer("Fresh")
    shop.event(fresh, on="2026-11-15", amount=500)
    back = shop.customer("Back")
    for day in ("2026-01-05", "2026-11-10"):
        shop.event(back, on=day, amount=500)
    left = shop.customer("Left")
    shop.event(left, on="2026-10-10", amount=500)
    long_gone = shop.customer("Long gone")
    shop.event(long_gone, on="2024-05-01", amount=500)
    with closing(shop.ready()) as conn:
        rows = rows_of(conn)
        assert opens(conn, rows[Stage.PROSPECT].events) == {asked}
        assert opens(conn, rows[Stage.NEW].customers) == {fresh}
        assert opens(conn, rows[Stage.ACTIVE].events) == {back}
        assert opens(conn, rows[Stage.INACTIVE].events) == {left}
        assert opens(conn, rows[Stage.LOST].customers) == {long_gone}
        assert rows[Stage.LOST].events == Figure(0, "", 0)
        assert rows[Stage.AT_RISK].customers == Figure(0, "", 0)


def test_results_count_where_the_customer_was_when_the_playbook_began(shop: Building) -> None:
    first, second = regular(shop, "Comes back", 5000), regular(shop, "Stays away", 3000)
    waits = regular(shop, "Waits", 1000)
    with closing(opened(shop, calls=CALLS)) as conn:
        done(conn, first, TODAY - 20, outcome="reached")
        done(conn, second, TODAY - 10, outcome="reached")
        rows = rows_of(conn)
        assert numbers(rows[Stage.INACTIVE])[3:] == [2, 1, 2, 0]
        assert opens(conn, rows[Stage.INACTIVE].under_way) == {first, second}
        assert opens(conn, rows[Stage.INACTIVE].due) == {first}     # the next step came seven days later
        shop.event(first, on=TODAY - 5, amount=2000)
        shop.ready()
        rows = rows_of(conn)
        assert numbers(rows[Stage.INACTIVE])[3:] == [1, 0, 2, 1]
        assert opens(conn, rows[Stage.INACTIVE].won_back) == {first}
        assert spans.status_on(conn, first, TODAY) is Status.REACTIVATED
        assert first in opens(conn, rows[Stage.ACTIVE].events)
        assert waits in opens(conn, rows[Stage.INACTIVE].customers)


def test_contacts_of_long_ago_are_no_result_of_now(shop: Building) -> None:
    customer = regular(shop, "Called in summer")
    with closing(opened(shop, calls=CALLS)) as conn:
        done(conn, customer, TODAY - 40, outcome="reached")
        assert rows_of(conn)[Stage.INACTIVE].contacted.number == 1
        later = TODAY + 50
        assert rows_of(conn, later)[Stage.INACTIVE].contacted.number == 0


def test_an_alert_that_is_done_is_not_open_any_more(shop: Building) -> None:
    fresh = shop.customer("Fresh")
    shop.event(fresh, on="2026-11-15", amount=500)
    with closing(shop.ready()) as conn:
        assert opens(conn, rows_of(conn)[Stage.NEW].alerts) == {fresh}
        mark(conn, inbox(conn, TODAY).alerts, State.SEEN, day=TODAY, made_at=MADE_AT)
        assert rows_of(conn)[Stage.NEW].alerts.number == 1
        mark(conn, inbox(conn, TODAY).alerts, State.DONE, day=TODAY, made_at=MADE_AT)
        assert rows_of(conn)[Stage.NEW].alerts.number == 0


def test_a_list_by_numbers_says_how_many_it_opens(shop: Building) -> None:
    for number in range(MOST_NAMED + 5):
        shop.event(shop.customer(f"Fresh {number}"), on="2026-11-15", amount=500)
    with closing(shop.ready()) as conn:
        figure = rows_of(conn)[Stage.NEW].alerts
        assert (figure.number, figure.found) == (MOST_NAMED + 5, MOST_NAMED)
        assert len(opens(conn, figure)) == MOST_NAMED


def test_on_the_demo_every_figure_opens_as_many_as_it_says(tmp_path: Path) -> None:
    copy = tmp_path / "demo.db"
    copy.write_bytes(DEMO.read_bytes())
    with closing(open_store(copy, today=TODAY)) as conn:
        rows = rows_of(conn)
        for row in rows.values():
            for name in FIGURES:
                figure = getattr(row, name)
                assert len(opens(conn, figure)) == figure.found
            assert row.events.number <= row.customers.number
            assert row.due.number <= row.under_way.number
            assert row.won_back.number <= row.contacted.number
        counts = spans.counts_on(conn, TODAY)
        told = sum(counts.values()) - counts[Status.UNKNOWN]
        assert sum(row.customers.number for row in rows.values()) == told


def test_every_stage_and_every_figure_has_its_words() -> None:
    assert all(stage_words(stage) and event_words(stage) for stage in Stage)
    assert set(column_words()) == set(FIGURES)
