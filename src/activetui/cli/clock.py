"""The only clock of the program: everything below the commands and the app gets days as arguments."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from activetui.ledger.days import Day, from_iso, to_day
from activetui.ledger.errors import UsageError
from activetui.locales import _


def today() -> Day:
    """Today in the computer's calendar; ACTIVETUI_TODAY (an ISO date) sets another, for rehearsals."""
    wanted = os.environ.get("ACTIVETUI_TODAY", "")
    if not wanted:
        return to_day(date.today())  # noqa: DTZ011 - the business's local calendar day is meant
    try:
        return from_iso(wanted)
    except ValueError:
        raise UsageError(
            _("ACTIVETUI_TODAY is {value!r}, which is not a date.").format(value=wanted),
            _("Write it as 2026-11-22, or unset it."),
        ) from None


def made_at() -> str:
    """This moment as ISO UTC text to the second, such as `2026-11-22T09:30:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
