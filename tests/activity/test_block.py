"""Blocks from plain values."""

from __future__ import annotations

from dataclasses import replace

import pytest

from activetui.activity.block import BlockEvent, block_of, variants
from activetui.ledger.days import FAR_FUTURE
from activetui.ledger.kinds import ACTION_CODES, Kind


def test_events_are_sorted_by_customer_and_day_and_keep_their_order_within_a_day() -> None:
    block = block_of(
        [9, 4], [(9, 5, Kind.VISIT), (4, 7, Kind.PURCHASE), (9, 1, Kind.REFUND), (4, 7, Kind.NOTE)]
    )
    assert block.customers.tolist() == [4, 9]
    assert block.owner.tolist() == [0, 0, 1, 1]
    assert block.day.tolist() == [7, 7, 1, 5]
    assert block.kind.tolist() == [Kind.PURCHASE, Kind.NOTE, Kind.REFUND, Kind.VISIT]


def test_what_is_not_said_has_a_plain_meaning() -> None:
    block = block_of([1, 2], [BlockEvent(1, 5, Kind.SUBSCRIPTION, action="pause", product="Öl")], vip=[2])
    assert (block.until[0], block.known[0], block.rating[0]) == (FAR_FUTURE, 5, -1)
    assert (block.action[0], block.nature[0]) == (ACTION_CODES["pause"], 0)
    assert block.product is not None
    assert block.product[0] == "ol"
    assert block.vip is not None
    assert block.vip.tolist() == [False, True]


def test_an_end_beyond_all_calendars_is_no_end() -> None:
    assert block_of([1], [BlockEvent(1, 5, Kind.SUBSCRIPTION, until=2_932_896)]).until[0] == FAR_FUTURE


def test_an_event_of_a_stranger_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        block_of([1], [(2, 5, Kind.VISIT)])


def test_variants_are_the_ledger_with_each_event_as_the_last_of_its_day() -> None:
    block = block_of([7], [(7, 5, Kind.VISIT), (7, 8, Kind.PURCHASE)])
    added = [BlockEvent(7, 5, Kind.NOTE), BlockEvent(7, 9, Kind.VISIT)]
    tried = variants(replace(block, product=None), added)
    assert tried.product is None
    assert tried.customers.tolist() == [0, 1]
    assert tried.owner.tolist() == [0, 0, 0, 1, 1, 1]
    assert tried.day.tolist() == [5, 5, 8, 5, 8, 9]
    assert tried.kind.tolist() == [
        Kind.VISIT, Kind.NOTE, Kind.PURCHASE, Kind.VISIT, Kind.PURCHASE, Kind.VISIT
    ]
