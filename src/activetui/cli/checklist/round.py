"""`checklist round`: the group of commands about rounds, within the checklist's."""

from __future__ import annotations

from activetui.cli.checklist.group import app
from activetui.cli.checklist.rounds import app as rounds_app
from activetui.locales import _

app.add_typer(rounds_app, name="round", help=_("A playbook for many at once, a part left in peace."))
