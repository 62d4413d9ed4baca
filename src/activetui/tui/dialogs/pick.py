"""Choose one of a few things with a single key: each has a digit or a letter before it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events

from activetui.locales import _
from activetui.tui.dialogs.choose import Choice, ChooseDialog

MARKS = "123456789abcdefhilmnop"
"""The keys in the order of the choices, without those that move the cursor."""


class PickDialog(ChooseDialog):
    """A list of choices; the key before one takes it, without Enter."""

    def __init__(
        self, title: str, choices: Sequence[Choice], present: str = "", *, hint: str = "", leaves: str = ""
    ) -> None:
        """`leaves` says what Esc does, where it is more than leaving everything as it is."""
        marked = [
            choice._replace(title=f"{mark}  {choice.title}")
            for mark, choice in zip(MARKS, choices, strict=False)
        ]
        super().__init__(title, [*marked, *choices[len(MARKS) :]], present, hint=hint)
        self._leaves = leaves

    def keys_words(self) -> str:
        """The key before a choice takes it."""
        return _("the key before it takes it · Esc {leaves}").format(leaves=self._leaves or _("leaves"))

    def on_key(self, event: events.Key) -> None:
        """Take the choice of that key."""
        at = MARKS.find(event.character) if event.character else -1
        if 0 <= at < len(self._choices):
            event.stop()
            self.dismiss(self._choices[at].value)
