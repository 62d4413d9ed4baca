"""Why customers enter and leave, and what the past can tell of a query."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from activetui.activity.status import Status
from activetui.ledger.days import Day, from_iso
from activetui.segments.past import leaves_of, reach_of
from activetui.segments.query import parse
from activetui.segments.reasons import Moved, cause_words, causes
from activetui.segments.tree import All, AnyOf, Node, Not
from activetui.store.listing.people import Person

BEFORE, TODAY = from_iso("2026-10-31"), from_iso("2026-11-22")

KINDS_OF_TYPES = {"recent_buyer": ("purchase",), "contact": ("contact", "newsletter"), "vip": ("purchase",)}

PATTERNS = [
    "a b", "a or b", "-a", "-(a b)", "a (b or c)", "-(a or b) c", "(a b) or -(c or -d)", "a -a b or b",
]


def answer(node: Node, said: dict[str, bool]) -> bool:
    match node:
        case Not(part):
            return not answer(part, said)
        case All(parts):
            return all(answer(part, said) for part in parts)
        case AnyOf(parts):
            return any(answer(part, said) for part in parts)
        case _:
            return said[node.text]  # type: ignore[union-attr]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PATTERNS), st.lists(st.booleans(), min_size=8, max_size=8))
def test_what_the_causes_say_is_enough_to_turn_the_answer(pattern: str, said: list[bool]) -> None:
    query = parse(pattern)
    assert query.root is not None
    before, after = (dict(zip("abcd", half, strict=True)) for half in (said[:4], said[4:]))
    leaves = [leaf.text for leaf in leaves_of(query.root)]  # type: ignore[union-attr]
    found = causes(query, [before[leaf] for leaf in leaves], [after[leaf] for leaf in leaves])
    turned = answer(query.root, before) != answer(query.root, after)
    assert bool(found) == turned
    assume(turned)
    only_those = before | {leaves[cause.place]: cause.holds for cause in found}
    assert answer(query.root, only_those) == answer(query.root, after)
    assert all(after[leaves[cause.place]] == cause.holds != before[leaves[cause.place]] for cause in found)


def test_a_query_that_finds_everyone_is_moved_by_nothing() -> None:
    assert causes(parse(""), [], []) == []


def person(**changes: object) -> Person:
    known = Person(
        1, "", "Ana", "", "", "", "", Status.ACTIVE, from_iso("2026-09-01"), from_iso("2026-12-01"), True,
        from_iso("2025-01-01"), from_iso("2026-09-05"), 3, 48_000, "EUR", (), (), 14.0,
        from_iso("2026-11-30"), 20_000, Status.INACTIVE,
    )
    return known._replace(**changes)  # type: ignore[arg-type]


def said(
    text: str, *, holds: bool = True, happened: dict[str, Day] | None = None, gone: bool = False,
    ever: dict[str, Day] | None = None, came: Day | None = None, **after: Any,
) -> str:
    """What is told of a customer who was active before (or, with `gone`, was not)."""
    query = parse(text)
    assert query.root is not None
    number = len(list(leaves_of(query.root)))
    before_holds, after_holds = [not holds] * number, [holds] * number
    [cause, *_more] = causes(query, before_holds, after_holds)
    before = person(active=False, status=Status.INACTIVE) if gone else person()
    moved = Moved(before, person(**after), happened or {}, ever or {}, came)
    return cause_words(cause, moved, TODAY, "EUR", KINDS_OF_TYPES)


def test_a_status_names_its_day() -> None:
    lapsed: dict[str, Any] = {"status": Status.INACTIVE, "status_since": from_iso("2026-11-03")}
    assert said("status:inactive", **lapsed) == "became inactive on 3 Nov"
    assert said("active:yes", holds=False, **lapsed) == "became inactive on 3 Nov"
    assert said("-status:active", holds=False, **lapsed) == "became inactive on 3 Nov"
    assert said("turns:inactive") == "turns inactive on 1 Dec"
    assert said("until<10d", holds=False, **lapsed) == "became inactive on 3 Nov"
    bought = {**lapsed, "status": Status.REACTIVATED, "last_purchase": from_iso("2026-11-03")}
    assert said("status:inactive", holds=False, gone=True, **bought) == (
        "bought on 3 Nov and became reactivated"
    )
    assert said("status:active", holds=False, **bought) == "became reactivated on 3 Nov"
    assert said("since>60d") == "active since 1 Sept"


def test_who_came_back_is_not_said_to_have_come_by_the_status_that_followed() -> None:
    came = from_iso("2026-11-02")
    since: dict[str, Any] = {"status": Status.AT_RISK, "status_since": from_iso("2026-11-14"), "gone": True}
    assert said("active:yes", came=came, **since) == "came back on 2 Nov, at risk since 14 Nov"
    back = said("-status:inactive", holds=False, came=came, **since)
    assert back == "came back on 2 Nov, at risk since 14 Nov"
    assert said("status:at_risk", came=came, **since) == "became at risk on 14 Nov"
    assert said("active:yes", came=from_iso("2026-11-14"), **since) == "came back on 14 Nov and is at risk"


def test_a_type_names_what_brought_it_or_how_long_that_is_ago() -> None:
    then, long_ago = from_iso("2026-11-12"), from_iso("2026-08-03")
    both = {"contact": then, "newsletter": then - 2}
    assert said("type:recent_buyer", happened={"purchase": then}) == (
        "is now of the type recent buyer: purchase on 12 Nov"
    )
    assert said("type:contact", happened=both) == (
        "is now of the type contact: newsletter on 10 Nov, contact on 12 Nov"
    )
    assert said("type:contact", holds=False, ever={"newsletter": long_ago}) == (
        "is no longer of the type contact: last newsletter on 3 Aug, 111 days ago"
    )
    kept_by_none = said("type:contact", holds=False, happened=both, ever=both)
    assert kept_by_none == "is no longer of the type contact"


def test_a_vip_names_the_spend_unless_the_tag_came_or_went() -> None:
    assert said("type:vip", holds=False, year_spend=9_000) == (
        "is no longer of the type VIP: spend in a year fell from €200.00 to €90.00"
    )
    assert said("type:vip", holds=False, year_spend=30_000) == "is no longer of the type VIP"
    assert said("type:vip", year_spend=30_000, tags=("vip",)) == "is now of the type VIP"


def test_a_quintile_or_a_group_names_the_figure_behind_it() -> None:
    assert said("m<=3", holds=False, spend=53_000) == (
        "the quintile by spend changed: spend rose from €480.00 to €530.00"
    )
    assert said("f>=4", purchases=3) == "the quintile by number of purchases changed"
    assert said("rfm:champions", last_purchase=from_iso("2026-11-10")) == (
        "is now in the RFM group champions: bought on 10 Nov"
    )


def test_a_figure_names_both_values() -> None:
    assert said("spend>500", spend=53_000) == "spend rose from €480.00 to €530.00"
    assert said("spend>500", holds=False, spend=40_000) == "spend fell from €480.00 to €400.00"
    assert said("year>200", year_spend=25_000) == "spend in a year rose from €200.00 to €250.00"
    assert said("purchases:4", purchases=4) == "purchases rose from 3 to 4"
    assert said("rhythm>14", rhythm=15.5) == "the rhythm slowed from 14 to 15.5 days"
    assert said("has:rhythm", rhythm=15.5) == "now: with a rhythm"


def test_a_day_names_the_purchase_or_how_long_there_was_none() -> None:
    bought = from_iso("2026-11-10")
    assert said("last>60d") == "last bought on 5 Sept, 78 days ago"
    assert said("last>60d", holds=False, last_purchase=bought) == "bought on 10 Nov"
    assert said("next<10d") == "is expected on 30 Nov"


def test_events_of_the_days_between_are_named() -> None:
    then = from_iso("2026-11-12")
    assert said("kind:complaint", happened={"complaint": then}) == "complaint on 12 Nov"
    assert said("complaint:open", happened={"complaint": then}) == "complaint on 12 Nov"
    solved = said("complaint:open", holds=False, happened={"complaint": 1, "complaint_resolved": then})
    assert solved == "complaint resolved on 12 Nov"
    assert said("contacted<30d", happened={"contact": then}) == "contact on 12 Nov"
    assert said('product:"olive oil"', happened={"purchase": then}) == "purchase on 12 Nov"
    assert said("complained>30d", holds=False, happened={}) != ""


def test_what_nothing_explains_is_said_in_the_words_of_the_query() -> None:
    assert said("kind:complaint") == "now: with a complaint"
    assert said("kind:complaint", holds=False) == "now: without a complaint"
    assert said("type:vip") == "is now of the type VIP"
    assert said("type:vip", holds=False) == "is no longer of the type VIP"


@pytest.mark.parametrize("text", [
    "status:at_risk", "spend>500", "last>60d", "tag:vip", "country:PT", "ana", "has:email", "none:rhythm",
    "type:loyal", "complaint:open", "product:oil", "renewal<30d", "consent:yes", "next<7d", "id:3",
])
@pytest.mark.parametrize("holds", [True, False])
def test_every_cause_can_be_said(text: str, holds: bool) -> None:
    assert said(text, holds=holds)


@pytest.mark.parametrize(("text", "dated", "undated", "days"), [
    ("status:at_risk", True, False, 35),
    ("tag:vip", False, True, 0),
    ("tag:vip last>60d", True, True, 61),
    ("ana", False, True, 0),
    ("has:email", False, True, 0),
    ("has:rhythm", True, False, 0),
    ("none:tag,rhythm", True, False, 0),
    ("-(spend>500 or year>100)", True, False, 365),
    ("last:30d..90d", True, False, 90),
    ("last>2026-01-01", True, False, 0),
    ("until<7d", True, False, 35),
    ("", False, False, 0),
])
def test_how_far_a_query_looks_back(text: str, dated: bool, undated: bool, days: int) -> None:
    found = reach_of(parse(text), 35)
    assert (found.dated, found.undated, found.days) == (dated, undated, days)
    assert found.told_from(None) is None
    assert found.told_from(100) == (100 + days if dated else None)


def test_a_type_looks_back_as_far_as_its_own_rule() -> None:
    assert reach_of(parse("type:loyal,contact"), 35, {"loyal": 365, "contact": 90}).days == 365
    assert reach_of(parse("type:contact status:active"), 35, {"loyal": 365, "contact": 90}).days == 90


def test_a_query_of_prospects_is_known() -> None:
    asked = ["status:prospect", "status:lost,prospect", "active:no", "status:lost", "active:yes"]
    assert [reach_of(parse(text), 0).prospects for text in asked] == [True, True, True, False, False]

