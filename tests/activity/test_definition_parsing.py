"""Definitions are read as written, and every mistake is told with its place and what was meant."""

from __future__ import annotations

from fractions import Fraction

import pytest

from activetui.activity.conditions import (
    AllOf,
    AnyOf,
    BookingAhead,
    EventCondition,
    NoneOf,
    RhythmCondition,
    SeasonalCondition,
    SubscriptionCondition,
    TenureCondition,
    WindowUsed,
)
from activetui.activity.definition import Definition
from activetui.activity.mistakes import DefinitionError
from activetui.activity.reading.parsing import parse
from activetui.activity.reading.positions import Positions
from activetui.activity.types import TYPES
from activetui.ledger.kinds import ACTION_CODES, Kind

NEIGHBOURHOOD_SHOP = """\
name = "Neighbourhood shop"

[active]                                   # active while ANY of these holds
any = [
  { event = "purchase", within_days = 30 },
  { subscription = "any", grace_days = 7 },
  { event = "booking", ahead = true },     # a visit already booked stops the clock
]

[new]
days = 30                                  # first days of the first active span

[reactivated]
days = 20                                  # first days of an active span after an inactive one

[at_risk]                                  # still active, but ANY of these holds
any = [
  { window_used = 0.8 },                   # 80 % of the time to inactivity has gone
  { rhythm = 1.5, min_purchases = 4 },     # silent for 1.5 × the own usual gap
  { event = "complaint", within_days = 30, unless_resolved = true },
]

[lost]
days = 365                                 # inactive for this long
"""


def active_of(text: str, **how: object) -> Definition:
    return parse(f'name = "x"\n[active]\n{text}', **how)  # type: ignore[arg-type]


def test_the_example_of_the_design() -> None:
    found = parse(NEIGHBOURHOOD_SHOP, version=3)
    purchase = EventCondition((Kind.PURCHASE,), ("purchase",), 30, currency="EUR")
    complaint = EventCondition((Kind.COMPLAINT,), ("complaint",), 30, currency="EUR", unless_resolved=True)
    assert found.active == AnyOf((purchase, SubscriptionCondition(0, 7), BookingAhead()))
    assert found.at_risk == AnyOf((WindowUsed(Fraction(4, 5)), RhythmCondition(Fraction(3, 2), 4), complaint))
    assert (found.new_days, found.reactivated_days, found.lost_days) == (30, 20, 365)
    assert (found.name, found.version, found.text) == ("Neighbourhood shop", 3, NEIGHBOURHOOD_SHOP)
    assert found.reach == 30
    assert found.active_kinds == {Kind.PURCHASE, Kind.SUBSCRIPTION, Kind.BOOKING}
    assert found.agreed == ()
    assert tuple(found.types) == TYPES


def test_groups_nest_and_stand_together() -> None:
    found = active_of("""
        all = [{ event = "visit", within_days = 10 }, { any = [{ subscription = "product" }] }]
        none = [{ event = "complaint", within_days = 5 }]
    """).active
    assert isinstance(found, AllOf)
    assert [type(part) for part in found.parts] == [AllOf, NoneOf]


def test_a_list_of_tables_is_a_list_of_conditions() -> None:
    found = parse("""
        name = "x"
        [[active.any]]
        event = "visit"
        within_days = 1
        [[active.any]]
        subscription = "any"
    """)
    assert isinstance(found.active, AnyOf)
    assert len(found.active.parts) == 2


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ('event = "purchase"\ncount = 3\nwithin_days = 180', "count", 3),
        ('spend = "100.00"\nwithin_days = 365', "spend", 10000),
        ("spend = 99.5\nwithin_days = 365", "spend", 9950),
        ('spend = "1"\nwithin_days = 365', "kinds", (Kind.PURCHASE, Kind.REFUND)),
        ("count = 2\nwithin_days = 365", "kinds", (Kind.PURCHASE,)),
        ('event = ["purchase", "visit"]\nwithin_days = 0', "kinds", (Kind.PURCHASE, Kind.VISIT)),
        ('event = "review"\nrating_at_most = 2\nwithin_days = 9', "rating_at_most", 2),
        ('event = "feedback"\nrating_at_least = 9\nwithin_days = 9', "rating_at_least", 9),
        ('event = "usage"\nfeature = "Réports"\nwithin_days = 9', "products", ("reports",)),
        ('event = "purchase"\nproduct = ["Oil", "Tea"]\nwithin_days = 9', "products", ("oil", "tea")),
        ('event = "contact"\ndirection = "in"\nwithin_days = 9', "actions", (ACTION_CODES["in"],)),
        ('event = "contact"\nchannel = "Phone"\nwithin_days = 9', "channels", ("phone",)),
        ('event = "newsletter"\naction = ["open", "click"]\nwithin_days = 9', "actions",
         (ACTION_CODES["open"], ACTION_CODES["click"])),
        ('event = "purchase"\nnature = "service"\nwithin_days = 9', "nature", 2),
        ('event = "tasting"\nwithin_days = 9', "kinds", (100,)),
    ],
)
def test_details_of_events(text: str, field: str, value: object) -> None:
    condition = active_of(text, own_kinds={"tasting": 100}).active
    assert getattr(condition, field) == value


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("tenure_at_least = 365", TenureCondition(365, None)),
        ("tenure_at_most = 0", TenureCondition(None, 0)),
        ("tenure_at_least = 30\ntenure_at_most = 90", TenureCondition(30, 90)),
        ("seasonal = 3", SeasonalCondition(3, 30, (Kind.PURCHASE,), ("purchase",))),
        ('seasonal = 2\naround_days = 0\nevent = "visit"',
         SeasonalCondition(2, 0, (Kind.VISIT,), ("visit",))),
        ('event = ["purchase", "tasting"]\nseasonal = 20\naround_days = 60',
         SeasonalCondition(20, 60, (Kind.PURCHASE, 100), ("purchase", "tasting"))),
    ],
)
def test_tenure_and_seasons(text: str, condition: object) -> None:
    assert active_of(text, own_kinds={"tasting": 100}).active == condition


def test_the_questions_that_are_settled() -> None:
    for given, settled in (('["Q3", "q1", "Q3"]', ("Q1", "Q3")), ('"Q5"', ("Q5",)), ("[]", ())):
        assert parse(f"{NAMED}\nagreed = {given}{ACTIVE}").agreed == settled


def test_amounts_are_in_the_currency_of_the_store() -> None:
    condition = active_of('spend = "5000"\nwithin_days = 365', currency="JPY").active
    assert isinstance(condition, EventCondition)
    assert (condition.spend, condition.currency) == (5000, "JPY")


def test_columns_are_those_that_conditions_ask_for() -> None:
    assert active_of('event = "purchase"\nwithin_days = 3').columns == frozenset()
    assert active_of('event = "usage"\nfeature = "a"\nwithin_days = 3').columns == {"product"}
    risk = '[at_risk]\nevent = "contact"\nchannel = "chat"\nwithin_days = 3'
    assert active_of('event = "purchase"\nwithin_days = 3\n' + risk).columns == {"channel"}


def test_reach_is_the_longest_look_back() -> None:
    assert active_of('subscription = "any"').reach == 0
    assert active_of('subscription = "any"\ngrace_days = 9').reach == 9
    assert active_of("tenure_at_least = 30\ntenure_at_most = 90").reach == 90
    assert active_of("tenure_at_least = 30").reach == 30
    none = '{ none = [{ event = "visit", within_days = 80 }] }'
    assert active_of(f'all = [{{ event = "visit", within_days = 5 }}, {none}]').reach == 80


def test_reach_of_a_season_is_from_the_first_to_the_one_to_come() -> None:
    """29 February to 28 February of the next year but three: 1,095 days; with a leap day in it, 1,096."""
    assert active_of("seasonal = 3\naround_days = 0").reach == 1096
    assert active_of("seasonal = 4\naround_days = 10").reach == 1461 + 20
    assert active_of("seasonal = 5\naround_days = 0").reach == 1827


def test_the_kinds_that_active_looks_at() -> None:
    assert active_of("tenure_at_least = 30").active_kinds == {
        Kind.PURCHASE, Kind.VISIT, Kind.SUBSCRIPTION
    }
    assert active_of('seasonal = 3\nevent = ["visit", "contact"]').active_kinds == {Kind.VISIT, Kind.CONTACT}
    assert active_of("rhythm = 2").active_kinds == {Kind.PURCHASE}


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    found = parse("\ufeff" + NEIGHBOURHOOD_SHOP.replace("\n", "\r\n"))
    assert found.active == parse(NEIGHBOURHOOD_SHOP).active


def test_types_of_the_definition_replace_the_usual_ones() -> None:
    found = active_of('event = "purchase"\nwithin_days = 3\n[types.loyal]\nevent = "visit"\nwithin_days = 8')
    usual = active_of('event = "purchase"\nwithin_days = 3')
    assert found.types["loyal"] != usual.types["loyal"]
    assert found.types["vip"] == usual.types["vip"]


ACTIVE = '\n[active]\nevent = "purchase"\nwithin_days = 30\n'
NAMED = 'name = "x"'

MISTAKES = [
    ("name =", 1, 7, "this is not valid TOML"),
    ("", 1, 1, "the definition needs a name"),
    (NAMED, 1, 1, "the definition needs [active]"),
    ("nam = 'x'" + ACTIVE, 1, 1, "nam is not known here; did you mean name?"),
    ("name = 3" + ACTIVE, 1, 8, "name must be a text in quotes"),
    ("name = ' '" + ACTIVE, 1, 1, "the name must have 1 to 120 characters"),
    (NAMED + ACTIVE + "[nwe]\ndays = 3", 5, 1, "nwe is not known here; did you mean new?"),
    (NAMED + ACTIVE + "[new]\nday = 3", 6, 1, "day is not known here; did you mean days?"),
    (NAMED + ACTIVE + "[new]", 5, 1, "[new] needs days"),
    (NAMED + ACTIVE + "[new]\ndays = -1", 6, 8, "days must be a whole number from 0 to 36500, not -1"),
    (NAMED + ACTIVE + "[new]\ndays = true", 6, 8, "days must be a whole number from 0 to 36500, not true"),
    (NAMED + ACTIVE + "[lost]\ndays = 0", 6, 8, "days must be a whole number from 1 to 36500, not 0"),
    (NAMED + "\nlost = 5" + ACTIVE, 2, 8, "lost must be a table, such as [lost], not 5"),
    (NAMED + ACTIVE + '[types.vp]\nsubscription = "any"', 5, 1, "vp is not known here; did you mean vip?"),
    (NAMED + "\nactive = 5", 2, 10, "a condition is expected here"),
    (NAMED + "\nactive = {}", 2, 1, "this says no condition"),
    (NAMED + "\nactive = { within_days = 3 }", 2, 1, "within_days needs to know of what"),
    (NAMED + "\nactive = { grace_days = 3 }", 2, 1, "grace_days needs subscription beside it"),
    (NAMED + '\nactive = { product = "oil" }', 2, 1, "product needs event or subscription beside it"),
    (NAMED + '\nagreed = ["Q1", "Q9"]' + ACTIVE, 2, 17, '"Q9" is no question; known are Q1, Q2, Q3, Q4, Q5'),
    (NAMED + '\nagreed = "all"' + ACTIVE, 2, 10, '"all" is no question'),
    (NAMED + "\nagreed = true" + ACTIVE, 2, 10, "agreed must be a text in quotes, or a list of such texts"),
    (NAMED + '\nagred = "Q1"' + ACTIVE, 2, 1, "agred is not known here; did you mean agreed?"),
    (NAMED + ACTIVE + 'agreed = ["Q1"]', 5, 1, "agreed is not known here; it belongs to the top"),
    (NAMED + ACTIVE + '[lost]\ndays = 3\nname = "x"', 7, 1, "name is not known here; it belongs to the top"),
]

MISTAKES_IN_ACTIVE = [
    ("any = []", 3, 7, "any needs a list of conditions"),
    ('any = { event = "visit" }', 3, 7, "any needs a list of conditions"),
    ('any = ["visit"]', 3, 8, "a condition is expected here"),
    ('any = [\n  { event = "visit", within_day = 3 },\n]', 4, 22,
     "within_day is not known here; did you mean within_days?"),
    ('any = [{ subscription = "any" }]\nagreed = "Q1"', 4, 1,
     "agreed is not known here; it belongs to the top"),
    ('any = [{ subscription = "any" }]\nal = []', 4, 1, "al is not known here; did you mean all?"),
    ('any = [{ subscription = "any" }]\nwithin_days = 3', 4, 1,
     "within_days cannot stand beside any"),
    ('event = "purchas"\nwithin_days = 3', 3, 9,
     '"purchas" is no kind of event; did you mean purchase?'),
    ('event = []\nwithin_days = 3', 3, 9, "event must be a text in quotes, or a list"),
    ('event = "purchase"', 2, 1, "within_days is missing"),
    ('event = "purchase"\nwithin_days = "30"', 4, 15,
     'within_days must be a whole number from 0 to 36500, not "30"'),
    ('event = "purchase"\nwithin_days = 30.5', 4, 15, "within_days must be a whole number"),
    ('event = "purchase"\nwithin_days = -30', 4, 15, "within_days must be a whole number"),
    ('event = "purchase"\nwithin_days = 3\ncount = 0', 5, 9, "count must be a whole number"),
    ('spend = "a lot"\nwithin_days = 3', 3, 9, "spend must be an amount above 0"),
    ('spend = "NaN"\nwithin_days = 3', 3, 9, "spend must be an amount above 0"),
    ('spend = "0.001"\nwithin_days = 3', 3, 1, "spend is less than the smallest coin"),
    ('event = "visit"\nspend = "1"\nwithin_days = 3', 4, 1,
     "spend goes with purchase, refund, not with visit"),
    ('event = "review"\nrating_at_most = 6\nwithin_days = 3', 4, 18,
     "rating_at_most must be a whole number from 0 to 5, not 6"),
    ('event = "review"\nrating_at_most = 2\nrating_at_least = 3\nwithin_days = 3', 5, 1,
     "no rating is at least 3 and at most 2"),
    ('event = "purchase"\nrating_at_most = 2\nwithin_days = 3', 4, 1,
     "rating_at_most goes with review, feedback, not with purchase"),
    ('event = "newsletter"\naction = "opn"\nwithin_days = 3', 4, 10,
     '"opn" is no action of newsletter; did you mean open?'),
    ('event = "subscription"\nwithin_days = 3', 3, 1, 'write subscription = "any"'),
    ('event = "visit"\nahead = true', 4, 1, "ahead goes with booking, not with visit"),
    ('event = "booking"\nahead = true\nwithin_days = 3', 5, 1,
     "within_days does not go with ahead"),
    ('event = "purchase"\nwithin_days = 3\nunless_resolved = true', 5, 1,
     "unless_resolved goes with complaint, not with purchase"),
    ('event = "complaint"\nwithin_days = 3\nunless_resolved = 1', 5, 19,
     "unless_resolved must be true or false, not 1"),
    ('subscription = "prodct"', 3, 16,
     '"prodct" is no sort of subscription; did you mean product?'),
    ('subscription = "any"\nwithin_days = 3', 4, 1,
     "within_days does not go with subscription"),
    ('subscription = "any"\nevent = "visit"', 4, 1, "cannot stand in one condition"),
    ("window_used = 0.8", 3, 1, "window_used belongs to [at_risk] alone"),
    ('event = ["visit", "visti"]\nwithin_days = 3', 3, 19,
     '"visti" is no kind of event; did you mean visit?'),
    ('event = "review"\nrating = 2\nwithin_days = 3', 4, 1,
     "rating is not known here; did you mean rating_at_least or rating_at_most?"),
    ("tenure_at_least = -1", 3, 19, "tenure_at_least must be a whole number from 0 to 36500, not -1"),
    ('tenure_at_most = "90"', 3, 18, "tenure_at_most must be a whole number from 0 to 36500"),
    ("tenure_at_least = 90.5", 3, 19, "tenure_at_least must be a whole number"),
    ("tenure_at_least = 91\ntenure_at_most = 90", 4, 1,
     "nobody has been a customer for at least 91 and at most 90 days"),
    ("tenure = 90", 3, 1, "tenure is not known here; did you mean tenure_at_least or tenure_at_most?"),
    ("tenure_at_lest = 90", 3, 1, "tenure_at_lest is not known here; did you mean tenure_at_least?"),
    ('tenure_at_least = 90\nevent = "visit"', 4, 1, "cannot stand in one condition"),
    ("tenure_at_most = 90\nwithin_days = 3", 4, 1, "within_days does not go with tenure_at_most"),
    ("seasonal = 1", 3, 12, "seasonal must be a whole number from 2 to 20, not 1"),
    ("seasonal = true", 3, 12, "seasonal must be a whole number from 2 to 20, not true"),
    ("season = 3", 3, 1, "season is not known here; did you mean seasonal?"),
    ("seasonal = 3\naround_days = -1", 4, 15, "around_days must be a whole number from 0 to 60, not -1"),
    ("seasonal = 3\naround_days = 61", 4, 15, "around_days must be a whole number from 0 to 60, not 61"),
    ("seasonal = 3\naround_day = 9", 4, 1, "around_day is not known here; did you mean around_days?"),
    ("seasonal = 3\nwithin_days = 9", 4, 1, "within_days does not go with seasonal"),
    ("seasonal = 3\ntenure_at_most = 9", 4, 1, "cannot stand in one condition"),
    ('seasonal = 3\nevent = "purchse"', 4, 9, '"purchse" is no kind of event; did you mean purchase?'),
    ("seasonal = 3\nevent = 3", 4, 9, "event must be a text in quotes, or a list"),
    ('seasonal = 3\nevent = "subscription"', 4, 1, "seasonal does not go with subscription"),
    ('around_days = 3\nevent = "visit"\nwithin_days = 3', 3, 1, "around_days does not go with event"),
    ("around_days = 3", 2, 1, "around_days needs seasonal beside it"),
]
"""Line 3 is the first after `[active]`."""

MISTAKES_IN_AT_RISK = [
    ("window_used = 1.2", 6, 15, "window_used must be a number between 0 and 1"),
    ("window_used = 0.80001", 6, 15, "at most 4 decimal places"),
    ("window_used = nan", 6, 15, "window_used must be a number between 0 and 1"),
    ('rhythm = "often"', 6, 10, "rhythm must be a number"),
    ("rhythm = 2\nmin_purchases = 2", 7, 17, "min_purchases must be a whole number"),
]
"""Line 6 is the first after `[at_risk]`."""

ALL_MISTAKES = [
    *MISTAKES,
    *((f"{NAMED}\n[active]\n{text}", *told) for text, *told in MISTAKES_IN_ACTIVE),
    *((f"{NAMED}{ACTIVE}[at_risk]\n{text}", *told) for text, *told in MISTAKES_IN_AT_RISK),
]


@pytest.mark.parametrize(("text", "line", "column", "message"), ALL_MISTAKES)
def test_a_mistake_is_told_with_its_place(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        parse(text, where="shop.toml")
    problems = refused.value.problems
    assert any(message in p.message and (p.line, p.column) == (line, column) for p in problems), problems
    assert f"shop.toml:{line}:{column}: " in refused.value.message


def test_every_mistake_is_told_at_once_in_the_order_of_the_text() -> None:
    active = '[active]\nany = [\n{ event = "visti", within_days = 1 },\n{ window_used = 3 }]'
    text = f"{NAMED}\n{active}\n[new]\nx = 1"
    with pytest.raises(DefinitionError) as refused:
        parse(text)
    assert [(p.line, p.column) for p in refused.value.problems] == [(4, 11), (5, 3), (6, 1), (7, 1)]


def test_one_mistake_is_told_once() -> None:
    with pytest.raises(DefinitionError) as refused:
        parse(NAMED + ACTIVE + "[new]\ndasy = 3")
    assert [p.message for p in refused.value.problems] == ["dasy is not known here; did you mean days?"]
    with pytest.raises(DefinitionError) as refused:
        parse(f'{NAMED}\nactive = {{ event = "visit", within_day = 3 }}')
    [problem] = refused.value.problems
    assert problem.message == "within_day is not known here; did you mean within_days?"


def test_a_message_never_acts_on_the_terminal() -> None:
    acting = (r'{ event = "\u001b[2J\u202Evisti", within_days = 1 }', r'{ "\u001b[2J" = 1 }', "\u202evisit")
    for active in acting:
        with pytest.raises(DefinitionError) as refused:
            parse(f"{NAMED}\nactive = {active}")
        assert all(problem.message.isprintable() for problem in refused.value.problems)


def test_nesting_without_end_is_refused() -> None:
    for depth in (60, 150, 200, 400, 5000):
        deep = "{ any = [" * depth + '{ subscription = "any" }' + "] }" * depth
        for active in (deep, "[" * depth, "[" * depth + "]" * depth):
            with pytest.raises(DefinitionError):
                parse(f"{NAMED}\nactive = {active}")


def test_places_of_keys_in_every_form_of_toml() -> None:
    text = (
        '# note [x]\na.b = 1\n"c d" = """two "lines"\n"""\n[t.u]\n'
        "v = [ 1, # one\n  { w = '''x''', y = [2] } ]\n"
        '[[l]]\nk = 1\n[[l]]\nk = 2021-01-01 10:00:00\nm = "]"'
    )
    places = Positions(text)
    assert places.key(("a", "b")) == (2, 1)
    assert places.value(("a", "b")) == (2, 7)
    assert places.key(("c d",)) == (3, 1)
    assert places.key(("t", "u")) == (5, 1)
    assert places.value(("t", "u", "v", 0)) == (6, 7)
    assert places.key(("t", "u", "v", 1, "y")) == (7, 18)
    assert places.key(("l", 1, "k")) == (11, 1)
    assert places.key(("l", 1, "m")) == (12, 1)
    assert places.key(("t", "u", "missing")) == (5, 1)
    nested = Positions("[[l]]\n[[l.m]]\nk = 1\n[[l.m]]\nk = 2\n[[l]]\n[[l.m]]\nk = 3\n")
    assert nested.value(("l", 0, "m", 1, "k")) == (5, 5)
    assert nested.value(("l", 1, "m", 0, "k")) == (8, 5)
    assert places.key(("nowhere",)) == (1, 1)
