"""Confirm by typing what cannot be undone: that a person is forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from activetui.ledger.text import fold
from activetui.locales import _
from activetui.tui.dialogs.base import Dialog


class ForgetDialog(Dialog[bool]):
    """What goes and what stays; the answer is True once the word for it was typed."""

    def __init__(self, name: str, goes: Sequence[str]) -> None:
        """`goes` says in lines what goes, what stays, and what is up to the owner."""
        super().__init__()
        self._name, self._goes = name, tuple(goes)

    def title_words(self) -> str:
        """Who."""
        return _("Forget {name} for good?").format(name=self._name)

    def compose_dialog(self) -> Iterable[Widget]:
        """What goes, then a line to type on."""
        yield Static(Content("\n".join(self._goes) + "\n"))
        words = _("This cannot be undone. Type “{word}” and press Enter.").format(word=_word())
        yield Static(Content(words), classes="dialog--hint")
        yield Input(compact=True, placeholder=_word())

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        if fold(event.value.strip()) == fold(_word()):
            self.dismiss(True)
        else:
            self.show_problem(_("Nothing was done. Esc leaves everything as it is."))


def _word() -> str:
    return _("forget")
