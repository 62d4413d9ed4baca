"""What can be written, and what is said of what cannot."""

from __future__ import annotations

import pytest

from activetui.ledger.days import FAR_FUTURE, FAR_PAST, from_iso, iso
from activetui.ledger.errors import Exit
from activetui.segments.errors import QueryError
from activetui.segments.query import MAX_CONDITIONS, MAX_LENGTH, MAX_SEARCHES, parse
from activetui.segments.tree import All, AnyOf, Edge, FieldTest, Length, Not, Words


def shape(node: object) -> object:
    """The tree with names only, to compare."""
    match node:
        case All(parts):
            return ("and", *map(shape, parts))
        case AnyOf(parts):
            return ("or", *map(shape, parts))
        case Not(part):
            return ("not", shape(part))
        case Words(text):
            return text
        case FieldTest():
            return f"{node.field.name} {node.operator} {','.join(node.written)}"
    return None


@pytest.mark.parametrize(("text", "tree"), [
    ("", None),
    ("  \t ", None),
    ("ana", "ana"),
    ('"Ana Maria"', "Ana Maria"),
    ("“Ana Maria”", "Ana Maria"),
    ("ana maria", ("and", "ana", "maria")),
    ("ana AND maria", ("and", "ana", "maria")),
    ("a or b c", ("or", "a", ("and", "b", "c"))),
    ("(a or b) c", ("and", ("or", "a", "b"), "c")),
    ("a (b c)", ("and", "a", "b", "c")),
    ("not a b", ("and", ("not", "a"), "b")),
    ("-a -(b or c)", ("and", ("not", "a"), ("not", ("or", "b", "c")))),
    ("--a", ("not", ("not", "a"))),
    ("casa - verde", ("and", "casa", "-", "verde")),
    ("olive-club", "olive-club"),
    ('"or"', "or"),
    ("orla andrea notte", ("and", "orla", "andrea", "notte")),
    ("Silva, Ana", ("and", "Silva,", "Ana")),
    ("spend>500", "spend > 500"),
    ("spend > 500", "spend > 500"),
    ("SPEND>500", "spend > 500"),
    ("year_spend>500", "year > 500"),
    ("status:inactive,lost", "status : inactive,lost"),
    ('product:"olive oil",bread', "product : olive oil,bread"),
    ('name:"say \\"hi\\" \\\\"', 'name : say "hi" \\'),
    ("spent over € 500", "spend > €500"),
    ("ana €", ("and", "ana", "€")),
    ("status:inactive spend>500 -kind:complaint (a or b)",
     ("and", "status : inactive", "spend > 500", ("not", "kind : complaint"), ("or", "a", "b"))),
])
def test_text_becomes_a_tree(text: str, tree: object) -> None:
    assert shape(parse(text).root) == tree


MISTAKES = [
    # query, where, proposal, a word of the message
    ("status:at spend>5", "at", "at_risk", "status"),
    ("foo:1", "foo", "", "field"),
    ("spnd>5", "spnd", "spend", "field"),
    ("revenue>5", "revenue", "spend", "field"),
    ("status:inactve", "inactve", "inactive", "status"),
    ("ana status:inactive,lsot", "lsot", "lost", "status"),
    ("kind:complain", "complain", "complaint", "kind"),
    ("type:loyl", "loyl", "loyal", "type"),
    ("has:emal", "emal", "email", "has"),
    ("active:maybe", "maybe", "", "active"),
    ("last>60", "60", "60d", "no day"),
    ("last>60x", "60x", "60d", "no day"),
    ("last:60d", "last:60d", "last<60d", "how long"),
    ("until:7d", "until:7d", "until<7d", "how long"),
    ("last<2026-02-30", "2026-02-30", "", "no day"),
    ("last<0000", "0000", "", "no day"),
    ("last<31.01.2026", "31.01.2026", "2026-01-31", "no day"),
    ("last>31/1/2026", "31/1/2026", "2026-01-31", "no day"),
    ("last older than 1.2.2026", "1.2.2026", "2026-02-01", "no day"),
    ("last>2026/01/31", "2026/01/31", "2026-01-31", "no day"),
    ("last>32.01.2026", "32.01.2026", "32d", "no day"),
    ("last:30d..2026-01-01", "30d..2026-01-01", "", "mixes"),
    ("last:2026-02..2026-01", "2026-02..2026-01", "2026-01..2026-02", "backwards"),
    ("last:..", "..", "", "no end"),
    ("last>1d..2d", "last>1d..2d", "last:1d..2d", "range"),
    ("last>99999y", "99999y", "", "two hundred"),
    ("last:today,yesterday", "today,yesterday", "", "several"),
    ("spend>60x", "60x", "60", "amount"),
    ("spend>5e3", "5e3", "5", "amount"),
    ("spend>٥٠٠", "٥٠٠", "", "amount"),
    ("spend>1,000", "1,000", "1000", "several"),
    ("spend>12,50", "12,50", "12.50", "several"),
    ("spend>1.250,50", "1.250,50", "1250.50", "several"),
    ("spend>500 EUR ana", " EUR", "EUR", "apart"),
    ("spend over 500 euros", " euros", "EUR", "apart"),
    ("spend > 500 €", " €", "€", "apart"),
    ("spend≥500", "spend≥500", "spend>=500", "read"),
    ("status!=inactive", "status!", "-status", "sign"),
    ("!status:inactive", "!status", "-status", "sign"),
    ("status:!inactive", "status:!inactive", "-status:inactive", "status"),
    ("status<>inactive", "status<>inactive", "-status:inactive", "compared"),
    ("status:inactive|lost", "inactive|lost", "inactive,lost", "status"),
    ("status:at risk|lost", "at", "at_risk", "status"),
    ("type:support/service", "support/service", "support_service", "type"),
    ("spend:500..100", "500..100", "100..500", "backwards"),
    ("spend:..", "..", "", "no end"),
    ("spend>1..2", "spend>1..2", "spend:1..2", "range"),
    ("spend>>5", ">5", "", "signs"),
    ("purchases>1.5", "1.5", "1", "whole"),
    ("rhythm<1m", "1m", "1", "days"),
    ("status>3", "status>3", "status:at_risk", "compared"),
    ("name<a", "name<a", "name:a", "compared"),
    ('name:""', 'name:""', "none:name", "no text"),
    ("phone:abc", "abc", "", "digit"),
    ("status:", "status:", "", "missing"),
    ("spend>", "spend>", "", "missing"),
    ("status: inactive", "status: inactive", "status:inactive", "blank"),
    ("status:inactive,", "", "", "missing"),
    ("status:,lost", ",", "", "missing"),
    ('status:"a"b', '"a"b', "", "Quotes"),
    (">5", ">", "", "field"),
    ("(a", "(", "", "not closed"),
    ("a)", ")", "", "closes nothing"),
    ("(a))", ")", "", "closes nothing"),
    ("a ()", "()", "", "nothing in"),
    ("or", "or", '"or"', "missing"),
    ("a or", "or", '"or"', "missing"),
    ("a or or b", "or", '"or"', "missing"),
    ("a and", "and", '"and"', "missing"),
    ("not", "not", '"not"', "missing"),
    ('a "b', '"b', '"b"', "not closed"),
    ('name:"b', '"b', '"b"', "not closed"),
    ('a "b"c', '"b"c', '"bc"', "cannot be read"),
    ("acme(pt)", "acme(pt)", '"acme(pt)"', "cannot be read"),
]


@pytest.mark.parametrize(("text", "where", "proposal", "word"), MISTAKES, ids=[row[0] for row in MISTAKES])
def test_a_mistake_is_told_with_its_place_and_a_proposal(
    text: str, where: str, proposal: str, word: str
) -> None:
    with pytest.raises(QueryError) as refused:
        parse(text)
    error = refused.value
    assert text[error.start : error.end] == where
    assert error.position == error.start
    assert word.lower() in error.message.lower()
    assert error.proposal == proposal
    assert error.exit_code == Exit.USAGE


@pytest.mark.parametrize("text", [row[0] for row in MISTAKES if row[2]])
def test_a_proposal_mends_the_query_where_it_is_put(text: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse(text)
    error = refused.value
    mended = text[: error.start] + error.proposal + text[error.end :]
    for _attempt in range(2):               # one more mistake may stand elsewhere
        try:
            parse(mended)
            return
        except QueryError as second:
            assert second.proposal, f"{mended}: {second.message}"
            mended = mended[: second.start] + second.proposal + mended[second.end :]
    raise AssertionError(mended)


def test_the_first_mistake_is_told() -> None:
    with pytest.raises(QueryError) as refused:
        parse("spnd>5 last>60x")
    assert refused.value.start == 0


def test_the_mark_stands_under_the_mistake() -> None:
    with pytest.raises(QueryError) as refused:
        parse("status:inactive spnd>500")
    assert refused.value.pointed() == "status:inactive spnd>500\n                ^^^^"


def test_the_mark_allows_for_wide_letters() -> None:
    with pytest.raises(QueryError) as refused:
        parse("田中 foo:1")
    assert refused.value.pointed().splitlines()[1] == "     ^^^"


def test_the_mark_of_a_long_query_shows_the_place() -> None:
    with pytest.raises(QueryError) as refused:
        parse("ana " * 60 + "spnd>5")
    query, mark = refused.value.pointed(40).splitlines()
    assert len(query) <= 40
    assert query[mark.index("^") : mark.rindex("^") + 1] == "spnd"


def test_the_mark_never_acts_on_the_terminal() -> None:
    with pytest.raises(QueryError) as refused:
        parse("\x1b[31mfoo\u202e:1 x")
    assert "\x1b" not in refused.value.pointed()
    assert "\u202e" not in refused.value.pointed()


def test_kinds_of_the_owner_are_known_where_they_are_named() -> None:
    assert shape(parse('kind:"wine tasting"', ["wine tasting"]).root) == "kind : wine tasting"
    with pytest.raises(QueryError):
        parse('kind:"wine tasting"')


@pytest.mark.parametrize(("day", "length", "sign", "there"), [
    ("2026-03-31", Length(1, "m"), -1, "2026-02-28"),
    ("2024-03-31", Length(1, "m"), -1, "2024-02-29"),
    ("2026-01-31", Length(1, "m"), 1, "2026-02-28"),
    ("2024-02-29", Length(1, "y"), -1, "2023-02-28"),
    ("2026-01-15", Length(13, "m"), -1, "2024-12-15"),
    ("2026-12-15", Length(1, "m"), 1, "2027-01-15"),
    ("2026-11-22", Length(2, "w"), -1, "2026-11-08"),
])
def test_months_and_years_are_those_of_the_calendar(day: str, length: Length, sign: int, there: str) -> None:
    assert iso(length.after(from_iso(day), sign)) == there


def test_a_length_beyond_the_calendar_is_no_day_but_no_error_either() -> None:
    assert Edge(length=Length(200, "y"), sign=-1).on(from_iso("0100-01-01")) == FAR_PAST + 1
    assert Edge(length=Length(200, "y")).on(from_iso("9999-01-01")) == FAR_FUTURE - 1


def test_size_and_number_of_conditions_are_limited() -> None:
    parse("kind:visit " * MAX_CONDITIONS)
    with pytest.raises(QueryError, match="conditions"):
        parse("kind:visit " * (MAX_CONDITIONS + 1))
    with pytest.raises(QueryError, match="conditions"):
        parse("id:" + ",".join(["1"] * (MAX_CONDITIONS + 1)))
    parse("x" * MAX_LENGTH)
    with pytest.raises(QueryError, match="too long"):
        parse("x" * (MAX_LENGTH + 1))


def test_what_is_searched_for_is_limited() -> None:
    parse("a " * MAX_SEARCHES)
    parse("product:tea,coffee,oil " * (MAX_SEARCHES // 3))
    with pytest.raises(QueryError, match="words and texts") as refused:
        parse("status:active " + "a " * MAX_SEARCHES + "-(b or c)")
    assert refused.value.text[refused.value.start : refused.value.end] == "b"
    with pytest.raises(QueryError, match="words and texts"):
        parse("product:tea " * (MAX_SEARCHES // 3 + 1))


@pytest.mark.parametrize(("text", "says"), [
    ("-as-of:today", "cannot stand"), ("a or as-of:today", "cannot stand"),
    ("(a or as-of:today) b", "cannot stand"),
    ("as-of:today as-of:30d", "twice"), ("as-of:today,yesterday", "one day"), ("as-of>30d", "compared"),
    ("as-of:30", "no day"), ("as-of:2026-02-30", "no day"),
])
def test_the_day_of_a_query_stands_once_beside_everything_else(text: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        parse(text)


def test_the_day_of_a_query_is_no_condition() -> None:
    query = parse("status:active as-of:30d (ana)")
    assert shape(query.root) == ("and", "status : active", "ana")
    assert query.day(1_000) == 970
    assert parse("as-of:2026-03").day(0) == from_iso("2026-03-31")
    assert parse("as-of:2026-03").root is None
    assert parse("ana").day(1_000) == 1_000
