"""Days, money and numbers as people of the chosen language write them.

For eyes only: JSON and CSV output never passes through here. Babel is loaded at the first call; every
answer is remembered, because lists ask for the same few thousand values again and again.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from activetui.ledger.days import Day, is_bounded, to_date
from activetui.ledger.money import to_decimal
from activetui.locales import _, locale_name

NOTHING = "–"
"""What stands where there is no value."""

DayStyle = Literal["short", "medium", "long", "full"]

_NEAR = 60
"""Days up to which a distance is told in days; months up to two years; then years."""
_REMEMBERED = 8192
_ONLY_THIS_UNIT = 1e12


def format_day(day: Day | None, style: DayStyle = "medium") -> str:
    """The day with its year: `13 Nov 2026`. None and the two far ends of time give a dash."""
    return NOTHING if day is None or not is_bounded(day) else _day(int(day), style, locale_name())


def format_day_short(day: Day | None, today: Day | None = None) -> str:
    """The day without its year: `13 Nov`. With `today`, the year stands where it is another one."""
    if day is None or not is_bounded(day):
        return NOTHING
    with_year = today is not None and to_date(day).year != to_date(today).year
    return _skeleton(int(day), "yMMMd" if with_year else "MMMd", locale_name())


def format_month(day: Day | None) -> str:
    """The day's month: `Nov 2026`."""
    return NOTHING if day is None or not is_bounded(day) else _skeleton(int(day), "yMMM", locale_name())


def format_month_name(day: Day | None) -> str:
    """The month's own name, short and without the year: `Nov`."""
    return NOTHING if day is None or not is_bounded(day) else _skeleton(int(day), "MMM", locale_name())


def format_weekday(day: Day | None) -> str:
    """The day's weekday, abbreviated: `Fri`."""
    return NOTHING if day is None or not is_bounded(day) else _weekday(int(day), locale_name())


def relative_day(day: Day | None, today: Day) -> str:
    """The distance in words: `today`, `yesterday`, `12 days ago`, `in 4 days`, `3 months ago`."""
    if day is None or not is_bounded(day):
        return NOTHING
    distance = int(day) - int(today)
    if distance == 0:
        return _("today")
    if distance == -1:
        return _("yesterday")
    if distance == 1:
        return _("tomorrow")
    return _distance(distance, locale_name())


def days_words(n: int | None) -> str:
    """A number of days: `12 days`, `1 day`."""
    return NOTHING if n is None else _days(int(n), locale_name())


def format_money(minor: int | None, currency: str, *, whole: bool = False) -> str:
    """Minor units as money: `€1,240.50`; with `whole`, rounded to full units for tight places.

    Without a currency, the bare number with two decimal places.
    """
    return NOTHING if minor is None else _money(int(minor), currency, whole, locale_name())


def format_number(n: float | None) -> str:
    """A number with the group and decimal signs of the language: `1,234.5`."""
    return NOTHING if n is None else _number(n, locale_name())


def format_decimals(n: float | None, places: int) -> str:
    """A number with exactly so many decimal places, so that figures stand in columns: `0.790`."""
    if n is None:
        return NOTHING
    from babel.numbers import format_decimal

    return format_decimal(n, format="#,##0." + "0" * places, locale=locale_name())


def format_share(share: float | None) -> str:
    """A share of one as whole per cent: `54%`; `<1%` where something small would read as nothing."""
    if share is None or share != share:
        return NOTHING
    return ("<" + _share(0.01, locale_name())) if 0 < share < 0.005 else _share(share, locale_name())


@lru_cache(_REMEMBERED)
def _day(day: Day, style: DayStyle, locale: str) -> str:
    from babel.dates import format_date

    return format_date(_date(day), style, locale=locale)


@lru_cache(_REMEMBERED)
def _skeleton(day: Day, skeleton: str, locale: str) -> str:
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, _date(day), locale=locale)


@lru_cache(512)
def _weekday(day: Day, locale: str) -> str:
    from babel.dates import format_date

    return format_date(_date(day), "EEE", locale=locale)


@lru_cache(_REMEMBERED)
def _distance(days: int, locale: str) -> str:
    from babel.dates import format_timedelta

    size, sign = abs(days), (1 if days > 0 else -1)
    unit: Literal["day", "month", "year"]
    if size < _NEAR:
        unit, length = "day", timedelta(days=size)
    elif size < 730:
        unit, length = "month", timedelta(days=30 * int(size / 30.4375))
    else:
        unit, length = "year", timedelta(days=365 * int(size / 365.25))
    return format_timedelta(
        sign * length, granularity=unit, threshold=_ONLY_THIS_UNIT, add_direction=True, locale=locale
    )


@lru_cache(1024)
def _days(n: int, locale: str) -> str:
    from babel import Locale
    from babel.dates import format_timedelta

    if n == 0:                      # Babel rounds no days up to one: borrow the words of a number like none
        plural = Locale.parse(locale).plural_form
        like_none = next(i for i in range(1, 20) if plural(i) == plural(0))
        return _days(like_none, locale).replace(str(like_none), "0")
    return format_timedelta(
        timedelta(days=n), granularity="day", threshold=_ONLY_THIS_UNIT, locale=locale
    )


@lru_cache(_REMEMBERED)
def _money(minor: int, currency: str, whole: bool, locale: str) -> str:
    from babel.numbers import format_currency, format_decimal

    amount = to_decimal(minor, currency)
    if whole:
        amount = amount.quantize(Decimal(1))
    if not currency:
        return format_decimal(amount, format="#,##0" if whole else "#,##0.00", locale=locale)
    if whole:
        from babel import Locale

        pattern = Locale.parse(locale).currency_formats["standard"].pattern.replace(".00", "")
        return format_currency(amount, currency, format=pattern, currency_digits=False, locale=locale)
    return format_currency(amount, currency, locale=locale)


@lru_cache(_REMEMBERED)
def _number(n: float, locale: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(n, locale=locale)


@lru_cache(1024)
def _share(share: float, locale: str) -> str:
    from babel.numbers import format_percent

    return format_percent(share, locale=locale)


def _date(day: Day) -> date:
    return to_date(day)
