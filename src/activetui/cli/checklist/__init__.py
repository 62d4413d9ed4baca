"""`checklist`: whom to contact, with which step, and what came of it; a module a command."""

from __future__ import annotations

from activetui.cli.checklist.group import app

__all__ = ["app"]
