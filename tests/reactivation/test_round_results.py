"""What a round has made of a difference: everyone on the side of the coin, whatever became of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.ledger.days import Day
from activetui.reactivation.playbooks.playbook_types import Goal
from activetui.reactivation.results.result_types import By, Key
from activetui.reactivation.results.results import results
from activetui.reactivation.results.round_results import RoundResult, Verdict, round_result
from activetui.reactivation.results.shares import newcombe
from activetui.reactivation.rounds.round_rules import RoundRules
from activetui.store import rounds
from activetui.store.other_days.as_of import look_from
from activetui.store.privacy.forgetting import forget
from activetui.store.rounds import Side
from activetui.store.same_person.merging import merge_customers
from tests.reactivation.work_done import begin, insert
from tests.store.building import MADE_AT, TODAY, Building, day_of

START = day_of("2026-04-01")
WINDOW = 90
CONTACT, PEACE = Side.TO_CONTACT, Side.HELD_OUT


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    """A shop that has sold something to somebody yesterday: what came before is known."""
    building = Building(tmp_path / "shop.db")
    building.event(building.customer("Somebody"), on=TODAY - 1, amount=100)
    return building


def a_round(shop: Building, *, started: Day = START, ended: Day | None = None, to_contact: int = 0,
            held_out: int = 0, playbook: str = "regular") -> int:
    rules = RoundRules("", (Goal("purchase", 1),), "", None, to_contact, held_out)
    return insert(
        shop.conn, "playbook_round", playbook=playbook, name="", started=started, ended=ended, hold_out=20,
        window_days=WINDOW, seed="", rules=rules.text(),
    )


def drawn(shop: Building, number: int, side: Side, *bought: int, on: Day = START, calls: tuple[int, ...] = (),
          amount: int = 1_000) -> int:
    """A customer drawn on a side, who bought and was called so many days after the draw."""
    customer = shop.customer()
    shop.event(customer, on=on - 60, amount=500)
    insert(shop.conn, "round_member", round_id=number, customer_id=customer, held_out=int(side), drawn=on)
    for after in bought:
        shop.event(customer, on=on + after, amount=amount)
    if side is CONTACT:
        begin(shop, customer, "regular", on, [(on + after, "phone", "") for after in calls], round_id=number)
    else:
        for after in calls:
            shop.event(customer, "contact", on + after, action="out")
    return customer


def looked_at(shop: Building, number: int, day: Day = TODAY) -> RoundResult:
    conn = shop.ready()
    look_from(conn, day)
    found = rounds.round_of(conn, number)
    assert found is not None
    return round_result(conn, found, day)


def test_everyone_counts_where_the_coin_put_them(shop: Building) -> None:
    number = a_round(shop)
    drawn(shop, number, CONTACT, 10, calls=(1,))            # called and back
    drawn(shop, number, CONTACT, 10)                        # back before anybody called
    drawn(shop, number, CONTACT, 5, calls=(8,))             # back, then called
    drawn(shop, number, CONTACT, calls=(1, 8))              # called twice, away
    drawn(shop, number, CONTACT)                            # never called, away
    drawn(shop, number, PEACE, 20)                          # back by themselves
    drawn(shop, number, PEACE, 20, calls=(3,))              # called all the same, and back
    drawn(shop, number, PEACE)
    found = looked_at(shop, number)
    assert found.to_contact.share is not None and found.held_out.share is not None
    assert (found.to_contact.share.number, found.to_contact.share.n) == (3, 5)
    assert (found.held_out.share.number, found.held_out.share.n) == (2, 3)
    assert (found.to_contact.contacted, found.held_out.contacted) == (3, 1)
    assert (found.to_contact.revenue, found.held_out.revenue) == (3_000, 2_000)
    assert found.difference == newcombe(3, 5, 2, 3)
    assert found.verdict is Verdict.TOO_FEW


@pytest.mark.parametrize(("after", "counts"), [(0, 0), (1, 1), (WINDOW, 1), (WINDOW + 1, 0)])
def test_both_sides_are_watched_for_the_same_days(shop: Building, after: int, counts: int) -> None:
    number = a_round(shop)
    for side in (CONTACT, PEACE):
        drawn(shop, number, side, after)
    found = looked_at(shop, number)
    assert found.to_contact.share is not None and found.held_out.share is not None
    assert (found.to_contact.share.number, found.held_out.share.number) == (counts, counts)


def test_within_the_window_nothing_is_called_a_result(shop: Building) -> None:
    number = a_round(shop)
    for _customer in range(20):
        drawn(shop, number, CONTACT, 2, calls=(1,))
        drawn(shop, number, PEACE)
    shop.event(shop.customer(), on=START + WINDOW, amount=100)      # sales are known up to then
    early = looked_at(shop, number, START + WINDOW)
    assert early.verdict is Verdict.TOO_EARLY and early.difference is None
    assert early.to_contact.share is None and early.to_contact.so_far == 20
    assert looked_at(shop, number, START + WINDOW + 1).verdict is Verdict.MORE


def test_nothing_is_a_result_of_which_sales_are_not_known_yet(tmp_path: Path) -> None:
    shop = Building(tmp_path / "shop.db")
    number = a_round(shop)
    for _customer in range(20):
        drawn(shop, number, CONTACT, 2, calls=(1,))
        drawn(shop, number, PEACE)
    assert looked_at(shop, number).verdict is Verdict.TOO_EARLY


def test_a_difference_that_may_be_chance_is_not_proven(shop: Building) -> None:
    number = a_round(shop)
    for place in range(60):
        drawn(shop, number, CONTACT, *([9] if place < 12 else []), calls=(1,))
    for place in range(30):
        drawn(shop, number, PEACE, *([9] if place < 3 else []))
    found = looked_at(shop, number)
    assert found.verdict is Verdict.NOT_PROVEN
    assert found.difference == pytest.approx((0.1, -0.0763, 0.2348), abs=5e-5)
    assert found.more_needed == 374


def test_fewer_may_come_back_and_then_it_is_said(shop: Building) -> None:
    number = a_round(shop)
    for _customer in range(20):
        drawn(shop, number, CONTACT, calls=(1,))
        drawn(shop, number, PEACE, 9)
    assert looked_at(shop, number).verdict is Verdict.FEWER


def test_who_came_in_later_has_as_many_days_and_is_left_out_until_then(shop: Building) -> None:
    number = a_round(shop, to_contact=2, held_out=1)
    drawn(shop, number, CONTACT, 9)
    drawn(shop, number, PEACE)
    drawn(shop, number, CONTACT, WINDOW, on=START + 30)
    at_first = looked_at(shop, number, START + WINDOW + 30)
    assert (at_first.to_contact.drawn, at_first.to_contact.over) == (2, 1)
    later = looked_at(shop, number, START + WINDOW + 31)
    assert later.to_contact.share is not None and later.to_contact.share.number == 2
    assert later.window_ends == START + WINDOW + 30


def test_a_round_ended_early_is_counted_up_to_the_day_before_on_both_sides(shop: Building) -> None:
    number = a_round(shop, ended=START + 20)
    for side in (CONTACT, PEACE):
        drawn(shop, number, side, 19)
        drawn(shop, number, side, 20)
    found = looked_at(shop, number)
    assert found.to_contact.share is not None and found.held_out.share is not None
    assert (found.to_contact.share.number, found.held_out.share.number) == (1, 1)
    assert found.window_ends == START + 19


def test_a_round_ended_on_its_first_day_says_nothing(shop: Building) -> None:
    number = a_round(shop, ended=START)
    drawn(shop, number, CONTACT, 5)
    drawn(shop, number, PEACE)
    assert looked_at(shop, number).verdict is Verdict.TOO_EARLY


def test_without_anybody_held_out_nothing_is_compared(shop: Building) -> None:
    number = a_round(shop)
    drawn(shop, number, CONTACT, 5, calls=(1,))
    found = looked_at(shop, number)
    assert found.verdict is Verdict.NONE_HELD_OUT and found.difference is None


def test_forgotten_ones_are_told_of_and_merged_ones_are_on_one_side_or_none(shop: Building) -> None:
    number = a_round(shop, to_contact=4, held_out=2)
    gone = drawn(shop, number, CONTACT, 5)
    one, same, other = (drawn(shop, number, CONTACT, 5) for _place in range(3))
    left, here = (drawn(shop, number, PEACE) for _place in range(2))
    conn = shop.ready()
    forget(conn, gone, today=TODAY, made_at=MADE_AT)
    merge_customers(conn, one, same, today=TODAY, made_at=MADE_AT)
    merge_customers(conn, left, other, today=TODAY, made_at=MADE_AT)
    found = looked_at(shop, number)
    assert (found.to_contact.drawn, found.held_out.drawn, found.drawn_twice, found.gone) == (1, 1, 1, 1)
    assert here in {member.customer_id for member in rounds.members(conn, number, TODAY)}


def test_a_wholly_refunded_purchase_is_no_return_on_either_side(shop: Building) -> None:
    number = a_round(shop)
    for side in (CONTACT, PEACE):
        customer = drawn(shop, number, side)
        shop.event(customer, on=START + 9, amount=1_000, refunded=1_000)
    found = looked_at(shop, number)
    assert (found.to_contact.so_far, found.held_out.so_far) == (0, 0)


def test_rounds_of_a_playbook_are_put_together_each_within_itself(shop: Building) -> None:
    for back, left, back_left in ((12, 30, 3), (2, 10, 1)):
        number = a_round(shop)
        for place in range(20):
            drawn(shop, number, CONTACT, *([9] if place < back else []), calls=(1,))
        for place in range(left):
            drawn(shop, number, PEACE, *([9] if place < back_left else []))
    conn = shop.ready()
    rows = {row.key: row for row in results(conn, TODAY).rows}
    held_out = rows[Key("regular")].held_out
    assert held_out is not None and held_out.difference is not None
    weights = [20 * 30 / 50, 20 * 10 / 30]
    expected = sum(w * d for w, d in zip(weights, (0.5, 0.0), strict=True)) / sum(weights)
    assert held_out.difference.value == pytest.approx(expected)
    assert (held_out.rounds, held_out.to_contact, held_out.held_out) == (2, 40, 40)
    by_round = results(conn, TODAY, by=By.ROUND)
    assert [row.held_out is not None and row.held_out.rounds for row in by_round.rows] == [1, 1]
    assert by_round.whole.held_out == held_out


sides = st.lists(
    st.tuples(st.sampled_from([CONTACT, PEACE]), st.integers(0, 5), st.integers(1, 130), st.booleans()),
    min_size=1, max_size=25,
)


@settings(max_examples=25, deadline=None)
@given(sides, st.integers(0, 200), st.one_of(st.none(), st.integers(1, 120)))
def test_any_round_is_what_a_count_by_hand_says(
    tmp_path_factory: pytest.TempPathFactory, people: list[tuple[Side, int, int, bool]], look: int,
    ended: int | None,
) -> None:
    shop = Building(tmp_path_factory.mktemp("round") / "shop.db")
    shop.event(shop.customer(), on=START + 400, amount=1)
    number = a_round(shop, ended=None if ended is None else START + ended)
    for side, late, after, comes in people:
        drawn(shop, number, side, *([after] if comes else []), on=START + late)
    day = START + look
    found = looked_at(shop, number, day)
    shop.conn.close()
    known = max([START - 55] + [START + late + after for _s, late, after, comes in people
                                if comes and START + late + after <= day]
                + [START + late - 60 for _side, late, _after, _comes in people])
    for side, arm in ((CONTACT, found.to_contact), (PEACE, found.held_out)):
        over = back = 0
        for theirs, late, after, comes in people:
            end = late + WINDOW if ended is None else min(late + WINDOW, ended - 1)
            if theirs is side and late <= look and late < end <= min(look - 1, known - START):
                over += 1
                back += comes and late + after <= end
        assert arm.over == over
        assert (0 if arm.share is None else arm.share.number) == back


def test_what_was_decided_is_kept_as_json(shop: Building) -> None:
    rules = RoundRules("title = 'é'", (Goal("review", 11, ("a",), 3),), "spend>5", 7, 4, 2)
    assert json.loads(rules.text())["goals"] == [["review", 11, ["a"], 3]]
    number = insert(shop.conn, "playbook_round", playbook="x", name="n", started=1, hold_out=0, window_days=1,
                    seed="", rules=rules.text())
    found = rounds.round_of(shop.ready(), number)
    from activetui.reactivation.rounds.round_rules import rules_of

    assert found is not None and rules_of(found) == rules
