"""Receipts say what the evaluator does: since when, why, until when, and what would change it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.activity.block import BlockEvent, block_of
from activetui.activity.definition import Definition
from activetui.activity.evaluate import evaluate
from activetui.activity.presets import preset_text
from activetui.activity.reading.parsing import parse
from activetui.activity.receipts.receipt import Receipt, explain
from activetui.activity.status import ACTIVE_BASE, Status
from activetui.ledger.days import FAR_FUTURE, FAR_PAST, from_iso
from activetui.ledger.kinds import Kind
from tests.activity.ledgers import THEMES, Theme, definitions, ledgers, status_on, toml_of

SHOP = parse(preset_text("shop"))
themes = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)


@themes
@settings(max_examples=20, deadline=None)
@given(st.data())
def test_a_receipt_holds_from_since_to_the_day_before_it_flips(theme: Theme, data: st.DataObject) -> None:
    definition = parse(toml_of(data.draw(definitions(theme), "definition")))
    block = block_of([1], data.draw(ledgers(theme), "ledger"))
    start = data.draw(st.sampled_from((None, 0, 20)), "ledger start")
    day = data.draw(st.integers(-2, theme.last_day + 30), "day")
    receipt = explain(definition, block, start, day)
    spans = evaluate(definition, block, start)
    assert receipt.status == status_on(spans, day)
    assert receipt.since <= day < receipt.until
    if receipt.since > FAR_PAST:
        assert status_on(spans, receipt.since) == receipt.status != status_on(spans, receipt.since - 1)
    if receipt.flips_on is None:
        assert receipt.until == FAR_FUTURE
    else:
        assert receipt.flips_on == receipt.until
        assert status_on(spans, receipt.flips_on - 1) == receipt.status
        assert status_on(spans, receipt.flips_on) == receipt.next_status != receipt.status
    assert receipt.rule
    assert receipt.would_change
    if receipt.event is not None:
        assert receipt.event_day == block.day[receipt.event]
    if receipt.known_from is not None:
        assert status_on(spans, receipt.known_from) != Status.UNKNOWN


def shop_events(*events: tuple[str, Kind, dict[str, Any]]) -> list[BlockEvent]:
    return [BlockEvent(1, from_iso(day), kind, **rest) for day, kind, rest in events]


BOUGHT = shop_events(
    ("2026-01-10", Kind.PURCHASE, {}), ("2026-01-20", Kind.PURCHASE, {}), ("2026-01-30", Kind.PURCHASE, {}),
    ("2026-02-09", Kind.PURCHASE, {}),
)


def on(
    day: str, events: list[BlockEvent], definition: Definition = SHOP, start: str = "2025-01-01"
) -> Receipt:
    return explain(definition, block_of([1], events), from_iso(start), from_iso(day))


def test_active_by_a_purchase() -> None:
    receipt = on("2026-02-12", BOUGHT)
    assert (receipt.status, receipt.next_status) == (Status.ACTIVE, Status.AT_RISK)
    assert receipt.rule == "a purchase within 30 days"
    assert (receipt.event, receipt.event_day) == (3, from_iso("2026-02-09"))
    assert receipt.threshold == "30 days from 9 Feb 2026, to 11 Mar 2026"
    assert receipt.flips_on == from_iso("2026-02-24")
    assert receipt.would_change == "A purchase by 23 Feb 2026 would keep this customer from turning at risk."


def test_new_turns_active_by_itself() -> None:
    receipt = on("2026-01-12", BOUGHT)
    assert (receipt.status, receipt.next_status) == (Status.NEW, Status.ACTIVE)
    assert receipt.would_change == "Nothing is needed: active from 9 Feb 2026 on."


def test_at_risk_by_the_own_rhythm() -> None:
    receipt = on("2026-03-01", BOUGHT)
    assert (receipt.status, receipt.next_status) == (Status.AT_RISK, Status.INACTIVE)
    assert receipt.rule == "silent for 1.5 × the own usual gap"
    assert receipt.threshold == "15 days without a purchase since 9 Feb 2026, reached on 24 Feb 2026"
    assert receipt.event == 3
    assert receipt.flips_on == from_iso("2026-03-12")
    assert receipt.would_change == "A purchase would end the risk."


def test_at_risk_by_the_window() -> None:
    receipt = on("2026-02-06", BOUGHT[:1])
    assert receipt.rule == "80% of the time to inactivity has gone"
    assert receipt.threshold == "80% of the time reached on 3 Feb 2026"
    assert (receipt.since, receipt.event) == (from_iso("2026-02-03"), 0)
    assert receipt.would_change == "A purchase, a subscription or a booking would end the risk."


def test_at_risk_by_a_complaint_asks_to_resolve_it() -> None:
    complaint = shop_events(("2026-02-10", Kind.COMPLAINT, {}))
    receipt = on("2026-02-12", BOUGHT + complaint)
    assert receipt.rule == "a complaint within 30 days that is not resolved"
    assert (receipt.event, receipt.event_day) == (4, from_iso("2026-02-10"))
    assert receipt.would_change == "Resolving the complaint would end the risk."


def test_inactive_says_what_held_last() -> None:
    receipt = on("2026-04-01", BOUGHT)
    assert (receipt.status, receipt.next_status) == (Status.INACTIVE, Status.LOST)
    assert receipt.rule == "no longer: a purchase within 30 days"
    assert receipt.threshold == "30 days from 9 Feb 2026, to 11 Mar 2026"
    assert (receipt.event, receipt.ended_by) == (3, None)
    assert receipt.since == from_iso("2026-03-12")
    assert receipt.flips_on == from_iso("2027-03-12")
    assert receipt.would_change == (
        "A purchase, a subscription or a booking would make this customer active again."
    )


def test_inactive_after_a_cancellation_names_it() -> None:
    events = shop_events(
        ("2026-01-10", Kind.SUBSCRIPTION, {"action": "start"}),
        ("2026-03-20", Kind.SUBSCRIPTION, {"action": "cancel", "until": from_iso("2026-03-31")}),
    )
    receipt = on("2026-05-01", events)
    assert (receipt.event, receipt.ended_by) == (0, 1)
    assert receipt.rule == "no longer: a subscription in force or ended within 7 days"
    assert receipt.threshold == "in force from 10 Jan 2026 to 31 Mar 2026, and 7 days of grace"
    assert receipt.since == from_iso("2026-04-08")


def test_lost_says_since_when_inactive() -> None:
    receipt = on("2027-06-01", BOUGHT)
    assert (receipt.status, receipt.flips_on) == (Status.LOST, None)
    assert (receipt.rule, receipt.threshold) == ("inactive for 365 days", "inactive since 12 Mar 2026")


def test_reactivated_and_an_endless_subscription() -> None:
    back = shop_events(("2026-08-01", Kind.SUBSCRIPTION, {"action": "start"}))
    receipt = on("2026-08-10", BOUGHT[:1] + back)
    assert receipt.status == Status.REACTIVATED
    assert receipt.threshold == "in force since 1 Aug 2026, without an end"
    later = on("2027-08-10", BOUGHT[:1] + back)
    assert (later.status, later.flips_on) == (Status.ACTIVE, None)
    assert later.would_change == "Time alone changes nothing."


def test_a_booking_ahead() -> None:
    booked = shop_events(("2026-05-05", Kind.BOOKING, {"known": from_iso("2026-04-10")}))
    receipt = on("2026-04-20", booked)
    assert (receipt.status, receipt.rule) == (Status.NEW, "a booking ahead")
    assert receipt.threshold == "booked for 5 May 2026"
    assert (receipt.since, receipt.flips_on) == (from_iso("2026-04-10"), from_iso("2026-05-06"))


def test_prospect() -> None:
    receipt = on("2026-01-01", BOUGHT)
    assert (receipt.status, receipt.next_status) == (Status.PROSPECT, Status.NEW)
    assert receipt.rule.startswith("not yet: a purchase within 30 days")
    assert receipt.event is None
    assert receipt.would_change == "A purchase, a subscription or a booking would make this customer active."


def test_unknown_says_from_when_it_can_be_said() -> None:
    receipt = on("2026-01-02", BOUGHT, start="2025-12-20")
    assert receipt.status == Status.UNKNOWN
    assert receipt.known_from == from_iso("2026-01-19")
    assert receipt.rule == "the ledger does not reach back far enough"
    nothing = explain(SHOP, block_of([1], []), None, from_iso("2026-01-02"))
    assert (nothing.known_from, nothing.flips_on) == (None, None)


def test_what_ended_an_activity_that_asks_for_peace() -> None:
    peace = parse("""
        name = "x"
        [active]
        all = [
          { event = "purchase", within_days = 30 },
          { none = [{ event = "complaint", within_days = 90 }] },
        ]
    """)
    complaint = shop_events(("2026-02-15", Kind.COMPLAINT, {}))
    receipt = on("2026-02-16", BOUGHT + complaint, peace)
    assert (receipt.status, receipt.ended_by) == (Status.INACTIVE, 4)
    assert receipt.would_change.startswith("It takes a purchase within 30 days, and not a complaint")


def test_a_count_that_one_more_purchase_completes() -> None:
    regular = parse('name = "x"\nactive = { event = "purchase", count = 3, within_days = 60 }')
    receipt = on("2026-01-25", BOUGHT[:2], regular)
    assert receipt.status == Status.PROSPECT
    assert receipt.would_change == "A purchase would make this customer active."
    active = on("2026-02-12", BOUGHT, regular)
    assert active.threshold == "enough within 60 days, to 21 Mar 2026"


def test_of_several_reasons_the_one_that_lasts_is_named() -> None:
    until = from_iso("2026-04-30")
    paid = shop_events(("2026-02-01", Kind.SUBSCRIPTION, {"action": "start", "until": until}))
    receipt = on("2026-02-12", BOUGHT + paid)
    assert receipt.rule == "a subscription in force or ended within 7 days"
    assert receipt.threshold == "in force from 1 Feb 2026 to 30 Apr 2026, and 7 days of grace"


def test_a_member_who_stays_away_is_told_by_the_last_visit() -> None:
    member = shop_events(
        ("2026-01-01", Kind.SUBSCRIPTION, {"action": "start"}), ("2026-01-20", Kind.VISIT, {}),
    )
    receipt = on("2026-03-01", member, parse(preset_text("gym")))
    assert (receipt.status, receipt.event) == (Status.AT_RISK, 1)
    assert receipt.rule == (
        "none of: a visit within 21 days, a subscription event (start or renewal) within 21 days"
    )
    assert receipt.threshold == "none since 20 Jan 2026, reached on 11 Feb 2026"
    assert receipt.would_change == "A renewal or a visit would end the risk."


def test_a_deed_is_only_named_if_it_works() -> None:
    """Software counts a start, not a renewal, as a reason not to be at risk."""
    user = shop_events(
        ("2026-01-01", Kind.SUBSCRIPTION, {"action": "start"}), ("2026-01-20", Kind.USAGE, {})
    )
    receipt = on("2026-02-10", user, parse(preset_text("software")))
    assert receipt.status == Status.AT_RISK
    assert receipt.would_change == "A use or a new subscription would end the risk."


@themes
@settings(max_examples=10, deadline=None)
@given(st.data())
def test_the_active_have_a_rule_that_names_a_part_of_the_definition(
    theme: Theme, data: st.DataObject
) -> None:
    definition = parse(toml_of(data.draw(definitions(theme), "definition")))
    block = block_of([1], data.draw(ledgers(theme), "ledger"))
    receipt = explain(definition, block, 0, data.draw(st.integers(0, theme.last_day), "day"))
    if receipt.status in ACTIVE_BASE - {Status.AT_RISK}:
        assert receipt.rule.strip("()") in definition.in_words()


def test_a_receipt_is_about_one_customer() -> None:
    with pytest.raises(ValueError, match="one customer"):
        explain(SHOP, block_of([1, 2], []), None, 0)
