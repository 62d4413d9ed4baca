"""`backup` and `restore`: copies of the store, whole and consistent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from activetui.cli.context import current
from activetui.cli.output import line
from activetui.locales import _

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help=_("The backup file."))]


def backup(file: FileArgument) -> None:
    """Copy the store to `file`; a file that is there already is refused, never overwritten."""
    from activetui.store.copies.backup import backup as copy_store
    from activetui.store.opening.file import open_store
    from activetui.store.opening.guard import owner_errors

    context = current()
    with owner_errors(context.db):
        conn = open_store(context.db, today=context.today, read_only=True)
        try:
            copy_store(conn, file)
        finally:
            conn.close()
    line(_("Backup written: {file}").format(file=file))


def restore(file: FileArgument) -> None:
    """Make the store what `file` holds; the store as it was is kept beside it."""
    from activetui.store.copies.backup import restore as bring_back

    context = current()
    aside = bring_back(file, context.db)
    line(_("The backup {file} is the store now: {db}").format(file=file, db=context.db))
    if aside is not None:
        line(_("The store as it was before is kept as {file}").format(file=aside))
