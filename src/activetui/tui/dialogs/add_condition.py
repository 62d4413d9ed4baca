"""Choose a condition to add, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from activetui.activity.editing import Template
from activetui.ledger.text import one_line
from activetui.locales import _
from activetui.tui.dialogs.base import Dialog
from activetui.tui.dialogs.choose import Choices


class AddConditionDialog(Dialog[Template]):
    """A list of conditions; below it, what the one under the cursor means."""

    DEFAULT_CSS = """
    AddConditionDialog Choices, AddConditionDialog Choices:focus { max-height: 65vh; }
    AddConditionDialog .meaning { height: 2; color: $foreground; margin-top: 1; }
    """

    def __init__(self, where: str, offered: Sequence[Template]) -> None:
        super().__init__()
        self._where, self._offered = where, tuple(offered)

    def title_words(self) -> str:
        """What is asked."""
        return _("Add a condition")

    def keys_words(self) -> str:
        """Which keys answer."""
        return _("↑ ↓ choose · Enter adds · Esc leaves")

    def compose_dialog(self) -> Iterable[Widget]:
        """Where it is added, the conditions, what the chosen one means."""
        yield Static(Content(self._where), classes="dialog--hint")
        yield Choices(*(Option(Content(template.title)) for template in self._offered))
        yield Static(classes="meaning", markup=False)

    def on_mount(self) -> None:
        """Begin at the first."""
        self.query_one(Choices).highlighted = 0

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        meaning = one_line(self._offered[event.option_index].meaning)
        self.query_one(".meaning", Static).update(Content(meaning))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._offered[event.option_index])
