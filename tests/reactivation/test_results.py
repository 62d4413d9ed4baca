"""Results of playbooks: counted by row, period and window, beside those who come back by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from activetui.ledger.days import from_iso
from activetui.reactivation.ranking.natural import chances
from activetui.reactivation.results.result_types import By, Key, Result, Results
from activetui.reactivation.results.results import results
from activetui.store.other_days.as_of import look_from
from tests.reactivation.work_done import begin
from tests.store.building import TODAY, Building

NO_ANSWER, CALLED = ("no_answer", "coming_back")


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    """A shop that has sold something to somebody yesterday: what came before is known."""
    building = Building(tmp_path / "shop.db")
    building.event(building.customer("Somebody"), on=TODAY - 1, amount=100)
    return building


def bought(shop: Building, name: str, *days: str, amount: int = 1_000, **columns: object) -> int:
    customer = shop.customer(name, **columns)
    for day in days:
        shop.event(customer, on=day, amount=amount)
    return customer


def by_key(found: Results) -> dict[Key, Result]:
    return {row.key: row for row in found.rows}


def test_a_share_is_of_those_contacted_whose_window_is_over(shop: Building) -> None:
    back = bought(shop, "Back", "2026-01-01", "2026-04-20")
    begin(shop, back, "regular", "2026-04-01", [("2026-04-02", "phone", CALLED)])
    away = bought(shop, "Away", "2026-01-01")
    begin(shop, away, "regular", "2026-04-01", [("2026-04-02", "phone", "")])
    soon = bought(shop, "Back, still in the window", "2026-01-01", "2026-11-10")
    begin(shop, soon, "regular", "2026-11-01", [("2026-11-02", "phone", CALLED)])
    early = bought(shop, "Not back, still in the window", "2026-01-01")
    tries = [("2026-11-02", "phone", NO_ANSWER), ("2026-11-05", "phone", "")]
    begin(shop, early, "regular", "2026-11-01", tries)
    alone = bought(shop, "Came without a word", "2026-01-01", "2026-05-01")
    begin(shop, alone, "regular", "2026-04-01")
    never = bought(shop, "Never reached", "2026-01-01")
    begin(shop, never, "regular", "2026-04-01", [("2026-04-03", "phone", NO_ANSWER)])
    row = by_key(results(shop.ready(), TODAY))[Key("regular")]
    assert (row.begun, row.not_contacted, row.by_themselves, row.contacted) == (6, 1, 1, 4)
    assert (row.reached, row.won_back, row.too_early) == (2, 2, 1)
    assert row.share is not None and (row.share.number, row.share.n) == (1, 2)
    assert row.revenue == 2_000


def test_nothing_is_over_of_which_sales_are_not_known_yet(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    away = bought(shop, "Away", "2026-01-01", "2026-03-01")
    begin(shop, away, "regular", "2026-04-01", [("2026-04-02", "phone", "")])
    found = results(shop.ready(), TODAY)
    assert found.known_to == from_iso("2026-03-01")
    assert found.whole.share is None and found.whole.too_early == 1


def test_a_return_that_was_refunded_wholly_is_none(shop: Building) -> None:
    back = bought(shop, "Back", "2026-01-01")
    shop.event(back, on="2026-04-10", amount=5_000, refunded=5_000)
    begin(shop, back, "regular", "2026-04-01", [("2026-04-02", "phone", "")])
    partly = bought(shop, "Partly", "2026-01-01")
    shop.event(partly, on="2026-04-10", amount=5_000, refunded=2_000)
    begin(shop, partly, "regular", "2026-04-01", [("2026-04-02", "phone", "")])
    whole = results(shop.ready(), TODAY).whole
    assert (whole.won_back, whole.revenue) == (1, 3_000)


def test_as_of_a_day_nothing_later_is_known(shop: Building) -> None:
    back = bought(shop, "Back", "2026-01-01", "2026-04-20")
    begin(shop, back, "regular", "2026-04-01",
          [("2026-04-02", "phone", ""), ("2026-04-25", "email", "")])
    conn = shop.ready()
    states = {}
    for day in ("2026-03-31", "2026-04-01", "2026-04-10", "2026-04-20"):
        look_from(conn, from_iso(day))
        whole = results(conn, from_iso(day)).whole
        states[day] = (whole.begun, whole.not_contacted, whole.too_early, whole.won_back)
    assert states == {
        "2026-03-31": (0, 0, 0, 0), "2026-04-01": (1, 1, 0, 0), "2026-04-10": (1, 0, 1, 0),
        "2026-04-20": (1, 0, 0, 1),
    }


def test_by_step_and_channel_the_last_contact_before_the_return_has_it(shop: Building) -> None:
    steps = [("2026-04-02", "phone", ""), ("2026-04-09", "email", ""), ("2026-05-02", "email", "")]
    first = bought(shop, "At once", "2026-01-01", "2026-04-05")
    begin(shop, first, "regular", "2026-04-01", steps[:1])
    second = bought(shop, "After the letter", "2026-01-01", "2026-04-19")
    begin(shop, second, "regular", "2026-04-01", steps[:2])
    never = bought(shop, "Never", "2026-01-01")
    begin(shop, never, "regular", "2026-04-01", steps)
    conn = shop.ready()

    def shares(by: By) -> dict[tuple[int | None, str | None], tuple[float, int]]:
        return {
            (row.key.step, row.key.channel): (row.share.number, row.share.n)
            for row in results(conn, TODAY, by=by).rows if row.share is not None
        }

    assert shares(By.STEP) == {(0, None): (1, 3), (1, None): (1, 2), (2, None): (0, 1)}
    assert shares(By.CHANNEL) == {(None, "email"): (1, 2), (None, "phone"): (1, 3)}


def test_reasons_and_months_and_what_began_outside_rounds(shop: Building) -> None:
    for reason, day in (("price", "2026-03-02"), ("price", "2026-04-02"), ("", "2026-04-03")):
        customer = bought(shop, "Ana", "2026-01-01")
        begin(shop, customer, "regular", "2026-03-01", [(day, "phone", "")], reason=reason)
    conn = shop.ready()
    reasons = results(conn, TODAY, by=By.REASON).rows
    assert [(row.key.reason, row.contacted) for row in reasons] == [("price", 2), ("", 1)]
    months = results(conn, TODAY, by=By.MONTH).rows
    assert [(row.key.month, row.contacted) for row in months] == [
        (from_iso("2026-04-01"), 2), (from_iso("2026-03-01"), 1),
    ]
    assert [(row.key.round, row.contacted) for row in results(conn, TODAY, by=By.ROUND).rows] == [(0, 3)]


def test_a_period_is_that_of_the_first_contact(shop: Building) -> None:
    customer = bought(shop, "Ana", "2026-01-01", "2026-05-20")
    begin(shop, customer, "regular", "2026-03-30", [("2026-04-02", "phone", ""), ("2026-05-02", "email", "")])
    conn = shop.ready()

    def won(since: str, until: str) -> int:
        return results(conn, TODAY, since=from_iso(since), until=from_iso(until)).whole.won_back

    assert won("2026-04-02", "2026-04-02") == 1
    assert won("2026-04-03", "2026-12-31") == 0
    assert won("2026-03-01", "2026-04-01") == 0
    assert results(conn, TODAY, playbook_key="lost").whole.begun == 0


def test_the_rows_of_playbooks_add_up_to_the_whole(shop: Building) -> None:
    for number in range(12):
        customer = bought(shop, str(number), "2026-01-01", *(["2026-04-20"] if number % 3 else []))
        begin(shop, customer, ("regular", "lost", "gone_since")[number % 3], "2026-04-01",
              [("2026-04-02", "phone", "")] if number % 4 else [])
    found = results(shop.ready(), TODAY)
    figures = "begun", "not_contacted", "by_themselves", "contacted", "won_back", "too_early", "revenue"
    for figure in figures:
        assert getattr(found.whole, figure) == sum(getattr(row, figure) for row in found.rows)
    assert set(found.plans) == {"regular", "lost"}


def test_two_customers_who_are_one_are_won_back_once(shop: Building) -> None:
    from activetui.store.same_person.merging import merge_customers, unmerge

    one, other = bought(shop, "Ana", "2026-01-01"), bought(shop, "A. Sousa", "2026-01-02", "2026-04-20")
    for customer in (one, other):
        begin(shop, customer, "regular", "2026-04-01", [("2026-04-02", "phone", "")])
    conn = shop.ready()
    merge_customers(conn, one, other, today=TODAY, made_at="2026-11-22T10:00:00Z")
    whole = results(conn, TODAY).whole
    assert (whole.won_back, whole.revenue) == (1, 1_000)
    unmerge(conn, other, today=TODAY, made_at="2026-11-22T10:00:00Z")
    assert results(conn, TODAY).whole.won_back == 1


def silent(shop: Building, many: int, returning: int) -> None:
    """So many customers of 2024 and 2025, each with a silence of 60 days; so many came back after 80."""
    for number in range(many):
        days = ["2025-02-01"] + (["2025-04-22"] if number < returning else [])
        bought(shop, f"silent {number}", *days)


def test_beside_nature_stand_those_silent_as_long_before_the_first_contact(shop: Building) -> None:
    silent(shop, 200, 40)
    for number in range(20):
        customer = bought(shop, f"tried {number}", "2026-01-31", *(["2026-05-01"] if number < 9 else []))
        outcome = "" if number else NO_ANSWER
        begin(shop, customer, "regular", "2026-04-01", [("2026-04-02", "phone", outcome)])
    conn = shop.ready()
    beside = results(conn, TODAY).whole.beside
    assert beside is not None
    # silent from 31 January to the evening of 1 April, back from 2 April to the 90th day after it
    chance = chances(conn, from_iso("2026-04-02"), 91).of(60, 1)
    assert (beside.n, beside.returned, beside.not_known) == (20, 9, 0)
    assert beside.expected == pytest.approx(20 * chance.returned / chance.n)
    assert beside.silences == chance.n
    assert beside.difference.value == pytest.approx(9 / 20 - chance.returned / chance.n)
    assert results(conn, TODAY, by=By.REASON).rows[0].beside is None


def test_beside_nature_nothing_stands_of_which_too_little_is_known(shop: Building) -> None:
    customer = bought(shop, "Ana", "2026-01-31")
    begin(shop, customer, "regular", "2026-04-01", [("2026-04-02", "phone", "")])
    assert results(shop.ready(), TODAY).whole.beside is None


def test_of_tries_that_overlap_the_first_stands_beside_nature(shop: Building) -> None:
    silent(shop, 200, 40)
    customer = bought(shop, "Ana", "2026-01-31")
    begin(shop, customer, "regular", "2026-04-01", [("2026-04-02", "phone", "")])
    begin(shop, customer, "lost", "2026-05-01", [("2026-05-02", "phone", "")])
    beside = results(shop.ready(), TODAY).whole.beside
    assert beside is not None and beside.n + beside.not_known == 1


def test_by_what_was_known_then_a_later_entered_return_was_none_yet(shop: Building) -> None:
    back = bought(shop, "Back", "2026-01-01")
    begin(shop, back, "regular", "2026-04-01", [("2026-04-02", "phone", "")])
    shop.event(back, on="2026-04-10", amount=700, entered=from_iso("2026-06-01"))
    conn, day = shop.ready(), from_iso("2026-05-01")
    look_from(conn, day)
    assert results(conn, day).whole.won_back == 1
    look_from(conn, day, known_then=True)
    whole = results(conn, day).whole
    assert (whole.won_back, whole.too_early) == (0, 1)
