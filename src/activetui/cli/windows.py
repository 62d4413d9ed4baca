"""Lists of days on the command line."""

from __future__ import annotations

import re

from activetui.ledger.errors import UsageError
from activetui.locales import _

LONGEST = 36_500
"""Days: a hundred years."""
_MOST = 50
_WHOLE = re.compile("[0-9]{1,5}")


def days_of(text: str) -> list[int]:
    """Numbers of days such as `30,60,90`; `UsageError` for anything else."""
    parts = [part.strip() for part in text.split(",")]
    days = [int(part) for part in parts if _WHOLE.fullmatch(part)]
    if len(days) < len(parts) or len(days) > _MOST or max(days) > LONGEST:
        raise UsageError(
            _("{text!r} is no list of days.").format(text=text),
            _("Write whole numbers with a comma between them, such as 30,60,90."),
        )
    return days
