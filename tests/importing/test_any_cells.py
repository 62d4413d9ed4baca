"""Any text in a cell or a heading is read or refused in words, never an error of ours, and never slowly."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.importing.columns.contents import contents_of
from activetui.importing.columns.headings import bare, currency_in, is_in_cents, normal, zone_in
from activetui.importing.columns.synonyms import meanings
from activetui.importing.values.bad import BadCell, shown
from activetui.importing.values.contacts import all_emails, first_email, identity_email, phones_in, read_phone
from activetui.importing.values.ids import read_id
from activetui.importing.values.moments import Spelling, moment_reader, read_spelt
from activetui.importing.values.phones import identity_phone
from activetui.importing.values.texts import clean, text_of
from activetui.importing.values.words import consent_of
from activetui.importing.values.zones import at_home, iana, zone_of
from activetui.ledger.days import to_day

PIECES = st.sampled_from([
    "12", "31", "2024", "1.234", ",", "-", "/", ":", " ", "UTC", "+01:00", "GMT", "T", "Z", "am", "de", "mar",
    "janv.", "a@b.com", ";", " ::: ", "mailto:", "<", ">", "&amp;", "_x000D_", "\\n", "=", '"', "'", "(", ")",
    "ext", "x", "№", "N.º", "Total", "Data", "cents", "€", "R$", "%", "\u202e", "\x1b[31m",
    "\x00", "٣", "²", "ß", "İ",
])
CELLS = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map("".join))


def minutes(day: int, clock: str) -> int:
    """Minutes since 1970, of a day and a time."""
    hours, _colon, rest = clock.partition(":")
    return day * 1440 + int(hours) * 60 + int(rest[:2])


@given(CELLS)
def test_any_cell_is_a_text_an_address_a_number_or_nothing(cell: str) -> None:
    for read in (clean, text_of, first_email, read_id, shown):
        assert isinstance(read(cell), str)
    for country, language in (("", ""), ("PT", "pt"), ("RU", "ru")):
        phone = read_phone(cell, country, language)
        assert identity_phone(phone) == "" or any(letter.isdigit() for letter in phone)
    assert all(identity_email(one) in ("", one) for one in all_emails(cell))
    assert consent_of(cell) in (True, False, None)
    assert all(phones_in(cell))


@given(CELLS)
def test_what_is_cleaned_once_is_clean(cell: str) -> None:
    assert not set(clean(cell)) & {"\x00", "\x1b", "\n", "\r", "\u202e"}


@given(CELLS)
def test_any_heading_means_something_known_or_nothing(heading: str) -> None:
    assert normal(normal(heading)) == normal(heading)
    assert isinstance(bare(heading), str) and isinstance(currency_in(heading), str)
    assert isinstance(is_in_cents(heading), bool) and isinstance(zone_in(heading), str)
    assert all(meaning.field for meaning in meanings(heading))


@given(st.lists(CELLS, max_size=8))
def test_any_column_looks_like_something(cells: list[str]) -> None:
    contents = contents_of([(n, [cell]) for n, cell in enumerate(cells)], 0)
    assert 0 <= contents.day <= 1 and contents.filled <= len(cells)


@given(CELLS, st.sampled_from(["dmy", "mdy", "ymd", None]), st.booleans(), st.booleans())
def test_any_moment_is_read_or_refused_in_every_spelling(
    cell: str, order: str | None, mixed: bool, later: bool
) -> None:
    spelling = Spelling(order, mixed, later, zone_of("UTC"), zone_of("Europe/Madrid"))  # type: ignore[arg-type]
    read = moment_reader(spelling)
    try:
        found = read_spelt(cell, spelling)
    except BadCell as bad:
        assert bad.reason
    else:
        assert read(cell) == found == read(cell)


@given(st.text(max_size=30))
def test_any_name_is_a_zone_or_none(name: str) -> None:
    zone_of(name)
    iana(name)


@given(
    st.dates(date(1971, 1, 1), date(2037, 12, 30)), st.times(),
    st.sampled_from(["-0500", "+03:00", "UTC", "CET"]),
    st.sampled_from(["Europe/Lisbon", "America/Sao_Paulo", "Europe/Moscow", "Asia/Kolkata"]),
)
def test_a_moment_moves_by_a_day_at_most_and_comes_back(
    when: date, clock: time, away: str, home: str
) -> None:
    there, here = zone_of(away), zone_of(home)
    assert there is not None and here is not None
    text = f"{clock:%H:%M}"
    day, told = at_home(to_day(when), text, there, here)
    assert abs(day - to_day(when)) <= 1
    back_day, back = at_home(day, told, here, there)
    assert abs(minutes(back_day, back) - minutes(to_day(when), text)) in (0, 60)


@pytest.mark.parametrize("cell", ["(" * 5000, "1" * 5000, "a@" * 3000, "1.234," * 2000, "mar " * 3000])
def test_a_very_long_cell_is_nothing_that_it_is_not(cell: str) -> None:
    assert read_phone(cell, "PT") == ""
    with pytest.raises(BadCell) as bad:
        read_spelt(cell, Spelling("dmy"))
    assert len(bad.value.reason) < 200
