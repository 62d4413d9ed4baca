"""A day as a person types it."""

from __future__ import annotations

import re
from datetime import date
from typing import cast

from activetui.ledger.days import Day, from_iso, to_day
from activetui.ledger.errors import UsageError
from activetui.locales import _
from activetui.segments.tree import Length, Unit

_STEP = re.compile(r"([+-])\s*(\d{1,5})\s*([dwmy]?)")
_EARLIEST, _LATEST = to_day(date(1900, 1, 1)), to_day(date(2199, 12, 31))


def read_day(text: str, today: Day) -> Day:
    """The day of `2026-11-22`, `today`, `-30d`, `+7d`, `-2w`, `-3m`, `-1y`; steps count from `today`.

    Raises `UsageError` with what can be typed.
    """
    wanted = text.strip().lower()
    if wanted in ("today", "0", _("today").lower()):
        return today
    if wanted in ("yesterday", _("yesterday").lower()):
        return today - 1
    step = _STEP.fullmatch(wanted)
    try:
        day = _stepped(step, today) if step else from_iso(wanted)
    except ValueError:
        day = _LATEST + 1
    if not _EARLIEST <= day <= _LATEST:
        raise UsageError(
            _("“{text}” is not a day.").format(text=text.strip()),
            _("Type a date such as 2026-11-22, or today, or -30d, +7d, -2w, -3m, -1y."),
        )
    return day


def _stepped(step: re.Match[str], today: Day) -> Day:
    length = Length(int(step[2]), cast("Unit", step[3] or "d"))
    return length.after(today, 1 if step[1] == "+" else -1)
