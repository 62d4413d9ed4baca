"""`playbooks`: the steps to win customers back; a module a command."""

# ruff: noqa: I001 (the imports stand in the order in which the help lists the commands)

from __future__ import annotations

from activetui.cli.playbooks.group import app
from activetui.cli.playbooks import listing
from activetui.cli.playbooks import show
from activetui.cli.playbooks import changing

__all__ = ["app", "changing", "listing", "show"]
