"""The chance of losing a silent customer, from the ledger's own past."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from activetui.activity.past.natural_return import Silences
from activetui.ledger.days import Day, from_iso
from activetui.reactivation.ranking import natural
from activetui.reactivation.ranking.natural import Chance, Chances, chances
from activetui.store.kept_figures import kept
from activetui.store.other_days.as_of import look_from
from tests.store.building import TODAY, Building

FIRST_OF_MONTH = from_iso("2026-11-01")


def silences(*n: int, returned: int = 0) -> Silences:
    return Silences(n, (returned,) * len(n))


SOME = Chances(90, 0, (
    silences(90, 50, 40, 20, 9, returned=9),       # after one purchase
    silences(60, 35, 12, 6, 3, returned=3),        # 2 or 3
    silences(40, 12, 6, 3, 2, returned=2),         # 4 to 9
    silences(31, 11, 4, 2, 1, returned=1),         # 10 or more
))


@pytest.mark.parametrize(("silent", "purchases", "wanted"), [
    (0, 12, Chance(31, 1, 0, 10, None, 90)),
    (0, 9, Chance(40, 2, 0, 4, 9, 90)),
    (1, 3, Chance(35, 3, 1, 2, 3, 90)),
    (2, 1, Chance(40, 9, 2, 1, 1, 90)),
    (1, 12, Chance(58, 6, 1, 2, None, 90)),        # 11, and 23 with those of 4 to 9: too few
    (1, 4, Chance(58, 6, 1, 2, None, 90)),
    (2, 12, Chance(62, 15, 2, 1, None, 90)),
    (3, 1, Chance(31, 15, 3, 1, None, 90)),
])
def test_the_narrowest_group_of_which_enough_are_known(
    silent: int, purchases: int, wanted: Chance
) -> None:
    assert SOME.of(silent, purchases) == wanted


def test_a_longer_silence_than_anybody_watched_has_at_least_the_chance_of_the_longest() -> None:
    longest = Chance(31, 15, 3, 1, None, 90, longer=True)
    assert [SOME.of(silent, 5) for silent in (4, 5, 6)] == [longest] * 3
    unknown = SOME.of(7, 5)
    assert (unknown.known, unknown.share_lost, unknown.share_returned) == (False, 1.0, None)


def test_who_never_bought_and_whom_nobody_watched_have_no_known_chance() -> None:
    assert not SOME.of(None, 0).known
    assert not SOME.of(3, 0).known
    assert not Chances(90, None, ()).of(3, 5).known


def test_parts_in_words() -> None:
    assert SOME.of(1, 3).group == "1 day of silence after 2 to 3 purchases"
    assert SOME.of(2, 1).group == "2 days of silence after one purchase"
    assert SOME.of(1, 12).purchases == "2 or more purchases"
    assert SOME.of(2, 12).purchases == "any number of purchases"


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    """Forty customers who bought once two years ago; ten of them again after 20 days."""
    building = Building(tmp_path / "shop.db")
    for number in range(40):
        customer = building.customer(f"C{number}")
        building.event(customer, on="2024-11-10", amount=1000)
        if number < 10:
            building.event(customer, on="2024-11-30", amount=1000)
    building.event(None, on="2026-10-31", amount=1000)
    return building


def last_purchase(shop: Building, on: str) -> None:
    """Somebody buys, so that the ledger is watched up to that day."""
    shop.event(shop.customer("Late"), on=on, amount=1)


def test_the_chance_is_from_the_purchases_up_to_the_end_of_the_last_month(shop: Building) -> None:
    last_purchase(shop, "2025-06-01")
    conn = shop.ready()
    found = chances(conn, TODAY)
    assert found.end == from_iso("2025-06-01")          # a walk-in is nobody's silence
    assert found.of(15, 1) == Chance(40, 10, 15, 1, 1, 90)
    assert found.of(20, 1) == Chance(30, 0, 20, 1, 1, 90)
    assert chances(conn, TODAY, horizon=4).of(15, 1) == Chance(40, 0, 15, 1, 1, 4)
    assert chances(conn, from_iso("2024-12-31")).end == from_iso("2024-11-30")
    assert chances(conn, from_iso("2024-11-30")) == Chances(90, None, ())


def test_the_whole_month_has_one_answer(shop: Building) -> None:
    last_purchase(shop, "2026-11-03")
    conn = shop.ready()
    assert chances(conn, TODAY) == chances(conn, FIRST_OF_MONTH)
    assert chances(conn, from_iso("2026-12-01")).end == from_iso("2026-11-03")


def read_again(conn: sqlite3.Connection) -> bool:
    """Whether the next answer reads the purchases anew."""
    told: list[int] = []
    chances(conn, TODAY, progress=lambda done, _all: told.append(done))
    return bool(told)


def test_it_is_kept_until_an_earlier_purchase_changes(shop: Building) -> None:
    conn = shop.ready()
    assert [read_again(conn), read_again(conn)] == [True, False]
    for number, day in ((901, FIRST_OF_MONTH), (902, FIRST_OF_MONTH - 1)):
        import_of_one(conn, number, day)
        assert read_again(conn) == (day < FIRST_OF_MONTH)
    assert not read_again(conn)


def import_of_one(conn: sqlite3.Connection, number: int, day: Day) -> None:
    """A batch with one purchase, of the first customer."""
    conn.execute(
        "INSERT INTO batch (made_at, source_id, file_name, file_hash, system, assumptions, counts,"
        " first_event, last_event) VALUES ('', 1, '', '', '', '', '', ?1, ?1)", (number,),
    )
    conn.execute(
        "INSERT INTO event (id, customer_id, kind, day, recorded, source_id, key) VALUES (?1, 1, 1, ?2, 0, 1,"
        " 'new:' || ?1)", (number, day),
    )
    conn.commit()


def test_what_left_the_purchases_as_they_were_is_looked_at_once(shop: Building) -> None:
    conn = shop.ready()
    chances(conn, TODAY)
    before = kept(conn, "natural_return_90", FIRST_OF_MONTH)
    assert before is not None
    import_of_one(conn, 901, FIRST_OF_MONTH)
    assert not read_again(conn)
    after = kept(conn, "natural_return_90", FIRST_OF_MONTH)
    assert after is not None
    assert after.figures == before.figures
    assert after.mark != before.mark
    assert not read_again(conn)


def test_what_was_known_then_is_asked_of_the_ledger_of_then(shop: Building) -> None:
    last_purchase(shop, "2025-06-01")
    conn = shop.ready()
    conn.execute("UPDATE event SET entered = day")
    conn.execute("UPDATE event SET entered = ? WHERE day = ?", (TODAY, from_iso("2024-11-30")))
    conn.commit()
    now = chances(conn, TODAY)
    look_from(conn, TODAY - 1, known_then=True)
    then = chances(conn, TODAY - 1)
    assert (now.of(15, 1).returned, then.of(15, 1).returned) == (10, 0)
    look_from(conn, TODAY)
    assert chances(conn, TODAY) == now


def test_long_silences_that_nobody_can_judge_are_not_kept(shop: Building) -> None:
    last_purchase(shop, "2026-10-31")
    conn = shop.ready()
    found = chances(conn, TODAY)
    again = chances(conn, TODAY)
    assert found == again
    assert {len(part.n) for part in again.silences} == {found.longest + 1}
    assert found.longest == FIRST_OF_MONTH - 1 - natural.HORIZON - from_iso("2024-11-10")
