"""Conditions say themselves as a person would."""

from __future__ import annotations

import pytest

from activetui.activity.condition_words import condition_in_words
from activetui.activity.reading.parsing import parse

WORDS = [
    ('event = "purchase"\nwithin_days = 1', "a purchase within 1 day"),
    ('event = ["purchase", "visit"]\nwithin_days = 30', "a purchase or a visit within 30 days"),
    ('event = "purchase"\ncount = 3\nwithin_days = 180', "at least 3 purchases within 180 days"),
    ('event = ["purchase", "visit"]\ncount = 3\nwithin_days = 9',
     "at least 3 times a purchase or a visit within 9 days"),
    ('spend = "100.00"\nwithin_days = 365', "at least €100.00 spent within 365 days"),
    ('spend = "100.00"\ncount = 2\nwithin_days = 365',
     "at least 2 purchases for €100.00 together within 365 days"),
    ('event = "review"\nrating_at_most = 2\nwithin_days = 9', "a review (rated 2 or less) within 9 days"),
    ('event = "usage"\nfeature = "Reports"\nwithin_days = 9', "a use (of reports) within 9 days"),
    ('event = "contact"\ndirection = "in"\nchannel = "phone"\nwithin_days = 9',
     "a contact (from the customer, by phone) within 9 days"),
    ('event = "newsletter"\naction = ["open", "click"]\nwithin_days = 9',
     "a newsletter reaction (opened or clicked) within 9 days"),
    ('event = "complaint"\nwithin_days = 9\nunless_resolved = true',
     "a complaint within 9 days that is not resolved"),
    ('event = "tasting"\nwithin_days = 9', "an event “tasting” within 9 days"),
    ('event = "booking"\nahead = true', "a booking ahead"),
    ('subscription = "any"', "a subscription in force"),
    ('subscription = "service"\ngrace_days = 7', "a service subscription in force or ended within 7 days"),
    ("tenure_at_least = 365", "a customer for 365 days or longer"),
    ("tenure_at_least = 1", "a customer for 1 day or longer"),
    ("tenure_at_most = 90", "a customer for 90 days at most"),
    ("tenure_at_least = 0\ntenure_at_most = 90", "a customer for 90 days at most"),
    ("tenure_at_least = 30\ntenure_at_most = 90", "a customer for 30 to 90 days"),
    ("seasonal = 3",
     "a purchase at the same time of year, 3 years running (give or take 30 days)"),
    ('seasonal = 2\naround_days = 1\nevent = ["visit", "tasting"]',
     "a visit or an event “tasting” at the same time of year, 2 years running (give or take 1 day)"),
    ('any = [{ event = "purchase", within_days = 90 }, { seasonal = 3 }]',
     "a purchase within 90 days, or a purchase at the same time of year, 3 years running "
     "(give or take 30 days)"),
    ("rhythm = 1.5", "silent for 1.5 × the own usual gap"),
    ('any = [{ event = "purchase", within_days = 30 }, { event = "booking", ahead = true }]',
     "a purchase within 30 days, or a booking ahead"),
    ('all = [{ subscription = "any" }, { any = [{ event = "visit", within_days = 9 }, '
     '{ event = "usage", within_days = 9 }] }]',
     "a subscription in force, and (a visit within 9 days, or a use within 9 days)"),
    ('none = [{ event = "visit", within_days = 9 }]', "not a visit within 9 days"),
    ('none = [{ event = "visit", within_days = 9 }, { subscription = "any" }]',
     "none of: a visit within 9 days, a subscription in force"),
]


@pytest.mark.parametrize(("active", "words"), WORDS)
def test_in_words(active: str, words: str) -> None:
    definition = parse(f'name = "x"\n[active]\n{active}', own_kinds={"tasting": 100})
    assert definition.in_words() == words


def test_names_from_a_definition_never_act_on_the_terminal() -> None:
    text = r'name = "x"\nactive = { event = "usage", feature = "\u001b[2Ja", within_days = 3 }'
    definition = parse(text.replace(r"\n", "\n"))
    assert definition.in_words() == "a use (of a) within 3 days"


def test_a_share_of_the_window_in_words() -> None:
    definition = parse('name = "x"\nactive = { subscription = "any" }\nat_risk = { window_used = 0.8 }')
    assert definition.at_risk is not None
    assert condition_in_words(definition.at_risk) == "80% of the time to inactivity has gone"
