"""The spellings of days in files, as patterns; what each says is read in `values.dates`."""

from __future__ import annotations

import re
from functools import cache

from activetui.importing.toml_files import said_in
from activetui.ledger.text import fold

LONGEST = 80
"""No day with its time is written longer: longer cells are not looked at."""

_ZONE = (
    r"Z|(?:GMT|UTC|МСК|MSK)?\s?[+\-−]\d{1,2}(?::?\d{2})?|[A-ZА-Я]{3,5}"
    r"|\((?:[A-Z]{2,5}|(?:GMT|UTC)[+\-]\d{1,2}(?::?\d{2})?)\)|[A-Z][a-z]+(?:/[A-Z][A-Za-z_]+){1,2}"
)
TIME = (
    r"(?:[T,\s]+(?:[\-–]\s*)?(?:at|a las|às|as|à|alle|ore|um|в)?\s*(?P<hour>\d{1,2})"
    r"(?:[:.hч]\s?(?P<minute>\d{2})(?:[:.m](?P<second>\d{2})(?:[.,]\d{1,9})?)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?\s*(?:hs?\.?|uhr|h|m|ч\.?)?"
    rf"\s*(?P<zone>{_ZONE})?(?:\s\([^()]{{2,60}}\))?)?\s*"
)
"""A time of day after a day, with its zone."""
_DAYS = (
    "mon", "tue", "wed", "thu", "fri", "sat", "sun",
    "seg", "ter", "qua", "qui", "sex", "sab", "sáb", "dom",
    "lun", "mar", "mie", "mié", "mer", "jue", "jeu", "gio", "vie", "ven", "sam", "dim",
    "mo", "di", "mi", "do", "fr", "sa", "so",
    "пн", "вт", "ср", "чт", "пт", "сб", "вс", "пон", "вто", "сре", "чет", "пят", "суб", "вос",
)
_WEEKDAY_BEFORE = (
    rf"(?:(?:{'|'.join(sorted(_DAYS, key=len, reverse=True))})[^\W\d_]{{0,10}}(?:-feira)?\.?,?\s+)?"
)
_ANY_WORD_BEFORE = r"(?:[^\W\d_]{2,13}(?:-feira)?\.?,?\s+)?"
_OF = r"(?:de |do |del |of |di |d[’'])?"

ISO = re.compile(
    _WEEKDAY_BEFORE + r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})\.?" + TIME,
    re.IGNORECASE,
)
COMPACT = re.compile(
    r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:" + TIME
    + r"|T(?P<hour2>\d{2})(?P<minute2>\d{2})(?P<second2>\d{2})?(?P<zone2>Z|[+\-]\d{2}:?\d{2})?)",
    re.IGNORECASE,
)
TRIPLE = re.compile(
    _WEEKDAY_BEFORE
    + r"(?P<a>\d{1,2})(?P<sep>[./\-])\s?(?P<b>\d{1,2})(?P=sep)\s?"
    r"(?P<y>\d{4}|\d{2})(?:\s?(?:г|года)\b\.?)?"
    + TIME,
    re.IGNORECASE,
)
DAY_FIRST = re.compile(
    _ANY_WORD_BEFORE + r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?[\s\-/.]*" + _OF
    + r"(?P<name>[^\W\d_]{3,12})\.?,?[\s\-/.]*" + _OF
    + r"(?P<y>\d{4}|['’]?\d{2})(?:\s?(?:г|года)\b\.?)?" + TIME,
    re.IGNORECASE,
)
MONTH_FIRST = re.compile(
    _ANY_WORD_BEFORE
    + r"(?P<name>[^\W\d_]{3,12})\.?[\s\-/]*(?P<d>\d{1,2})(?:st|nd|rd|th)?,?[\s\-/]+(?P<y>\d{4}|\d{2})"
    + TIME,
    re.IGNORECASE,
)
YEAR_FIRST = re.compile(
    r"(?P<y>\d{4})[\s\-/.]+(?P<name>[^\W\d_]{3,12})\.?[\s\-/.]+(?P<d>\d{1,2})" + TIME, re.IGNORECASE
)
UNIX_DATE = re.compile(
    r"(?P<word>[A-Z][a-z]{2}) (?P<name>[A-Z][a-z]{2}) +(?P<d>\d{1,2}) "
    r"(?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2})(?P<half>)"
    r"(?: (?P<zone>[A-Z]{3,5}|[+\-]\d{4}))? (?P<y>\d{4})"
)
SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
UNIX = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_PARTIAL = re.compile(
    r"(?P<m>0?[1-9]|1[0-2])[/.\-](?P<y>(?:19|20)\d{2})|(?:19|20)\d{2}[/.\-](?:0?[1-9]|1[0-2])|(?:19|20)\d{2}"
    r"|[QTК][1-4][\s/\-]*(?:19|20)?\d{2}|(?:19|20)\d{2}[\s/\-]*[QTК][1-4]"
    r"|[1-4](?:º|°|er|e)?\s?(?:кв|trim|tri)[^\W\d_]*\.?\s?.{0,4}\d{2,4}",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(
    r"(?P<name>[^\W\d_]{3,12})\.?[\s\-/.]*" + _OF + r"(?P<y>(?:19|20)\d{2}|['’]?\d{2})(?:\s?г\.?)?"
    r"|(?P<y2>(?:19|20)\d{2})[\s\-/.]+(?P<name2>[^\W\d_]{3,12})\.?",
    re.IGNORECASE,
)
_NO_YEAR = re.compile(r"--(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])")
_EMPTY = re.compile(
    r"(?:0{1,2}[./\-]0{1,2}[./\-](?:0{2}|0{4}|1900)|0{1,2}[./\-]01[./\-](?:1900|00)|0[./\-]1[./\-](?:1900|00)"
    r"|0000-00-00|0001-01-01|0?1[./]0?1[./]0001|1900-01-\d{2}|1899-12-(?:30|31)|30[./]12[./]1899|12/30/1899"
    r"|0?1[./\-]\d{1,2}[./\-]1900|\d{1,2}[./\-]0?1[./\-]1900|1970-01-01|0?1[./]0?1[./]1970)"
    r"(?:[T\s]+(?:0{1,2}|12):.*)?"
)
_NOTHING = frozenset((
    "0", "-", "--", "---", "—", "–", "n/a", "na", "null", "none", "nan", "nat", "s/d", "нет", "?",
    "undefined", "never", "#n/a", "#n/d", "#н/д", "не указан", "не указана", "sem data", "sin fecha",
))


def is_empty(text: str) -> bool:
    """Whether a cell says that there is no day: nothing, a dash, or a program's zero (`00/01/1900`)."""
    return not text or text.casefold() in _NOTHING or bool(_EMPTY.fullmatch(text))


def is_partial(text: str) -> bool:
    """Whether a cell names a year, a quarter or a month, and no day: `03/2024`, `Q1 2024`, `março 2024`."""
    if _PARTIAL.fullmatch(text):
        return True
    match = _MONTH_ALONE.fullmatch(text)
    return match is not None and fold(match["name"] or match["name2"]) in months()


def is_without_year(text: str) -> bool:
    """Whether a cell is a birthday without its year (`--05-12`)."""
    return bool(_NO_YEAR.fullmatch(text))


@cache
def months() -> dict[str, int]:
    """Names of months, folded, with their numbers."""
    said = said_in("values")["months"]
    return {fold(name): int(number) for number, names in said.items() for name in names}
