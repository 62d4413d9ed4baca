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

__all__ = ["app", "done", "outcome", "reason", "show", "skip", "snooze", "today"]
