"""What became of a customer's status by a change, in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from activetui.activity.words import status_word
from activetui.ledger.days import Day, is_bounded
from activetui.locales import _
from activetui.locales.formats import format_day, relative_day

if TYPE_CHECKING:
    from activetui.store.facts.spans import StatusSpan


def status_of(conn: sqlite3.Connection, number: int, today: Day) -> StatusSpan | None:
    """The customer's status today; None for nobody."""
    from activetui.store.facts import spans

    return next((span for span in spans.spans_of(conn, number) if span.start <= today < span.end), None)


def change_lines(before: StatusSpan | None, after: StatusSpan | None, today: Day) -> Iterator[str]:
    """What became of the status, and when it changes next; nothing for nobody."""
    if after is None:
        return
    word = status_word(after.status)
    if before is None or before.status != after.status:
        was = status_word(before.status) if before else "–"
        yield _("Status: {was} → {now}").format(was=was, now=word)
    else:
        yield _("Status: {now}, as before").format(now=word)
    if is_bounded(after.end):
        yield _("It changes on {day} ({distance}) unless something happens.").format(
            day=format_day(after.end), distance=relative_day(after.end, today)
        )
