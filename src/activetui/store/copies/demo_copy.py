"""A private copy of the invented shop, its days moved to now. The packaged file is never changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import activetui
from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.locales import _
from activetui.store.copies.demo_days import move_to
from activetui.store.opening.guard import file_errors, owner_errors

DEMO = "demo.db"


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


def make_copy(packaged: Path, copy: Path, today: Day) -> None:
    """Copy the demo's bytes to the new file `copy` and move its days to `today`."""
    with file_errors(copy):
        copy.touch(mode=0o600, exist_ok=False)
        shutil.copyfile(packaged, copy)
    with owner_errors(copy):
        move_to(copy, today)
