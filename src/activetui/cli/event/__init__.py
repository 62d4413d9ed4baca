"""`event`: one event, corrected or deleted by its number; a module a command."""

# ruff: noqa: I001 (the imports stand in the order in which the help lists the commands)

from __future__ import annotations

from activetui.cli.event.group import app
from activetui.cli.event import show
from activetui.cli.event import correct
from activetui.cli.event import delete

__all__ = ["app", "correct", "delete", "show"]
