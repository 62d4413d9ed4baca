"""Days as the filter language compares them, read a second time: as they were written, slowly and plainly."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from activetui.ledger.days import Day, to_date, to_day

PAST = (
    "first", "last", "since", "contacted", "complained", "cancelled", "unrenewed", "joined", "returned",
    "lapsed",
)
AHEAD = ("until", "next", "renewal", "expires", "birthday", "anniversary")


def yearly(first: Day | None, day: Day, fewest: int) -> Day | None:
    """The next day, from `day` on, that is whole years after the first; 1 March for 29 February."""
    if first is None:
        return None
    born = to_date(first)
    for year in range(born.year + fewest, to_date(day).year + 20):
        try:
            there = to_day(born.replace(year=year))
        except ValueError:
            there = to_day(date(year, 3, 1))
        if there >= day:
            return there
    return None


def compare(name: str, operator: str, text: str, held: Day | None, day: Day) -> bool:
    if held is None:
        return False
    text = re.sub(r"([0-9])([dwmy])[a-z]+", r"\1\2", text)       # 60days is 60d
    if ".." in text and text[-1] in "dwmy." and text.rstrip(".")[-1] in "dwmy":
        near, far = text.split("..")
        ends = sorted(_away(name, end, day) for end in (near, far) if end)
        if len(ends) == 2:
            return ends[0] <= held <= ends[1]
        if name in PAST:
            return held <= ends[0] if near else ends[0] <= held <= day
        return held >= ends[0] if near else day <= held <= ends[0]
    if ".." in text:
        low, high = text.split("..")
        return (not low or held >= _calendar(low, day)[0]) and (not high or held <= _calendar(high, day)[1])
    if re.fullmatch(r"\d+[dwmy]", text):
        there = _away(name, text, day)
        if name in PAST:
            return {
                "<": there < held <= day, "<=": there <= held <= day, ">": held < there, ">=": held <= there,
                "=": held == there,
            }[operator]
        return {
            "<": day <= held < there, "<=": day <= held <= there, ">": held > there, ">=": held >= there,
            "=": held == there,
        }[operator]
    first, last = _calendar(text, day)
    return {
        "<": held < first, "<=": held <= last, ">": held > last, ">=": held >= first,
        ":": first <= held <= last, "=": first <= held <= last,
    }[operator]


def _away(name: str, text: str, day: Day) -> Day:
    """The day that is so far ago, or ahead."""
    sign = -1 if name in PAST else 1
    count, unit = int(text[:-1]) * sign, text[-1]
    if unit in "dw":
        return to_day(to_date(day) + timedelta(days=count * (7 if unit == "w" else 1)))
    start = to_date(day)
    months = start.year * 12 + start.month - 1 + count * (12 if unit == "y" else 1)
    year, month = months // 12, months % 12 + 1
    return to_day(date(year, month, min(start.day, calendar.monthrange(year, month)[1])))


def _calendar(text: str, day: Day) -> tuple[Day, Day]:
    named = {"yesterday": day - 1, "today": day, "tomorrow": day + 1}
    if text in named:
        return named[text], named[text]
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return to_day(date(parts[0], 1, 1)), to_day(date(parts[0], 12, 31))
    if len(parts) == 2:
        last = calendar.monthrange(*parts)[1]
        return to_day(date(*parts, 1)), to_day(date(*parts, last))
    return to_day(date(*parts)), to_day(date(*parts))
