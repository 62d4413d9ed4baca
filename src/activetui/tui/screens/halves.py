"""Screens of two halves, `.left` and `.side`, of which one can have the whole screen."""

from __future__ import annotations

from activetui.tui.screens.base import ActiveScreen


class HalvesScreen(ActiveScreen):
    """A list or a form on the left, what it comes to on the other side."""

    DEFAULT_CSS = """
    HalvesScreen {
        &.-only-left .side { display: none; }
        &.-only-side .left { display: none; }
    }
    """

    @property
    def at_side(self) -> bool:
        """Whether the keys go to the side."""
        side = self.query_one(".side")
        return self.focused is not None and (self.focused is side or side in self.focused.ancestors)

    @property
    def is_whole(self) -> bool:
        """Whether one half has the whole screen."""
        return self.has_class("-only-left") or self.has_class("-only-side")

    def show_both(self) -> None:
        """Show the two halves."""
        self.remove_class("-only-left", "-only-side")

    def action_zoom(self) -> None:
        """Give the half with the keys the whole screen, or show both again."""
        whole = self.is_whole
        self.show_both()
        if not whole:
            self.add_class("-only-side" if self.at_side else "-only-left")
