"""A query is read out in plain words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from activetui.ledger.kinds import Kind
from activetui.segments.count import PartCount, per_clause
from activetui.segments.fields import FIELDS, lacking
from activetui.segments.query import parse
from activetui.segments.things import kind_thing, present_thing
from activetui.segments.words import label, reading
from tests.segments.random_queries import queries
from tests.segments.small_store import OWN_KIND, TODAY, Happening, Someone, Status, store_of

READINGS = [
    ("", "all customers"),
    ("status:inactive spend>500 last>60d -kind:complaint",
     "inactive customers who spent over €500.00, last bought more than 60 days ago, without a complaint"),
    ("spend>500 status:inactive", "inactive customers who spent over €500.00"),
    ("status:inactive,lost", "inactive customers or lost customers"),
    ("-status:lost", "customers whose status is not lost"),
    ("active:yes country:PT tag:vip,gold",
     "customers of the active base in Portugal, tagged 'vip' or 'gold'"),
    ("ana", "customers with 'ana' anywhere"),
    ("purchases:1", "customers who bought once"),
    ("purchases>=3", "customers who bought at least 3 times"),
    ("spend:1..5", "customers who spent between €1.00 and €5.00"),
    ("until<=7d turns:inactive", "customers who change status within 7 days, turn inactive next"),
    ("until<7d", "customers who change status in less than 7 days"),
    ("last<2m", "customers who last bought less than 2 months ago"),
    ("-last<60d", "customers who did not last buy less than 60 days ago"),
    ("last<2026-01-31", "customers who last bought before 31 Jan 2026"),
    ("last>=2026", "customers who last bought from 1 Jan 2026 on"),
    ("last:30d..60d", "customers who last bought between 30 days and 60 days ago"),
    ("since:yesterday", "customers who came into their status yesterday"),
    ("(has:email or spend>5) none:phone",
     "customers (with an e-mail address or who spent over €5.00), without a phone number"),
    ("spend>5 or last>1y", "customers who spent over €5.00 or last bought more than 1 year ago"),
    ("not (a b)", "customers not (with 'a' anywhere and with 'b' anywhere)"),
    ('product:"olive oil"', "customers who bought 'olive oil'"),
    ("-spend>500 -product=tea", "customers who did not spend over €500.00, never bought exactly 'tea'"),
    ("-contacted<30d -city=Porto",
     "customers who were not last contacted less than 30 days ago, whose city is not 'Porto'"),
    ("-purchases>=3", "customers who did not buy at least 3 times"),
    ("consent:no -consent:unknown", "customers with consent refused, with a word on consent"),
    ("r:4..5 -m:1", "customers whose quintile by last purchase is between 4 and 5, "
     "whose quintile by spend is not exactly 1"),
    ("rfm:champions,cant_lose", "customers of the RFM group champions or can't lose them"),
    ('in:"Good ones" -segment:vip', "customers in the segment 'Good ones', not in the segment 'vip'"),
    ("as-of:2026-03 status:lost", "lost customers, as of 31 Mar 2026"),
    ("as-of:yesterday", "all customers, as of yesterday"),
    ("ana as-of:30d", "customers with 'ana' anywhere, as of 30 days ago"),
    ("last older than 2 months", "customers who last bought more than 2 months ago"),
]


@pytest.mark.parametrize(("text", "words"), READINGS, ids=[row[0] for row in READINGS])
def test_a_query_is_read_out(text: str, words: str) -> None:
    assert reading(parse(text), "EUR") == words


@pytest.mark.parametrize("name", list(FIELDS))
def test_the_example_of_every_field_can_be_read_out_both_ways(name: str) -> None:
    example = FIELDS[name].example
    if name == "as-of":                     # the day of the whole query has no opposite
        assert reading(parse(example), "EUR") == "all customers, as of 31 Mar 2026"
        return
    plain, negated = reading(parse(example), "EUR"), reading(parse("-" + example), "EUR")
    assert plain != negated
    assert "{" not in plain + negated


def test_every_kind_and_every_field_that_can_lack_has_its_noun() -> None:
    bare = [kind for kind in Kind if kind_thing(kind.word) == kind.word]
    assert bare == [Kind.FEEDBACK]
    assert not [name for name in lacking() if present_thing(name) == name]


@settings(max_examples=200, deadline=None)
@given(queries)
def test_every_query_can_be_read_out_and_labelled(text: str) -> None:
    query = parse(text, [OWN_KIND[0]])
    assert reading(query, "EUR")
    assert all(label(part) for part in query.parts)


def test_every_part_is_counted_alone() -> None:
    conn = store_of([
        Someone(status=Status.INACTIVE, spend=60_000, events=[Happening(9, TODAY)]),
        Someone(status=Status.INACTIVE, spend=100),
        Someone(status=Status.ACTIVE, spend=70_000),
    ])
    query = parse("status:inactive spend>500 -kind:complaint (ana or tag:vip)")
    assert per_clause(conn, query, TODAY) == [
        PartCount("status", 2), PartCount("spend", 2), PartCount("no complaint", 2),
        PartCount("'ana' or vip", 0),
    ]
    assert per_clause(conn, parse(""), TODAY) == []
    assert per_clause(conn, parse("status:active or spend>500"), TODAY) == [
        PartCount("status", 1), PartCount("spend", 2)
    ]
