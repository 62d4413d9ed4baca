"""A list of things in a panel of the Definition screen, each with as many lines as it takes."""

from __future__ import annotations

from typing import ClassVar

from activetui.locales import N_
from activetui.tui.commands import Command, bindings
from activetui.tui.dialogs.choose import Choices


class PanelChoices(Choices):
    """As in a dialog, on the background of the screen."""

    DEFAULT_CSS = """
    PanelChoices, PanelChoices:focus {
        background: $background; background-tint: $background 0%; border: none; padding: 0;
        scrollbar-background: $background;
        & > .option-list--option { padding: 0 1; }
    }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("panel.choose", "enter", "select", N_("choose"),
                N_("Answer the question, or take the proposal over into the draft"), footer=1, palette=False),
    )
    BINDINGS = bindings(KEYS)
