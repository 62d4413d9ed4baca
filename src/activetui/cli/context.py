"""What one command runs on: which file, which day, which language; and the way to open the file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from activetui.cli import clock
from activetui.ledger.days import Day
from activetui.ledger.errors import UsageError
from activetui.locales import _, language

if TYPE_CHECKING:
    import sqlite3

STORE_NAME = "activetui.db"
THEN, NOW = KNOWN = ("then", "now")
"""What `--known` takes."""


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of one command."""

    db: Path
    """The store: `--db`, else ACTIVETUI_DB, else the user's data folder."""
    as_of: Day
    """The day that answers are for: `--as-of`, else today."""
    today: Day
    language: str
    known_then: bool
    """Whether answers are from what had been entered by the end of the as-of day (`--known then`)."""


@dataclass(slots=True)
class _Chosen:
    db: str | None = None
    as_of: Day | None = None
    known: str = ""


_chosen = _Chosen()


def forget_choices() -> None:
    """Start a command afresh: no option has been given yet."""
    _chosen.db = None
    _chosen.as_of = None
    _chosen.known = ""


def choose_db(value: str | None) -> str | None:
    """Remember `--db` (the one nearest to the end of the command line holds)."""
    if value:
        _chosen.db = value
    return value


def choose_as_of(value: Day | None) -> Day | None:
    """Remember `--as-of`."""
    if value is not None:
        _chosen.as_of = value
    return value


def choose_known(value: str | None) -> str | None:
    """Remember `--known`; `UsageError` for a word that it does not take."""
    if value and value not in KNOWN:
        raise UsageError(
            _("--known is then or now, not {word!r}.").format(word=value),
            _("then: what had been entered by the as-of day; now: everything that is known today."),
        )
    if value:
        _chosen.known = value
    return value


def default_db() -> Path:
    """The store in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("activetui", appauthor=False) / STORE_NAME


def current() -> Context:
    """The surroundings of the command that runs now."""
    chosen = _chosen.db or os.environ.get("ACTIVETUI_DB", "")
    today = clock.today()
    return Context(
        db=Path(chosen).expanduser() if chosen else default_db(),
        as_of=today if _chosen.as_of is None else _chosen.as_of,
        today=today,
        language=language(),
        known_then=_chosen.known == THEN,
    )


def made_at() -> str:
    """This moment, for what a command writes."""
    return clock.made_at()


@contextmanager
def open_reading(*, facts: bool = True) -> Iterator[sqlite3.Connection]:
    """The existing store, looked at from the as-of day; closed at the end. `OwnerError` if it cannot be.

    A command that asks nothing of the table `fact` says `facts=False`: no other day is then worked out, but
    for what was known then, which is another ledger.
    """
    from activetui.store.opening.file import is_writable, open_store
    from activetui.store.opening.guard import owner_errors

    context = current()
    with owner_errors(context.db):
        conn = open_store(context.db, today=context.today, read_only=not is_writable(context.db))
        try:
            if facts or context.known_then:
                _look(conn, context)
            yield conn
        finally:
            conn.close()


def look_from_day(conn: sqlite3.Connection, day: Day) -> None:
    """Go on as if `--as-of` had said this day: for a query that names one itself."""
    if day != current().as_of:
        choose_as_of(day)
        _look(conn, current())


def _look(conn: sqlite3.Connection, context: Context) -> None:
    from activetui.store.other_days.as_of import look_from

    if not context.known_then:
        look_from(conn, context.as_of)
        return
    from activetui.cli.progress import showing

    with showing(_("Working out what was known then:")) as progress:
        look_from(conn, context.as_of, known_then=True, progress=progress)


@contextmanager
def open_writing(*, create: bool = False, of_today: bool = False) -> Iterator[sqlite3.Connection]:
    """The store for a change, made if missing and `create`; closed at the end.

    Nothing is committed here: what a store function leaves open is rolled back. `UsageError` for a change
    `of_today` where another day is looked from: it would be of other lines than those shown from there.
    """
    from activetui.store.opening.file import open_store
    from activetui.store.opening.guard import owner_errors

    context = current()
    if of_today and (context.as_of != context.today or context.known_then):
        raise UsageError(
            _("What you do is done today; --as-of and --known are for looking."), _("Leave them out.")
        )
    with owner_errors(context.db):
        conn = open_store(context.db, today=context.today, create=create)
        try:
            yield conn
        finally:
            if conn.in_transaction:
                conn.rollback()
            conn.close()
