"""In which language a customer is written to, and how days are written in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from functools import lru_cache

from activetui.ledger.days import Day, to_date
from activetui.locales import LANGUAGES, language

_PARTS = 2
_NEVER_ROUNDED = 1e12
_DAYS_IN_YEAR = 365


def tongues(own: str, country: str) -> Iterator[str]:
    """Languages for a customer, the best first: the own one, the country's, that of the program.

    With the country (`pt_BR`) before without it (`pt`); only languages that the program speaks.
    """
    code, _sign, region = own.replace("-", "_").partition("_")
    land = (region or country).upper()
    own_code = code.lower()
    of_land = [each for each in _spoken_in(country.upper()) if each != own_code]
    for each in dict.fromkeys((own_code, *of_land, language())):
        if each in LANGUAGES:
            if len(land) == _PARTS:
                yield f"{each}_{land}"
            yield each


def chosen(own: str, country: str, there: Collection[str]) -> str:
    """The first of `tongues` in which there is a text; else English or whatever there is, empty if none."""
    for tongue in tongues(own, country):
        if tongue in there:
            return tongue
    return "en" if "en" in there else min(there, default="")


@lru_cache(256)
def _spoken_in(country: str) -> tuple[str, ...]:
    from babel.languages import get_official_languages

    if not country:
        return ()
    return tuple(each for each in get_official_languages(country, de_facto=True) if each in LANGUAGES)


@lru_cache(4096)
def day_in(tongue: str, day: Day, today: Day) -> str:
    """The day in a language, with its year where that is not the present one: `14 October`."""
    from babel.dates import format_date, format_skeleton

    when, locale = to_date(day), _locale(tongue)
    if when.year != to_date(today).year:
        return format_date(when, "long", locale=locale)
    return format_skeleton("MMMMd", when, locale=locale)


@lru_cache(256)
def years_in(tongue: str, years: int) -> str:
    """A number of years in a language: `3 years`."""
    from babel.dates import format_timedelta

    return format_timedelta(
        timedelta(days=_DAYS_IN_YEAR * years), granularity="year", threshold=_NEVER_ROUNDED,
        locale=_locale(tongue),
    )


def _locale(tongue: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse("en_GB" if tongue == "en" else tongue))
    except UnknownLocaleError:
        return tongue[:_PARTS]
