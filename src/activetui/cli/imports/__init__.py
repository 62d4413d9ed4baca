"""`import` and `imports`: files into the ledger, and what was imported before; a module a command."""

# ruff: noqa: I001 (the imports stand in the order in which the help lists the commands)

from __future__ import annotations

from activetui.cli.imports.group import app
from activetui.cli.imports.take import import_files
from activetui.cli.imports import list_imports
from activetui.cli.imports import show
from activetui.cli.imports import row
from activetui.cli.imports import undo
from activetui.cli.imports import reread

__all__ = ["app", "import_files", "list_imports", "reread", "row", "show", "undo"]
