"""What a person may write into the ledger by hand."""

from __future__ import annotations

import pytest

from activetui.ledger.errors import OwnerError, UsageError
from activetui.store.changes.by_hand import action_of, amount_of, check_day, check_until, kind_of, rating_of


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [("12.50", "EUR", 1250), ("12,5", "EUR", 1250), ("-3", "EUR", -300), ("\u22123", "EUR", -300),
     ("1200", "JPY", 1200), ("1.250", "KWD", 1250), ("  ", "EUR", None)],
)
def test_amounts_are_read_in_the_currency(typed: str, currency: str, minor: int | None) -> None:
    assert amount_of(typed, currency) == minor


@pytest.mark.parametrize("typed", ["1.250", "1,250.00", "€ 5", "5 EUR", "1.2.3", "five", "1e3"])
def test_an_amount_that_could_mean_two_things_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        amount_of(typed, "EUR")


def test_only_a_booking_lies_ahead() -> None:
    check_day("booking", 11, 10)
    check_day("purchase", 10, 10)
    with pytest.raises(OwnerError):
        check_day("purchase", 11, 10)


def test_a_rating_keeps_to_its_kind() -> None:
    assert rating_of("5", "review") == 5
    assert rating_of("", "purchase") is None
    wrong = (("6", "review"), ("0", "review"), ("11", "feedback"), ("3", "purchase"), ("x", "review"))
    for typed, kind in wrong:
        with pytest.raises(UsageError):
            rating_of(typed, kind)


def test_a_kind_is_found_however_it_is_written_and_a_misspelt_one_gets_a_proposal() -> None:
    known = ("purchase", "complaint_resolved", "tasting")
    assert kind_of(" Complaint-Resolved ", known) == "complaint_resolved"
    assert kind_of("tasting", known) == "tasting"
    with pytest.raises(UsageError) as refused:
        kind_of("purchse", known)
    assert "purchase" in refused.value.hint


def test_an_action_belongs_to_its_kind() -> None:
    assert action_of("", "subscription") == "start"
    assert action_of("", "visit") == ""
    assert action_of("renewal", "subscription") == "renewal"
    for typed, kind in (("restart", "subscription"), ("start", "visit")):
        with pytest.raises(UsageError):
            action_of(typed, kind)


def test_only_a_subscription_has_a_last_day_and_none_before_its_first() -> None:
    check_until("subscription", 10, 10)
    check_until("visit", None, 10)
    for kind, until in (("visit", 11), ("subscription", 9)):
        with pytest.raises(UsageError):
            check_until(kind, until, 10)
