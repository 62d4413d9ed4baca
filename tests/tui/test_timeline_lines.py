"""What stands in the lists of the timeline, and who is next to whom in a list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.insights.customer_story import gaps
from activetui.ledger.days import from_iso, to_date
from activetui.ledger.kinds import KIND_OF_WORD
from activetui.store.events import EventRow
from activetui.store.opening.file import open_store
from activetui.store.other_days.as_of import look_from
from activetui.tui.list_place import ListPlace, neighbour
from activetui.tui.reading import Connection
from activetui.tui.screens.timeline.events import EventLine, Wanted, YearLine, lines_of
from activetui.tui.screens.timeline.story import story_of
from activetui.tui.screens.timeline.words import buying_content
from tests.insights.test_customer_story import event
from tests.store.building import TODAY, Building

DAYS = st.integers(from_iso("1990-01-01"), TODAY)
WORDS = ("purchase", "contact", "complaint", "review")
MADE = st.lists(st.tuples(DAYS, st.sampled_from(WORDS), st.sampled_from(("", "Oil", "Bread"))), max_size=40)


def ledger(made: list[tuple[int, str, str]]) -> list[EventRow]:
    """Events, the newest first, as the store gives them."""
    found = [
        event(number, day, kind=KIND_OF_WORD[word], kind_word=word, product=product)
        for number, (day, word, product) in enumerate(made, start=1)
    ]
    return sorted(found, key=lambda each: (-each.day, -each.id))


@given(MADE, st.frozensets(st.sampled_from(WORDS)), st.sampled_from(("", "Oil")), st.sets(DAYS, max_size=3))
def test_every_wanted_event_stands_once_below_the_heading_of_its_year(
    made: list[tuple[int, str, str]], kinds: frozenset[str], product: str, folded: set[int]
) -> None:
    events = ledger(made)
    wanted = Wanted(kinds, product, {to_date(day).year for day in folded})
    lines = lines_of(events, wanted, gaps(events), "EUR")
    expected = [
        each for each in events
        if (not kinds or each.kind_word in kinds) and (not product or each.product == product)
    ]
    shown = [line.event for line in lines if isinstance(line, EventLine)]
    assert shown == [each for each in expected if to_date(each.day).year not in wanted.folded]
    assert sum(line.events for line in lines if isinstance(line, YearLine)) == len(expected)
    year = 0
    for line in lines:
        if isinstance(line, YearLine):
            assert line.year < year or not year, "each year once, the latest first"
            year = line.year
        else:
            assert to_date(line.event.day).year == year


@given(MADE)
def test_a_day_is_said_once(made: list[tuple[int, str, str]]) -> None:
    lines = lines_of(ledger(made), Wanted(), {}, "EUR")
    said = [line.event.day for line in lines if isinstance(line, EventLine) and line.first_of_day]
    assert sorted(said) == sorted({day for day, _word, _product in made})


@pytest.fixture
def conn(shop: Path) -> Iterator[Connection]:
    found = open_store(shop, today=TODAY)
    yield found
    found.close()


def place(customer: int, at: int, query: str = "") -> ListPlace:
    return ListPlace(customer, query, "name", False, at, 4, TODAY, TODAY)


def test_a_list_is_gone_through_to_its_ends(conn: Connection) -> None:
    here: ListPlace | None = place(1, 0)
    names = []
    while here is not None:
        names.append((here.customer, here.at))
        here = neighbour(conn, here, 1)
    assert names == [(1, 0), (2, 1), (3, 2), (4, 3)]
    assert neighbour(conn, place(1, 0), -1) is None
    assert neighbour(conn, place(3, 2), -1) == place(2, 1)


def test_a_list_of_so_many_days_ago_counts_them_once(conn: Connection) -> None:
    look_from(conn, TODAY - 30)
    here = place(1, 0, "as-of:30d last>5d")._replace(day=TODAY - 30)
    after = neighbour(conn, here, 1)
    assert after is not None and (after.customer, after.at) == (2, 1)
    assert neighbour(conn, after, -1) == here


def test_one_who_has_left_the_list_is_followed_by_who_stands_there_now(conn: Connection) -> None:
    bought = "spend>50"     # Ana and Bruno, but for Clara, who was the second until now
    after = neighbour(conn, place(3, 1, bought), 1)
    before = neighbour(conn, place(3, 1, bought), -1)
    assert after is not None and (after.customer, after.at) == (2, 1)
    assert before is not None and (before.customer, before.at) == (1, 0)


def test_the_last_one_who_has_left_has_nobody_after(conn: Connection) -> None:
    assert neighbour(conn, place(3, 2, "spend>50"), 1) is None


def test_a_gap_stands_at_every_purchase_of_a_day() -> None:
    events = [event(2, "2026-01-11"), event(1, "2026-01-01")]
    lines = lines_of(events, Wanted(), gaps(events), "EUR")
    assert [line.gap for line in lines if isinstance(line, EventLine)] == [10, None]


def test_who_pays_by_subscription_alone_is_not_said_to_pay_nothing(tmp_path: Path) -> None:
    shop = Building(tmp_path / "club.db")
    ana = shop.customer("Ana")
    shop.event(ana, "subscription", "2026-11-05", amount=2_900, until="2026-12-04", product="Pro")
    pays = "Pays €29.00 a month by subscription, €348.00 a year"
    assert bought(shop, ana) == f"No purchase yet. {pays}"
    shop.event(ana, "purchase", "2026-11-06", amount=700)
    assert bought(shop, ana) == f"1 purchase €7.00 since 6 Nov 2026 · {pays} · €7.00 in the last year"


def bought(shop: Building, customer: int) -> str:
    """The line of sums of the Timeline."""
    story = story_of(shop.ready(), customer, TODAY, TODAY)
    assert story is not None
    return str(buying_content(story.card, story.subscriptions))
