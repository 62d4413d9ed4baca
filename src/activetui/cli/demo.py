"""`demo`: the app on a private copy of the invented shop, its days moved to now."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

import activetui
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
    packaged = demo_file()
    with _place(keep) as copy:
        make_copy(packaged, copy)
        choose_db(str(copy))
        if is_terminal():
            run_app(copy, as_of=current().as_of)
        else:
            from activetui.cli.report import print_summary

            print_summary()
    if keep is not None:
        line(_("The demo is kept in {file}; activetui --db {file} opens it.").format(file=keep))


def demo_file() -> Path:
    """The packaged demo: in the installed package, or at the root of a checkout."""
    package = Path(activetui.__file__).parent
    for place in (package / DEMO, package.parents[1] / DEMO):
        if place.is_file() and place.stat().st_size:
            return place
    raise OwnerError(
        _("The demo is not part of this installation."),
        _("Install ActiveTUI anew; your own data are not touched by that."),
    )


def make_copy(packaged: Path, copy: Path) -> None:
    """Copy the demo's bytes to the new file `copy` and move its days to today."""
    from activetui.store.demo_days import move_to
    from activetui.store.guard import file_errors, owner_errors

    with file_errors(copy):
        copy.touch(mode=0o600, exist_ok=False)
        shutil.copyfile(packaged, copy)
    with owner_errors(copy):
        move_to(copy, current().today)


@contextmanager
def _place(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="activetui-demo-", ignore_cleanup_errors=True) as folder:
            yield Path(folder) / DEMO
        return
    if keep.exists():
        raise OwnerError(_("{file} is there already.").format(file=keep), _("Choose a new file for --keep."))
    yield keep
