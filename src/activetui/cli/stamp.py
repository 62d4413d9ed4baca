"""What every report says of itself: for which day it is, by which definition, and by which clock.

A status of 1 June can be meant as it is known now, or as it was known on 1 June, when a purchase of that day
had not been entered yet and a later refund had not been given (`--known`). The same day can differ between
the two, so no report leaves it open.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, NamedTuple

from activetui.cli.context import NOW, THEN, current
from activetui.cli.options import Format
from activetui.cli.output import line
from activetui.ledger.days import Day
from activetui.locales import _
from activetui.locales.formats import format_day

if TYPE_CHECKING:
    from activetui.insights.lacking import Lack


class Stamp(NamedTuple):
    """The stamp of one report."""

    as_of: Day
    definition: str
    version: int
    known_then: bool
    lack: Lack | None = None
    """What the store lacks before anything can be told; only where the report was to tell it."""

    def fields(self) -> dict[str, Any]:
        """The stamp under the names of the JSON contract; the as-of day has its own place in each report."""
        return {"definition": self.definition, "version": self.version, "known": self.known}

    @property
    def known(self) -> str:
        """`now` or `then`: by which clock."""
        return THEN if self.known_then else NOW

    def words(self) -> str:
        """The stamp in one line."""
        return " · ".join((
            format_day(self.as_of),
            _("{name}, version {version}").format(name=self.definition, version=self.version),
            known_words(self.as_of, self.known_then),
        ))


def stamp(conn: sqlite3.Connection, *, lack: bool = False) -> Stamp:
    """The stamp of the report that the running command makes of this store.

    With `lack`, which costs a look at the ledger, the report also tells what the store lacks.
    """
    from activetui.store.in_force import name_in_force

    context = current()
    # what is known at the end of today or of a later day is what is known now
    then = context.known_then and context.as_of < context.today
    found = Stamp(context.as_of, *name_in_force(conn), then)
    if not lack:
        return found
    from activetui.insights.lacking import lack_of

    return found._replace(lack=lack_of(conn, context.as_of))


def lack_lines(found: Stamp) -> list[str]:
    """What the stamp says that the store lacks and what to do about it, after an empty line; else nothing."""
    if found.lack is None:
        return []
    from activetui.cli.paragraphs import paragraph

    return ["", *paragraph(found.lack.why), *paragraph(found.lack.command)]


def known_words(as_of: Day, known_then: bool) -> str:
    """By which clock, in words."""
    return _("as known on {day}").format(day=format_day(as_of)) if known_then else _("as known now")


def print_stamp(found: Stamp, form: Format, *, apart: bool = True) -> None:
    """Below a list that a person reads, after an empty line if `apart`; programs get the list alone.

    What the stamp says that the store lacks is said first.
    """
    if form is Format.TABLE:
        for words in lack_lines(found):
            line(words)
        if apart:
            line("")
        line(found.words())
