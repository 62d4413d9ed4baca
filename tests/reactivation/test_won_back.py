"""What counts as won back: looked at by hand, and day by day on random lives."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from activetui.ledger.kinds import Kind
from activetui.reactivation.playbooks.playbook_types import Goal
from activetui.reactivation.results.won_back import Aim, Course, State, courses
from activetui.store.returns import Begun, Deed, Done

ANA = 1
START = 1_000
AIM = Aim(within_days=90)
LATER = START + 1_000


def step(day: int, *, number: int = 1, task: int = 1, outcome: str = "reached", event: int | None = 50,
         time: str = "", begun: int = 1, channel: str = "phone") -> Done:
    return Done(task, number - 1, channel, day, outcome, event, time)


def bought(day: int, net: int = 1_000, *, number: int | None = None, time: str = "",
           kind: int = int(Kind.PURCHASE), action: str = "", rating: int | None = None) -> Deed:
    return Deed(100 + day if number is None else number, ANA, kind, action, rating, day, time, net)


def of(steps: Sequence[Done], deeds: Sequence[Deed], *, aim: Aim = AIM, seen: int = LATER) -> Course:
    begun = Begun(1, ANA, "regular", "", START, None)
    [course] = courses([begun], {1: steps}, {ANA: sorted(deeds, key=lambda deed: (deed.day, deed.id))},
                       {1: aim}, seen=seen)
    return course


def test_the_first_purchase_after_a_contact_wins_a_customer_back() -> None:
    course = of([step(START)], [bought(START + 5), bought(START + 9)])
    assert course.state is State.WON_BACK
    assert course.returned is not None and course.returned.day == START + 5
    assert course.revenue == 2_000


def test_a_purchase_before_any_contact_is_not_won() -> None:
    course = of([step(START + 4)], [bought(START + 3), bought(START + 20)])
    assert course.state is State.BY_THEMSELVES
    assert course.revenue == 0


def test_the_window_ends_so_many_days_after_the_first_contact() -> None:
    steps = [step(START), step(START + 30, number=2, task=2, event=60)]
    assert of(steps, [bought(START + 90)]).state is State.WON_BACK
    assert of(steps, [bought(START + 91)]).state is State.AWAY


def test_it_is_too_early_until_the_window_is_over() -> None:
    assert of([step(START)], [], seen=START + 89).state is State.TOO_EARLY
    assert of([step(START)], [], seen=START + 90).state is State.AWAY
    early = of([step(START)], [bought(START + 2)], seen=START + 89)
    assert early.state is State.WON_BACK and not early.is_over


def test_on_the_day_of_the_contact_what_was_entered_after_it_counts() -> None:
    assert of([step(START)], [bought(START, number=51)]).state is State.WON_BACK
    assert of([step(START)], [bought(START, number=49)]).state is State.AWAY


def test_times_decide_where_both_are_known() -> None:
    called_at_noon = [step(START, time="12:00")]
    assert of(called_at_noon, [bought(START, number=51, time="09:30")]).state is State.AWAY
    assert of(called_at_noon, [bought(START, number=49, time="17:30")]).state is State.WON_BACK


def test_whom_no_step_reached_was_not_contacted() -> None:
    missed = [step(START, outcome="no_answer"), step(START + 2, task=2, outcome="wrong_contact")]
    course = of(missed, [])
    assert course.state is State.NOT_CONTACTED and course.contacts == ()
    back = of(missed, [bought(START + 8)])
    assert back.state is State.BY_THEMSELVES
    assert back.tried is not None and back.tried.returned and back.tried.is_over


def test_the_return_is_credited_to_the_last_contact_before_it() -> None:
    steps = [step(START), step(START + 7, number=2, task=2, event=60, channel="email"),
             step(START + 30, number=3, task=3, event=70)]
    course = of(steps, [bought(START + 20)])
    assert course.credit is not None and course.credit.step == 1
    assert course.day == START


def test_what_a_playbook_does_not_aim_at_is_no_success() -> None:
    review = Aim((Goal("review", int(Kind.REVIEW), rating_at_least=3),), 30)
    kind = int(Kind.REVIEW)
    assert of([step(START)], [bought(START + 5)], aim=review).state is State.AWAY
    assert of([step(START)], [bought(START + 5, 0, kind=kind, rating=2)], aim=review).state is State.AWAY
    assert of([step(START)], [bought(START + 5, 0, kind=kind, rating=4)], aim=review).state is State.WON_BACK
    assert of([step(START)], [bought(START + 5, 0, kind=kind)], aim=review).state is State.WON_BACK
    renewal = Aim((Goal("subscription:renewal", int(Kind.SUBSCRIPTION), ("renewal",)),), 30)
    kind = int(Kind.SUBSCRIPTION)
    cancelled, renewed = (bought(START + 5, 0, kind=kind, action=word) for word in ("cancel", "renewal"))
    assert of([step(START)], [cancelled], aim=renewal).state is State.AWAY
    assert of([step(START)], [renewed], aim=renewal).state is State.WON_BACK


def test_money_is_counted_from_the_return_to_the_end_of_the_window() -> None:
    review = Aim((Goal("review", int(Kind.REVIEW)),), 30)
    deeds = [bought(START + 3, 700), bought(START + 5, 0, kind=int(Kind.REVIEW)), bought(START + 6, 300),
             bought(START + 30, 20), bought(START + 31, 9_000)]
    assert of([step(START)], deeds, aim=review).revenue == 320


def test_one_return_is_won_once_by_the_playbook_with_the_last_contact() -> None:
    first = Begun(1, ANA, "slipping", "", START, None)
    second = Begun(2, ANA, "regular", "", START + 40, None)
    steps = {1: [step(START)], 2: [step(START + 41, begun=2, task=2, event=60)]}
    deeds = {ANA: [bought(START + 50, 500), bought(START + 60, 70)]}
    one, other = courses([first, second], steps, deeds, {1: AIM, 2: AIM}, seen=LATER)
    assert (one.state, one.revenue) == (State.AWAY, 0)
    assert (other.state, other.revenue) == (State.WON_BACK, 570)


def test_money_of_two_returns_is_not_counted_twice() -> None:
    first = Begun(1, ANA, "slipping", "", START, None)
    second = Begun(2, ANA, "regular", "", START + 40, None)
    steps = {1: [step(START)], 2: [step(START + 41, begun=2, task=2, event=60)]}
    deeds = {ANA: [bought(START + 20, 500), bought(START + 50, 70), bought(START + 60, 5)]}
    one, other = courses([first, second], steps, deeds, {1: AIM, 2: AIM}, seen=LATER)
    assert (one.state, one.revenue) == (State.WON_BACK, 500)
    assert (other.state, other.revenue) == (State.WON_BACK, 75)


lives = st.lists(st.tuples(st.integers(0, 130), st.integers(0, 500)), max_size=6)
outcomes = st.sampled_from(["reached", "", "no_answer", "sent"])
calls = st.lists(st.tuples(st.integers(0, 60), outcomes), max_size=4)


@given(lives, calls, st.integers(0, 200), st.integers(1, 90))
def test_any_life_is_judged_as_a_walk_through_its_days(
    life: list[tuple[int, int]], tried: list[tuple[int, str]], seen: int, window: int
) -> None:
    """Days without times, purchases never on the day of a contact: then every order is plain."""
    calls_at = {START + 2 * day: outcome for day, outcome in tried}
    bought_at = {START + 2 * day + 1: net for day, net in life}
    steps = [step(day, task=place, outcome=calls_at[day], event=None)
             for place, day in enumerate(sorted(calls_at))]
    course = of(steps, [bought(day, net) for day, net in bought_at.items()],
                aim=Aim(within_days=window), seen=START + seen)

    first, state, revenue = None, State.NOT_CONTACTED, 0
    for day in range(START, START + 500):
        if first is None and calls_at.get(day) in ("reached", "", "sent") and state is State.NOT_CONTACTED:
            first, state = day, State.TOO_EARLY
        if day in bought_at and day > START:
            if state is State.NOT_CONTACTED:
                state = State.BY_THEMSELVES
            elif first is not None and day <= first + window:
                state = State.WON_BACK if state is State.TOO_EARLY else state
                revenue += bought_at[day] if state is State.WON_BACK else 0
    if state is State.TOO_EARLY and first is not None and first + window <= START + seen:
        state = State.AWAY
    assert (course.state, course.revenue) == (state, revenue)
