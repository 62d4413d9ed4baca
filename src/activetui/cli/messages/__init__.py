"""`messages`: what is written to customers, in their languages; the program's texts and the owner's own."""

# ruff: noqa: I001 (the imports stand in the order in which the help lists the commands)

from __future__ import annotations

from activetui.cli.messages.group import app
from activetui.cli.messages import listing
from activetui.cli.messages import show
from activetui.cli.messages import changing

__all__ = ["app", "changing", "listing", "show"]
