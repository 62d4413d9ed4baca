"""`segments`: named queries, built in and the owner's own; a module a command."""

# ruff: noqa: I001 (the imports stand in the order in which the help lists the commands)

from __future__ import annotations

from activetui.cli.segments.group import app
from activetui.cli.segments import listing
from activetui.cli.segments import show
from activetui.cli.segments import save
from activetui.cli.segments import rename
from activetui.cli.segments import delete
from activetui.cli.segments import fields
from activetui.cli.segments import compare
from activetui.cli.segments import changes
from activetui.cli.segments import trend

__all__ = [
    "app", "changes", "compare", "delete", "fields", "listing", "rename", "save", "show", "trend",
]
