"""The group of commands for figures of the business."""

from __future__ import annotations

from activetui.cli.group import Noun

app = Noun()
