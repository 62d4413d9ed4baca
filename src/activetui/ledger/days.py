"""Days as whole numbers: day 0 is 1970-01-01, in the business's local calendar.

Numbers make spans plain arithmetic; dates appear only where people or files read them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeAlias

Day: TypeAlias = int

EPOCH = date(1970, 1, 1)
_EPOCH_ORDINAL = EPOCH.toordinal()
_FIRST: Day = date.min.toordinal() - _EPOCH_ORDINAL

FAR_PAST: Day = -1_000_000
"""The start of a span that has always held."""
FAR_FUTURE: Day = 1_000_000
"""The end of a span that holds until something happens."""


def to_day(when: date) -> Day:
    """The day number of a calendar date."""
    return when.toordinal() - _EPOCH_ORDINAL


def to_date(day: Day) -> date:
    """The calendar date of a day number; `ValueError` outside the years 1 to 9999."""
    return EPOCH + timedelta(days=int(day))


def is_bounded(day: Day) -> bool:
    """Whether a span's edge is a day of the calendar, not `FAR_FUTURE` or about `FAR_PAST`."""
    return _FIRST <= day < FAR_FUTURE


def iso(day: Day | None) -> str | None:
    """The day as `2026-11-22`; None for no day and for the two far ends."""
    if day is None or not is_bounded(day):
        return None
    return to_date(day).isoformat()


def from_iso(text: str) -> Day:
    """The day of an ISO date such as `2026-11-22`; `ValueError` for anything else."""
    return to_day(date.fromisoformat(text))


def month_start(day: Day) -> Day:
    """The first day of the day's month."""
    return to_day(to_date(day).replace(day=1))
