"""What a store lacks before anything can be said of its customers, and what to do about it."""

from __future__ import annotations

import json
import sqlite3
from enum import StrEnum
from typing import NamedTuple

from activetui.ledger.days import Day
from activetui.ledger.kinds import Kind
from activetui.locales import _, ngettext
from activetui.locales.formats import days_words, format_day, format_money, format_number
from activetui.store import settings
from activetui.store.overview import has_customers
from activetui.store.walk_ins import walk_ins

_SURELY = 1_500
"""A ledger that begins so many days before is long enough for nearly every definition: it is not asked."""


class What(StrEnum):
    """What is lacking."""

    ANYTHING = "anything"
    CUSTOMERS = "customers"
    """There are sales, and all of them are nobody's."""
    DEEDS = "deeds"
    """There are customers, and nothing that could make one of them active."""
    PAST = "past"
    """The ledger does not reach back as far as the definition looks."""


class Lack(NamedTuple):
    """What is lacking on a day, in two sentences."""

    what: What
    why: str
    """What is lacking, and what cannot be said for it."""
    command: str
    """What to do on the command line."""


def lack_of(conn: sqlite3.Connection, day: Day) -> Lack | None:
    """What the store lacks on a day; None where it tells of enough."""
    if not has_customers(conn):
        return _without_customers(conn)
    kept = settings.get(conn, "ledger_start")
    begins = json.loads(kept)[1] if kept else None
    if begins is not None and begins + _SURELY < day:
        return None
    return _of_past(conn, day)


def _without_customers(conn: sqlite3.Connection) -> Lack:
    n, net = walk_ins(conn)
    if not n:
        return Lack(
            What.ANYTHING, _("No customers yet."),
            _("activetui demo shows an invented shop; activetui import FILE takes yours."),
        )
    words = ngettext(
        "{n} sale, {money}, names no customer, so there is nobody of whom anything could be told.",
        "{n} sales, {money} in all, name no customer, so there is nobody of whom anything could be told.", n,
    )
    return Lack(
        What.CUSTOMERS,
        words.format(n=format_number(n), money=format_money(net, settings.currency(conn))),
        _("Import a file that names who bought. If a column does: activetui import FILE --map COLUMN=name"),
    )


def _of_past(conn: sqlite3.Connection, day: Day) -> Lack | None:
    from activetui.activity.condition_words import one_or_other
    from activetui.activity.words import kind_word
    from activetui.store import definitions
    from activetui.store.ledger_start import ledger_start

    definition = definitions.in_force(conn)
    begins = ledger_start(conn, definition)
    if begins is None:
        words = _("Nothing is known yet that makes a customer active: {kinds}.")
        kinds = [kind_word(kind.word) for kind in Kind if int(kind) in definition.active_kinds]
        return Lack(
            What.DEEDS, words.format(kinds=one_or_other(kinds)) if kinds else _("Nobody can be active yet."),
            _("Import your sales or visits: activetui import FILE. If yours is another sort of business: "
              "activetui definition presets"),
        )
    if begins > day:
        words = _("The ledger begins on {begins}: of {day} nothing can be said.")
        return Lack(
            What.PAST, words.format(begins=format_day(begins), day=format_day(day)),
            _("Look from a later day, or import what was before: activetui import FILE"),
        )
    if begins + definition.reach <= day:
        return None
    words = _("The ledger begins on {begins}, and the definition looks {days} back: who has stopped coming "
              "can be told from {told} on.")
    return Lack(
        What.PAST,
        words.format(
            begins=format_day(begins), days=days_words(definition.reach),
            told=format_day(begins + definition.reach),
        ),
        _("Older sales tell it sooner: activetui import FILE"),
    )

