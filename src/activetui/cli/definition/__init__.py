"""`definition`: what counts as active; a module a command."""

# ruff: noqa: I001 (the imports stand in the order in which the help lists the commands)

from __future__ import annotations

from activetui.cli.definition.group import app
from activetui.cli.definition import show
from activetui.cli.definition import use
from activetui.cli.definition import edit
from activetui.cli.definition import check
from activetui.cli.definition import diff
from activetui.cli.definition import suggest
from activetui.cli.definition import backtest
from activetui.cli.definition import history

__all__ = ["app", "backtest", "check", "diff", "edit", "history", "show", "suggest", "use"]
