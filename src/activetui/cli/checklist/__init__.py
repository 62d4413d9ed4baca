"""`checklist`: whom to contact, with which step, and what came of it; a module a command."""

# ruff: noqa: I001 (the imports stand in the order in which the help lists the commands)

from __future__ import annotations

from activetui.cli.checklist.group import app
from activetui.cli.checklist import today
from activetui.cli.checklist import show
from activetui.cli.checklist import done
from activetui.cli.checklist import snooze
from activetui.cli.checklist import skip
from activetui.cli.checklist import outcome
from activetui.cli.checklist import reason
from activetui.cli.checklist import message
from activetui.cli.checklist import export
from activetui.cli.checklist import results
from activetui.cli.checklist.rounds import app as rounds_app
from activetui.locales import _

app.add_typer(rounds_app, name="round", help=_("A playbook for many at once, a part left in peace."))

__all__ = [
    "app", "done", "export", "message", "outcome", "reason", "results", "show", "skip", "snooze", "today",
]
