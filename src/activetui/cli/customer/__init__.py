"""`customer`: one customer, with the receipt of the status; changes by hand; a module a command."""

# ruff: noqa: I001 (the imports stand in the order in which the help lists the commands)

from __future__ import annotations

from activetui.cli.customer.group import app
from activetui.cli.customer import show
from activetui.cli.customer import edit
from activetui.cli.customer import merge
from activetui.cli.customer import duplicates
from activetui.cli.customer import export
from activetui.cli.customer import forget

__all__ = ["app", "duplicates", "edit", "export", "forget", "merge", "show"]
