"""The group of commands about the definition."""

from __future__ import annotations

from activetui.cli.group import Noun

app = Noun()
