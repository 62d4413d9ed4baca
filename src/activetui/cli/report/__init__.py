"""`report`: figures of the business; a module a report."""

# ruff: noqa: I001 (the imports stand in the order in which the help lists the reports)

from __future__ import annotations

from activetui.cli.report.group import app
from activetui.cli.report import summary
from activetui.cli.report import bridge
from activetui.cli.report import trend
from activetui.cli.report import loop
from activetui.cli.report import returns
from activetui.cli.report import winback
from activetui.cli.report import forecast

__all__ = ["app", "bridge", "forecast", "loop", "returns", "summary", "trend", "winback"]
