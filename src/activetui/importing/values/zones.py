"""Time zones: a moment of another zone as the business's own day and time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from typing import Any

from activetui.importing.toml_files import said_in
from activetui.ledger.days import EPOCH, Day, to_date
from activetui.ledger.text import fold

_OFFSET = re.compile(
    r"\(?(?:GMT|UTC|МСК|MSK)?\s*(?P<sign>[+\-−])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?\)?",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\([^()]*\)")
_FURTHEST = timedelta(hours=15)


@lru_cache(1024)
def zone_of(name: str) -> tzinfo | None:
    """The zone that a text names: `Europe/Lisbon`, `+0100`, `GMT-3`, `CET`, `Eastern Time (US & Canada)`.

    None for one that is not known, so that the day which is written stays.
    """
    text = " ".join(name.strip().strip("()").split()) if "(" not in name[1:] else " ".join(name.split())
    if not text:
        return None
    known = _file()["abbreviations"].get(text.upper())
    if known is not None:
        return timezone(timedelta(minutes=known))
    offset = _OFFSET.fullmatch(text)
    if offset:
        return _fixed(offset)
    found = iana(text) if "/" in text and " " not in text else None
    return found or _in_words(text)


@lru_cache(256)
def iana(name: str) -> tzinfo | None:
    """The zone with a name of the IANA database, or None."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None


def at_home(day: Day, clock: str, zone: tzinfo, home: tzinfo) -> tuple[Day, str]:
    """Day and time (`HH:MM` or `HH:MM:SS`) of a zone as those of the business's; unchanged without a time.

    The offset is that of the moment itself, so that summer and winter time part within one file.
    """
    if not clock or zone is home:
        return day, clock
    try:
        moment = datetime.combine(to_date(day), time.fromisoformat(clock), tzinfo=zone).astimezone(home)
    except (ValueError, OverflowError):
        return day, clock
    return (moment.date() - EPOCH).days, moment.strftime("%H:%M:%S" if len(clock) > 5 else "%H:%M")


def _fixed(match: re.Match[str]) -> tzinfo | None:
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    east = timedelta(hours=hours, minutes=minutes)
    if east > _FURTHEST or minutes > 59:
        return None
    if match[0].lstrip("(")[:3].upper() in ("МСК", "MSK"):
        return timezone(timedelta(hours=3) + (east if match["sign"] == "+" else -east))
    if not east:
        return UTC
    return timezone(east if match["sign"] == "+" else -east)


def _in_words(text: str) -> tzinfo | None:
    """A zone by its name in words or its city: `(GMT-05:00) Eastern Time (US & Canada)`, `Lisbon`."""
    head = _OFFSET.match(text)
    words = fold(_WORDS.sub(" ", text[head.end() :] if head else text))
    plain = " ".join(words.replace("_", " ").split())
    for part in (plain, *(piece.strip() for piece in plain.split(","))):
        name = _file()["names"].get(part) or _cities().get(part)
        if name:
            return iana(name)
    return _fixed(head) if head else None


@cache
def _file() -> dict[str, Any]:
    found = said_in("values")["zones"]
    names = {fold(name): zone for name, zone in found["names"].items()}
    return {"abbreviations": found["abbreviations"], "names": names}


@cache
def _cities() -> dict[str, str]:
    """Names of cities, folded, with the zones that are called after them."""
    from zoneinfo import available_timezones

    zones = sorted(
        name for name in available_timezones() if "/" in name and not name.startswith(("Etc", "posix"))
    )
    return {fold(name.rpartition("/")[2].replace("_", " ")): name for name in zones}
