"""The store as an import finds it, before anything is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from activetui.cli.context import current

if TYPE_CHECKING:
    from activetui.importing.asking.answers import Setting


@contextmanager
def looking() -> Iterator[sqlite3.Connection]:
    """The store, to be looked at only; an empty one that is thrown away where there is none yet."""
    from activetui.store.opening.file import open_store
    from activetui.store.opening.guard import owner_errors

    context = current()
    conn: sqlite3.Connection
    with ExitStack() as stack:
        stack.enter_context(owner_errors(context.db))
        if context.db.exists():
            conn = open_store(context.db, today=context.today, read_only=True)
        else:
            conn = stack.enter_context(nowhere())
        try:
            yield conn
        finally:
            conn.close()


@contextmanager
def nowhere() -> Iterator[sqlite3.Connection]:
    """An empty store in a folder that is gone afterwards."""
    from tempfile import TemporaryDirectory

    from activetui.store.opening.file import open_store

    with TemporaryDirectory(prefix="activetui-", ignore_cleanup_errors=True) as folder:
        conn = open_store(Path(folder) / "empty.db", today=current().today, create=True)
        try:
            yield conn
        finally:
            conn.close()


def setting() -> Setting:
    """What the store knows that an import needs; of none yet, only the day and the usual currency."""
    from activetui.importing.asking.answers import Setting

    if not current().db.exists():
        return Setting(current().today, usual_currency=usual_currency_here())
    from activetui.importing.asking.knowing import setting_of

    with looking() as conn:
        return setting_of(conn, current().today, usual_currency=usual_currency_here())


def usual_currency_here() -> str:
    """The currency to assume where neither a file nor the store names one."""
    from activetui.importing.deciding.currency import usual_currency
    from activetui.locales import language_of_environment

    return usual_currency(language_of_environment())
