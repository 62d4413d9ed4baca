"""Import files: choose them, then their plans on the Imports screen, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from activetui.locales import _
from activetui.tui.folder import first_folder
from activetui.tui.host import Host


def begin(app: Host) -> None:
    """Ask for the files, unless some are on their way in already."""
    from activetui.tui.screens.imports.chooser import FileDialog

    if is_open(app):
        app.call_later(_show_open, app)
        return
    app.push_screen(FileDialog(first_folder(), app.session.today), partial(_chosen, app))


def is_open(app: Host) -> bool:
    """Whether the plan of a file stands on the Imports screen."""
    from activetui.tui.screens.imports.plan_screen import PlanScreen

    return any(isinstance(screen, PlanScreen) for screen in _stack(app))


def _stack(app: Host) -> Sequence[object]:
    try:
        return app.get_screen_stack("imports")
    except KeyError:        # never opened so far
        return ()


def _chosen(app: Host, paths: Sequence[Path] | None) -> None:
    if paths:
        app.call_later(_plan, app, tuple(paths))


async def _plan(app: Host, paths: Sequence[Path]) -> None:
    from activetui.tui.screens.imports.job import FileJob, Room
    from activetui.tui.screens.imports.plan_screen import PlanScreen

    session = app.session
    room = Room(session.path)
    await app.switch_mode("imports")
    await app.push_screen(PlanScreen([FileJob(session, room, path) for path in paths], room))


async def _show_open(app: Host) -> None:
    await app.switch_mode("imports")
    app.tell(_("A file is open here already: import it, or leave it with Esc, then take the next."))
