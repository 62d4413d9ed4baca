"""`demo`: the app on a private copy of the invented shop, its days moved to now."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from activetui.cli.app_command import is_terminal, run_app
from activetui.cli.context import choose_db, current
from activetui.cli.options import AsOfOption
from activetui.cli.output import line
from activetui.ledger.errors import OwnerError
from activetui.locales import _

DEMO = "demo.db"


def demo(
    keep: Annotated[
        Path | None, typer.Option("--keep", metavar="FILE", help=_("Keep the copy in this new file."))
    ] = None,
    as_of: AsOfOption = None,
) -> None:
    """Open the app on a copy; without a terminal print the summary of the copy."""
    from activetui.store.copies.demo_copy import demo_file, make_copy

    packaged = demo_file()
    with _place(keep) as copy:
        make_copy(packaged, copy, current().today)
        choose_db(str(copy))
        if is_terminal():
            run_app(copy, as_of=current().as_of, known_then=current().known_then)
        else:
            from activetui.cli.report.summary import print_summary

            print_summary()
    if keep is not None:
        line(_("The demo is kept in {file}; activetui --db {file} opens it.").format(file=keep))


@contextmanager
def _place(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="activetui-demo-", ignore_cleanup_errors=True) as folder:
            yield Path(folder) / DEMO
        return
    if keep.exists():
        raise OwnerError(_("{file} is there already.").format(file=keep), _("Choose a new file for --keep."))
    yield keep
