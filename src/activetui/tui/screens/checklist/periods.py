"""The times of which results can be asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from activetui.ledger.days import Day, to_date, to_day
from activetui.ledger.errors import UsageError
from activetui.locales import _
from activetui.locales.formats import format_day
from activetui.tui.day_words import read_day

YEAR_MONTHS, QUARTER_MONTHS = 12, 3


class Period(NamedTuple):
    """From a day to a day, both included; None is open."""

    key: str
    title: str
    """Already translated."""
    since: Day | None = None
    until: Day | None = None


def periods(day: Day) -> Iterator[Period]:
    """The usual ones, as seen from a day; all the time first."""
    yield Period("all", _("all the time"))
    month, quarter = _first(day, 1), _first(day, QUARTER_MONTHS)
    year = _first(day, YEAR_MONTHS)
    yield Period("month", _("this month"), month, day)
    yield Period("last-month", _("last month"), _first(month - 1, 1), month - 1)
    yield Period("quarter", _("this quarter"), quarter, day)
    yield Period("last-quarter", _("last quarter"), _first(quarter - 1, QUARTER_MONTHS), quarter - 1)
    yield Period("year", _("this year"), year, day)
    yield Period("last-year", _("last year"), _first(year - 1, YEAR_MONTHS), year - 1)


def period_words(period: Period) -> str:
    """The period with its days: `last quarter, 1 Jul 2026 to 30 Sept 2026`."""
    if period.since is None and period.until is None:
        return period.title
    days = _("{since} to {until}").format(since=format_day(period.since), until=format_day(period.until))
    return f"{period.title}, {days}" if period.title else days


def read_period(text: str, today: Day) -> Period:
    """The period of `2026-07-01..2026-09-30` or `-3m..today`; `UsageError` for anything else."""
    since, dots, until = text.partition("..")
    if not dots:
        raise UsageError(
            _("Two days are needed, with two dots between them."), _("Such as 2026-07-01..2026-09-30")
        )
    first, last = read_day(since, today), read_day(until, today)
    if last < first:
        raise UsageError(_("The time ends before it begins."))
    return Period("other", "", first, last)


def _first(day: Day, months: int) -> Day:
    """The first day of the month, quarter or year of a day."""
    when = to_date(day)
    return to_day(date(when.year, (when.month - 1) // months * months + 1, 1))
