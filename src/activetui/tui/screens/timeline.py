"""Timeline: the story of one customer."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from activetui.tui.screens.base import ActiveScreen


class TimelineScreen(ActiveScreen):
    """One customer: status over the years, purchases, receipt, events."""

    MODE = "timeline"

    def compose_body(self) -> Iterable[Widget]:
        """Nothing yet."""
        return ()

    def refresh_data(self) -> None:
        """Ask for the customer."""
