"""Days, money and numbers in the six languages."""

from __future__ import annotations

import subprocess
import sys

import pytest

from activetui.ledger.days import FAR_FUTURE, FAR_PAST, from_iso
from activetui.locales import formats, use_language

DAY = from_iso("2026-11-13")
TODAY = from_iso("2026-11-22")


def plain(text: str) -> str:
    """The text with ordinary blanks, so that expectations can be read."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "medium", "short", "ago", "ahead", "money", "number", "share", "days"),
    [
        ("en", "13 Nov 2026", "13 Nov", "9 days ago", "in 4 days", "€1,240.50", "1,234.5", "54%", "12 days"),
        ("pt", "13/11/2026", "13/11", "há 9 dias", "dentro de 4 dias", "1 240,50 €", "1 234,5", "54%",
         "12 dias"),
        ("es", "13 nov 2026", "13 nov", "hace 9 días", "dentro de 4 días", "1.240,50 €", "1.234,5", "54 %",
         "12 días"),
        ("it", "13 nov 2026", "13 nov", "9 giorni fa", "tra 4 giorni", "1.240,50 €", "1.234,5", "54%",
         "12 giorni"),
        ("fr", "13 nov. 2026", "13 nov.", "il y a 9 jours", "dans 4 jours", "1 240,50 €", "1 234,5", "54 %",
         "12 jours"),
        ("ru", "13 нояб. 2026 г.", "13 нояб.", "9 дней назад", "через 4 дня", "1 240,50 €", "1 234,5", "54 %",
         "12 дней"),
    ],
)
def test_each_language_writes_its_own_way(
    language: str, medium: str, short: str, ago: str, ahead: str, money: str, number: str, share: str,
    days: str,
) -> None:
    use_language(language)
    assert plain(formats.format_day(DAY)) == medium
    assert plain(formats.format_day_short(DAY)) == short
    assert plain(formats.relative_day(DAY, TODAY)) == ago
    assert plain(formats.relative_day(TODAY + 4, TODAY)) == ahead
    assert plain(formats.format_money(124050, "EUR")) == money
    assert plain(formats.format_number(1234.5)) == number
    assert plain(formats.format_share(0.54)) == share
    assert plain(formats.days_words(12)) == days


def test_the_country_decides_where_the_language_leaves_it_open() -> None:
    use_language("pt_BR")
    assert plain(formats.format_money(124050, "BRL")) == "R$ 1.240,50"
    use_language("en_US")
    assert formats.format_day(DAY) == "Nov 13, 2026"
    use_language("en_XX")
    assert formats.format_day(DAY) == "13 Nov 2026"


@pytest.mark.parametrize(
    ("distance", "words"),
    [(0, "today"), (-1, "yesterday"), (1, "tomorrow"), (-2, "2 days ago"), (59, "in 59 days"),
     (-61, "2 months ago"), (-92, "3 months ago"), (-366, "12 months ago"), (-731, "2 years ago"),
     (1100, "in 3 years")],
)
def test_near_days_are_told_in_words(distance: int, words: str) -> None:
    assert formats.relative_day(TODAY + distance, TODAY) == words


def test_the_year_stands_only_where_it_is_another_one() -> None:
    assert formats.format_day_short(DAY, TODAY) == "13 Nov"
    assert formats.format_day_short(from_iso("2025-11-13"), TODAY) == "13 Nov 2025"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_nothing_is_a_dash(language: str) -> None:
    use_language(language)
    nan = float("nan")
    shown = {
        formats.format_day(None), formats.format_day(FAR_PAST), formats.format_day_short(FAR_FUTURE),
        formats.relative_day(FAR_FUTURE, TODAY), formats.format_money(None, "EUR"),
        formats.format_number(None), formats.format_share(None), formats.format_share(nan),
        formats.days_words(None), formats.format_month(None), formats.format_weekday(None),
    }
    assert shown == {"–"}


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [(-1250, "EUR", "-€12.50"), (0, "EUR", "€0.00"), (500, "JPY", "JP¥500"), (1234, "KWD", "KWD1.234"),
     (99, "", "0.99")],
)
def test_money_keeps_sign_and_decimal_places(minor: int, currency: str, shown: str) -> None:
    assert plain(formats.format_money(minor, currency)) == shown


def test_whole_money_drops_the_cents_only() -> None:
    assert formats.format_money(418049, "EUR", whole=True) == "€4,180"
    use_language("fr")
    assert plain(formats.format_money(418049, "EUR", whole=True)) == "4 180 €"


def test_russian_counts_days_in_three_forms() -> None:
    use_language("ru")
    assert [plain(formats.days_words(n)) for n in (0, 1, 2, 5, 11, 21)] == [
        "0 дней", "1 день", "2 дня", "5 дней", "11 дней", "21 день"
    ]


def test_figures_of_a_column_have_as_many_places() -> None:
    assert [formats.format_decimals(each, 3) for each in (0.79, 1234.5, -0.0004, None)] == [
        "0.790", "1,234.500", "-0.000", "–",
    ]
    use_language("pt")
    assert formats.format_decimals(0.79, 3) == "0,790"
    use_language("en")


def test_a_small_share_is_not_nothing() -> None:
    assert [formats.format_share(share) for share in (0.0, 0.001, 0.01, 1.0)] == ["0%", "<1%", "1%", "100%"]


def test_babel_waits_for_the_first_call() -> None:
    code = "import activetui.locales.formats, sys; sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
