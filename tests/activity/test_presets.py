"""The nine presets are valid, make sense by themselves, and mean what their kind of business means."""

from __future__ import annotations

import pytest

from activetui.activity.block import BlockEvent, block_of
from activetui.activity.consistency import check
from activetui.activity.evaluate import evaluate
from activetui.activity.presets import PRESETS, preset_text
from activetui.activity.reading.parsing import parse
from activetui.ledger.kinds import Kind
from tests.activity.ledgers import status_on

KEYS = [preset.key for preset in PRESETS]


def statuses(key: str, events: list[BlockEvent], *days: int) -> list[str]:
    spans = evaluate(parse(preset_text(key)), block_of([1], events), -10_000)
    return [status_on(spans, day).word for day in days]


def purchase(day: int) -> BlockEvent:
    return BlockEvent(1, day, Kind.PURCHASE, net=2000)


def test_there_are_nine() -> None:
    assert KEYS == [
        "shop", "cafe", "salon", "gym", "subscription", "online_shop", "software", "trade", "donors"
    ]


@pytest.mark.parametrize("key", KEYS)
def test_a_preset_is_valid_and_consistent(key: str) -> None:
    definition = parse(preset_text(key), where=key)
    assert check(definition) == []
    assert definition.in_words()


@pytest.mark.parametrize("preset", PRESETS, ids=KEYS)
def test_a_preset_has_a_title_and_a_summary(preset: object) -> None:
    assert preset.title  # type: ignore[attr-defined]
    assert preset.summary.endswith(".")  # type: ignore[attr-defined]


def test_an_unknown_preset_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        preset_text("../shop")


def test_a_shop_customer_is_active_for_thirty_days() -> None:
    assert statuses("shop", [purchase(0)], 0, 24, 30, 31, 396) == [
        "new", "at_risk", "at_risk", "inactive", "lost"
    ]


def test_a_booked_appointment_keeps_a_salon_customer() -> None:
    booked = BlockEvent(1, 100, Kind.BOOKING, known=5)
    assert statuses("salon", [purchase(0), booked], 61, 100, 101) == ["active", "active", "inactive"]


def test_a_gym_member_who_stays_away_is_at_risk() -> None:
    member = BlockEvent(1, 0, Kind.SUBSCRIPTION, action="start")
    visit = BlockEvent(1, 70, Kind.VISIT)
    assert statuses("gym", [member, visit], 10, 40, 75, 95) == ["new", "at_risk", "active", "at_risk"]


def test_a_subscriber_is_active_to_the_end_and_a_week() -> None:
    paid = BlockEvent(1, 0, Kind.SUBSCRIPTION, action="start", until=364)
    assert statuses("subscription", [paid], 0, 100, 350, 371, 372) == [
        "new", "active", "at_risk", "at_risk", "inactive"
    ]


def test_software_that_is_paid_but_not_used_is_not_active() -> None:
    events = [BlockEvent(1, 0, Kind.SUBSCRIPTION, action="start"), BlockEvent(1, 20, Kind.USAGE)]
    assert statuses("software", events, 0, 33, 40, 51) == ["new", "active", "at_risk", "inactive"]
    assert statuses("software", events[1:], 20) == ["prospect"]


def test_a_yearly_donor_is_active_from_christmas_to_christmas() -> None:
    assert statuses("donors", [purchase(0), purchase(380)], 200, 366, 390, 790) == [
        "new", "at_risk", "active", "inactive"
    ]
