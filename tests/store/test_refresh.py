"""What is stored of statuses and figures stays equal to what ledger and definition say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from activetui.activity.status import Status
from activetui.ledger.days import FAR_FUTURE, FAR_PAST, from_iso
from activetui.store import settings
from activetui.store.facts import spans
from activetui.store.facts.derived import changes_of
from activetui.store.facts.refresh import refresh, refresh_all, roll
from activetui.store.opening.file import transaction
from activetui.store.other_days import as_of
from tests.store.building import TODAY, Building, derived
from tests.store.random_stores import Situation, Store, apply, days, situations

slow = example_settings(max_examples=40, deadline=None)
WITHIN_30 = 'name = "Shop"\n[active]\nany = [{ event = "purchase", within_days = 30 }]\n'


@slow
@given(situations, days)
def test_after_any_change_the_touched_alone_give_what_everyone_anew_would(
    situation: Situation, today: int
) -> None:
    store = Store(situation.text, situation.events, today)
    try:
        for change in situation.changes:
            with transaction(store.conn):
                touched = apply(store, change)
                refresh(store.conn, sorted(touched), store.today)
            assert derived(store.conn) == store.from_scratch(store.today), change
    finally:
        store.close()


@slow
@given(situations, days, st.integers(1, 40))
def test_rolling_to_a_later_day_gives_what_everyone_anew_would(
    situation: Situation, today: int, later: int
) -> None:
    store = Store(situation.text, situation.events, today)
    try:
        with transaction(store.conn):
            roll(store.conn, today + later)
        assert settings.facts_day(store.conn) == today + later
        assert derived(store.conn) == store.from_scratch(today + later)
    finally:
        store.close()


def test_nothing_is_due_until_something_changes(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db", definition=WITHIN_30)
    ana = shop.customer("Ana")
    shop.event(ana, "purchase", TODAY - 10, amount=1000)
    conn = shop.ready()
    with transaction(conn):
        assert roll(conn, TODAY) == 0
        assert roll(conn, TODAY + 20) == 0      # day 30 after the purchase: the last active one
        assert roll(conn, TODAY + 21) == 1
    assert conn.execute("SELECT status, since FROM fact").fetchall() == [(Status.INACTIVE, TODAY + 21)]
    conn.close()


def test_an_event_that_was_ahead_counts_when_its_day_has_come(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db", definition=WITHIN_30)
    ana = shop.customer("Ana")
    shop.event(ana, "booking", TODAY + 5, recorded=TODAY)
    conn = shop.ready()
    assert conn.execute("SELECT last_event FROM fact").fetchone() == (None,)
    with transaction(conn):
        assert roll(conn, TODAY + 5) == 1
    assert conn.execute("SELECT last_event FROM fact").fetchone() == (TODAY + 5,)
    conn.close()


def test_a_clock_that_went_back_looks_back_and_leaves_the_stored_facts(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db", definition=WITHIN_30)
    ana = shop.customer("Ana")
    shop.event(ana, "purchase", TODAY - 31, amount=1000)
    conn = shop.ready()
    stored = derived(conn)
    with transaction(conn):
        assert roll(conn, TODAY - 5) == 0
    assert as_of.day_of(conn) == TODAY - 5
    assert conn.execute("SELECT status FROM fact").fetchone() == (Status.ACTIVE,)
    assert derived(conn) == stored
    conn.close()


def test_older_history_moves_the_start_of_the_ledger_and_so_everyone(tmp_path: Path) -> None:
    """Before 30 days of ledger nobody can be called inactive; older purchases of one make others knowable."""
    shop = Building(tmp_path / "shop.db", definition=WITHIN_30)
    ana, rui = shop.customer("Ana"), shop.customer("Rui")
    shop.event(ana, "purchase", "2026-06-01", amount=1000)
    conn = shop.ready()
    may = from_iso("2026-05-01")
    assert spans.status_on(conn, rui, may) is Status.UNKNOWN
    with transaction(conn):
        shop.event(ana, "purchase", "2025-01-01", amount=1000)
        refresh(conn, [ana], TODAY)
    assert spans.status_on(conn, rui, may) is Status.PROSPECT
    with transaction(conn):
        conn.execute("DELETE FROM event WHERE day < ?", (may,))
        refresh(conn, [ana], TODAY)
    assert spans.status_on(conn, rui, may) is Status.UNKNOWN
    conn.close()


def test_a_day_in_the_past_does_not_take_the_facts_back(tmp_path: Path) -> None:
    """All stored facts are for one day, also after a change that was made with an earlier `today`."""
    shop = Building(tmp_path / "shop.db", definition=WITHIN_30)
    ana, rui = shop.customer("Ana"), shop.customer("Rui")
    shop.event(ana, "purchase", TODAY - 31, amount=1000)
    shop.event(rui, "purchase", TODAY - 31, amount=1000)
    conn = shop.ready()
    with transaction(conn):
        refresh(conn, [ana], TODAY - 5)
    assert conn.execute("SELECT DISTINCT status FROM main.fact").fetchall() == [(Status.INACTIVE,)]
    assert conn.execute("SELECT DISTINCT status FROM fact").fetchall() == [(Status.ACTIVE,)]
    conn.close()


def test_the_far_ends_are_kept_as_changes_too(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db", definition=WITHIN_30)
    shop.event(shop.customer("Ana"), "purchase", TODAY, amount=1000)
    shop.customer("Rui")
    conn = shop.ready()
    on_day = "SELECT change FROM status_change WHERE day = ?"
    assert conn.execute(on_day, (FAR_PAST,)).fetchall() == [(2,)]
    assert sum(change for (change,) in conn.execute(on_day, (FAR_FUTURE,))) == -2
    assert conn.execute("SELECT count(*) FROM status_change WHERE change = 0").fetchone() == (0,)
    assert spans.counts_on(conn, TODAY - 1)[Status.UNKNOWN] == 2
    conn.close()


def test_progress_grows_to_its_end_and_an_error_in_it_cancels_all(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db", definition=WITHIN_30)
    for _number in range(3):
        shop.event(shop.customer(), "purchase", TODAY - 3, amount=1000)
    conn = shop.ready()
    before, told = derived(conn), []
    with transaction(conn):
        refresh_all(conn, TODAY + 1, lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[0][0] == 0 and told[-1][0] == told[-1][1]

    def cancel(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with transaction(conn):
        refresh_all(conn, TODAY)
    with pytest.raises(KeyboardInterrupt), transaction(conn):
        refresh_all(conn, TODAY + 9, cancel)
    assert derived(conn) == before
    assert settings.facts_day(conn) == TODAY
    conn.close()


def test_the_schema_is_as_it_was_after_everyone_was_worked_out(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    schema = "SELECT type, name, tbl_name, sql FROM main.sqlite_schema ORDER BY name"
    before = shop.conn.execute(schema).fetchall()
    assert shop.ready().execute(schema).fetchall() == before
    shop.conn.close()


@slow
@given(
    st.lists(st.tuples(st.sampled_from((FAR_PAST, -700_000, 3, 4, 9)), st.integers(0, 7)), max_size=9),
    st.sampled_from((1, 50_000)),
)
def test_changes_are_one_more_at_each_start_and_one_less_at_each_end(
    begun: list[tuple[int, int]], many: int
) -> None:
    """Whether the days are counted in a grid or, being far apart, sorted."""
    ends = [FAR_FUTURE if number % 3 else start + number + 1 for number, (start, _status) in enumerate(begun)]
    starts, statuses = [start for start, _status in begun], [status for _start, status in begun]
    expected = Counter(zip(statuses, starts, strict=True))
    expected.subtract(zip(statuses, ends, strict=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("activetui.store.facts.derived._MANY_DAYS", many)
        found = changes_of(*(np.array(column, dtype=np.int32) for column in (starts, ends, statuses)))
    assert list(found.rows()) == sorted((*place, change) for place, change in expected.items() if change)
