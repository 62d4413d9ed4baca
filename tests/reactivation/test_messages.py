"""Messages to customers: read, filled in, in their language; what is missing is told beforehand."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.locales import LANGUAGES
from activetui.reactivation.messages.drafts import ADDRESS, Draft, draft, edited, missing_words
from activetui.reactivation.messages.message import SHELF, message
from activetui.reactivation.messages.message_types import FIELDS
from activetui.reactivation.messages.reading import read_message
from activetui.reactivation.messages.template import TemplateMistake, fill, gaps
from activetui.reactivation.messages.tongues import chosen, day_in, tongues, years_in
from activetui.reactivation.rules.rule_reading import NOTHING_OWN, RuleError
from activetui.store import settings
from tests.store.building import TODAY, Building

BUILT_IN = SHELF.built_in()
WORDS = st.text(st.characters(exclude_characters="{}[]", exclude_categories=["Cs"]), max_size=12)


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    """A shop that says who it is and who signs."""
    building = Building(tmp_path / "shop.db")
    settings.put(building.conn, "business", "Casa Verde")
    settings.put(building.conn, "sender", "Ana")
    return building


def drafted(conn: sqlite3.Connection, customer: int, key: str = "missed_you", **more: str) -> Draft:
    one = message(conn, key)
    assert one is not None
    return draft(conn, customer, one, channel=more.pop("channel", "email"), day=TODAY, **more)


@pytest.mark.parametrize("one", BUILT_IN, ids=lambda one: one.key)
def test_every_message_is_there_in_six_languages_that_need_the_same(one: object) -> None:
    letters = one.letters  # type: ignore[attr-defined]
    assert set(letters) == set(LANGUAGES)
    needed = {
        tongue: {gap.field for text in (letter.subject, letter.body) for gap in gaps(text) if gap.needed}
        for tongue, letter in letters.items()
    }
    everything = {
        tongue: {gap.field for text in (letter.subject, letter.body) for gap in gaps(text)}
        for tongue, letter in letters.items()
    }
    assert len({frozenset(fields) for fields in needed.values()}) == 1, needed
    assert len({frozenset(fields) for fields in everything.values()}) == 1, everything
    assert {"sender", "business"} <= needed["en"] <= set(FIELDS)


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), WORDS), st.sampled_from(BUILT_IN))
def test_what_is_not_known_is_either_left_out_or_told(values: dict[str, str], one: object) -> None:
    for letter in one.letters.values():  # type: ignore[attr-defined]
        filled = fill(letter.body, values)
        assert "[[" not in filled.text
        assert "]]" not in filled.text
        assert set(filled.missing) == {
            gap.field for gap in gaps(letter.body) if gap.needed and not values.get(gap.field)
        }
        assert ("{" in filled.text) == bool(filled.missing)


def test_an_optional_stretch_goes_as_a_whole_and_the_others_stay() -> None:
    text = "Hello[[ {first_name}]],[[ your {product} of {last_visit}]]!"
    assert fill(text, {"first_name": "Ana"}).text == "Hello Ana,!"
    assert fill(text, {"product": "oil", "last_visit": "1 May"}).text == "Hello, your oil of 1 May!"
    assert fill(text, {"product": "oil"}).text == "Hello,!"
    assert fill("{offer}", {"offer": "[[{sender}]]"}).text == "[[{sender}]]"        # a value is no template


@pytest.mark.parametrize(("text", "what", "start"), [
    ("Hi [[ you", "open", 3), ("Hi ]] you", "close", 3), ("[[a [[b]] ]]", "nested", 4), ("a { b", "brace", 2),
    ("a } b", "brace", 2),
])
def test_brackets_that_do_not_fit_are_found_where_they_stand(text: str, what: str, start: int) -> None:
    with pytest.raises(TemplateMistake) as mistake:
        gaps(text)
    assert (mistake.value.what, mistake.value.start) == (what, start)


def test_all_mistakes_of_a_message_are_told_with_their_places() -> None:
    text = 'titel = "x"\n[en]\nsubject = "Hi {firstname}"\nbody = """\nHello [[ you\n"""\n[de]\nbody = "a"\n'
    with pytest.raises(RuleError) as refused:
        read_message("mine", text, "mine.toml", NOTHING_OWN)
    said = str(refused.value)
    assert "mine.toml:3:" in said and "first_name" in said
    assert "mine.toml:5:7" in said and "]]" in said
    assert "mine.toml:1:1: \"titel\" is not known here; did you mean title?" in said
    assert "mine.toml:7:1: \"de\" is no language of the program; known are en, es, fr, it, pt, ru" in said


def test_a_customer_is_written_to_in_the_own_language_then_in_that_of_the_country(shop: Building) -> None:
    people = {
        shop.customer("Ольга Смирнова", language="ru", country="PT", email="o@example.org"): "ru",
        shop.customer("João", language="pt-BR", email="j@example.org"): "pt",
        shop.customer("Lucía", country="MX", email="l@example.org"): "es",
        shop.customer("Nobody says", email="n@example.org"): "en",
        shop.customer("Hans", language="de", country="DE", email="h@example.org"): "en",
    }
    conn = shop.ready()
    assert {customer: drafted(conn, customer).tongue for customer in people} == people
    assert list(tongues("pt-BR", "PT"))[:2] == ["pt_BR", "pt"]
    assert chosen("pt", "BR", {"pt", "pt_BR", "en"}) == "pt_BR"
    assert drafted(conn, next(iter(people)), tongue="it").tongue == "it"


def test_it_speaks_of_the_favourite_product_and_the_last_visit(shop: Building) -> None:
    ana = shop.customer("Ana Sousa", language="en", email="ana@example.org")
    for day, product in (("2026-05-01", "Oil"), ("2026-05-01", "Oil"), ("2026-06-02", "Soap"),
                         ("2026-07-03", "Soap")):
        shop.event(ana, on=day, amount=5000 if product == "Oil" else 100, product=product)
    shop.event(ana, "visit", "2026-09-14")
    text = drafted(shop.ready(), ana).body
    assert "Hello Ana,\n" in text
    assert "the last time: 14 September)" in text
    assert "Your Soap is here" in text                      # bought on more days, though for less


def test_days_and_years_are_written_as_the_customer_writes_them() -> None:
    assert day_in("pt", TODAY, TODAY) == "22 de novembro"
    assert day_in("ru", TODAY - 365, TODAY) == "22 ноября 2025\u202fг."
    assert [years_in("ru", years) for years in (1, 3, 5)] == ["1 год", "3 года", "5 лет"]


def test_what_is_missing_is_caught_before_it_goes_out(tmp_path: Path) -> None:
    shop = Building(tmp_path / "bare.db")
    nameless = shop.customer("", language="en")
    conn = shop.ready()
    found = drafted(conn, nameless, "answer_to_reason")
    assert set(found.missing) == {ADDRESS, "first_name", "offer", "sender", "business"}
    assert not found.ready
    assert found.mailto == ""
    assert "no address" in missing_words(found.missing)
    whole = edited(found, "Hello", "Dear friend,\nwe are Casa Verde.")
    assert whole.missing == (ADDRESS,)
    assert edited(found, "Hello {first_name}", "x").missing == (ADDRESS, "first_name")


def test_a_mail_link_opens_exactly_the_message(shop: Building) -> None:
    who = shop.customer("Zoë & Co? #1", language="en", email="zoë+x&y=1@example.org")
    found = drafted(shop.ready(), who)
    link = urlsplit(found.mailto)
    asked = parse_qs(link.query, strict_parsing=True)
    assert unquote(link.path) == found.to
    assert asked["subject"] == [found.subject]
    assert asked["body"][0].replace("\r\n", "\n") == found.body
    assert set(asked) == {"subject", "body"}


def test_a_hostile_name_stays_a_name(shop: Building) -> None:
    name = "Eve\x1b[31m\r\nBcc: all@example.org {offer} [[x]]"
    who = shop.customer(name, first_name=name, language="en", email="eve@example.org\r\nBcc: x@y.z")
    found = drafted(shop.ready(), who)
    assert "\x1b" not in found.subject + found.body + found.to
    assert "\n" not in found.subject + found.to
    assert "{offer} [[x]]" in found.body
    assert "Bcc" not in parse_qs(urlsplit(found.mailto).query)


def test_a_firm_is_addressed_by_its_name(shop: Building) -> None:
    firm = shop.customer("Café Lua", company="Café Lua", language="en", email="lua@example.org")
    comma = shop.customer("Sousa, Ana", language="en", email="s@example.org")
    conn = shop.ready()
    assert "Hello Café Lua," in drafted(conn, firm).body
    assert "Hello Ana," in drafted(conn, comma).body


def test_the_owners_wording_takes_the_place_of_the_programs(shop: Building) -> None:
    who = shop.customer("Ana", language="en", email="a@example.org")
    conn = shop.ready()
    mine = 'title = "Mine"\n[en]\nsubject = "Oi"\nbody = "Come, {first_name}. {sender}"\n'
    SHELF.use(conn, "missed_you", mine, what="message", made_at="2026-11-22T10:00:00Z")
    assert drafted(conn, who).body == "Come, Ana. Ana"
    assert drafted(conn, who, tongue="ru").tongue == "en"
