"""Trends of segments, who entered and left and why, and two of them side by side."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from statistics import median

import pytest

from activetui.activity.status import Status
from activetui.insights.bridge import month_ends
from activetui.insights.segment_comparison import Comparison, compare
from activetui.insights.segment_history import Changes, Trend, changes, changes_since, trends
from activetui.ledger.days import iso
from activetui.ledger.errors import OwnerError
from activetui.segments import library
from activetui.segments.asking import ask
from activetui.store.facts import spans
from activetui.store.listing import people
from activetui.store.opening.connection import connect_again
from activetui.store.opening.file import open_store
from activetui.store.other_days import as_of
from tests.store.building import TODAY, Building, day_of

QUERIES = (
    "status:inactive", "last>60d", "spend>500", "year>200 -kind:complaint", "type:vip or type:loyal",
    "complaint:open", "active:yes was:inactive,lost", "-(rhythm<20 or status:lost)", "purchases:1",
    "tag:vip", "renewal<=30d", "ana",
)
MONTH_AGO = day_of("2026-10-31")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo."""
    source = Path(__file__).parents[2] / "demo.db"
    return Path(shutil.copy(source, tmp_path_factory.mktemp("demo") / "demo.db"))


@pytest.fixture
def now(demo: Path) -> sqlite3.Connection:
    """The demo, seen from today."""
    return open_store(demo, today=TODAY)


def looking(conn: sqlite3.Connection, day: int) -> sqlite3.Connection:
    other = connect_again(conn)
    as_of.look_from(other, day)
    return other


def found(conn: sqlite3.Connection, text: str, day: int) -> set[int]:
    return set(people.ids(conn, ask(conn, text, day).clause, "id"))


def told(conn: sqlite3.Connection, text: str, since: int = MONTH_AGO, day: int = TODAY) -> Changes:
    return changes(looking(conn, since), looking(conn, day), text, since, day)


# -- trends -----------------------------------------------------------------------------------------------


def test_a_point_of_a_trend_is_what_the_list_of_that_day_finds(now: sqlite3.Connection) -> None:
    trending = looking(now, TODAY)
    known = trends(trending, QUERIES, TODAY)
    assert as_of.day_of(trending) == TODAY
    for day in month_ends(TODAY, 12)[::4]:
        then = looking(now, day)
        for text, trend in zip(QUERIES, known, strict=True):
            total = dict(trend.points)[day]
            if total is not None:
                assert total == people.totals(then, [ask(then, text, day).clause])[0], (text, iso(day))


def test_the_statuses_of_a_trend_are_those_of_the_spans(now: sqlite3.Connection) -> None:
    known = trends(now, [f"status:{status.word}" for status in Status], TODAY)
    for status, trend in zip(Status, known, strict=True):
        for day, total in trend.points:
            assert total is not None
            assert total.customers == spans.counts_on(now, day)[status]


def test_what_has_no_date_has_no_trend(now: sqlite3.Connection) -> None:
    tagged, mixed = trends(now, ["tag:vip", "tag:vip active:yes"], TODAY)
    assert [point.total is None for point in tagged.points] == [True] * 12 + [False]
    assert tagged.change is None
    assert all(point.total is not None for point in mixed.points)
    assert mixed.reach is not None
    assert mixed.reach.undated


def test_nothing_is_told_before_the_ledger_reaches_back(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    for number, day in enumerate(("2026-06-20", "2026-08-01", "2026-11-10")):
        shop.event(shop.customer(f"n{number}"), "purchase", day, amount=100)
    conn = shop.ready()
    spend, silent, status, broken = trends(conn, ["spend>0", "last>60d", "status:active", "spnd>1"], TODAY)

    def first(trend: Trend) -> str:
        return iso(next(day for day, total in trend.points if total is not None)) or ""

    assert (first(spend), first(silent)) == ("2026-06-30", "2026-08-31")
    assert status.told_from is not None
    assert status.told_from > day_of("2026-06-20")
    assert first(status) >= (iso(status.told_from) or "")
    assert broken.reach is None
    assert all(total is None for _day, total in broken.points)
    assert spend.change == 2


def test_an_empty_ledger_tells_of_today_only(tmp_path: Path) -> None:
    conn = Building(tmp_path / "shop.db").ready()
    [trend] = trends(conn, ["spend>0"], TODAY)
    assert [total for _day, total in trend.points] == [None] * 12 + [(0, 0, 0)]


def test_a_trend_can_be_stopped(now: sqlite3.Connection) -> None:
    def stop(done: int, of: int) -> None:
        if done == 2:
            raise OwnerError("enough")

    with pytest.raises(OwnerError, match="enough"):
        trends(now, ["spend>0"], TODAY, progress=stop)


# -- changes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", QUERIES)
def test_changes_reconcile_and_name_a_reason_for_everyone(now: sqlite3.Connection, text: str) -> None:
    got = told(now, text)
    before, after = found(looking(now, MONTH_AGO), text, MONTH_AGO), found(now, text, TODAY)
    assert {move.person.id for move in got.entered.named} == after - before
    assert {move.person.id for move in got.left.named} == before - after
    assert got.before.customers + got.entered.total.customers - got.left.total.customers == (
        got.after.customers
    )
    for side in (got.entered, got.left):
        assert all(move.causes and all(move.words) for move in side.named)
        years = [move.person.year_spend for move in side.named]
        assert years == sorted(years, reverse=True)
        assert sum(number for _words, number in side.by_cause) >= side.total.customers
        assert sum(years) == side.total.year_spend


def test_the_reasons_are_those_that_the_two_days_show(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    ana, rui, eva = (shop.customer(name) for name in ("Ana", "Rui", "Eva"))
    for customer in (ana, rui, eva):
        shop.event(customer, "purchase", "2026-09-10", amount=40_000)
    shop.event(ana, "purchase", "2026-11-05", amount=20_000)
    shop.event(rui, "purchase", "2026-11-06", amount=20_000)
    shop.event(rui, "complaint", "2026-11-07")
    conn = shop.ready()
    rich = told(conn, "spend>500 -kind:complaint")
    assert [(move.person.name, move.words) for move in rich.entered.named] == [
        ("Ana", ("spend rose from €400.00 to €600.00",))
    ]
    assert rich.entered.by_cause == (("spend", 1),)
    calm = told(conn, "purchases:1..9 -kind:complaint")
    assert [(move.person.name, move.words) for move in calm.left.named] == [
        ("Rui", ("complaint on 7 Nov",))
    ]
    silent = told(conn, "last>60d")
    assert [(move.person.name, move.words) for move in silent.entered.named] == [
        ("Eva", ("last bought on 10 Sept, 73 days ago",))
    ]
    assert not silent.left.named


def test_changes_say_where_the_ledger_begins_too_late_for_the_day_before(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    shop.event(shop.customer("Ana"), "purchase", "2026-11-05", amount=40_000)
    conn = shop.ready()
    [note] = told(conn, "status:new").notes
    assert note.startswith("Can't say before") and "does not reach back" in note
    [note] = told(conn, "type:loyal").notes
    assert "5 Nov 2027" in note, "a year of five purchases cannot be told before a year has gone"
    shop.event(shop.customer("Rui"), "purchase", "2024-11-05", amount=40_000)
    assert told(shop.ready(), "status:new").notes == ()


def test_the_reasons_reach_into_segments_that_a_query_asks_for(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    for name, amount in (("Ana", 20_000), ("Rui", 100)):
        shop.event(shop.customer(name), "purchase", "2026-09-10", amount=40_000)
        shop.event(shop.conn.execute("SELECT max(id) FROM customer").fetchone()[0], "purchase",
                   "2026-11-05", amount=amount)
    conn = shop.ready()
    library.save(conn, "Rich", "spend>500", made_at="2026-11-22T10:00:00Z")
    library.save(conn, "Silent", "last>60d", made_at="2026-11-22T10:00:00Z")
    found = told(conn, "segment:Rich -segment:Silent")
    assert [(move.person.name, move.words) for move in found.entered.named] == [
        ("Ana", ("spend rose from €400.00 to €600.00",))
    ]


def test_a_list_of_a_day_of_its_own_has_no_changes(now: sqlite3.Connection) -> None:
    with pytest.raises(OwnerError, match="day of its own"):
        told(now, "as-of:2026-03-31 status:inactive")


def test_only_the_dearest_are_named_but_all_are_counted(now: sqlite3.Connection) -> None:
    whole = told(now, "status:inactive").entered
    some = changes(
        looking(now, MONTH_AGO), now, "status:inactive", MONTH_AGO, TODAY, most=2
    ).entered
    assert some.total == whole.total
    assert some.by_cause == whole.by_cause
    assert some.named == whole.named[:2]


def test_the_day_to_compare_with_is_the_end_of_the_month_before() -> None:
    assert changes_since(TODAY) == MONTH_AGO
    assert changes_since(day_of("2026-11-01")) == MONTH_AGO


# -- side by side -----------------------------------------------------------------------------------------


def side_by_side(conn: sqlite3.Connection, a: str, b: str) -> Comparison:
    return compare(conn, ask(conn, a, TODAY).clause, ask(conn, b, TODAY).clause, TODAY)


@pytest.mark.parametrize(("a", "b"), [
    ("type:vip", "status:at_risk"), ("spend>500", "country:PT"), ("", "active:yes"), ("id:0", "spend>0"),
])
def test_both_sides_are_what_their_lists_hold(now: sqlite3.Connection, a: str, b: str) -> None:
    got = side_by_side(now, a, b)
    first, second = found(now, a, TODAY), found(now, b, TODAY)
    assert got.both.customers == len(first & second)
    assert got.only_a.customers == len(first - second)
    assert got.only_b.customers == len(second - first)
    assert got.either == len(first | second)
    for text, side in ((a, got.a), (b, got.b)):
        members = people.page(now, ask(now, text, TODAY).clause, limit=-1)
        assert side.total == people.totals(now, [ask(now, text, TODAY).clause])[0]
        assert side.purchases == sum(person.purchases for person in members)
        assert side.statuses == people.status_counts(now, ask(now, text, TODAY).clause)
        rhythms = [person.rhythm for person in members if person.rhythm is not None]
        assert side.rhythm == (median(rhythms) if rhythms else None, len(rhythms))
        years = [person.year_spend for person in members]
        assert side.year_each == (median(years) if years else None, len(years))
        silences = [TODAY - person.last_purchase for person in members if person.last_purchase is not None]
        assert side.silent == (median(silences) if silences else None, len(silences))


def test_a_share_of_nobody_is_unknown(tmp_path: Path) -> None:
    conn = Building(tmp_path / "shop.db").ready()
    assert side_by_side(conn, "", "spend>0").a.share is None
