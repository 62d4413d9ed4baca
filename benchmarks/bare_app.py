"""An app that does nothing but paint as much as a list: `python -m benchmarks.bare_app`, in a terminal."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

_WORDS = " ".join(f"word{number:05d}" for number in range(400))


class BareApp(App[None]):
    """A screen of words that are others after every key."""

    BINDINGS: ClassVar[list[BindingType]] = [("x", "turn", "")]
    turned = 0

    def compose(self) -> list[Static]:
        """The words."""
        return [Static(Content(_WORDS))]

    def action_turn(self) -> None:
        """Other words."""
        self.turned += 1
        self.query_one(Static).update(Content(f"{self.turned} {_WORDS[self.turned :]}"))


if __name__ == "__main__":
    BareApp().run()
