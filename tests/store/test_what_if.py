"""Looking at everyone with another definition gives what saving it would give, and writes nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as example_settings

from activetui.activity.reading.parsing import parse
from activetui.activity.status import Status
from activetui.ledger.days import Day
from activetui.store import definitions
from activetui.store.opening.file import open_store
from activetui.store.other_days import what_if
from activetui.store.other_days.what_if import Preview, difference
from tests.store.building import MADE_AT, TODAY, Building, everything
from tests.store.random_stores import Situation, Store, situations
from tests.store.spans_of_lives import unfold

WITHIN_90 = 'name = "Slow"\nactive = { event = "purchase", within_days = 90 }\n'
VISITS = 'name = "Visits"\nactive = { event = "visit", within_days = 90 }\n'
WINE = 'name = "Wine"\nactive = { event = "purchase", product = "wine", within_days = 90 }\n'


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    shop = Building(tmp_path / "shop.db")
    ana, bento = shop.customer("Ana"), shop.customer("Bento")
    shop.customer("Carla")
    shop.event(ana, "purchase", TODAY - 60, amount=100, product="Wine")
    shop.event(bento, "purchase", TODAY - 500, amount=900)
    shop.event(bento, "visit", TODAY - 3)
    shop.ready()
    return shop


def stored(conn: sqlite3.Connection, day: Day) -> dict[int, int]:
    """The status of everyone on a day, as the tables of the definition in force say it."""
    unfold(conn)
    rows = conn.execute('SELECT customer_id, status FROM span WHERE start <= ? AND "end" > ?', (day, day))
    return dict(rows.fetchall())


def looked(preview: Preview, text: str, day: Day) -> dict[int, int]:
    found = preview.look(parse(text), day)
    return dict(zip(found.customers.tolist(), found.status.tolist(), strict=True))


@pytest.mark.parametrize("text", [WITHIN_90, VISITS, WINE])
@pytest.mark.parametrize("day", [TODAY - 300, TODAY, TODAY + 100])
def test_a_look_says_what_would_stand_there_were_the_definition_saved(
    shop: Building, text: str, day: Day
) -> None:
    before = everything(shop.conn)
    found = looked(Preview(shop.conn), text, day)
    assert everything(shop.conn) == before
    definitions.save(shop.conn, text, note="", made_at=MADE_AT, today=TODAY)
    assert found == stored(shop.conn, day)


@example_settings(max_examples=60, deadline=None)
@given(situations, situations)
def test_looks_agree_with_saving_for_random_definitions_and_ledgers(
    situation: Situation, other: Situation
) -> None:
    store = Store(situation.text, situation.events, 30)
    try:
        preview = Preview(store.conn)
        for text in (other.text, situation.text, other.text):
            found = looked(preview, text, 30)
            definitions.save(store.conn, text, note="", made_at=MADE_AT, today=30)
            assert found == stored(store.conn, 30)
    finally:
        store.close()


def test_a_large_ledger_is_read_for_each_look_with_the_same_answer(
    shop: Building, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = (WITHIN_90, VISITS, WINE)
    kept = [looked(Preview(shop.conn), text, TODAY) for text in texts]
    monkeypatch.setattr(what_if, "_MOST_EVENTS_KEPT", 1)
    monkeypatch.setattr(what_if, "_BLOCK", 1)
    preview = Preview(shop.conn)
    assert [looked(preview, text, TODAY) for text in texts] == kept


def test_the_difference_names_who_moves_and_the_money_of_a_year(shop: Building) -> None:
    found = difference(shop.conn, parse(WITHIN_90), parse(VISITS), TODAY)
    assert (found.before_counts[Status.ACTIVE], found.after_counts[Status.ACTIVE]) == (1, 1)
    told = {
        (move.before, move.after): (who.tolist(), move.year_spend)
        for move, who in zip(found.moves, found.who, strict=True)
    }
    # nobody can be called inactive for want of visits before the first visit is 90 days old
    assert told[Status.ACTIVE, Status.UNKNOWN] == ([1], 100)
    assert told[Status.INACTIVE, Status.ACTIVE] == ([2], 900)
    assert difference(shop.conn, parse(WITHIN_90), parse(WITHIN_90), TODAY).moves == ()


def test_a_definition_that_differs_in_words_only_is_not_worked_out_again(shop: Building) -> None:
    preview, ticks = Preview(shop.conn), []
    preview.look(parse(WITHIN_90), TODAY, lambda: ticks.append(1))
    worked = len(ticks)
    preview.look(parse("# a remark\n" + WITHIN_90.replace("Slow", "Calm")), TODAY, lambda: ticks.append(1))
    assert len(ticks) == worked > 0


def test_progress_grows_to_its_end_and_can_stop_the_work(shop: Building) -> None:
    told: list[tuple[int, int]] = []
    difference(shop.conn, parse(WITHIN_90), parse(WINE), TODAY, lambda *step: told.append(step))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    preview = Preview(shop.conn)
    with pytest.raises(KeyboardInterrupt):
        preview.difference(parse(WITHIN_90), parse(WINE), TODAY, stop)
    assert not shop.conn.in_transaction
    assert looked(preview, WINE, TODAY)[1] == Status.ACTIVE


def test_a_preview_knows_when_the_ledger_is_another_one(shop: Building) -> None:
    preview = Preview(shop.conn)
    looked(preview, WITHIN_90, TODAY)
    assert preview.serves(shop.conn)
    other = open_store(shop.path, today=TODAY)
    assert not preview.serves(other)
    other.execute("UPDATE event SET day = day + 1")
    other.commit()
    other.close()
    assert not preview.serves(shop.conn)
    again = Preview(shop.conn)
    shop.event(1, "visit", TODAY)
    assert not again.serves(shop.conn)
    shop.conn.rollback()


def test_an_empty_store_has_nobody_to_look_at(tmp_path: Path) -> None:
    conn = Building(tmp_path / "empty.db").ready()
    found = difference(conn, parse(WITHIN_90), parse(VISITS), TODAY)
    assert (found.moves, found.before_base, found.after_base) == ((), 0, 0)
    conn.close()


