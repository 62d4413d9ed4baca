"""`alerts`: what has just begun and wants an answer; a module a command."""

# ruff: noqa: I001 (the imports stand in the order in which the help lists the commands)

from __future__ import annotations

from activetui.cli.alerts.group import app
from activetui.cli.alerts import listing
from activetui.cli.alerts import marking
from activetui.cli.alerts.rules import app as rules_app
from activetui.locales import _

app.add_typer(rules_app, name="rules", help=_("What sets alerts off: the program's rules and your own."))

__all__ = ["app", "listing", "marking"]
