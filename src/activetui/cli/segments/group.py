"""The group of commands about segments."""

from __future__ import annotations

from activetui.cli.group import Noun

app = Noun()
