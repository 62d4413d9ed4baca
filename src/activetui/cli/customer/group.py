"""The noun `customer`."""

from __future__ import annotations

from activetui.cli.group import Noun

app = Noun()
